"""The look that the tables of rows have in common: whole rows are chosen, each one line high, and Tab leaves the table."""

from __future__ import annotations

from PySide6.QtCore import QAbstractItemModel, QItemSelectionModel, Qt
from PySide6.QtWidgets import QTableView

_AIR = 7


def row_table(name: str, model: QAbstractItemModel, *, air: int = _AIR) -> QTableView:
    """A table over `model` that a screen reader calls `name`. `air` is what a row has above and below its text, in pixels."""
    table = QTableView()
    table.setAccessibleName(name)
    table.setModel(model)
    table.setShowGrid(False)
    table.setWordWrap(False)
    table.setTabKeyNavigation(False)
    table.setSelectionBehavior(QTableView.SelectionBehavior.SelectRows)
    table.setSelectionMode(QTableView.SelectionMode.SingleSelection)
    table.verticalHeader().hide()
    table.verticalHeader().setDefaultSectionSize(table.fontMetrics().height() + air)
    header = table.horizontalHeader()
    header.setDefaultAlignment(Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter)
    # Columns are never selected, and a head with the table's own selection asks every row for that whenever it is painted.
    header.setSelectionModel(QItemSelectionModel(model, header))
    return table
