"""Values as people write them in a filter: figures, times, sizes, dates. All dates are UTC."""

import re
from calendar import monthrange
from collections.abc import Mapping
from datetime import UTC, datetime, timedelta
from decimal import Decimal

from inspector.core.filter.fields import Measure
from inspector.core.filter.tree import Period

_FIGURE = re.compile(r"([0-9]{1,15}|[0-9]{1,3}(?:,[0-9]{3}){1,4})(\.[0-9]{1,6})?\s*([A-Za-z]*)", re.ASCII)
_DATE = re.compile(
    r"([0-9]{4})(?:-([0-9]{2})(?:-([0-9]{2})(?:[T ]([0-9]{2}):([0-9]{2})(?::([0-9]{2}))?Z?)?)?)?",
    re.ASCII | re.IGNORECASE,
)
_SECONDS = re.compile(r"[0-9]{5,12}", re.ASCII)
_LATEST = 253_402_214_399
_UNITS: Mapping[Measure, Mapping[str, int]] = {
    Measure.DURATION: {"": 1, "ms": 1, "s": 1_000, "min": 60_000},
    Measure.SIZE: {"": 1, "b": 1, "kb": 1_000, "mb": 1_000_000, "gb": 1_000_000_000},
}
_TOO_MUCH = 10**15
_DAYS = 86_400
_SPELLED = {1: 19, 60: 16, _DAYS: 10}
_EPOCH = datetime(1970, 1, 1, tzinfo=UTC)


def read_amount(text: str, measure: Measure) -> Decimal | Period | None:
    """The amount in base units (milliseconds, bytes), or the stretch of time; None where it is not written like one."""
    if measure is Measure.TIME:
        return _period(text)
    match = _FIGURE.fullmatch(text)
    factor = _UNITS.get(measure, {"": 1}).get(match[3].lower()) if match else None
    if match is None or factor is None:
        return None
    amount = Decimal(match[1].replace(",", "") + (match[2] or "")) * factor
    return amount if amount < _TOO_MUCH else None


def amount_words(amount: Decimal | Period, measure: Measure) -> str:
    """The amount as `read_amount` takes it."""
    if isinstance(amount, Period):
        return _period_words(amount)
    figure = format(amount, "f")
    plain = figure.rstrip("0").rstrip(".") if "." in figure else figure
    return f"{plain}ms" if measure is Measure.DURATION else plain


def _period(text: str) -> Period | None:
    if _SECONDS.fullmatch(text):
        seconds = int(text)
        return Period(seconds, seconds + 1) if seconds <= _LATEST else None
    match = _DATE.fullmatch(text)
    if match is None:
        return None
    given = [int(part) for part in match.groups() if part is not None]
    try:
        start = datetime(*(given + [1, 1][len(given) - 1 :])[:7], tzinfo=UTC)  # type: ignore[arg-type,misc]
        end = start + timedelta(seconds=_length(start, len(given)))
    except (ValueError, OverflowError):
        return None
    return Period(*((at - _EPOCH) // timedelta(seconds=1) for at in (start, end)))


def _length(start: datetime, parts: int) -> int:
    """Seconds to the end of what is named by that many of year, month, day, hour and minute, second."""
    months = range(1, 13) if parts == 1 else (start.month,)
    return {6: 1, 5: 60, 3: _DAYS}.get(parts) or sum(monthrange(start.year, month)[1] for month in months) * _DAYS


def _period_words(period: Period) -> str:
    length = period.end - period.start
    spelled = (_EPOCH + timedelta(seconds=period.start)).isoformat()
    return spelled[: _SPELLED.get(length) or (7 if length < 32 * _DAYS else 4)]
