"""Small drawn icons: a severity is told by its shape as well as by its colour."""

from __future__ import annotations

from collections.abc import Callable
from functools import lru_cache

from PySide6.QtCore import QPointF, QRectF, Qt
from PySide6.QtGui import QColor, QIcon, QPainter, QPen, QPixmap, QPolygonF

_SIZE = 16
_SCALE = 3


@lru_cache(maxsize=64)
def severity_icon(number: int, colour: str) -> QIcon:
    """0 a ring, 1 a circle with an i, 2 a triangle, 3 a filled circle with a cross."""
    return _icon(_DRAWERS[number], colour)


@lru_cache(maxsize=8)
def good_icon(colour: str) -> QIcon:
    """A tick."""
    return _icon(_draw_tick, colour)


@lru_cache(maxsize=16)
def disc_icon(colour: str) -> QIcon:
    """A filled disc."""

    def draw(painter: QPainter, ink: QColor) -> None:
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(ink)
        painter.drawEllipse(QRectF(3, 3, 10, 10))

    pixmap = drawn(_SIZE, draw, colour)
    icon = QIcon(pixmap)
    icon.addPixmap(pixmap, QIcon.Mode.Selected)
    return icon


@lru_cache(maxsize=256)
def letter_icon(letter: str, back: str, ink: str) -> QIcon:
    """A letter on a coloured ground."""

    def draw(painter: QPainter, colour: QColor) -> None:
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(QColor(back))
        painter.drawRoundedRect(QRectF(0.5, 0.5, 15, 15), 3, 3)
        painter.setPen(colour)
        font = painter.font()
        font.setPixelSize(11)
        font.setBold(True)
        painter.setFont(font)
        painter.drawText(QRectF(0, 0, 16, 16), Qt.AlignmentFlag.AlignCenter, letter)

    return QIcon(drawn(_SIZE, draw, ink))


def drawn(size: int, draw: Callable[[QPainter, QColor], None], colour: str) -> QPixmap:
    """What `draw` paints in a square of `size`, sharp on dense screens too."""
    pixmap = QPixmap(size * _SCALE, size * _SCALE)
    pixmap.fill(Qt.GlobalColor.transparent)
    painter = QPainter(pixmap)
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    painter.scale(_SCALE, _SCALE)
    draw(painter, QColor(colour))
    painter.end()
    pixmap.setDevicePixelRatio(_SCALE)
    return pixmap


def round_pen(colour: QColor, width: float) -> QPen:
    """A solid line with round ends and corners."""
    return QPen(colour, width, Qt.PenStyle.SolidLine, Qt.PenCapStyle.RoundCap, Qt.PenJoinStyle.RoundJoin)


def _icon(draw: Callable[[QPainter, QColor], None], colour: str) -> QIcon:
    """The drawing in its colour, and in white for selected rows."""
    icon = QIcon()
    icon.addPixmap(drawn(_SIZE, draw, colour), QIcon.Mode.Normal)
    icon.addPixmap(drawn(_SIZE, draw, "#ffffff"), QIcon.Mode.Selected)
    return icon


def _draw_tick(painter: QPainter, colour: QColor) -> None:
    painter.setPen(round_pen(colour, 2.2))
    painter.drawPolyline(QPolygonF([QPointF(3, 8.5), QPointF(6.5, 12), QPointF(13, 4.5)]))


def _draw_nothing(painter: QPainter, colour: QColor) -> None:
    painter.setPen(round_pen(colour, 1.2))
    painter.drawEllipse(QRectF(5.5, 5.5, 5, 5))


def _draw_info(painter: QPainter, colour: QColor) -> None:
    painter.setPen(round_pen(colour, 1.3))
    painter.drawEllipse(QRectF(2, 2, 12, 12))
    painter.setPen(round_pen(colour, 1.7))
    painter.drawLine(QPointF(8, 7.4), QPointF(8, 11))
    painter.drawPoint(QPointF(8, 4.9))


def _draw_warning(painter: QPainter, colour: QColor) -> None:
    painter.setPen(round_pen(colour, 1.3))
    painter.drawPolygon(QPolygonF([QPointF(8, 2), QPointF(14.3, 13.5), QPointF(1.7, 13.5)]))
    painter.setPen(round_pen(colour, 1.6))
    painter.drawLine(QPointF(8, 6.4), QPointF(8, 9.4))
    painter.drawPoint(QPointF(8, 11.6))


def _draw_error(painter: QPainter, colour: QColor) -> None:
    painter.setPen(Qt.PenStyle.NoPen)
    painter.setBrush(colour)
    painter.drawEllipse(QRectF(1.5, 1.5, 13, 13))
    dark_ink = colour.lightness() > 150
    painter.setPen(round_pen(QColor("#16181c" if dark_ink else "#ffffff"), 1.8))
    painter.drawLine(QPointF(5.6, 5.6), QPointF(10.4, 10.4))
    painter.drawLine(QPointF(10.4, 5.6), QPointF(5.6, 10.4))


_DRAWERS = (_draw_nothing, _draw_info, _draw_warning, _draw_error)
