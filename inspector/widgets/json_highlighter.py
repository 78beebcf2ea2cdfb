"""Colours for JSON text, by regular expression a line; a string that was soft-split goes on in the next line."""

from __future__ import annotations

import re

from PySide6.QtGui import QColor, QSyntaxHighlighter, QTextCharFormat, QTextDocument

from inspector.widgets.theme import Colours

_TOKEN = re.compile(
    r'(?P<key>"(?:[^"\\]|\\.)*"(?=\s*:))|(?P<string>"(?:[^"\\]|\\.)*(?P<end>"?))'
    r"|(?P<number>-?\d[\d.eE+-]*)|(?P<literal>\b(?:true|false|null)\b)"
)
_REST_OF_STRING = re.compile(r'(?:[^"\\]|\\.)*(?P<end>"?)')
_PLAIN, _IN_STRING = -1, 1


class JsonHighlighter(QSyntaxHighlighter):
    """Attach it only to texts of moderate size: it looks at every line. What is JSON no more, from `end` on, stays plain."""

    def __init__(self, document: QTextDocument, colours: Colours, end: int = -1) -> None:
        super().__init__(document)
        self._end = end
        self._formats: dict[str, QTextCharFormat] = {}
        self.recolour(colours)

    def recolour(self, colours: Colours) -> None:
        """Takes the colours of another theme."""
        for name in ("key", "string", "number", "literal"):
            style = QTextCharFormat()
            style.setForeground(QColor(getattr(colours, name)))
            self._formats[name] = style

    def highlightBlock(self, text: str) -> None:
        if self._end >= 0:
            text = _first_units(text, self._end - self.currentBlock().position())
        position, state = 0, _PLAIN
        if self.previousBlockState() == _IN_STRING:
            rest = _REST_OF_STRING.match(text)
            position = rest.end() if rest else 0
            self._paint(text, 0, position, "string")
            state = _PLAIN if rest and rest["end"] else _IN_STRING
        for match in _TOKEN.finditer(text, position):
            kind = match.lastgroup if match.lastgroup != "end" else "string"
            self._paint(text, match.start(), match.end(), kind or "string")
            state = _IN_STRING if kind == "string" and not match["end"] else _PLAIN
        self.setCurrentBlockState(state)

    def _paint(self, text: str, start: int, end: int, kind: str) -> None:
        if text.isascii():
            self.setFormat(start, end - start, self._formats[kind])
        else:
            first = _units(text[:start])
            self.setFormat(first, _units(text[start:end]), self._formats[kind])


def _first_units(text: str, count: int) -> str:
    """The part of `text` that fits into `count` UTF-16 units."""
    if count <= 0:
        return ""
    if text.isascii():
        return text[:count]
    return text.encode("utf-16-le", "surrogatepass")[: 2 * count].decode("utf-16-le", "ignore")


def _units(text: str) -> int:
    """The length in UTF-16 units, which is what Qt counts."""
    return len(text) + sum(char > "\uffff" for char in text)
