"""The toolbar's icons, drawn in the colour of the text."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial

from PySide6.QtCore import QPointF, QRectF
from PySide6.QtGui import QColor, QIcon, QPainter, QPainterPath

from inspector.widgets.glyphs import drawn, round_pen

_SIZE = 18


def tool_icon(name: str, colour: str, disabled: str) -> QIcon:
    """One of open, save, again, key, previous, next, copy."""
    draw = partial(_draw, _PATHS[name])
    icon = QIcon()
    icon.addPixmap(drawn(_SIZE, draw, colour), QIcon.Mode.Normal)
    icon.addPixmap(drawn(_SIZE, draw, disabled), QIcon.Mode.Disabled)
    return icon


def _draw(trace: Callable[[QPainterPath], None], painter: QPainter, colour: QColor) -> None:
    painter.setPen(round_pen(colour, 1.4))
    outline = QPainterPath()
    trace(outline)
    painter.drawPath(outline)


def _line(path: QPainterPath, *points: tuple[float, float]) -> None:
    path.moveTo(QPointF(*points[0]))
    for point in points[1:]:
        path.lineTo(QPointF(*point))


def _open(path: QPainterPath) -> None:
    _line(path, (2.5, 14.5), (2.5, 4), (7, 4), (8.6, 6), (15, 6), (15, 8))
    _line(path, (2.5, 14.5), (5, 8), (16.5, 8), (14, 14.5), (2.5, 14.5))


def _save(path: QPainterPath) -> None:
    _line(path, (9, 2.5), (9, 11.2))
    _line(path, (5.5, 8), (9, 11.5), (12.5, 8))
    _line(path, (2.8, 11.5), (2.8, 15), (15.2, 15), (15.2, 11.5))


def _again(path: QPainterPath) -> None:
    path.arcMoveTo(QRectF(3, 3, 12, 12), 50)
    path.arcTo(QRectF(3, 3, 12, 12), 50, 290)
    _line(path, (13.2, 1.8), (13.2, 5), (10, 5))


def _key(path: QPainterPath) -> None:
    path.addEllipse(QRectF(2.5, 7.5, 7, 7))
    _line(path, (8.4, 8.6), (14.8, 2.2))
    _line(path, (12.4, 4.6), (15, 7.2))
    _line(path, (10.4, 6.6), (12.2, 8.4))


def _previous(path: QPainterPath) -> None:
    _line(path, (4, 11.5), (9, 6.5), (14, 11.5))


def _next(path: QPainterPath) -> None:
    _line(path, (4, 6.5), (9, 11.5), (14, 6.5))


def _copy(path: QPainterPath) -> None:
    path.addRoundedRect(QRectF(6, 6, 9.5, 9.5), 1.5, 1.5)
    _line(path, (12, 6), (12, 2.8), (2.8, 2.8), (2.8, 12), (6, 12))


_PATHS = {
    "open": _open,
    "save": _save,
    "again": _again,
    "key": _key,
    "previous": _previous,
    "next": _next,
    "copy": _copy,
}
