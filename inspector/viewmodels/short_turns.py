"""How long a thread keeps the interpreter while others wait for it.

Qt calls into Python for each cell that it paints, and each of these calls waits its turn behind a worker that reckons: with turns
of the usual length a table takes half a second to be painted.
"""

import sys
from collections.abc import Callable
from threading import Lock
from types import TracebackType
from typing import TypeVar

T = TypeVar("T")
_SHORT, _USUAL = 0.001, 0.005


class ShortTurns:
    """Turns are short as long as anybody wants that. May be used from any thread."""

    def __init__(self) -> None:
        self._lock = Lock()
        self._wanted = 0

    def run(self, work: Callable[[], T]) -> T:
        """Does the work, and ends with it: a thread goes on when nobody wants its result any more."""
        with self:
            return work()

    def begin(self) -> None:
        self._count(1)

    def end(self) -> None:
        self._count(-1)

    def __enter__(self) -> None:
        self.begin()

    def __exit__(
        self, _kind: type[BaseException] | None, _error: BaseException | None, _trace: TracebackType | None
    ) -> None:
        self.end()

    def _count(self, step: int) -> None:
        with self._lock:
            self._wanted += step
            sys.setswitchinterval(_SHORT if self._wanted else _USUAL)
