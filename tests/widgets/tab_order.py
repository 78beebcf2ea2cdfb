"""Walking a window by Tab, and what in it must be come to that way."""

from collections.abc import Iterator

from PySide6.QtCore import QPoint, QRect, Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import (
    QAbstractButton,
    QAbstractItemView,
    QAbstractSpinBox,
    QApplication,
    QComboBox,
    QHeaderView,
    QLabel,
    QLineEdit,
    QPlainTextEdit,
    QTabBar,
    QTextEdit,
    QToolBar,
    QWidget,
)

_TAKE_THE_MOUSE = (
    QAbstractButton,
    QAbstractItemView,
    QAbstractSpinBox,
    QComboBox,
    QLineEdit,
    QPlainTextEdit,
    QTabBar,
    QTextEdit,
)
_WITH_PARTS = (QAbstractItemView, QAbstractSpinBox, QComboBox, QLineEdit, QTabBar, QToolBar)
"""What has widgets within itself that are its own business: the button that clears a field, the heads of a table."""
_SELECTABLE = Qt.TextInteractionFlag.TextSelectableByMouse
_MOST = 100


def workable(window: QWidget) -> list[QWidget]:
    """Whatever can be worked with by mouse now, but for the tool bar, whose buttons are actions of the menus."""
    return [
        widget
        for widget in window.findChildren(QWidget)
        if widget.isVisible()
        and widget.isEnabled()
        and widget.window() is window
        and (isinstance(widget, _TAKE_THE_MOUSE) or _is_text_to_select(widget))
        and not isinstance(widget, QHeaderView)
        and not isinstance(widget.parent(), _WITH_PARTS)
    ]


def _is_text_to_select(widget: QWidget) -> bool:
    return isinstance(widget, QLabel) and bool(widget.text()) and bool(widget.textInteractionFlags() & _SELECTABLE)


def walk(window: QWidget, key: Qt.Key = Qt.Key.Key_Tab) -> list[QWidget]:
    """What has the focus, one after the other, from where it is until something comes again: that must be the first."""
    at = window.focusWidget()
    assert at is not None, "something has the focus"
    reached: list[QWidget] = []
    while at not in reached:
        reached.append(at)
        QTest.keyClick(at, key)
        at = QApplication.focusWidget()
        assert at is not None
        assert at.window() is window, f"the focus left by {reached[-1]}"
        assert len(reached) < _MOST
    assert at is reached[0], f"{key.name} is trapped in {reached[reached.index(at) :]}"
    return reached


def backward_steps(reached: list[QWidget]) -> list[str]:
    """Pairs of which the later stands before the earlier: above it and not to the right, or to the left and not below.

    A round begins anywhere: what is given are the pairs of that beginning which has the fewest.
    """
    rounds = (reached[first:] + reached[:first] for first in range(len(reached)))
    return min((list(_backward_pairs(each)) for each in rounds), key=len)


def _backward_pairs(order: list[QWidget]) -> Iterator[str]:
    for number, later in enumerate(order):
        for earlier in order[:number]:
            a, b = _place(earlier), _place(later)
            is_above, is_left = b.bottom() < a.top(), b.right() < a.left()
            if (is_above and b.left() <= a.right()) or (is_left and b.top() <= a.bottom()):
                yield f"{told(earlier)} {a.getRect()} before {told(later)} {b.getRect()}"


def told(widget: QWidget) -> str:
    """A widget for a message."""
    return f"{type(widget).__name__} “{widget.accessibleName() or getattr(widget, 'text', str)()}”"


def _place(widget: QWidget) -> QRect:
    return QRect(widget.mapToGlobal(QPoint(0, 0)), widget.size())
