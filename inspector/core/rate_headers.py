"""What a server says about how much may still be asked, in any of the forms that are about.

`RateLimit-Limit/-Remaining/-Reset` (also with `X-`), `RateLimit: limit=100, remaining=5, reset=7`, and the newest
`RateLimit: "name";r=5;t=7`. A reset is in seconds; some send a time of the clock instead.
"""

import re
from dataclasses import dataclass

from inspector.core.exchange import Received

_NUMBER = re.compile(r"\d{1,12}(?:\.\d{1,9})?")
_FIELD = re.compile(r"(?:^|[;,\s])(limit|remaining|reset|q|r|t)=(\d{1,12})(?=$|[;,\s])")
_LONG_NAMES = {"q": "limit", "r": "remaining", "t": "reset"}
_CLOCK_TIMES_FROM = 1_000_000_000.0
_LONGEST = 86_400.0


@dataclass(frozen=True, slots=True)
class Allowance:
    """`remaining` requests until the window ends in `reset` seconds, when there are `limit` again (None: not told)."""

    remaining: float
    reset: float
    limit: float | None = None


def allowance_in(received: Received) -> Allowance | None:
    """What the answer's headers allow; None where they do not say both how many and until when."""
    told = {name: value for name in ("limit", "remaining", "reset") if (value := _header(received, name)) is not None}
    if not {"remaining", "reset"} <= told.keys():
        found = _FIELD.findall(f"{received.header('ratelimit') or ''}".lower())
        told = {_LONG_NAMES.get(name, name): float(value) for name, value in reversed(found)}
    if not {"remaining", "reset"} <= told.keys():
        return None
    reset = told["reset"]
    seconds = reset - received.timings.fetched_at if reset >= _CLOCK_TIMES_FROM else reset
    return Allowance(told["remaining"], min(max(seconds, 0.0), _LONGEST), told.get("limit") or None)


def _header(received: Received, name: str) -> float | None:
    """A number by either name; a limit may be followed by its policy (`100, 100;w=60`)."""
    text = received.header(f"ratelimit-{name}") or received.header(f"x-ratelimit-{name}") or ""
    found = _NUMBER.fullmatch(text.partition(",")[0].partition(";")[0].strip())
    return float(found[0]) if found else None
