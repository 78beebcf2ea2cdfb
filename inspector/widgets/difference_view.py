"""One difference in full: what went is struck out, what came underlined. A long one comes in parts."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING

from PySide6.QtGui import QColor
from PySide6.QtWidgets import QHBoxLayout, QTextEdit, QToolButton, QVBoxLayout, QWidget

from inspector.widgets.content_view import ContentView
from inspector.widgets.plain import plain_label, set_words
from inspector.widgets.theme import Theme

if TYPE_CHECKING:
    from inspector.core.comparison.reading import RowReading
    from inspector.core.readings.detail import Reading, TextChange

_NOTHING_YET = -1


class ChangesView(ContentView):
    """A text with its changes, one of which is the current one."""

    def __init__(self, theme: Theme, parent: QWidget | None = None) -> None:
        super().__init__(theme, parent)
        self._colours = theme
        self._span = (0, 0)
        self.setAccessibleName("Difference")
        self.setTabChangesFocus(True)

    def show_part(self, reading: Reading) -> None:
        """Replaces the text; no change is the current one."""
        self._span = (0, 0)
        self.show_reading(reading)

    def show_change(self, first: int, last: int) -> None:
        """Makes the changes from `first` to before `last` the current one."""
        self._span = (first, last)
        self._reveal_position(first)
        self._mark_in_sight()

    def _change_selection(self, change: TextChange) -> QTextEdit.ExtraSelection:
        mark = super()._change_selection(change)
        if self._span[0] <= change.start < self._span[1]:
            style = mark.format
            style.setBackground(QColor(self._colours.flag("green" if change.inserted else "red")))
            style.setForeground(QColor(self._colours.colours.base))
            mark.format = style
        return mark


class DifferenceView(QWidget):
    """Empty until a reading is shown."""

    def __init__(self, theme: Theme, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._reading: RowReading | None = None
        self.part = 0
        self.stop = _NOTHING_YET
        self.note = plain_label(wraps=True)
        self.note.setAccessibleName("About the difference")
        self._count = plain_label()
        self._count.setAccessibleName("Change and part")
        self.earlier, self.later = self._button("‹", "Earlier part"), self._button("›", "Later part")
        self.earlier.clicked.connect(partial(self._turn, -1))
        self.later.clicked.connect(partial(self._turn, 1))
        self.view = ChangesView(theme)
        above = QHBoxLayout()
        above.setContentsMargins(10, 4, 6, 4)
        above.addWidget(self.note, 1)
        for part in (self.earlier, self._count, self.later):
            above.addWidget(part)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(0)
        layout.addLayout(above)
        layout.addWidget(self.view, 1)
        self.show_nothing("")

    def show_nothing(self, why: str) -> None:
        """Empties the view, and says why."""
        self._reading = None
        self.view.show_nothing()
        set_words(self.note, why)
        set_words(self._count, "")
        self.earlier.hide()
        self.later.hide()

    def show_reading(self, reading: RowReading, *, from_end: bool) -> None:
        """Shows a difference from its first change, or from its last."""
        self._reading = reading
        set_words(self.note, reading.note)
        self.view.reveal(reading.is_revealing)
        self.earlier.setVisible(len(reading.parts) > 1)
        self.later.setVisible(len(reading.parts) > 1)
        self.part = _NOTHING_YET
        if reading.stops:
            self._go_to(len(reading.stops) - 1 if from_end else 0)
        else:
            self.stop = _NOTHING_YET
            self._show_part(0)

    def step(self, step: int) -> bool:
        """Goes to the next change, or the one before; False where there is none."""
        if self._reading is None or not 0 <= self.stop + step < len(self._reading.stops):
            return False
        self._go_to(self.stop + step)
        return True

    @property
    def current_change(self) -> str:
        """The characters of the change that is the current one, on both sides; "" where there is none."""
        if self._reading is None or not 0 <= self.stop < len(self._reading.stops):
            return ""
        part, first, last = self._reading.stops[self.stop]
        return self._reading.parts[part].text[first:last]

    def _go_to(self, stop: int) -> None:
        assert self._reading is not None  # noqa: S101 - whoever asks has looked
        self.stop = stop
        part, first, last = self._reading.stops[stop]
        self._show_part(part)
        self.view.show_change(first, last)
        self._tell()

    def _show_part(self, number: int) -> None:
        assert self._reading is not None  # noqa: S101 - as above
        if number != self.part:
            self.part = number
            self.view.show_part(self._reading.parts[number])
            self.earlier.setEnabled(number > 0)
            self.later.setEnabled(number < len(self._reading.parts) - 1)
        self._tell()

    def _tell(self) -> None:
        assert self._reading is not None  # noqa: S101 - as above
        stops, parts = len(self._reading.stops), len(self._reading.parts)
        words = [f"change {self.stop + 1:,} of {stops:,}"] if self.stop >= 0 else []
        words += [f"part {self.part + 1:,} of {parts:,}"] if parts > 1 else []
        set_words(self._count, ", ".join(words))

    def _turn(self, step: int, _checked: bool = False) -> None:  # noqa: FBT001, FBT002 - Qt's signature
        """Shows another part; the next step goes on from there."""
        assert self._reading is not None  # noqa: S101 - the buttons are hidden without one
        self.stop = sum(part < self.part + step for part, _, _ in self._reading.stops) - 1
        self._show_part(self.part + step)

    def _button(self, text: str, what: str) -> QToolButton:
        button = QToolButton()
        button.setText(text)
        button.setAutoRaise(True)
        button.setAccessibleName(what)
        return button
