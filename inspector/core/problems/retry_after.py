"""When a server says that one may ask again."""

import re
from email.utils import parsedate_to_datetime

from inspector.core.exchange import Received

_LONGEST = 86_400.0
_SECONDS = re.compile(r"\d{1,12}(?:\.\d{1,9})?")
_RATE_LIMIT_RESET = re.compile(r"(?:^|;)\s*t=(\d{1,12})")
_CLOCK_TIMES_FROM = 1_000_000_000.0


def retry_after(received: Received) -> float | None:
    """Seconds from the last byte until the server wants to be asked again, at most a day; None where it does not say.

    `Retry-After` holds seconds or a date (RFC 9110, 10.2.3); without it the rate limit's own reset counts (429 only).
    """
    seconds = _asked(received.header("retry-after"), received.timings.fetched_at)
    if seconds is None and received.status == 429:
        seconds = _reset(received)
    return None if seconds is None else min(max(seconds, 0.0), _LONGEST)


def _asked(value: str | None, now: float) -> float | None:
    if value is None:
        return None
    if seconds := _SECONDS.fullmatch(value.strip()):
        return float(seconds[0])
    try:
        return parsedate_to_datetime(value).timestamp() - now
    except (ValueError, OverflowError):
        return None


def _reset(received: Received) -> float | None:
    """`RateLimit-Reset` in seconds, as some send it as a time of the clock, or the newer `RateLimit: …;t=seconds`."""
    reset = (received.header("ratelimit-reset") or "").strip()
    if _SECONDS.fullmatch(reset):
        seconds = float(reset)
        return seconds - received.timings.fetched_at if seconds >= _CLOCK_TIMES_FROM else seconds
    found = _RATE_LIMIT_RESET.search(received.header("ratelimit") or "")
    return float(found[1]) if found else None
