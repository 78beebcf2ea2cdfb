"""The bar for finding: what is looked for and how, where, and how many there are."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QEvent, QObject, Qt, Signal
from PySide6.QtGui import QColor, QKeyEvent, QPalette
from PySide6.QtWidgets import QComboBox, QHBoxLayout, QToolButton, QVBoxLayout, QWidget

from inspector.widgets.escaping_field import EscapingField
from inspector.widgets.plain import name_choice, plain_label, set_tooltip, set_words
from inspector.widgets.theme import Theme, paint_words

if TYPE_CHECKING:
    from inspector.core.search.searcher import Wish

VIEW, ANSWER = range(2)
_PLACES = ("This view", "Whole answer")


class SearchBar(QWidget):
    """With `steps` it leads through hits in one place; without, it only takes what is looked for.

    `wished` tells that something else is looked for, `stepped` a step to another hit, `closed` that the search is over."""

    wished = Signal()
    stepped = Signal(int)
    closed = Signal()

    def __init__(self, theme: Theme, parent: QWidget | None = None, *, steps: bool = True) -> None:
        super().__init__(parent)
        self._theme = theme
        self.setAutoFillBackground(True)
        self.field = EscapingField()
        self.field.setAccessibleName("Find")
        self.field.setPlaceholderText("Find")
        self.field.setClearButtonEnabled(True)
        self.place = QComboBox()
        self.place.addItems(_PLACES)
        name_choice(self.place, "Find in")
        self.case = self._button("Aa", "Heed capitals", checkable=True)
        self.word = self._button("Word", "Whole words only", checkable=True)
        self.pattern = self._button(".*", "Regular expression", checkable=True)
        self.previous = self._button("↑", "Previous hit (Shift+F3)")
        self.next = self._button("↓", "Next hit (F3)")
        self.close_button = self._button("✕", "Close the search (Esc)")
        self._count = plain_label()
        self._count.setAccessibleName("Hits")
        self._note = plain_label(wraps=True)
        self._note.setAccessibleName("About the search")
        self._lay_out()
        self.field.installEventFilter(self)
        self.field.textChanged.connect(self._on_wished)
        self.field.escaped.connect(self.close_search)
        self.place.currentIndexChanged.connect(self._on_wished)
        for toggle in (self.case, self.word, self.pattern):
            toggle.toggled.connect(self._on_wished)
        self.previous.clicked.connect(self._on_previous)
        self.next.clicked.connect(self._on_next)
        self.close_button.clicked.connect(self.close_search)
        theme.changed.connect(self._recolour)
        self._recolour()
        self.show_count("")
        self.hide()
        for part in (self.place, self.previous, self.next, self.close_button):
            part.setVisible(steps)

    @property
    def wish(self) -> Wish:
        """What is looked for now."""
        from inspector.core.search.searcher import Wish

        return Wish(
            self.field.text(),
            case=self.case.isChecked(),
            whole_word=self.word.isChecked(),
            pattern=self.pattern.isChecked(),
        )

    def show_count(self, count: str, note: str = "") -> None:
        """For example `3 of 17`, and a sentence where that is not all that is to be said."""
        set_words(self._count, count)
        set_words(self._note, note)
        self._note.setVisible(bool(note))

    def close_search(self) -> None:
        self.hide()
        self.closed.emit()

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Enter steps on, Shift+Enter back."""
        is_press = isinstance(event, QKeyEvent) and event.type() is QEvent.Type.KeyPress
        if isinstance(event, QKeyEvent) and is_press and event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            self.stepped.emit(-1 if event.modifiers() & Qt.KeyboardModifier.ShiftModifier else 1)
            return True
        return super().eventFilter(watched, event)

    def _button(self, text: str, what: str, *, checkable: bool = False) -> QToolButton:
        button = QToolButton()
        button.setText(text)
        button.setCheckable(checkable)
        button.setAutoRaise(True)
        button.setAccessibleName(what.partition(" (")[0])
        button.setFocusPolicy(Qt.FocusPolicy.TabFocus)
        set_tooltip(button, what)
        return button

    def _lay_out(self) -> None:
        row = QHBoxLayout()
        row.setContentsMargins(8, 4, 6, 4)
        row.setSpacing(4)
        row.addWidget(self.field, 1)
        for part in (self.place, self.case, self.word, self.pattern, self._count):
            row.addWidget(part)
        for button in (self.previous, self.next, self.close_button):
            row.addWidget(button)
        self._note.setContentsMargins(10, 0, 10, 4)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        column.addLayout(row)
        column.addWidget(self._note)

    def _on_wished(self, _value: object) -> None:
        self.wished.emit()

    def _on_previous(self) -> None:
        self.stepped.emit(-1)

    def _on_next(self) -> None:
        self.stepped.emit(1)

    def _recolour(self) -> None:
        palette = self.palette()
        palette.setColor(QPalette.ColorRole.Window, QColor(self._theme.colours.raised))
        self.setPalette(palette)
        for label in (self._count, self._note):
            paint_words(label, self._theme.colours.muted)
