"""The IDs that were found in a text, as a table to choose from: what names no completion is shown, and cannot be chosen."""

from __future__ import annotations

from collections.abc import Iterable
from itertools import compress
from typing import TYPE_CHECKING

from PySide6.QtCore import QAbstractTableModel, QModelIndex, QObject, QPersistentModelIndex, Qt, Signal

from inspector.viewmodels.headers import head

if TYPE_CHECKING:
    from inspector.core.candidates import Found

Index = QModelIndex | QPersistentModelIndex
ID, WHY, LINE = range(3)
WHOLE = Qt.ItemDataRole.UserRole
"""The role that gives all of a cell, however long it is."""
_HEADERS = ("ID", "Why", "Line")
_LONGEST = 200
_NOWHERE = QModelIndex()
_OFFERED = Qt.ItemFlag.ItemIsEnabled | Qt.ItemFlag.ItemIsSelectable | Qt.ItemFlag.ItemNeverHasChildren


class OfferedIds(QAbstractTableModel):
    """All completions are checked at first. `rechecked` tells that others are checked now."""

    rechecked = Signal()

    def __init__(self, found: Found, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._candidates = found.candidates
        self._lines = found.lines
        self._can_be = bytes(candidate.is_completion for candidate in found.candidates)
        self._checked = bytearray(self._can_be)

    @property
    def count(self) -> int:
        """How many are checked."""
        return sum(self._checked)

    @property
    def chosen(self) -> list[str]:
        """The IDs that are checked, in the order of the text."""
        return [candidate.text for candidate in compress(self._candidates, self._checked)]

    def can_be_chosen(self, index: Index) -> bool:
        return bool(self._can_be[index.row()])

    def check(self, rows: Iterable[range], *, on: bool) -> None:
        """Checks these rows, as far as they can be, or none of them."""
        before = bytes(self._checked)
        for run in rows:
            part = slice(run.start, run.stop)
            self._checked[part] = self._can_be[part] if on else bytes(len(run))
        if before != self._checked:
            self.dataChanged.emit(self.index(0, ID), self.index(len(before) - 1, ID), [Qt.ItemDataRole.CheckStateRole])
            self.rechecked.emit()

    def check_all(self, *, on: bool) -> None:
        self.check([range(self.rowCount())], on=on)

    def turn_over(self, rows: list[range]) -> None:
        """Checks these rows, or none of them where all that can be are checked."""
        self.check(
            rows, on=any(self._checked[run.start : run.stop] != self._can_be[run.start : run.stop] for run in rows)
        )

    def rowCount(self, parent: Index = _NOWHERE) -> int:
        return 0 if parent.isValid() else len(self._candidates)

    def columnCount(self, parent: Index = _NOWHERE) -> int:
        return 0 if parent.isValid() else len(_HEADERS)

    def headerData(self, section: int, orientation: Qt.Orientation, role: int = Qt.ItemDataRole.DisplayRole) -> object:
        return head(_HEADERS, section, orientation, role)

    def flags(self, index: Index) -> Qt.ItemFlag:
        if not index.isValid():
            return Qt.ItemFlag.NoItemFlags
        checkable = index.column() == ID and self.can_be_chosen(index)
        return _OFFERED | Qt.ItemFlag.ItemIsUserCheckable if checkable else _OFFERED

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> object:
        if not index.isValid():
            return None
        if role == Qt.ItemDataRole.CheckStateRole and index.column() == ID:
            return Qt.CheckState.Checked if self._checked[index.row()] else Qt.CheckState.Unchecked
        if role == Qt.ItemDataRole.DisplayRole:
            return _short(self._cell(index))
        return self._cell(index) if role == WHOLE else None

    def setData(self, index: Index, value: object, role: int = Qt.ItemDataRole.EditRole) -> bool:
        """Checks a row or not; everything else stays as it was found."""
        if role != Qt.ItemDataRole.CheckStateRole or not self.flags(index) & Qt.ItemFlag.ItemIsUserCheckable:
            return False
        self.check([range(index.row(), index.row() + 1)], on=Qt.CheckState(value) is Qt.CheckState.Checked)
        return True

    def _cell(self, index: Index) -> str:
        candidate = self._candidates[index.row()]
        match index.column():
            case column if column == ID:
                return candidate.name
            case column if column == WHY:
                return candidate.why if candidate.is_completion else f"{candidate.kind.refusal} ({candidate.why})"
            case _:
                return f"{self._lines[index.row()]:,}"


def _short(text: str) -> str:
    """One line for a cell: of a long text the beginning and the end, which tell IDs apart."""
    from inspector.core.visible_text import one_line

    if len(text) <= _LONGEST:
        return one_line(text, _LONGEST)
    half = _LONGEST // 2 - 1
    return f"{one_line(text[:half], half)}…{one_line(text[-half:], half)}"
