"""Paints blocks of Markdown at a text cursor, with formats alone; everything that is written is text."""

from __future__ import annotations

from itertools import zip_longest
from typing import TYPE_CHECKING, assert_never

from PySide6.QtGui import QColor, QFont, QFontMetricsF, QTextBlockFormat, QTextCharFormat, QTextCursor

from inspector.widgets.painted_text import INDENT, QUOTE_STEP, QUOTES
from inspector.widgets.theme import Colours, fixed_font

if TYPE_CHECKING:
    from inspector.core.markdown.blocks import Block, Code, Paragraph, Place, Rule, Span, Table

_LIST_STEP = 24
_HEADING_SIZES = (0, 1.5, 1.3, 1.15, 1.05, 1.0, 1.0)
_GAP = 10
_WIDEST = 40
"""Characters to which a column of a table is filled up; longer cells push the rest of their row."""


class MarkdownPainter:
    """Writes behind what is there already. `base` is the format of every block, to which margins are added."""

    def __init__(
        self, cursor: QTextCursor, colours: Colours, base: QTextBlockFormat, font: QFont, *, reveal: bool
    ) -> None:
        self._cursor = cursor
        self._colours = colours
        self._base = base
        self._font = font
        self._reveal = reveal
        self._is_at_start = cursor.document().isEmpty()

    def paint(self, block: Block) -> None:
        """One block, behind the one that was written last."""
        from inspector.core.markdown.blocks import Code, Paragraph, Rule, Table

        match block:
            case Paragraph():
                self._paint_paragraph(block)
            case Code():
                self._paint_code(block)
            case Table():
                self._paint_table(block)
            case Rule():
                self._paint_rule(block)
            case _:
                assert_never(block)

    def _paint_paragraph(self, block: Paragraph) -> None:
        style = self._begun(block.place)
        if block.place.marker:
            marker = f"{block.place.marker}  "
            style.setTextIndent(-QFontMetricsF(self._font).horizontalAdvance(marker))
            style.setTopMargin(2)
        if block.level:
            style.setTopMargin(style.topMargin() + 6)
            style.setHeadingLevel(block.level)
        self._open(style)
        if block.place.marker:
            self._write(f"{block.place.marker}  ", self._char(self._colours.muted))
        for span in block.spans:
            self._write(span.text, self._look(span, block))

    def _paint_code(self, block: Code) -> None:
        if block.info:
            style = self._begun(block.place)
            style.setBottomMargin(0)
            self._open(style)
            self._write(block.info, self._char(self._colours.muted))
        style = self._begun(block.place)
        style.setTopMargin(2 if block.info else style.topMargin())
        style.setBackground(QColor(self._colours.raised))
        self._open(style)
        self._write(block.text, self._fixed())

    def _paint_table(self, block: Table) -> None:
        from inspector.core.report.layout import display_width

        rows = [[self._shown(cell).replace("\n", "\u2028") for cell in row] for row in block.rows]
        widths = [min(_WIDEST, max(map(display_width, column))) for column in zip_longest(*rows, fillvalue="")]
        style = self._begun(block.place)
        style.setNonBreakableLines(True)
        style.setBackground(QColor(self._colours.raised))
        self._open(style)
        for number, row in enumerate(rows):
            cells = (cell + " " * (width - display_width(cell)) for cell, width in zip(row, widths, strict=False))
            look = self._fixed()
            look.setFontWeight(QFont.Weight.Normal if number else QFont.Weight.Bold)
            self._cursor.insertText(("\u2028" if number else "") + "   ".join(cells), look)

    def _paint_rule(self, block: Rule) -> None:
        self._open(self._begun(block.place))
        self._write("─" * 24, self._char(self._colours.line))

    def _begun(self, place: Place) -> QTextBlockFormat:
        """The format of a block there; first lines of a tight list stand closer than paragraphs."""
        style = QTextBlockFormat(self._base)
        indent = place.indent * _LIST_STEP
        style.setLeftMargin(style.leftMargin() + place.quotes * QUOTE_STEP + indent)
        style.setTopMargin(_GAP / 2)
        style.setBottomMargin(_GAP / 2)
        if place.quotes:
            style.setProperty(QUOTES, place.quotes)
            style.setProperty(INDENT, indent)
        return style

    def _open(self, style: QTextBlockFormat) -> None:
        if self._is_at_start:
            self._cursor.setBlockFormat(style)
            self._is_at_start = False
        else:
            self._cursor.insertBlock(style, self._char(self._colours.text))

    def _write(self, text: str, look: QTextCharFormat) -> None:
        self._cursor.insertText(self._shown(text).replace("\n", "\u2028"), look)

    def _shown(self, text: str) -> str:
        from inspector.core.visible_text import shown

        return shown(text, reveal=self._reveal).text

    def _look(self, span: Span, block: Paragraph) -> QTextCharFormat:
        muted = span.aside or block.place.quotes > 0
        look = self._fixed() if span.code else self._char(self._colours.muted if muted else self._colours.text)
        if span.code:
            look.setBackground(QColor(self._colours.raised))
        if block.level and not span.code:
            look.setFontPointSize(self._font.pointSizeF() * _HEADING_SIZES[block.level])
        if span.strong or block.level:
            look.setFontWeight(QFont.Weight.Bold)
        look.setFontItalic(span.emphasis)
        look.setFontStrikeOut(span.struck)
        return look

    def _char(self, colour: str) -> QTextCharFormat:
        look = QTextCharFormat()
        look.setFont(self._font)
        look.setForeground(QColor(colour))
        return look

    def _fixed(self) -> QTextCharFormat:
        look = QTextCharFormat()
        look.setFont(fixed_font())
        look.setForeground(QColor(self._colours.text))
        return look
