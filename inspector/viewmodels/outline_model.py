"""The structure tree for item views: three columns over the lazy outline."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QAbstractItemModel, QModelIndex, QObject, QPersistentModelIndex, Qt

from inspector.viewmodels.headers import head

if TYPE_CHECKING:
    from inspector.core.outline.outline import Outline, Row

Index = QModelIndex | QPersistentModelIndex
NAME, VALUE, STATE = range(3)
SEVERITY_ROLE = int(Qt.ItemDataRole.UserRole) + 1
"""The worst severity on or below the row, as the number of `core.findings.Severity`, or 0."""
_HEADERS = ("Structure", "Value", "State")
_NOWHERE = QModelIndex()


class OutlineModel(QAbstractItemModel):
    """Read-only. The one top-level row is the answer as a whole."""

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self.outline: Outline | None = None

    def show(self, outline: Outline | None) -> None:
        """Replaces everything."""
        self.beginResetModel()
        self.outline = outline
        self.endResetModel()

    def refresh(self) -> None:
        """Tells that what is said of the root has changed; a view of more rows paints all of them again."""
        self.dataChanged.emit(self.index(0, NAME), self.index(0, STATE))

    def row_at(self, index: Index) -> Row | None:
        row: Row | None = index.internalPointer() if index.isValid() else None
        return row

    def index_of(self, row: Row, column: int = NAME) -> QModelIndex:
        return self.createIndex(row.position, column, row)

    def index(self, row: int, column: int, parent: Index = _NOWHERE) -> QModelIndex:
        if self.outline is None or not 0 <= column < len(_HEADERS):
            return QModelIndex()
        if not parent.isValid():
            return self.createIndex(0, column, self.outline.root) if row == 0 else QModelIndex()
        if parent.column() != NAME:
            return QModelIndex()
        rows = self.outline.children(parent.internalPointer())
        return self.createIndex(row, column, rows[row]) if 0 <= row < len(rows) else QModelIndex()

    def parent(self, index: Index = _NOWHERE) -> QModelIndex:  # type: ignore[override]
        row = self.row_at(index)
        return QModelIndex() if row is None or row.parent is None else self.index_of(row.parent)

    def rowCount(self, parent: Index = _NOWHERE) -> int:
        if self.outline is None or parent.column() > NAME:
            return 0
        row = self.row_at(parent)
        return 1 if row is None else len(self.outline.children(row))

    def columnCount(self, parent: Index = _NOWHERE) -> int:  # noqa: ARG002 - Qt's signature
        return len(_HEADERS)

    def hasChildren(self, parent: Index = _NOWHERE) -> bool:
        if self.outline is None or parent.column() > NAME:
            return False
        row = self.row_at(parent)
        return row is None or self.outline.has_children(row)

    def headerData(self, section: int, orientation: Qt.Orientation, role: int = Qt.ItemDataRole.DisplayRole) -> object:
        return head(_HEADERS, section, orientation, role)

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> object:
        row = self.row_at(index)
        if row is None or self.outline is None:
            return None
        if role == Qt.ItemDataRole.DisplayRole:
            words = self.outline.words(row)
            return (words.name, words.value, words.state)[index.column()]
        if role == Qt.ItemDataRole.AccessibleTextRole:
            words = self.outline.words(row)
            return ", ".join(part for part in (words.name, words.value, words.state) if part)
        if role == SEVERITY_ROLE:
            return int(self.outline.severity(row) or 0)
        return None
