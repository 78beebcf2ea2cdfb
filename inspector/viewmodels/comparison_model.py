"""The rows of a comparison as a table: the differences, or everything. What is folded into a row is shown where that is opened."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QAbstractTableModel, QModelIndex, QObject, QPersistentModelIndex, Qt

from inspector.core.comparison.difference import Change
from inspector.viewmodels.headers import head

if TYPE_CHECKING:
    from inspector.core.comparison.compared import Compared
    from inspector.core.comparison.rows import ComparedRow

Index = QModelIndex | QPersistentModelIndex
WHERE, WHAT, LEFT, RIGHT = range(4)
QUIET = (Change.SAME, Change.EXPECTED)
"""What is no difference to step to."""
_HEADERS = ("Where", "What", "Left", "Right")
_NOWHERE = QModelIndex()
_OPEN, _FOLDED, _BELOW = "▾ ", "▸ ", "    "


class ComparisonModel(QAbstractTableModel):
    """Read-only. A table rather than a tree: a tree of Qt asks each of a hundred thousand rows whether there is one below it."""

    def __init__(self, comparison: Compared, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._comparison = comparison
        self._opened: ComparedRow | None = None
        self.rows = comparison.differences

    def show_all(self, wanted: bool) -> None:  # noqa: FBT001 - a toggle
        """Shows what is the same as well, or not; nothing is open then."""
        self.beginResetModel()
        self._opened = None
        self.rows = self._comparison.rows if wanted else self._comparison.differences
        self.endResetModel()

    def is_open(self, row: ComparedRow) -> bool:
        return row is self._opened

    def open(self, index: Index, *, wanted: bool) -> None:
        """Shows what is folded into a row, below it, or folds that again."""
        row, after = self.row_at(index), index.row() + 1
        if row is None or not row.below or wanted == self.is_open(row):
            return
        last = index.row() + len(row.below)
        if wanted:
            self.beginInsertRows(_NOWHERE, after, last)
            self.rows = (*self.rows[:after], *row.below, *self.rows[after:])
            self.endInsertRows()
        else:
            self.beginRemoveRows(_NOWHERE, after, last)
            self.rows = (*self.rows[:after], *self.rows[last + 1 :])
            self.endRemoveRows()
        self._opened = row if wanted else None
        self.dataChanged.emit(index, self.index(last if wanted else index.row(), RIGHT))

    def row_at(self, index: Index) -> ComparedRow | None:
        return self.rows[index.row()] if index.isValid() else None

    def index_of(self, row: ComparedRow) -> QModelIndex:
        """Where the row is now; nowhere if it is not shown."""
        return self.index(next((at for at, each in enumerate(self.rows) if each is row), -1), WHERE)

    def next_difference(self, index: Index, step: int) -> QModelIndex:
        """The next row from there, in either direction, that tells a difference that is not expected; nowhere if there is none."""
        at = index.row() + step if index.isValid() else 0 if step > 0 else len(self.rows) - 1
        while 0 <= at < len(self.rows) and self.rows[at].change in QUIET:
            at += step
        return self.index(at, WHERE)

    def rowCount(self, parent: Index = _NOWHERE) -> int:
        return 0 if parent.isValid() else len(self.rows)

    def columnCount(self, parent: Index = _NOWHERE) -> int:
        return 0 if parent.isValid() else len(_HEADERS)

    def headerData(self, section: int, orientation: Qt.Orientation, role: int = Qt.ItemDataRole.DisplayRole) -> object:
        return head(_HEADERS, section, orientation, role)

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> object:
        row = self.row_at(index)
        if row is None:
            return None
        if role == Qt.ItemDataRole.DisplayRole:
            return (self._place(row), row.told, *row.sides)[index.column()]
        if role == Qt.ItemDataRole.AccessibleTextRole and index.column() == WHERE:
            left, right = row.sides
            state = ("open" if self.is_open(row) else "folded") if row.below else ""
            words = (row.place, row.told, state, left and f"left {left}", right and f"right {right}")
            return ", ".join(filter(None, words))
        return None

    def _place(self, row: ComparedRow) -> str:
        if row.below:
            return f"{_OPEN if self.is_open(row) else _FOLDED}{row.place}"
        is_below = self._opened is not None and row.change is Change.EXPECTED
        return f"{_BELOW}{row.place}" if is_below else row.place
