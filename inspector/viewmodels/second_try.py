"""After “too many requests” or “come back later”: how long to leave the service alone, and asking again when that is over.

Only what a person asked for by itself comes again, and only where the service says when: a batch has tries of its own, and
an old answer that is looked at once more is no new question. Each wait is at least twice the one before, and after three
tries it is the person's turn.
"""

from __future__ import annotations

import math
import time
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, QTimer, Signal

from inspector.gateways.steady_clock import steady_seconds
from inspector.viewmodels.session_state import Shown, Working

if TYPE_CHECKING:
    from collections.abc import Callable

    from inspector.core.exchange import Received
    from inspector.core.inspection import Inspection
    from inspector.viewmodels.session import Session

MOST_TRIES = 3
_COMES_AGAIN = (429, 503)
_LONGEST_SECONDS = 120


class SecondTry(QObject):
    """`seconds` are left of the wait that the service asked for; `comes_again` tells whether it then is asked by itself."""

    changed = Signal()

    def __init__(
        self,
        session: Session,
        tick_ms: int = 1000,
        parent: QObject | None = None,
        now: Callable[[], float] = steady_seconds,
    ) -> None:
        """`now` tells, in seconds, when the wait is over even though the ticks have not told it: after sleep."""
        super().__init__(parent)
        self._now = now
        self._due = 0.0
        self.seconds = 0
        self.comes_again = False
        self._session = session
        self._tries = 0
        self._asks = self._is_fresh = False
        self._answer: Received | None = None
        self._clock = QTimer(self)
        self._clock.setInterval(tick_ms)
        self._clock.timeout.connect(self._on_tick)
        session.changed.connect(self._on_state_changed)

    def give_up(self) -> None:
        """It is not asked again by itself; the service still wants to be left alone."""
        if self.comes_again:
            self.comes_again = False
            self.changed.emit()

    def _on_state_changed(self) -> None:
        match self._session.state:
            case Shown(inspection) if inspection.received is not None and inspection.received is self._answer:
                pass  # the same answer, looked at in another way
            case Shown(inspection):
                self._answer = inspection.received
                self._wait_for(inspection)
                self._is_fresh = False
            case Working(subject):
                self._is_fresh = not self._session.batch.awaits(subject)
                self._tries = self._tries if self._asks else 0
                self._rest()
            case _:
                self._rest()

    def _wait_for(self, inspection: Inspection) -> None:
        problem, received = inspection.problem, inspection.received
        asked = problem.retry_after if problem is not None else None
        if problem is None or received is None or asked is None:
            self._rest()
            return
        left = math.ceil(asked - max(0.0, time.time() - received.timings.fetched_at))
        worth_it = problem.status in _COMES_AGAIN and asked <= _LONGEST_SECONDS and self._tries < MOST_TRIES
        self.comes_again = self._is_fresh and worth_it
        self.seconds = max(0, left, 2**self._tries if self.comes_again else 0)
        self._due = self._now() + self.seconds
        self._clock.start()
        self.changed.emit()

    def _rest(self) -> None:
        self._answer = None
        self.seconds, self.comes_again = 0, False
        self._clock.stop()
        self.changed.emit()

    def _on_tick(self) -> None:
        self.seconds = max(0, min(self.seconds - 1, math.ceil(self._due - self._now())))
        if self.seconds:
            self.changed.emit()
            return
        asks = self.comes_again
        self._rest()
        if asks:
            self._tries += 1
            self._asks = True
            self._session.retry()
            self._asks = False
