"""The list of saved filters: names, texts, colours, and their order, in which the first that fits gives a line its colour."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import pairwise

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import (
    QComboBox,
    QDialog,
    QHBoxLayout,
    QHeaderView,
    QPushButton,
    QTableWidget,
    QTableWidgetItem,
    QVBoxLayout,
    QWidget,
)

from inspector.core.colours import COLOURS
from inspector.core.filter.saved import SavedFilter
from inspector.widgets.glyphs import letter_icon
from inspector.widgets.plain import name_choice, plain_label, set_words
from inspector.widgets.theme import Theme, paint_words

_HEADS = ("Name", "Filter", "Colour")
_NO_COLOUR = "no colour"


class SavedFiltersDialog(QDialog):
    """Opened without blocking; `saved` tells the new list."""

    saved = Signal(tuple)

    def __init__(self, filters: Sequence[SavedFilter], theme: Theme, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._theme = theme
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self.setWindowTitle("Filters and colours")
        self.resize(680, 380)
        self.table = QTableWidget(0, len(_HEADS))
        self.table.setAccessibleName("Saved filters")
        self.table.setHorizontalHeaderLabels(list(_HEADS))
        self.table.verticalHeader().hide()
        self.table.setTabKeyNavigation(False)
        self.table.setSelectionMode(QTableWidget.SelectionMode.SingleSelection)
        self.table.horizontalHeader().setSectionResizeMode(1, QHeaderView.ResizeMode.Stretch)
        self.table.setColumnWidth(0, 180)
        self.table.setColumnWidth(2, 130)
        self.add_button, self.remove_button = QPushButton("&Add"), QPushButton("&Remove")
        self.up_button, self.down_button = QPushButton("&Up"), QPushButton("&Down")
        self.save_button, self.cancel_button = QPushButton("&Save"), QPushButton("Cancel")
        self.save_button.setDefault(True)
        self._fault = plain_label(wraps=True)
        self._fault.setAccessibleName("What is wrong")
        self._lay_out()
        self._fill(list(filters), 0)
        self.table.itemChanged.connect(self._look)
        self.add_button.clicked.connect(self._on_add)
        self.remove_button.clicked.connect(self._on_remove)
        self.up_button.clicked.connect(self._on_up)
        self.down_button.clicked.connect(self._on_down)
        self.save_button.clicked.connect(self._on_save)
        self.cancel_button.clicked.connect(self.reject)

    @property
    def filters(self) -> tuple[SavedFilter, ...]:
        """The list as it stands in the table."""
        return tuple(self._row(row) for row in range(self.table.rowCount()))

    def edit_name(self, row: int) -> None:
        """Begins to write the name in a row."""
        self.table.setCurrentCell(row, 0)
        item = self.table.item(row, 0)
        if item is not None:
            self.table.editItem(item)

    def _row(self, row: int) -> SavedFilter:
        texts = [item.text() if (item := self.table.item(row, column)) is not None else "" for column in range(2)]
        box = self.table.cellWidget(row, 2)
        assert isinstance(box, QComboBox)  # noqa: S101 - put there by _fill
        return SavedFilter(texts[0], texts[1], str(box.currentData() or ""))

    def _fill(self, filters: list[SavedFilter], current: int) -> None:
        self.table.blockSignals(True)  # noqa: FBT003 - Qt takes it by position only
        self.table.setRowCount(len(filters))
        for row, each in enumerate(filters):
            self.table.setItem(row, 0, QTableWidgetItem(each.name))
            self.table.setItem(row, 1, QTableWidgetItem(each.text))
            self.table.setCellWidget(row, 2, self._colours(each))
        self.table.blockSignals(False)  # noqa: FBT003 - as above
        self._order()
        if filters:
            self.table.setCurrentCell(min(current, len(filters) - 1), 0)
        self._look()

    def _order(self) -> None:
        """Tab goes from the table through its colours to the buttons beside it."""
        boxes = [self.table.cellWidget(row, 2) for row in range(self.table.rowCount())]
        for earlier, later in pairwise((self.table, *boxes, self.add_button)):
            self.setTabOrder(earlier, later)

    def _colours(self, each: SavedFilter) -> QComboBox:
        box = QComboBox()
        name_choice(box, f"Colour of {each.name or 'the new filter'}")
        box.addItem(_NO_COLOUR, "")
        for colour in COLOURS:
            back = self._theme.mark(colour)
            box.addItem(letter_icon(each.name[:1].upper(), back, self._theme.colours.text), colour, colour)
        box.setCurrentIndex(box.findData(each.colour))
        return box

    def _look(self) -> None:
        """Says what is wrong; only a list in order can be saved."""
        from inspector.core.filter.saved import first_fault

        fault = first_fault(self.filters)
        set_words(self._fault, "" if fault is None else f"Row {fault[0] + 1}: {fault[1]}")
        paint_words(self._fault, self._theme.colours.error)
        self.save_button.setEnabled(fault is None)
        for button in (self.remove_button, self.up_button, self.down_button):
            button.setEnabled(self.table.rowCount() > 0)

    def _move(self, step: int) -> None:
        filters, row = list(self.filters), self.table.currentRow()
        target = row + step
        if 0 <= target < len(filters):
            filters[row], filters[target] = filters[target], filters[row]
            self._fill(filters, target)

    def _lay_out(self) -> None:
        side = QVBoxLayout()
        for button in (self.add_button, self.remove_button, self.up_button, self.down_button):
            button.setAutoDefault(False)
            side.addWidget(button)
        side.addStretch(1)
        middle = QHBoxLayout()
        middle.addWidget(self.table, 1)
        middle.addLayout(side)
        foot = QHBoxLayout()
        foot.addWidget(self._fault, 1)
        foot.addWidget(self.cancel_button)
        foot.addWidget(self.save_button)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(16, 14, 16, 14)
        layout.setSpacing(10)
        words = "The first filter with a colour that lets a line through marks it with the colour and its first letter."
        layout.addWidget(plain_label(words, wraps=True))
        layout.addLayout(middle, 1)
        layout.addLayout(foot)

    def _on_add(self) -> None:
        self._fill([*self.filters, SavedFilter("", "")], self.table.rowCount())
        self.edit_name(self.table.rowCount() - 1)

    def _on_remove(self) -> None:
        row = self.table.currentRow()
        self._fill([each for place, each in enumerate(self.filters) if place != row], row)

    def _on_up(self) -> None:
        self._move(-1)

    def _on_down(self) -> None:
        self._move(1)

    def _on_save(self) -> None:
        self.saved.emit(self.filters)
        self.accept()
