"""The only widget that can hold text with looks: read-only, painted through cursors and formats, never from HTML or Markdown.

Context: a text edit of Qt loads what its document names, takes what is dropped and pasted, and copies HTML beside the text.
Choice: its document has no resources at all, nothing can be inserted from outside, and what is copied is said by whoever knows the
text as sent. `tests/test_forbidden_calls.py` sees to it that no other module builds on QTextEdit, and that none feeds it markup.
"""

from __future__ import annotations

from PySide6.QtCore import QMimeData, QRectF, Qt, QUrl
from PySide6.QtGui import (
    QColor,
    QPainter,
    QPaintEvent,
    QTextBlock,
    QTextDocument,
    QTextFormat,
    QTextOption,
)
from PySide6.QtWidgets import QTextEdit, QWidget

from inspector.widgets.theme import Theme

QUOTES = QTextFormat.Property.UserProperty.value + 1
"""Property of a block: in how many quotations it stands; each has a bar at its left."""
BAR = QTextFormat.Property.UserProperty.value + 2
"""Property of a block: the colour of a bar at the left edge of the view."""
BAR_BEGINS = QTextFormat.Property.UserProperty.value + 4
"""Property of a block: its bar does not go on from the block above."""
INDENT = QTextFormat.Property.UserProperty.value + 3
"""Property of a block: the pixels that lists move it to the right."""
QUOTE_STEP = 16
_BAR_WIDTH = 3


class PaintedText(QTextEdit):
    """Text with looks. Whoever derives from it says by `selected_source` what is copied."""

    def __init__(self, theme: Theme, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.theme = theme
        self.setDocument(_BareDocument(self))
        self.setReadOnly(True)
        self.setUndoRedoEnabled(False)
        self.setAcceptRichText(False)
        self.setAcceptDrops(False)
        self.setFrameShape(QTextEdit.Shape.NoFrame)
        self.setWordWrapMode(QTextOption.WrapMode.WrapAtWordBoundaryOrAnywhere)
        self.setTextInteractionFlags(
            Qt.TextInteractionFlag.TextSelectableByMouse | Qt.TextInteractionFlag.TextSelectableByKeyboard
        )

    def selected_source(self) -> str:
        """What is copied for the selection: text as sent."""
        return ""

    def clear_text(self) -> None:
        """Empties the view, formats included."""
        self.document().clear()

    def createMimeDataFromSelection(self) -> QMimeData:
        from inspector.widgets.plain import plain_data

        return plain_data(self.selected_source())

    def canInsertFromMimeData(self, _source: QMimeData) -> bool:
        return False

    def loadResource(self, _kind: int, _name: QUrl | str) -> object:
        return None

    def paintEvent(self, event: QPaintEvent) -> None:
        super().paintEvent(event)
        painter = QPainter(self.viewport())
        for block in self._blocks_in_sight():
            self._paint_bars(painter, block)
        painter.end()

    def block_top(self, block: QTextBlock) -> float:
        """Where the block begins in the viewport."""
        return self.document().documentLayout().blockBoundingRect(block).top() - self.verticalScrollBar().value()

    def _blocks_in_sight(self) -> list[QTextBlock]:
        block, found = self.cursorForPosition(self.viewport().rect().topLeft()).block(), []
        while block.isValid() and self.block_top(block) <= self.viewport().height():
            found.append(block)
            block = block.next()
        return found

    def _paint_bars(self, painter: QPainter, block: QTextBlock) -> None:
        style = block.blockFormat()
        colour, quotes = style.stringProperty(BAR), style.intProperty(QUOTES)
        if not colour and not quotes:
            return
        place = self.document().documentLayout().blockBoundingRect(block)
        above = 0.0 if style.boolProperty(BAR_BEGINS) else style.topMargin()
        top = place.top() - above - self.verticalScrollBar().value()
        height = place.height() + above + style.bottomMargin()
        if colour:
            painter.fillRect(QRectF(0, top, _BAR_WIDTH, height), QColor(colour))
        left = self.document().documentMargin() + style.leftMargin() - quotes * QUOTE_STEP - style.intProperty(INDENT)
        for depth in range(quotes):
            painter.fillRect(
                QRectF(left + depth * QUOTE_STEP, top, _BAR_WIDTH, height), QColor(self.theme.colours.line)
            )


class _BareDocument(QTextDocument):
    """A document without resources: Qt's own would look for files."""

    def loadResource(self, _kind: int, _name: QUrl | str) -> object:
        return None
