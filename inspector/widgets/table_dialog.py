"""A page of plain rows with a head, for reading: the rules, the shortcuts."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import pairwise

from PySide6.QtCore import Qt
from PySide6.QtWidgets import (
    QDialog,
    QHBoxLayout,
    QHeaderView,
    QPushButton,
    QTableWidget,
    QTableWidgetItem,
    QVBoxLayout,
    QWidget,
)


class TableDialog(QDialog):
    """Opened without blocking; Escape closes it."""

    def __init__(self, title: str, head: Sequence[str], rows: Sequence[Sequence[str]], parent: QWidget) -> None:
        super().__init__(parent)
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self.setWindowTitle(title)
        self.resize(860 if len(head) > 2 else 560, 520)
        table = QTableWidget(len(rows), len(head))
        table.setAccessibleName(title)
        table.setHorizontalHeaderLabels(list(head))
        table.verticalHeader().hide()
        table.setShowGrid(False)
        table.setWordWrap(True)
        table.setTabKeyNavigation(False)
        table.setEditTriggers(QTableWidget.EditTrigger.NoEditTriggers)
        table.setSelectionBehavior(QTableWidget.SelectionBehavior.SelectRows)
        header = table.horizontalHeader()
        header.setDefaultAlignment(Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter)
        for column in range(len(head) - 1):
            header.setSectionResizeMode(column, QHeaderView.ResizeMode.ResizeToContents)
        header.setSectionResizeMode(len(head) - 1, QHeaderView.ResizeMode.Stretch)
        for row, cells in enumerate(rows):
            for column, text in enumerate(cells):
                item = QTableWidgetItem(text)
                item.setTextAlignment(Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignTop)
                table.setItem(row, column, item)
        table.resizeRowsToContents()
        self._close = QPushButton("Close")
        self._order: list[QWidget] = [table, self._close]
        self._close.clicked.connect(self.accept)
        self._buttons = QHBoxLayout()
        self._buttons.addStretch(1)
        self._buttons.addWidget(self._close)
        self._layout = QVBoxLayout(self)
        self._layout.addWidget(table)
        self._layout.addLayout(self._buttons)
        self._close.setDefault(True)  # only in the dialog does a button know whose default it is

    def add_above(self, words: QWidget) -> None:
        """Puts something over the table."""
        self._layout.insertWidget(0, words)
        self._order.insert(0, words)
        self._set_order()

    def add_button(self, button: QPushButton) -> None:
        """Puts a button to the left of Close."""
        self._buttons.insertWidget(self._buttons.count() - 1, button)
        self._order.insert(-1, button)
        self._set_order()

    def _set_order(self) -> None:
        """Tab goes as one reads, whatever was added last."""
        for earlier, later in pairwise(self._order):
            self.setTabOrder(earlier, later)
