"""The only makers of labels, tooltips, message boxes and clipboard texts: all of them hold plain text.

Qt guesses rich text in labels, tooltips and message boxes and then loads what it names; content is somebody else's text.
"""

from __future__ import annotations

import html
import re

from PySide6.QtCore import QMimeData, QPoint, QSize, Qt
from PySide6.QtGui import QAction, QGuiApplication, QPainter, QPaintEvent
from PySide6.QtWidgets import QLabel, QMessageBox, QSizePolicy, QToolTip, QWidget

_LONE_SURROGATE = re.compile(r"[\ud800-\udfff]")


def plain_label(text: str = "", *, wraps: bool = False, selectable: bool = False) -> QLabel:
    """A label that shows its text as it is."""
    label = QLabel()
    label.setTextFormat(Qt.TextFormat.PlainText)
    label.setWordWrap(wraps)
    label.setText(text)
    if selectable:
        flags = Qt.TextInteractionFlag
        label.setTextInteractionFlags(flags.TextSelectableByMouse | flags.TextSelectableByKeyboard)
    return label


class ElidedLabel(QLabel):
    """One line of plain text that gives way where there is no room: its tooltip has the whole."""

    def __init__(self, mode: Qt.TextElideMode, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._mode = mode
        self.setTextFormat(Qt.TextFormat.PlainText)
        self.setSizePolicy(QSizePolicy.Policy.Ignored, QSizePolicy.Policy.Preferred)

    def show_text(self, text: str) -> None:
        self.setText(text)
        set_tooltip(self, text)

    def minimumSizeHint(self) -> QSize:
        return QSize(40, super().minimumSizeHint().height())

    def paintEvent(self, _event: QPaintEvent) -> None:
        painter = QPainter(self)
        room = self.contentsRect()
        text = self.fontMetrics().elidedText(self.text(), self._mode, room.width())
        painter.setPen(self.palette().windowText().color())
        painter.drawText(room, int(self.alignment()), text)
        painter.end()


def safe_tooltip(text: str) -> str:
    """What a tooltip may be given: escaped, so that the guess at rich text finds only text."""
    return f"<qt>{html.escape(text[:1000])}</qt>" if text else ""


def set_tooltip(target: QWidget | QAction, text: str) -> None:
    target.setToolTip(safe_tooltip(text))


def show_tip(place: QPoint, text: str, widget: QWidget) -> None:
    """Shows a tooltip at once, its line breaks kept; an empty one takes it away."""
    QToolTip.showText(place, f"<qt><pre>{html.escape(text[:2000])}</pre></qt>" if text else "", widget)


def message_box(parent: QWidget | None, title: str, text: str, details: str = "") -> QMessageBox:
    """A message box with an OK button, to be opened without waiting for it."""
    box = QMessageBox(parent)
    box.setTextFormat(Qt.TextFormat.PlainText)
    box.setWindowTitle(title)
    box.setText(text)
    if details:
        box.setDetailedText(details)
    box.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
    return box


def clipboard_text(text: str) -> str:
    """`text` as the clipboard can hold it: lone surrogates, which Qt would drop without a word, become escapes."""
    return _LONE_SURROGATE.sub(lambda match: f"\\u{ord(match[0]):04x}", text)


def copy_text(text: str) -> None:
    """Puts `text` on the clipboard as plain text and nothing else."""
    data = QMimeData()
    data.setText(clipboard_text(text))
    QGuiApplication.clipboard().setMimeData(data)
