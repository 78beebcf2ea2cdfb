"""Find in all completions: what is looked for, and the hits as they come; one leads to its completion and row."""

from __future__ import annotations

from PySide6.QtCore import QModelIndex, Qt, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QDialog, QVBoxLayout, QWidget

from inspector.viewmodels.wide_search import WideSearch
from inspector.widgets.row_table import row_table
from inspector.widgets.search_bar import SearchBar
from inspector.widgets.theme import Theme


class WideSearchDialog(QDialog):
    """Stays open beside the window; `chosen` tells the ID or name of a completion, and a pointer into it."""

    chosen = Signal(str, str)

    def __init__(self, search: WideSearch, theme: Theme, parent: QWidget) -> None:
        super().__init__(parent)
        self._search = search
        search.setParent(self)
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self.setWindowTitle("Find in all completions")
        self.resize(960, 460)
        self.bar = SearchBar(theme, steps=False)
        self.bar.show()
        self.table = row_table("Hits", search)
        header = self.table.horizontalHeader()
        header.setStretchLastSection(True)
        for column, width in enumerate((270, 240)):
            header.resizeSection(column, width)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(0)
        layout.addWidget(self.bar)
        layout.addWidget(self.table, 1)
        self.bar.wished.connect(self._on_wished)
        self.bar.stepped.connect(self._on_stepped)
        self.bar.closed.connect(self.reject)
        self.table.clicked.connect(self._on_chosen)
        self.table.activated.connect(self._on_chosen)
        search.told.connect(self.bar.show_count)
        self.finished.connect(search.stop)
        self.bar.field.setFocus()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            event.ignore()
        else:
            super().keyPressEvent(event)

    def _on_wished(self) -> None:
        self._search.search(self.bar.wish)

    def _on_stepped(self, _step: int) -> None:
        """Enter in the field goes on to the hits."""
        if self._search.rowCount():
            self.table.setFocus()
            self.table.selectRow(0)

    def _on_chosen(self, index: QModelIndex) -> None:
        found = self._search.hit_at(index)
        if found is not None:
            self.chosen.emit(found.subject, found.hit.pointer)
