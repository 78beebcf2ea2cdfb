"""The only makers of labels, tooltips, message boxes and clipboard texts: all of them hold plain text.

Qt guesses rich text in labels, tooltips and message boxes and then loads what it names; content is somebody else's text.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from PySide6.QtCore import QSize, Qt
from PySide6.QtWidgets import QLabel, QSizePolicy, QWidget

if TYPE_CHECKING:
    from PySide6.QtCore import QMimeData, QPoint
    from PySide6.QtGui import QAction, QFocusEvent, QPaintEvent
    from PySide6.QtWidgets import QMessageBox

_LONE_SURROGATE = re.compile(r"[\ud800-\udfff]")


def plain_label(text: str = "", *, wraps: bool = False, selectable: bool = False) -> QLabel:
    """A label that shows its text as it is. One that is `selectable` can be come to by Tab, too."""
    label = _SelectableLabel() if selectable else QLabel()
    label.setTextFormat(Qt.TextFormat.PlainText)
    label.setWordWrap(wraps)
    label.setText(text)
    if selectable:
        make_selectable(label)
    return label


def make_selectable(label: QLabel) -> None:
    """Lets the text be selected and copied, by mouse and by keyboard."""
    flags = Qt.TextInteractionFlag
    label.setTextInteractionFlags(flags.TextSelectableByMouse | flags.TextSelectableByKeyboard)
    label.setFocusPolicy(Qt.FocusPolicy.StrongFocus)  # Qt takes the focus by a click only


class _SelectableLabel(QLabel):
    """Selects its text when Tab leads to it, as fields do: so it is seen where the focus is, and Ctrl+C copies."""

    def focusInEvent(self, event: QFocusEvent) -> None:
        super().focusInEvent(event)
        if event.reason() in (Qt.FocusReason.TabFocusReason, Qt.FocusReason.BacktabFocusReason):
            self.setSelection(0, len(self.text().encode("utf-16-le", "surrogatepass")) // 2)


def set_words(label: QLabel, text: str) -> None:
    """Changes the text of a label that has an accessible name: what stands in it is then heard only as its description."""
    label.setText(text)
    label.setAccessibleDescription(text)


def name_choice(box: QWidget, name: str) -> None:
    """Says what a list without a label is for: twice, since on Linux Qt gives a reader the choice in the place of the name."""
    box.setAccessibleName(name)
    box.setAccessibleDescription(name)


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
        from PySide6.QtGui import QPainter

        painter = QPainter(self)
        room = self.contentsRect()
        text = self.fontMetrics().elidedText(self.text(), self._mode, room.width())
        painter.setPen(self.palette().windowText().color())
        painter.drawText(room, int(self.alignment()), text)
        painter.end()


def _escaped(text: str) -> str:
    """`text` between tags. `html.escape` does the same, but brings all names of entities along, before the first paint."""
    return text.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;")


def safe_tooltip(text: str) -> str:
    """What a tooltip may be given: escaped, so that the guess at rich text finds only text."""
    return f"<qt>{_escaped(text[:1000])}</qt>" if text else ""


def set_tooltip(target: QWidget | QAction, text: str) -> None:
    target.setToolTip(safe_tooltip(text))


def show_tip(place: QPoint, text: str, widget: QWidget) -> None:
    """Shows a tooltip at once, its line breaks kept; an empty one takes it away."""
    from PySide6.QtWidgets import QToolTip

    QToolTip.showText(place, f"<qt><pre>{_escaped(text[:2000])}</pre></qt>" if text else "", widget)


def message_box(parent: QWidget | None, title: str, text: str, details: str = "") -> QMessageBox:
    """A message box with an OK button, to be opened without waiting for it."""
    from PySide6.QtWidgets import QAbstractScrollArea, QMessageBox

    box = QMessageBox(parent)
    box.setTextFormat(Qt.TextFormat.PlainText)
    box.setWindowTitle(title)
    box.setText(text)
    for label in box.findChildren(QLabel, "qt_msgbox_label"):
        make_selectable(label)
    box.setStandardButtons(QMessageBox.StandardButton.Ok)
    box.setDefaultButton(QMessageBox.StandardButton.Ok)  # which takes the focus, too
    if details:
        box.setDetailedText(details)
        for view in box.findChildren(QAbstractScrollArea):
            view.setAccessibleName("Details")
            view.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
            view.setProperty("tabChangesFocus", True)  # noqa: FBT003 - Qt takes it by position only
            box.setTabOrder(box.buttons()[-1], view)
    box.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
    return box


def plain_data(text: str) -> QMimeData:
    """`text` for the clipboard, as plain text and nothing else; lone surrogates, which it cannot hold, become escapes.

    It is given as bytes, since a byte order mark at the beginning would be lost on the way into a string of Qt.
    """
    from PySide6.QtCore import QMimeData

    data = QMimeData()
    data.setData("text/plain", _LONE_SURROGATE.sub(_escape, text).encode())
    return data


def copy_text(text: str, told: str = "") -> str:
    """Puts `text` on the clipboard; returns `told`, or what is to be said instead where the clipboard did not take it.

    Qt does not tell: on Windows any program can hold the clipboard, and on Linux its owner may have gone.
    """
    from PySide6.QtGui import QGuiApplication

    clipboard, data = QGuiApplication.clipboard(), plain_data(text)
    given = data.data("text/plain")
    clipboard.setMimeData(data)
    taken = clipboard.ownsClipboard() or clipboard.mimeData().data("text/plain") == given
    return told if taken else "Nothing was copied: another program holds the clipboard. Try again."


def hand_over_clipboard() -> None:
    """Leaves what was copied to Qt. Some clipboards outlive Python, and data that Python made would crash their end."""
    from PySide6.QtGui import QGuiApplication
    from shiboken6 import createdByPython

    clipboard = QGuiApplication.clipboard()
    data: QMimeData | None = clipboard.mimeData()
    if data is not None and createdByPython(data):
        clipboard.setText(clipboard.text())


def _escape(match: re.Match[str]) -> str:
    return f"\\u{ord(match[0]):04x}"
