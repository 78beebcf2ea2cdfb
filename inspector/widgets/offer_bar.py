"""A quiet line over the panes: something that can be done, and two buttons for it."""

from __future__ import annotations

from PySide6.QtCore import Signal
from PySide6.QtGui import QColor, QPalette
from PySide6.QtWidgets import QHBoxLayout, QPushButton, QWidget

from inspector.widgets.plain import plain_label, set_words
from inspector.widgets.theme import Theme


class OfferBar(QWidget):
    """Hidden until something is offered, and again once one of `accepted` and `declined` was told."""

    accepted = Signal()
    declined = Signal()

    def __init__(self, theme: Theme, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._theme = theme
        self.setAutoFillBackground(True)
        self._words = plain_label(wraps=True)
        self._words.setAccessibleName("Offer")
        self.accept_button = QPushButton("Resume")
        self.decline_button = QPushButton("Forget")
        row = QHBoxLayout(self)
        row.setContentsMargins(10, 5, 10, 5)
        row.setSpacing(8)
        row.addWidget(self._words, 1)
        row.addWidget(self.accept_button)
        row.addWidget(self.decline_button)
        self.accept_button.clicked.connect(self._on_accepted)
        self.decline_button.clicked.connect(self._on_declined)
        theme.changed.connect(self._recolour)
        self._recolour()
        self.hide()

    @property
    def buttons(self) -> tuple[QPushButton, ...]:
        """As Tab leads through them."""
        return self.accept_button, self.decline_button

    def offer(self, sentence: str) -> None:
        set_words(self._words, sentence)
        self.show()

    def _on_accepted(self) -> None:
        self.hide()
        self.accepted.emit()

    def _on_declined(self) -> None:
        self.hide()
        self.declined.emit()

    def _recolour(self) -> None:
        palette = QPalette()
        palette.setColor(QPalette.ColorRole.Window, QColor(self._theme.colours.raised))
        self.setPalette(palette)
