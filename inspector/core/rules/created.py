"""`created`: seconds since 1970, which is not what every provider sends."""

from collections.abc import Iterator
from datetime import UTC, datetime

from inspector.core.completion import Completion
from inspector.core.findings import Evidence, Severity
from inspector.core.json.document import JsonNode, Kind
from inspector.core.moment import figure_of, is_other_unit, unit_of
from inspector.core.rules.parts import answers, answers_of_model
from inspector.core.rules.rule import Spot, rule
from inspector.core.rules.values import kind_words, shown

_CLOCKS_DIFFER = 300
_FIRST_YEAR = 1_577_836_800
_LATEST = 253_402_300_799


@rule(
    "created-missing",
    Severity.WARNING,
    "There is no time of creation",
    "The answer cannot be put in order with others, and strict clients refuse the body.",
    over=answers_of_model,
)
def created_missing(completion: Completion) -> Iterator[Spot]:
    if completion.created is None:
        yield completion.root, "The body has no “created”."
    elif completion.created.kind is Kind.NULL:
        yield completion.created, "“created” is null."


@rule(
    "created-not-whole-seconds",
    Severity.WARNING,
    "The time of creation is not a whole number",
    "Clients with an integer field refuse it or cut it; text is compared letter by letter.",
    over=answers,
)
def created_not_whole_seconds(evidence: Evidence) -> Iterator[Spot]:
    node = _created(evidence)
    if node is None or node.kind is Kind.NULL:
        return
    if node.kind is not Kind.NUMBER:
        yield node, f"“created” is {kind_words(node)}, where whole seconds were due: {shown(node)}."
    elif not node.text.lstrip("-").isdecimal():
        yield node, f"“created” is {shown(node)}, where whole seconds were due."


@rule(
    "created-in-other-unit",
    Severity.WARNING,
    "The time of creation is not in seconds",
    "Read as seconds it lies tens of thousands of years ahead, and clients that make a date of it fail.",
    over=answers,
)
def created_in_other_unit(evidence: Evidence) -> Iterator[Spot]:
    seconds = _seconds(evidence)
    if seconds is not None and is_other_unit(seconds):
        likely = unit_of(seconds)
        told = f"seems to be in {likely[0]}: {_date(likely[1])}" if likely else "is no date in any unit"
        yield _created(evidence), f"“created” {told}."


@rule(
    "created-in-future",
    Severity.WARNING,
    "The answer was created in the future",
    "One of the two clocks is wrong; whatever sorts or expires by time goes wrong with it.",
    over=answers,
)
def created_in_future(evidence: Evidence) -> Iterator[Spot]:
    seconds = _seconds(evidence)
    if seconds is not None and evidence.now + _CLOCKS_DIFFER < seconds and not is_other_unit(seconds):
        ahead = seconds - evidence.now
        yield _created(evidence), f"“created” is {_date(seconds)}, {ahead:,.0f} seconds ahead of this computer's clock."


@rule(
    "created-too-early",
    Severity.WARNING,
    "The answer is older than chat completions",
    "Zero and other small figures are stand-ins: the time of creation was not known.",
    over=answers,
)
def created_too_early(evidence: Evidence) -> Iterator[Spot]:
    node, seconds = _created(evidence), _seconds(evidence)
    if node is not None and seconds is not None and seconds < _FIRST_YEAR:
        yield node, f"“created” is {shown(node)}, which is {_date(seconds)}."


RULES = (created_missing, created_not_whole_seconds, created_in_other_unit, created_in_future, created_too_early)


def _created(evidence: Evidence) -> JsonNode | None:
    return evidence.completion.created if evidence.completion is not None else None


def _seconds(evidence: Evidence) -> float | None:
    """The figure as it stands, read as seconds."""
    return figure_of(_created(evidence))


def _date(seconds: float) -> str:
    if not 0 <= seconds <= _LATEST:
        return "before 1970" if seconds < 0 else "beyond the year 9999"
    return f"{datetime.fromtimestamp(seconds, UTC):%Y-%m-%d %H:%M} UTC"
