"""The filter line over the completions, with a sentence under it where what is written is no filter."""

from __future__ import annotations

from functools import partial

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QHBoxLayout, QMenu, QToolButton, QVBoxLayout, QWidget

from inspector.core.filter.saved import SavedFilter
from inspector.viewmodels.completion_filter import CompletionFilter
from inspector.widgets.filter_field import FilterField
from inspector.widgets.glyphs import letter_icon
from inspector.widgets.plain import plain_label, set_words
from inspector.widgets.theme import Theme, paint_words


class FilterLine(QWidget):
    """Writes into the filter as one types."""

    def __init__(self, wish: CompletionFilter, theme: Theme, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._filter = wish
        self._theme = theme
        self.field = FilterField(wish, theme)
        self.button = QToolButton()
        self.button.setText("Filters")
        self.button.setAccessibleName("Saved filters")
        self.button.setPopupMode(QToolButton.ToolButtonPopupMode.InstantPopup)
        self.button.setFocusPolicy(Qt.FocusPolicy.TabFocus)
        self._menu = QMenu(self)
        self.button.setMenu(self._menu)
        self._menu.aboutToShow.connect(self._fill_menu)
        self._fault = plain_label(wraps=True)
        self._fault.setAccessibleName("What is wrong with the filter")
        self._fault.setContentsMargins(2, 1, 2, 2)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(8, 2, 8, 4)
        layout.setSpacing(0)
        row = QHBoxLayout()
        row.setSpacing(6)
        row.addWidget(self.field, 1)
        row.addWidget(self.button)
        layout.addLayout(row)
        layout.addWidget(self._fault)
        self.field.textChanged.connect(self._on_text_changed)
        theme.changed.connect(self._show_fault)
        self._show_fault()

    def save_filter(self) -> None:
        """Opens the list with what is typed as a new filter, to be given a name."""
        self._edit(SavedFilter("", self.field.text()))

    def edit_filters(self) -> None:
        """Opens the list."""
        self._edit()

    def _edit(self, *more: SavedFilter) -> None:
        from inspector.widgets.saved_filters_dialog import SavedFiltersDialog

        dialog = SavedFiltersDialog((*self._filter.saved, *more), self._theme, self.window())
        dialog.saved.connect(self._filter.keep)
        dialog.open()
        if more:
            dialog.edit_name(len(self._filter.saved))

    def _fill_menu(self) -> None:
        self._menu.clear()
        for each in self._filter.saved:
            action = self._menu.addAction(each.name.replace("&", "&&"))
            action.triggered.connect(partial(self._choose, each.text))
            if each.colour:
                back, ink = self._theme.mark(each.colour), self._theme.colours.text
                action.setIcon(letter_icon(each.name[:1].upper(), back, ink))
        self._menu.addSeparator()
        save = self._menu.addAction("Save this filter…")
        save.setEnabled(bool(self.field.text().strip()) and self._filter.fault is None)
        save.triggered.connect(self.save_filter)
        self._menu.addAction("Filters and colours…").triggered.connect(self.edit_filters)

    def _choose(self, text: str, _checked: bool = False) -> None:  # noqa: FBT001, FBT002 - Qt's signature
        self.field.setText(text)

    def _on_text_changed(self, text: str) -> None:
        self._filter.write(text)
        self._show_fault()

    def _show_fault(self) -> None:
        """What is not finished yet is a hint; what is wrong before the caret is an error."""
        fault, colours = self._filter.fault, self._theme.colours
        still = " The filter before it still holds." if fault is not None and self._filter.wanted is not None else ""
        set_words(self._fault, "" if fault is None else f"{fault.sentence}{still}")
        self._fault.setVisible(fault is not None)
        unfinished = fault is not None and fault.end >= len(self._filter.text.rstrip())
        paint_words(self._fault, colours.muted if unfinished else colours.error)
        self.field.update()
