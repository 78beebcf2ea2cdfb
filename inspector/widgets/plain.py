"""The only makers of labels, tooltips, message boxes and clipboard texts: all of them hold plain text.

Qt guesses rich text in labels, tooltips and message boxes and then loads what it names; content is somebody else's text.
"""

from __future__ import annotations

import html
import re

from PySide6.QtCore import QMimeData, Qt
from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import QLabel, QMessageBox, QWidget

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


def safe_tooltip(text: str) -> str:
    """What a tooltip may be given: escaped, so that the guess at rich text finds only text."""
    return f"<qt>{html.escape(text[:1000])}</qt>" if text else ""


def set_tooltip(widget: QWidget, text: str) -> None:
    widget.setToolTip(safe_tooltip(text))


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
