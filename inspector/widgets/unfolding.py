"""Opens all that lies below a row of a tree: a few milliseconds at a time, level by level, and so much as a person can look at.

Qt's own way, behind the key *, opens a large answer in one go: ten megabytes stop the window for half a minute.
"""

from __future__ import annotations

from collections import deque
from time import perf_counter

from PySide6.QtCore import QModelIndex, QObject, QTimer, Signal
from PySide6.QtWidgets import QTreeView

MOST_ROWS = 5_000
_SLICE = 0.008


class Unfolding(QObject):
    """Goes on until all is open or `MOST_ROWS` have come; `ended` tells how that went. Another answer ends it.

    Places in the tree are kept as they are, since rows come and go only with the answer.
    """

    ended = Signal(str)

    def __init__(self, tree: QTreeView) -> None:
        super().__init__(tree)
        self._tree = tree
        self._waiting: deque[QModelIndex] = deque()
        self._rows = 0
        self._timer = QTimer(self)
        self._timer.setInterval(0)
        self._timer.timeout.connect(self._on_turn)
        tree.model().modelReset.connect(self.stop)

    @property
    def is_under_way(self) -> bool:
        return self._timer.isActive()

    def start(self, index: QModelIndex) -> None:
        """Opens the row and all below it."""
        self._waiting = deque([index] if index.isValid() else [])
        self._rows = 0
        self._timer.start()

    def stop(self) -> None:
        """What is open stays open."""
        self._waiting.clear()
        self._timer.stop()

    def _on_turn(self) -> None:
        end = perf_counter() + _SLICE
        while self._waiting and self._rows < MOST_ROWS and perf_counter() < end:
            self._open(self._waiting.popleft())
        if self._waiting and self._rows < MOST_ROWS:
            return
        is_whole = not self._waiting
        self.stop()
        below = f"{self._rows:,} rows below are open" if self._rows != 1 else "1 row below is open"
        self.ended.emit(f"{below}." if is_whole else f"{below}; there are more, which were left closed.")

    def _open(self, index: QModelIndex) -> None:
        model = self._tree.model()
        if not model.hasChildren(index):
            return
        self._tree.expand(index)
        count = model.rowCount(index)
        self._rows += count
        self._waiting.extend(model.index(place, 0, index) for place in range(count))
