"""`created` in words: UTC, local time, how long ago, and the figure as sent."""

import re
from dataclasses import dataclass
from datetime import UTC, datetime, tzinfo

from inspector.core.json.document import JsonNode, Kind

_LATEST = 253_402_214_399
"""The end of the last but one day of the calendar, so that there is a local time for it in every zone."""
_FIRST_OTHER_UNIT = 1e11
_UNITS = (("milliseconds", 1e3), ("microseconds", 1e6), ("nanoseconds", 1e9))
_NUMBER = re.compile(r"-?[0-9]+(?:\.[0-9]+)?(?:[eE][+-]?[0-9]+)?")
_SPELLED = 100_000
_STEPS = ((60, "second"), (60, "minute"), (24, "hour"), (365, "day"))


@dataclass(frozen=True, slots=True)
class Moment:
    """The reader's clock: `now` in Unix seconds, `zone` for local times (None: the machine's own)."""

    now: float
    zone: tzinfo | None = None


def seconds_of(node: JsonNode) -> float | None:
    """Unix seconds where the node is a number that a calendar can show; None otherwise."""
    if node.kind is not Kind.NUMBER or node.end - node.start > 40:
        return None
    seconds = float(node.text)
    return seconds if 0 <= seconds <= _LATEST else None


def figure_of(node: JsonNode | None) -> float | None:
    """The figure in `created` as it stands, whatever its unit; text that holds a number counts too."""
    if node is None or node.end - node.start > 40:
        return None
    text = node.string if node.kind is Kind.STRING else node.text
    return float(text) if _NUMBER.fullmatch(text) else None


def is_other_unit(figure: float) -> bool:
    """Whether a figure is too large for seconds."""
    return figure > _FIRST_OTHER_UNIT


def unit_of(figure: float) -> tuple[str, float] | None:
    """The unit that a figure too large for seconds seems to be in, and the seconds that it then stands for."""
    return next(((unit, figure / size) for unit, size in _UNITS if not is_other_unit(figure / size)), None)


def likely_seconds(node: JsonNode | None) -> float | None:
    """Unix seconds that a calendar can show, as far as they can be made out; None otherwise."""
    figure = figure_of(node)
    if figure is not None and is_other_unit(figure):
        _, figure = unit_of(figure) or ("", None)
    return figure if figure is not None and 0 <= figure <= _LATEST else None


def in_words(node: JsonNode, moment: Moment) -> str:
    """For example `2026-11-02 09:30:00 UTC · 10:30 local · 3 days ago · 1793611800`; other values as sent."""
    seconds = seconds_of(node)
    if seconds is None:
        return node.sent(_SPELLED)
    utc = datetime.fromtimestamp(seconds, UTC)
    local = utc.astimezone(moment.zone)
    same_day = local.date() == utc.date()
    local_text = local.strftime("%H:%M" if same_day else "%Y-%m-%d %H:%M")
    return f"{utc:%Y-%m-%d %H:%M:%S} UTC · {local_text} local · {ago(moment.now - seconds)} · {node.text}"


def ago(seconds: float) -> str:
    """`3 hours ago`, `in 2 days`, `just now`: the largest unit, rounded down."""
    amount, unit = abs(seconds), "second"
    if amount < 5:
        return "just now"
    for size, name in _STEPS:
        unit = name
        if amount < size:
            break
        if name != "day":
            amount /= size
    else:
        amount, unit = amount / 365, "year"
    count = int(amount)
    words = f"{count:,} {unit}{'' if count == 1 else 's'}"
    return f"{words} ago" if seconds > 0 else f"in {words}"
