"""All that the window needs of an answer at first sight, made in one go, so that a long one can be made ready in a worker."""

from dataclasses import dataclass

from inspector.core.findings import Severity
from inspector.core.inspection import Inspection
from inspector.core.moment import Moment
from inspector.core.outline.outline import Outline, Row
from inspector.core.outline.summary import Summary, status_words, summarise

_LONG_VALUES = 20_000


@dataclass(frozen=True, slots=True)
class Showing:
    """`first` is the row to look at: the worst finding's. `status` is the status bar's sentence."""

    outline: Outline
    first: Row
    summary: Summary | None
    status: str


def is_long(inspection: Inspection) -> bool:
    """Whether making it ready takes longer than a frame."""
    document = inspection.document
    return document is not None and len(document) > _LONG_VALUES


def showing_of(inspection: Inspection, moment: Moment) -> Showing:
    """The answer ready to be shown."""
    outline = Outline(inspection, moment)
    first = next((finding for finding in inspection.findings if finding.severity is Severity.ERROR), None)
    completion = inspection.completion if inspection.problem is None else None
    return Showing(
        outline,
        outline.find(first.pointer) if first is not None else outline.root,
        summarise(completion, moment, inspection.tally) if completion is not None else None,
        status_words(inspection),
    )
