"""Collects cyclic garbage in the GUI thread, and nowhere else.

Context: Python collects in whichever thread happens to make one object too many. In a worker that takes apart what the window
left in cycles, and a widget or a timer that is destroyed in a thread that is not its own may end the process.
Choice: the interpreter collects no more by itself; a timer looks whether it would have, and does it. What start-up made stays
and is never walked again, so that a collection is over in less than a frame.
Price: a cycle lives a tenth of a second longer, and one that is among a great many new objects stays for good: to walk those,
which a worker made of a large answer and which end with it, would hold the window up.
"""

from __future__ import annotations

import gc

from PySide6.QtCore import QObject, QTimer

_TURN_MS = 100
_MANY = 20_000
"""Objects that are new since the last turn; about ten thousand are walked in a millisecond, and those that stay more than once."""


class Collector(QObject):
    """Works from when it is made on, as long as the event loop turns."""

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        gc.disable()
        self._is_frozen = False
        self._timer = QTimer(self)
        self._timer.timeout.connect(self._on_turn)
        self._timer.start(_TURN_MS)

    def _on_turn(self) -> None:
        if not self._is_frozen:
            self._is_frozen = True
            gc.freeze()
        counts = gc.get_count()
        generation = due_generation(counts, gc.get_threshold())
        if generation is None:
            return
        if counts[0] > _MANY:
            gc.freeze()
        else:
            gc.collect(generation)


def due_generation(counts: tuple[int, ...], thresholds: tuple[int, ...]) -> int | None:
    """The oldest generation whose turn it is; None while not even the youngest is due."""
    due = [count > threshold for count, threshold in zip(counts, thresholds, strict=True)]
    if not due[0]:
        return None
    return 0 if not due[1] else 1 if not due[2] else 2
