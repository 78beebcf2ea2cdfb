"""What stands in a window: its objects, and the words that a person sees."""

from collections.abc import Iterator

from PySide6.QtCore import QObject
from PySide6.QtWidgets import QAbstractButton, QApplication, QLabel, QWidget


def objects() -> Iterator[QObject]:
    """Every object of the program that is, or belongs to, a widget."""
    for widget in QApplication.topLevelWidgets():
        yield widget
        yield from widget.findChildren(QObject)


def texts_of(widget: QWidget) -> list[str]:
    """The texts of the visible labels and buttons, from top to bottom."""
    return [
        part.text()
        for part in widget.findChildren(QWidget)
        if isinstance(part, QLabel | QAbstractButton) and part.isVisibleTo(widget) and part.text()
    ]
