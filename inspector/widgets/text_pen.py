"""Writes text with looks at a cursor: blocks with their format, and characters that are made showable first."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtGui import QColor, QFont, QTextBlockFormat, QTextCharFormat, QTextCursor

from inspector.widgets.theme import Colours, fixed_font

if TYPE_CHECKING:
    from inspector.core.visible_text import Shown

LINE_BREAK = "\u2028"
"""Ends a line within a block, and is as long as a line feed. Thousands of lines in one block are laid out at once."""


class TextPen:
    """Writes behind what is there already."""

    def __init__(self, cursor: QTextCursor, colours: Colours, font: QFont, *, reveal: bool) -> None:
        self.cursor = cursor
        self.colours = colours
        self.font = font
        self._reveal = reveal
        self._is_at_start = cursor.document().isEmpty()

    def open(self, style: QTextBlockFormat) -> None:
        """Begins a block."""
        if self._is_at_start:
            self.cursor.setBlockFormat(style)
            self._is_at_start = False
        else:
            self.cursor.insertBlock(style, self.plain(self.colours.text))

    def write(self, text: str, look: QTextCharFormat) -> Shown:
        """Writes somebody else's text; returns how it is shown."""
        made = self.shown(text)
        self.cursor.insertText(made.text.replace("\n", LINE_BREAK), look)
        return made

    def shown(self, text: str) -> Shown:
        from inspector.core.visible_text import shown

        return shown(text, reveal=self._reveal)

    def plain(self, colour: str, *, bold: bool = False) -> QTextCharFormat:
        """The look of prose."""
        look = QTextCharFormat()
        look.setFont(self.font)
        look.setForeground(QColor(colour))
        if bold:
            look.setFontWeight(QFont.Weight.Bold)
        return look

    def fixed(self, colour: str = "", *, bold: bool = False) -> QTextCharFormat:
        """The look of code."""
        look = QTextCharFormat()
        look.setFont(fixed_font())
        look.setForeground(QColor(colour or self.colours.text))
        if bold:
            look.setFontWeight(QFont.Weight.Bold)
        return look
