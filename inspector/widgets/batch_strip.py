"""The strip over the completions: how many there are, how far a batch has come, and what can be done about it."""

from __future__ import annotations

from PySide6.QtCore import QSize, Qt
from PySide6.QtGui import QColor, QPalette
from PySide6.QtWidgets import QHBoxLayout, QProgressBar, QToolButton, QVBoxLayout, QWidget

from inspector.core.batch_course import Phase
from inspector.viewmodels.batch import Batch
from inspector.widgets.plain import ElidedLabel, plain_label, set_tooltip, set_words
from inspector.widgets.theme import Theme, paint_words

_STEPS = 1000


class BatchStrip(QWidget):
    """Follows the batch; quiet while there is none."""

    def __init__(self, batch: Batch, theme: Theme, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._batch = batch
        self._theme = theme
        self._count = plain_label("Completions")
        self._course = ElidedLabel(Qt.TextElideMode.ElideRight)
        self._course.setAccessibleName("Batch")
        self._progress = QProgressBar()
        self._progress.setAccessibleName("Progress of the batch")
        self._progress.setTextVisible(False)
        self._progress.setFixedHeight(3)
        self._progress.setRange(0, _STEPS)
        self.pause_button = self._button("Pause", "Stop asking for now, or go on (Ctrl+P)")
        self.cancel_button = self._button("Cancel", "Give up what has not come (Esc)")
        self.retry_button = self._button(
            "Retry failed", "Ask again for what failed or was cancelled, and for nothing else"
        )
        self._lay_out()
        self.pause_button.clicked.connect(batch.pause_or_resume)
        self.cancel_button.clicked.connect(self._on_cancel)
        self.retry_button.clicked.connect(self._on_retry)
        batch.changed.connect(self._on_changed)
        theme.changed.connect(self._on_changed)
        self._on_changed()

    def show_count(self, count: int, seen: int) -> None:
        """How many completions there are, and how many of them are not hidden."""
        self._count.setText(
            f"Completions · {count:,}" if seen == count else f"Completions · {seen:,} of {count:,} shown"
        )

    def sizeHint(self) -> QSize:
        return QSize(200, super().sizeHint().height())

    def _button(self, text: str, what: str) -> QToolButton:
        button = QToolButton()
        button.setText(text)
        button.setAccessibleName(text)
        button.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        set_tooltip(button, what)
        return button

    def _lay_out(self) -> None:
        row = QHBoxLayout()
        row.setContentsMargins(10, 4, 6, 3)
        row.setSpacing(6)
        row.addWidget(self._count)
        row.addSpacing(10)
        row.addWidget(self._course, 1)
        for button in (self.pause_button, self.cancel_button, self.retry_button):
            row.addWidget(button)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        column.addLayout(row)
        column.addWidget(self._progress)

    def _on_changed(self) -> None:
        course, colours = self._batch.course, self._theme.colours
        self._course.show_text(course.sentence)
        set_words(self._course, course.sentence)
        paint_words(self._course, colours.warning if course.phase is Phase.HALTED else colours.muted)
        bar = QPalette()
        bar.setColor(QPalette.ColorRole.Highlight, QColor(colours.accent))
        self._progress.setPalette(bar)
        self._progress.setVisible(self._batch.is_open)
        self._progress.setValue(_STEPS * course.settled // course.total if course.total else 0)
        self.pause_button.setVisible(self._batch.is_open)
        self.pause_button.setText("Pause" if self._batch.is_running else "Resume")
        self.pause_button.setAccessibleName(self.pause_button.text())
        self.cancel_button.setVisible(self._batch.is_open)
        self.retry_button.setVisible(self._batch.can_retry)

    def _on_cancel(self) -> None:
        self._batch.cancel()

    def _on_retry(self) -> None:
        self._batch.retry_failed()
