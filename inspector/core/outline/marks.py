"""How severe the findings on a row and below it are, and whether it breaks the schema of its call."""

from collections.abc import Iterable
from dataclasses import dataclass, field

from inspector.core.findings import Severity
from inspector.core.inspection import Inspection
from inspector.core.outline.row import Row, step_to

DEEPEST = 200
"""Levels of the tree. Item views walk through all that lie above a row, and crash somewhere beyond ten thousand."""


@dataclass(slots=True)
class Mark:
    """The worst that was found at a place, and there or anywhere below it; `below` are the places one step on, if marked."""

    own: Severity | None = None
    worst: Severity | None = None
    below: "dict[str, Mark]" = field(default_factory=dict)


def mark_of(found: Iterable[tuple[str, Severity]]) -> Mark:
    """The mark at the root of what was found at pointers; of those the first `DEEPEST` steps count."""
    root = Mark()
    for pointer, severity in found:
        mark = root
        mark.worst = max(severity, mark.worst or severity)
        _, *steps = pointer.split("/", DEEPEST + 1)
        for step in steps[:DEEPEST]:
            mark = mark.below.setdefault(step, Mark())
            mark.worst = max(severity, mark.worst or severity)
        if len(steps) <= DEEPEST:
            mark.own = max(severity, mark.own or severity)
    return root


class RowMarks:
    """The marks of one inspection, by row. Inside arguments what breaks the schema counts as an error."""

    def __init__(self, inspection: Inspection) -> None:
        self._found = mark_of((finding.pointer, finding.severity) for finding in inspection.findings)
        self._schemas = inspection.schemas
        self._broken: dict[str, Mark] = {}
        self._known: dict[Row, tuple[Mark | None, Mark | None]] = {}

    def own(self, row: Row) -> Severity | None:
        """The worst on the row itself; a range has nothing of its own."""
        if row.is_range:
            return None
        if self.breaks_schema(row):
            return Severity.ERROR
        found, _ = self._marks(row)
        return found.own if found is not None else None

    def worst(self, row: Row) -> Severity | None:
        """The worst on the row or below it."""
        found, broken = self._marks(row)
        if row.is_range:
            return _worst_in_range(row, [mark for mark in (found, broken) if mark is not None and mark.below])
        return max(
            (mark.worst for mark in (found, broken) if mark is not None and mark.worst is not None), default=None
        )

    def breaks_schema(self, row: Row) -> bool:
        _, broken = self._marks(row)
        return broken is not None and broken.own is not None

    def _marks(self, row: Row) -> tuple[Mark | None, Mark | None]:
        """What was found at the row, and what breaks the schema of its call there, from the root of the arguments on."""
        known = self._known.get(row)
        if known is None:
            found, broken = self._marks(row.parent) if row.parent is not None else (self._found, None)
            if row.step is not None:
                found = found.below.get(row.step) if found is not None else None
                broken = broken.below.get(row.step) if broken is not None else None
            if row.arguments is not None and row.call is not None:
                broken = self._broken_in(row.call.pointer)
            known = self._known[row] = (None if row.is_inner else found), broken
        return known

    def _broken_in(self, call: str) -> Mark:
        """What breaks the schema in the arguments of the call at that pointer."""
        known = self._broken.get(call)
        if known is None:
            check = self._schemas.get(call)
            violations = check.violations if check is not None else ()
            known = self._broken[call] = mark_of((violation.pointer, Severity.ERROR) for violation in violations)
            known.own = known.worst = None  # that the arguments as a whole fail is a finding, and told there
        return known


def _worst_in_range(row: Row, marks: list[Mark]) -> Severity | None:
    if row.source is None or not marks:
        return None
    steps = [step_to(child) for child in row.source.children(row.first, row.last)]
    found = (mark.below[step].worst for step in steps for mark in marks if step in mark.below)
    return max((severity for severity in found if severity is not None), default=None)
