"""The findings as a table, worst first unless sorted otherwise."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING, Any

from PySide6.QtCore import QAbstractTableModel, QModelIndex, QObject, QPersistentModelIndex, Qt

from inspector.viewmodels.headers import head

if TYPE_CHECKING:
    from inspector.core.findings import Finding

Index = QModelIndex | QPersistentModelIndex
SEVERITY, MESSAGE, PLACE, RULE = range(4)
_HEADERS = ("Severity", "Finding", "Where", "Rule")
_NOWHERE = QModelIndex()


class FindingsModel(QAbstractTableModel):
    """Read-only; sorts its own list, which is far quicker than a proxy over Python rows."""

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._all: tuple[Finding, ...] = ()
        self._hidden: frozenset[int] = frozenset()
        self._sorting: tuple[int, bool] = (SEVERITY, True)
        self.findings: list[Finding] = []

    def show(self, findings: tuple[Finding, ...]) -> None:
        """Replaces everything."""
        self._all = findings
        self._arrange()

    def hide(self, severities: frozenset[int]) -> None:
        """Leaves out the findings of these severities."""
        self._hidden = severities
        self._arrange()

    def count(self, severity: int) -> int:
        """How many there are of a severity, hidden ones too."""
        return sum(finding.severity == severity for finding in self._all)

    def sort(self, column: int, order: Qt.SortOrder = Qt.SortOrder.AscendingOrder) -> None:
        self._sorting = (column, order is Qt.SortOrder.DescendingOrder)
        self._arrange()

    def rowCount(self, parent: Index = _NOWHERE) -> int:
        return 0 if parent.isValid() else len(self.findings)

    def columnCount(self, parent: Index = _NOWHERE) -> int:
        return 0 if parent.isValid() else len(_HEADERS)

    def headerData(self, section: int, orientation: Qt.Orientation, role: int = Qt.ItemDataRole.DisplayRole) -> object:
        return head(_HEADERS, section, orientation, role)

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> object:
        if not index.isValid() or index.row() >= len(self.findings):
            return None
        finding = self.findings[index.row()]
        if role == Qt.ItemDataRole.DisplayRole:
            return _cells(finding)[index.column()]
        if role == Qt.ItemDataRole.AccessibleTextRole:
            return (
                f"{finding.severity.word}: {finding.message}"
                if index.column() == SEVERITY
                else _cells(finding)[index.column()]
            )
        if role == Qt.ItemDataRole.UserRole:
            return int(finding.severity)
        return None

    def _arrange(self) -> None:
        column, descending = self._sorting
        self.beginResetModel()
        self.findings = sorted(
            (finding for finding in self._all if finding.severity not in self._hidden),
            key=_KEYS[column],
            reverse=descending,
        )
        self.endResetModel()


def _cells(finding: Finding) -> tuple[str, str, str, str]:
    from inspector.core.visible_text import one_line

    return (
        finding.severity.word,
        one_line(finding.message, 190),
        one_line(finding.pointer, 120) or "whole answer",
        finding.rule,
    )


_KEYS: dict[int, Callable[[Finding], Any]] = {
    SEVERITY: lambda finding: finding.severity,
    MESSAGE: lambda finding: finding.message,
    PLACE: lambda finding: finding.pointer,
    RULE: lambda finding: finding.rule,
}
