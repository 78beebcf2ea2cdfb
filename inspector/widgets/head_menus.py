"""What a mouse does on the head of a table, as menus: which columns are seen, and by which the rows are sorted."""

from __future__ import annotations

from functools import partial

from PySide6.QtCore import Qt
from PySide6.QtGui import QAction, QActionGroup
from PySide6.QtWidgets import QMenu, QTableView


class ColumnsMenu(QMenu):
    """Ticks the columns that are seen; one of them always is, so that there is something to choose in a row."""

    def __init__(self, table: QTableView, always: int) -> None:
        super().__init__("Co&lumns", table)
        self._table = table
        self._actions: dict[int, QAction] = {}
        for column, name in enumerate(_names(table)):
            if column == always:
                continue
            action = self.addAction(name.replace("&", "&&"))
            action.setCheckable(True)
            action.setChecked(True)
            action.toggled.connect(partial(self._on_toggled, column))
            self._actions[column] = action

    def show_column(self, column: int, *, shown: bool) -> None:
        self._actions[column].setChecked(shown)

    def _on_toggled(self, column: int, shown: bool) -> None:  # noqa: FBT001 - a toggle
        self._table.setColumnHidden(column, not shown)


class SortMenu(QMenu):
    """Ticks the column that the rows are sorted by. Chosen once more it turns the order round; `unsorted` names having none."""

    def __init__(self, title: str, table: QTableView, unsorted: str = "") -> None:
        super().__init__(title, table)
        self._header = table.horizontalHeader()
        group = QActionGroup(self)
        group.setExclusionPolicy(QActionGroup.ExclusionPolicy.ExclusiveOptional)
        self._actions: dict[int, QAction] = {}
        names = dict(enumerate(_names(table))) | ({-1: unsorted} if unsorted else {})
        for column, name in names.items():
            action = self.addAction(name.replace("&", "&&"))
            action.setCheckable(True)
            action.triggered.connect(partial(self._on_chosen, column))
            group.addAction(action)
            self._actions[column] = action
        self._header.sortIndicatorChanged.connect(self._look)
        self._look()

    def _look(self, _column: int = -1, _order: Qt.SortOrder = Qt.SortOrder.AscendingOrder) -> None:
        chosen = self._header.sortIndicatorSection()
        for column, action in self._actions.items():
            action.setChecked(column == chosen)

    def _on_chosen(self, column: int, _checked: bool = False) -> None:  # noqa: FBT001, FBT002 - Qt's signature
        up, down = Qt.SortOrder.AscendingOrder, Qt.SortOrder.DescendingOrder
        is_again = column == self._header.sortIndicatorSection() and self._header.sortIndicatorOrder() is up
        self._header.setSortIndicator(column, down if is_again else up)
        self._look()  # a tick that was chosen again stays


def _names(table: QTableView) -> list[str]:
    model = table.model()
    return [str(model.headerData(column, Qt.Orientation.Horizontal)) for column in range(model.columnCount())]
