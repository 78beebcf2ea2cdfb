"""What delegates change of a cell before it is painted."""

from __future__ import annotations

from PySide6.QtGui import QColor, QIcon, QPalette
from PySide6.QtWidgets import QStyleOptionViewItem


def add_icon(option: QStyleOptionViewItem, icon: QIcon) -> None:
    """Puts an icon in front of the text."""
    option.icon = icon
    option.features |= QStyleOptionViewItem.ViewItemFeature.HasDecoration


def ink(option: QStyleOptionViewItem, colour: str) -> None:
    """Gives the text another colour."""
    palette: QPalette = option.palette
    palette.setColor(QPalette.ColorRole.Text, QColor(colour))
    option.palette = palette
