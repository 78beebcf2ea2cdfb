"""The completions of this run as a table: what was asked for, and what came back."""

from __future__ import annotations

from PySide6.QtCore import QAbstractTableModel, QModelIndex, QObject, QPersistentModelIndex, Qt

from inspector.viewmodels.headers import head
from inspector.viewmodels.session import Session
from inspector.viewmodels.session_state import Entry

Index = QModelIndex | QPersistentModelIndex
SUBJECT, RESULT = range(2)
_HEADERS = ("Completion", "What came back")
_NOWHERE = QModelIndex()


class CompletionsModel(QAbstractTableModel):
    """Follows the session's entries."""

    def __init__(self, session: Session, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._session = session
        self._entries: list[Entry] = []
        session.entries_changed.connect(self._on_entries_changed)
        self._on_entries_changed()

    def entry_at(self, index: Index) -> Entry | None:
        return self._entries[index.row()] if index.isValid() and index.row() < len(self._entries) else None

    def row_of(self, subject: str) -> int:
        """The row of a completion, -1 where there is none."""
        return next((at for at, entry in enumerate(self._entries) if entry.subject == subject), -1)

    def rowCount(self, parent: Index = _NOWHERE) -> int:
        return 0 if parent.isValid() else len(self._entries)

    def columnCount(self, parent: Index = _NOWHERE) -> int:
        return 0 if parent.isValid() else len(_HEADERS)

    def headerData(self, section: int, orientation: Qt.Orientation, role: int = Qt.ItemDataRole.DisplayRole) -> object:
        return head(_HEADERS, section, orientation, role)

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> object:
        entry = self.entry_at(index)
        if entry is None:
            return None
        if role == Qt.ItemDataRole.DisplayRole:
            from inspector.core.visible_text import one_line

            return one_line(entry.subject) if index.column() == SUBJECT else result_words(entry)
        if role == Qt.ItemDataRole.UserRole:
            return severity_of(entry)
        return None

    def _on_entries_changed(self) -> None:
        now = self._session.entries
        if len(now) == len(self._entries):
            self._entries = list(now)
            self.dataChanged.emit(self.index(0, 0), self.index(len(now) - 1, len(_HEADERS) - 1))
        else:
            self.beginResetModel()
            self._entries = list(now)
            self.endResetModel()


def result_words(entry: Entry) -> str:
    """One line on what came back, or on what is to be expected."""
    if entry.busy:
        return "fetching…"
    inspection = entry.inspection
    if inspection is None:
        return entry.shows
    if inspection.problem is not None:
        status = f"{inspection.problem.status} " if inspection.problem.status else ""
        return f"{status}{inspection.problem.kind.replace('-', ' ')}"
    worst = inspection.worst
    count = sum(finding.severity == worst for finding in inspection.findings)
    summary = "nothing found" if worst is None else f"{count} {worst.word}{'' if count == 1 else 's'}"
    return f"{summary} · {entry.shows}" if entry.shows else summary


def severity_of(entry: Entry) -> int:
    """The number of the worst severity, 3 for a problem, 0 where nothing is known or found."""
    inspection = entry.inspection
    if inspection is None or entry.busy:
        return 0
    if inspection.problem is not None:
        return 3
    return int(inspection.worst or 0)
