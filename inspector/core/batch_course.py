"""How far a batch has come, and how long the rest will take: told of the time, and in words."""

import math
from dataclasses import dataclass
from enum import Enum
from typing import assert_never

_MEMORY_SECONDS = 15.0
_SOON = 0.2


class Phase(Enum):
    """Where a batch stands."""

    NONE = "none"
    RUNNING = "running"
    PAUSED = "paused"
    HALTED = "halted"
    """Stopped by itself, since nothing but refusals and failures came."""
    CANCELLED = "cancelled"
    DONE = "done"


class Pace:
    """Answers a second, smoothed over the last quarter of a minute. Times are seconds of a clock that never goes back."""

    def __init__(self) -> None:
        self._at: float | None = None
        self._count = 0
        self._rate: float | None = None

    def note(self, now: float, count: int) -> None:
        """`count` answers more have come since the last note."""
        if self._at is None:
            self._at = now
        self._count += count
        passed = now - self._at
        if passed < _SOON:
            return
        newest = self._count / passed
        weight = 1.0 if self._rate is None else 1 - math.exp(-passed / _MEMORY_SECONDS)
        self._rate = newest if self._rate is None else self._rate + weight * (newest - self._rate)
        self._at, self._count = now, 0

    def rest(self) -> None:
        """A pause begins: it is not to be counted as slowness."""
        self._at, self._count = None, 0

    def seconds_for(self, count: int) -> float | None:
        """How long `count` answers will take; None while nobody can say."""
        return count / self._rate if self._rate else None


@dataclass(frozen=True, slots=True)
class Course:
    """A batch as it stands: `settled` of `total` have come back, `failed` of them badly. `seconds_left` is a guess.

    `held` are seconds for which the service wants no request.
    """

    phase: Phase = Phase.NONE
    total: int = 0
    settled: int = 0
    failed: int = 0
    seconds_left: float | None = None
    held: float = 0.0

    @property
    def sentence(self) -> str:
        """One line, such as `1,234 of 10,000 · 3 failed · about 2 min left`."""
        so_far = f"{self.settled:,} of {self.total:,}"
        failed = f"{self.failed:,} failed" if self.failed else ""
        match self.phase:
            case Phase.NONE:
                return ""
            case Phase.RUNNING:
                facts = [so_far, failed, self._waiting or self._left]
            case Phase.PAUSED:
                facts = [f"Paused at {so_far}", failed]
            case Phase.HALTED:
                facts = [f"Stopped at {so_far}", failed, "nothing but refusals and failures of late"]
            case Phase.CANCELLED:
                facts = [f"Cancelled at {so_far}", failed]
            case Phase.DONE:
                facts = [f"All {self.total:,} are done" if self.total > 1 else "It is done", failed or "none failed"]
            case _:
                assert_never(self.phase)
        return " · ".join(fact for fact in facts if fact)

    @property
    def _waiting(self) -> str:
        return f"waiting {duration_words(self.held)}, as the service asks" if self.held >= 1 else ""

    @property
    def _left(self) -> str:
        if self.seconds_left is None:
            return ""
        return f"{duration_words(self.seconds_left)} left" if self.seconds_left >= 5 else "a few seconds left"


def duration_words(seconds: float) -> str:
    """`about 40 s`, `about 2 min`, `about 3 h`: no finer than anybody can know."""
    if seconds < 10:
        return f"about {max(1, round(seconds))} s"
    if seconds < 55:
        return f"about {round(seconds / 5) * 5} s"
    if seconds < 5400:
        return f"about {max(1, round(seconds / 60))} min"
    return f"about {round(seconds / 3600):,} h"
