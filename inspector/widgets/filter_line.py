"""The filter line over the completions, with a sentence under it where what is written is no filter."""

from __future__ import annotations

from PySide6.QtWidgets import QVBoxLayout, QWidget

from inspector.viewmodels.completion_filter import CompletionFilter
from inspector.widgets.filter_field import FilterField
from inspector.widgets.plain import plain_label, set_words
from inspector.widgets.theme import Theme, paint_words


class FilterLine(QWidget):
    """Writes into the filter as one types."""

    def __init__(self, wish: CompletionFilter, theme: Theme, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._filter = wish
        self._theme = theme
        self.field = FilterField(wish, theme)
        self._fault = plain_label(wraps=True)
        self._fault.setAccessibleName("What is wrong with the filter")
        self._fault.setContentsMargins(2, 1, 2, 2)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(8, 2, 8, 4)
        layout.setSpacing(0)
        layout.addWidget(self.field)
        layout.addWidget(self._fault)
        self.field.textChanged.connect(self._on_text_changed)
        theme.changed.connect(self._show_fault)
        self._show_fault()

    def _on_text_changed(self, text: str) -> None:
        self._filter.write(text)
        self._show_fault()

    def _show_fault(self) -> None:
        """What is not finished yet is a hint; what is wrong before the caret is an error."""
        fault, colours = self._filter.fault, self._theme.colours
        set_words(self._fault, "" if fault is None else fault.sentence)
        self._fault.setVisible(fault is not None)
        unfinished = fault is not None and fault.end >= len(self._filter.text.rstrip())
        paint_words(self._fault, colours.muted if unfinished else colours.error)
        self.field.update()
