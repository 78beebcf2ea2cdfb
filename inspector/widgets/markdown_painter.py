"""Paints blocks of Markdown at a text cursor, with formats alone; everything that is written is text."""

from __future__ import annotations

from itertools import zip_longest
from typing import TYPE_CHECKING, assert_never

from PySide6.QtGui import QColor, QFont, QFontMetricsF, QTextBlockFormat, QTextCharFormat

from inspector.widgets.painted_text import INDENT, QUOTE_STEP, QUOTES
from inspector.widgets.text_pen import LINE_BREAK, TextPen

if TYPE_CHECKING:
    from inspector.core.markdown.blocks import Block, Code, Paragraph, Place, Rule, Span, Table

_LIST_STEP = 24
_HEADING_SIZES = (0, 1.5, 1.3, 1.15, 1.05, 1.0, 1.0)
_GAP = 10
_WIDEST = 40
"""Characters to which a column of a table is filled up; longer cells push the rest of their row."""


class MarkdownPainter:
    """Writes behind what is there already. `base` is the format of every block, to which margins are added."""

    def __init__(self, pen: TextPen, base: QTextBlockFormat) -> None:
        self._pen = pen
        self._colours = pen.colours
        self._base = base

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
            style.setTextIndent(-QFontMetricsF(self._pen.font).horizontalAdvance(marker))
            style.setTopMargin(2)
        if block.level:
            style.setTopMargin(style.topMargin() + 6)
            style.setHeadingLevel(block.level)
        self._pen.open(style)
        if block.place.marker:
            self._pen.write(f"{block.place.marker}  ", self._pen.plain(self._colours.muted))
        for span in block.spans:
            self._pen.write(span.text, self._look(span, block))

    def _paint_code(self, block: Code) -> None:
        if block.info:
            style = self._begun(block.place)
            style.setBottomMargin(0)
            self._pen.open(style)
            self._pen.write(block.info, self._pen.plain(self._colours.muted))
        style = self._begun(block.place)
        style.setTopMargin(2 if block.info else style.topMargin())
        style.setBackground(QColor(self._colours.window))
        self._pen.open(style)
        self._pen.write(block.text, self._pen.fixed())

    def _paint_table(self, block: Table) -> None:
        from inspector.core.report.layout import display_width

        rows = [[self._pen.shown(cell).text.replace("\n", LINE_BREAK) for cell in row] for row in block.rows]
        widths = [min(_WIDEST, max(map(display_width, column))) for column in zip_longest(*rows, fillvalue="")]
        style = self._begun(block.place)
        style.setNonBreakableLines(True)
        style.setBackground(QColor(self._colours.window))
        self._pen.open(style)
        for number, row in enumerate(rows):
            cells = (cell + " " * (width - display_width(cell)) for cell, width in zip(row, widths, strict=False))
            line = (LINE_BREAK if number else "") + "   ".join(cells)
            self._pen.cursor.insertText(line, self._pen.fixed(bold=number == 0))

    def _paint_rule(self, block: Rule) -> None:
        self._pen.open(self._begun(block.place))
        self._pen.write("─" * 24, self._pen.plain(self._colours.line))

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

    def _look(self, span: Span, block: Paragraph) -> QTextCharFormat:
        muted = span.aside or block.place.quotes > 0
        look = self._pen.fixed() if span.code else self._pen.plain(self._colours.muted if muted else self._colours.text)
        if span.code:
            look.setBackground(QColor(self._colours.window))
        if block.level and not span.code:
            look.setFontPointSize(self._pen.font.pointSizeF() * _HEADING_SIZES[block.level])
        if span.strong or block.level:
            look.setFontWeight(QFont.Weight.Bold)
        look.setFontItalic(span.emphasis)
        look.setFontStrikeOut(span.struck)
        return look
