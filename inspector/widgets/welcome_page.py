"""The empty state: what to do first."""

from __future__ import annotations

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QHBoxLayout, QLabel, QPushButton, QVBoxLayout, QWidget

from inspector.widgets.plain import plain_label
from inspector.widgets.theme import Theme, paint_words

_STEPS = (
    ("Paste a completion ID", "Put it into the field above and press Enter, or press Ctrl+V anywhere in the window."),
    ("Read the tree", "Colour and words lead from the top to the exact character where something went wrong."),
    ("Look at the bytes", "Text, JSON, Raw and Response show the same value, never repaired and never rounded."),
)


class WelcomePage(QWidget):
    """Names the key's place too; `key_wanted` asks for the key dialog, `file_wanted` for a saved response, `browse_wanted` for
    the list of those that the service has.
    """

    key_wanted = Signal()
    browse_wanted = Signal()
    file_wanted = Signal()

    def __init__(self, theme: Theme, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._theme = theme
        self._muted: list[QLabel] = []
        self.key_label = plain_label(wraps=True)
        self.key_button = QPushButton("API key…")
        self.browse_button = QPushButton("Browse stored completions…")
        self._file_button = QPushButton("Open a saved response…")
        self._lay_out()
        self._is_demo = False
        self.key_button.clicked.connect(self.key_wanted)
        self.browse_button.clicked.connect(self.browse_wanted)
        self._file_button.clicked.connect(self.file_wanted)
        theme.changed.connect(self._recolour)
        self._recolour()

    def show_key(self, sentence: str) -> None:
        """Where the key comes from, or that there is none yet."""
        if not self._is_demo:
            self.key_label.setText(sentence)

    def show_demo(self) -> None:
        self._is_demo = True
        self.key_label.setText(
            "This is the demo service on this computer; no account is needed. Choose one of the completions above."
        )
        self.key_button.hide()

    def _lay_out(self) -> None:
        column = QVBoxLayout()
        column.setSpacing(4)
        title = plain_label("See what really came back")
        font = title.font()
        font.setPointSizeF(font.pointSizeF() * 1.7)
        font.setBold(True)
        title.setFont(font)
        column.addWidget(title)
        column.addSpacing(14)
        for number, (name, words) in enumerate(_STEPS, 1):
            head = plain_label(f"{number}   {name}")
            bold = head.font()
            bold.setBold(True)
            head.setFont(bold)
            text = plain_label(words, wraps=True)
            text.setIndent(24)
            self._muted.append(text)
            column.addWidget(head)
            column.addWidget(text)
            column.addSpacing(10)
        column.addSpacing(8)
        column.addWidget(self.key_label)
        self._muted.append(self.key_label)
        column.addSpacing(6)
        for row in ((self.key_button, self._file_button), (self.browse_button,)):
            buttons = QHBoxLayout()
            for button in row:
                buttons.addWidget(button)
            buttons.addStretch(1)
            column.addLayout(buttons)
        holder = QWidget()
        holder.setLayout(column)
        holder.setMaximumWidth(560)
        outer = QHBoxLayout(self)
        outer.setContentsMargins(40, 30, 40, 30)
        outer.addStretch(1)
        outer.addWidget(holder, 4, Qt.AlignmentFlag.AlignVCenter)
        outer.addStretch(1)

    def _recolour(self) -> None:
        for label in self._muted:
            paint_words(label, self._theme.colours.muted)
