"""The banner above the detail: what went wrong, what the server said, what to try, and the buttons for it."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QColor, QPalette
from PySide6.QtWidgets import QHBoxLayout, QPushButton, QVBoxLayout, QWidget

from inspector.widgets.glyphs import severity_icon
from inspector.widgets.plain import plain_label, set_words
from inspector.widgets.theme import Theme, paint_words

if TYPE_CHECKING:
    from inspector.core.problems.problem import Problem

_ERROR, _INFO = 3, 1


class Banner(QWidget):
    """Hidden until there is something to say."""

    retry_wanted = Signal()
    raw_wanted = Signal()
    key_wanted = Signal()

    def __init__(self, theme: Theme, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._theme = theme
        self._severity = _ERROR
        self.setAutoFillBackground(True)
        self._icon = plain_label()
        self._message = plain_label(wraps=True, selectable=True)
        self._message.setAccessibleName("Problem")
        bold = self._message.font()
        bold.setBold(True)
        self._message.setFont(bold)
        self._rest = plain_label(wraps=True, selectable=True)
        self._rest.setAccessibleName("What to try")
        self.retry_button = QPushButton("Retry")
        self.give_up_button = QPushButton("Do not retry")
        self.raw_button = QPushButton("Show raw body")
        self.key_button = QPushButton("API key…")
        self._lay_out()
        self.retry_button.clicked.connect(self.retry_wanted)
        self.raw_button.clicked.connect(self.raw_wanted)
        self.key_button.clicked.connect(self.key_wanted)
        theme.changed.connect(self._recolour)
        self.show_wait(0, comes_again=False)
        self.clear()

    def clear(self) -> None:
        self.hide()

    def show_problem(self, problem: Problem, *, has_body: bool) -> None:
        """A fetch that brought no completion."""
        parts = [problem.hint] if problem.hint else []
        if problem.request_id:
            parts.append(f"Request ID: {problem.request_id}")
        if problem.causes:
            parts.append(
                "Possible causes, to check in this order:\n"
                + "\n".join(f"   {n}. {c}" for n, c in enumerate(problem.causes, 1))
            )
        self._show(_ERROR, problem.message, "\n\n".join(parts))
        self.retry_button.setVisible(True)
        self.raw_button.setVisible(has_body)
        self.key_button.setVisible(problem.status in (401, 403))

    def show_key_missing(self, sentence: str) -> None:
        """There is no key to ask with."""
        self._show(_ERROR, "The completion was not fetched, because there is no API key to ask with.", sentence)
        self.retry_button.setVisible(True)
        self.raw_button.setVisible(False)
        self.key_button.setVisible(True)

    def show_sentence(self, sentence: str, severity: int = _INFO) -> None:
        """A sentence with nothing to press."""
        self._show(severity, sentence, "")
        for button in (self.retry_button, self.raw_button, self.key_button):
            button.setVisible(False)

    def show_wait(self, seconds: int, *, comes_again: bool) -> None:
        """Holds Retry back for as long as the service wants to be left alone; `comes_again` tells of a try by itself."""
        self.retry_button.setEnabled(seconds <= 0)
        waits = f"Retrying in {seconds} s" if comes_again else f"Retry in {seconds} s"
        self.retry_button.setText(waits if seconds > 0 else "Retry")
        self.give_up_button.setVisible(comes_again)

    def _show(self, severity: int, message: str, rest: str) -> None:
        self._severity = severity
        set_words(self._message, message)
        set_words(self._rest, rest)
        self._rest.setVisible(bool(rest))
        self._recolour()
        self.show()

    def _lay_out(self) -> None:
        words = QVBoxLayout()
        words.setSpacing(6)
        words.addWidget(self._message)
        words.addWidget(self._rest)
        buttons = QHBoxLayout()
        buttons.setSpacing(8)
        for button in (self.retry_button, self.give_up_button, self.key_button, self.raw_button):
            buttons.addWidget(button)
        buttons.addStretch(1)
        words.addLayout(buttons)
        inside = QWidget()
        row = QHBoxLayout(inside)
        row.setContentsMargins(12, 10, 12, 10)
        row.setSpacing(10)
        row.addWidget(self._icon, 0, Qt.AlignmentFlag.AlignTop)
        row.addLayout(words, 1)
        outer = QVBoxLayout(self)
        outer.setContentsMargins(0, 0, 0, 0)
        outer.addWidget(inside)

    def _recolour(self) -> None:
        colours = self._theme.colours
        self._icon.setPixmap(severity_icon(self._severity, self._theme.severity(self._severity)).pixmap(18, 18))
        palette = self.palette()
        palette.setColor(QPalette.ColorRole.Window, QColor(colours.raised))
        self.setPalette(palette)
        paint_words(self._message, self._theme.severity(self._severity))
