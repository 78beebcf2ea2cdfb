"""Two lines above the detail: who answered, how it ended, and the usage as figures and a small bar."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QRectF, QSize, Qt
from PySide6.QtGui import QColor, QPainter, QPaintEvent
from PySide6.QtWidgets import QHBoxLayout, QSizePolicy, QVBoxLayout, QWidget

from inspector.widgets.plain import ElidedLabel, set_tooltip
from inspector.widgets.theme import Theme, paint_words

if TYPE_CHECKING:
    from inspector.core.outline.summary import Summary, UsageFigures


class SummaryStrip(QWidget):
    """Empty and hidden until there is a completion."""

    def __init__(self, theme: Theme, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._theme = theme
        self._facts = ElidedLabel(Qt.TextElideMode.ElideRight)
        self._figures = ElidedLabel(Qt.TextElideMode.ElideRight)
        self._bar = UsageBar(theme)
        usage = QHBoxLayout()
        usage.setSpacing(10)
        usage.addWidget(self._bar)
        usage.addWidget(self._figures, 1)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(12, 8, 12, 8)
        layout.setSpacing(5)
        layout.addWidget(self._facts)
        layout.addLayout(usage)
        self.setAccessibleName("Summary")
        theme.changed.connect(self._recolour)
        self._recolour()
        self.hide()

    def show_summary(self, summary: Summary | None) -> None:
        self.setVisible(summary is not None)
        if summary is None:
            return
        self._facts.show_text("  ·  ".join(summary.facts))
        usage = summary.usage
        self._bar.show_usage(usage)
        if usage is None:
            self._figures.show_text("usage not reported")
        else:
            self._figures.show_text(f"prompt {usage.prompt}  ·  completion {usage.completion}  ·  total {usage.total}")

    def _recolour(self) -> None:
        paint_words(self._figures, self._theme.colours.muted)


class UsageBar(QWidget):
    """Prompt and completion tokens as shares of one bar; empty where the shares are not known."""

    def __init__(self, theme: Theme, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._theme = theme
        self._share: float | None = None
        self.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Fixed)
        theme.changed.connect(self.update)

    def show_usage(self, usage: UsageFigures | None) -> None:
        self._share = usage.prompt_share if usage is not None else None
        self.setVisible(self._share is not None)
        words = usage.sentence if usage is not None else ""
        self.setAccessibleName(f"Usage: {words}")
        set_tooltip(self, words)
        self.update()

    def sizeHint(self) -> QSize:
        return QSize(110, 10)

    def paintEvent(self, _event: QPaintEvent) -> None:
        if self._share is None:
            return
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setPen(Qt.PenStyle.NoPen)
        colours = self._theme.colours
        whole = QRectF(self.rect()).adjusted(0, 1, 0, -1)
        painter.setBrush(QColor(colours.info))
        painter.drawRoundedRect(whole, 3, 3)
        split = whole.left() + whole.width() * self._share
        painter.setClipRect(QRectF(split + 1, whole.top(), whole.right() - split, whole.height()))
        painter.setBrush(QColor(colours.good))
        painter.drawRoundedRect(whole, 3, 3)
        painter.setClipRect(QRectF(split - 1, whole.top(), 2, whole.height()))
        painter.setBrush(QColor(colours.window))
        painter.drawRect(whole)
        painter.end()
