"""A message as its Markdown looks, for whoever asks for it. What is copied are the lines as sent that the selection touches."""

from __future__ import annotations

from bisect import bisect_right
from typing import TYPE_CHECKING

from PySide6.QtGui import QTextBlockFormat, QTextCursor
from PySide6.QtWidgets import QWidget

from inspector.widgets.painted_text import PaintedText
from inspector.widgets.theme import Theme

if TYPE_CHECKING:
    from inspector.core.markdown.blocks import Rendering


class RenderedView(PaintedText):
    """Empty until a rendering is shown; `text` is the message as sent, and stays what is copied."""

    def __init__(self, theme: Theme, parent: QWidget | None = None) -> None:
        super().__init__(theme, parent)
        self._text = ""
        self._rendering: Rendering | None = None
        self._reveal = False
        self._firsts: list[int] = []
        self.setAccessibleName("Rendered detail")
        self.document().setDocumentMargin(12)
        theme.changed.connect(self._paint_all)

    def show_rendering(self, text: str, rendering: Rendering | None) -> None:
        """Shows the blocks of `text`, from the top; None empties the view."""
        self._text, self._rendering = text, rendering
        self._paint_all()

    def reveal(self, reveal: bool) -> None:  # noqa: FBT001 - a toggle
        """Shows stand-ins for invisible characters, or not."""
        self._reveal = reveal
        self._paint_all()

    def selected_source(self) -> str:
        """The lines as sent of every block that the selection touches."""
        cursor, blocks = self.textCursor(), self._rendering.blocks if self._rendering is not None else ()
        if not cursor.hasSelection() or not blocks:
            return ""
        places = (cursor.selectionStart(), cursor.selectionEnd())
        first, last = (bisect_right(self._firsts, self.document().findBlock(at).blockNumber()) - 1 for at in places)
        return "\n".join(self._text.split("\n")[blocks[first].place.lines[0] : blocks[last].place.lines[1]])

    def _paint_all(self) -> None:
        from inspector.widgets.markdown_painter import MarkdownPainter
        from inspector.widgets.text_pen import TextPen

        self.clear_text()
        self._firsts = []
        cursor = QTextCursor(self.document())
        cursor.beginEditBlock()
        pen = TextPen(cursor, self.theme.colours, self.font(), reveal=self._reveal)
        painter = MarkdownPainter(pen, QTextBlockFormat())
        for block in self._rendering.blocks if self._rendering is not None else ():
            self._firsts.append(cursor.block().blockNumber() + 1 if self._firsts else 0)
            painter.paint(block)
        cursor.endEditBlock()
        self.moveCursor(QTextCursor.MoveOperation.Start)
