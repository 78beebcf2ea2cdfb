"""The rows of a comparison for item views: the differences, or everything; what is expected to differ is folded into a row."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QAbstractItemModel, QModelIndex, QObject, QPersistentModelIndex, Qt

from inspector.core.comparison.difference import Change
from inspector.viewmodels.headers import head

if TYPE_CHECKING:
    from inspector.core.comparison.compared import Compared
    from inspector.core.comparison.rows import ComparedRow

Index = QModelIndex | QPersistentModelIndex
WHERE, WHAT, LEFT, RIGHT = range(4)
_HEADERS = ("Where", "What", "Left", "Right")
_NOWHERE = QModelIndex()
_TOP = 0
"""The number in an index of a row that is not folded; of one that is, the number of the row above it, counted from 1."""


class ComparisonModel(QAbstractItemModel):
    """Read-only."""

    def __init__(self, comparison: Compared, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._comparison = comparison
        self.rows = comparison.differences

    def show_all(self, wanted: bool) -> None:  # noqa: FBT001 - a toggle
        """Shows what is the same as well, or not."""
        self.beginResetModel()
        self.rows = self._comparison.rows if wanted else self._comparison.differences
        self.endResetModel()

    def row_at(self, index: Index) -> ComparedRow | None:
        if not index.isValid():
            return None
        above = index.internalId()
        return self.rows[index.row()] if above == _TOP else self.rows[above - 1].below[index.row()]

    def index_of(self, row: ComparedRow) -> QModelIndex:
        """Where the row is now; nowhere if it is not shown, or folded."""
        place = next((at for at, each in enumerate(self.rows) if each is row), -1)
        return self.index(place, WHERE)

    def next_difference(self, index: Index, step: int) -> QModelIndex:
        """The next row from there, in either direction, that tells a difference that is not expected; nowhere if there is none."""
        above = index.parent()
        at = (above if above.isValid() else index).row() + step
        if not index.isValid():
            at = 0 if step > 0 else len(self.rows) - 1
        while 0 <= at < len(self.rows):
            if self.rows[at].change not in (Change.SAME, Change.EXPECTED):
                return self.index(at, WHERE)
            at += step
        return QModelIndex()

    def index(self, row: int, column: int, parent: Index = _NOWHERE) -> QModelIndex:
        if not 0 <= row < self.rowCount(parent) or not 0 <= column < len(_HEADERS):
            return QModelIndex()
        return self.createIndex(row, column, parent.row() + 1 if parent.isValid() else _TOP)

    def parent(self, index: Index = _NOWHERE) -> QModelIndex:  # type: ignore[override]
        above = index.internalId() if index.isValid() else _TOP
        return QModelIndex() if above == _TOP else self.createIndex(above - 1, WHERE, _TOP)

    def rowCount(self, parent: Index = _NOWHERE) -> int:
        if not parent.isValid():
            return len(self.rows)
        row = self.row_at(parent)
        return len(row.below) if row is not None and parent.column() == WHERE else 0

    def columnCount(self, parent: Index = _NOWHERE) -> int:  # noqa: ARG002 - Qt's signature
        return len(_HEADERS)

    def headerData(self, section: int, orientation: Qt.Orientation, role: int = Qt.ItemDataRole.DisplayRole) -> object:
        return head(_HEADERS, section, orientation, role)

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> object:
        row = self.row_at(index)
        if row is None:
            return None
        if role == Qt.ItemDataRole.DisplayRole:
            return (row.place, row.told, *row.sides)[index.column()]
        if role == Qt.ItemDataRole.AccessibleTextRole and index.column() == WHERE:
            left, right = row.sides
            return ", ".join(filter(None, (row.place, row.told, left and f"left {left}", right and f"right {right}")))
        return None
