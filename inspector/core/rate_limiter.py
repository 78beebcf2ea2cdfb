"""How fast many requests may follow each other: a state machine that is told of the time and of every answer.

Nothing is assumed of the service. As long as its headers say nothing, nothing is held back but by the number of workers.
Where they tell of an allowance, requests are counted against it, and none goes out once it is used up until it is renewed.
Where the service says that it is too much (429, 503), or gives no answer at all, everybody waits: as long as was asked for,
else longer each time, and afterwards the requests go out at a distance that shrinks with every good answer.
Times are seconds of one clock that never goes back.
"""

from enum import Enum, auto

from inspector.core.rate_headers import Allowance

FIRST_WAIT, LONGEST_WAIT = 0.5, 60.0
_FIRST_GAP, _LONGEST_GAP, _SMALLEST_GAP = 0.02, 2.0, 0.005
_EASING = 0.9


class Heard(Enum):
    """What an answer means for the pace."""

    GOOD = auto()
    TOO_MUCH = auto()
    """429, 503, or no answer: worth another attempt later."""


class RateLimiter:
    """One for all workers that use the same key at the same service."""

    def __init__(self) -> None:
        self._held_until = 0.0
        self._next_at = 0.0
        self._gap = 0.0
        self._left: float | None = None
        self._limit: float | None = None
        self._renewed_at = 0.0
        self._under_way = 0
        self._troubles = 0
        self._trouble_at = float("-inf")

    def turn(self, now: float) -> float:
        """Seconds to wait before asking again; 0.0 means that a request may go now, and counts it."""
        if self._left is not None and now >= self._renewed_at:
            self._left = self._limit
        wait = max(self._held_until, self._next_at) - now
        if self._left is not None and self._left < 1:
            wait = max(wait, self._renewed_at - now)
        if wait > 0:
            return wait
        if self._left is not None:
            self._left -= 1
        self._next_at = now + self._gap
        self._under_way += 1
        return 0.0

    def given_up(self) -> None:
        """A request that had its turn was broken off: no answer will be heard."""
        self._under_way -= 1

    def hear(
        self, now: float, sent: float, heard: Heard, allowance: Allowance | None, retry_after: float | None
    ) -> None:
        """An answer has come to a request that was sent at `sent`."""
        self._under_way -= 1
        if allowance is not None:
            self._count(now, allowance)
        if heard is Heard.GOOD:
            self._ease(sent)
        else:
            self._brake(now, sent, retry_after)

    def held_for(self, now: float) -> float:
        """Seconds until a request may go, without asking for a turn."""
        used_up = self._left is not None and self._left < 1
        return max(0.0, self._held_until - now, self._renewed_at - now if used_up else 0.0)

    def _count(self, now: float, allowance: Allowance) -> None:
        """The server cannot have counted what is still on its way; of two answers out of order the smaller figure holds."""
        left = allowance.remaining - self._under_way
        renewed_at = now + allowance.reset
        same_window = self._left is not None and now < self._renewed_at and renewed_at < self._renewed_at + 1
        self._left = min(left, self._left) if same_window and self._left is not None else left
        self._limit = allowance.limit
        self._renewed_at = renewed_at

    def _ease(self, sent: float) -> None:
        if sent < self._trouble_at:
            return
        self._troubles = 0
        self._gap = self._gap * _EASING if self._gap > _SMALLEST_GAP else 0.0

    def _brake(self, now: float, sent: float, retry_after: float | None) -> None:
        """The workers hear of the same trouble one after the other: it counts once."""
        if sent >= self._trouble_at:
            self._troubles += 1
            self._trouble_at = now
            self._gap = min(max(_FIRST_GAP, self._gap * 2), _LONGEST_GAP)
        wait = (
            min(FIRST_WAIT * 2 ** (min(self._troubles, 20) - 1), LONGEST_WAIT) if retry_after is None else retry_after
        )
        self._held_until = max(self._held_until, now + wait)
