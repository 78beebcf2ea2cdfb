"""Text laid out for a terminal: folded by display width, with nothing that could steer the terminal, and a caret under a fault.

Other people's text stands behind a gutter: `| ` begins a line as sent, `: ` a line that goes on because the terminal ends.
"""

import re
import unicodedata
from collections.abc import Iterator

from inspector.core.visible_text import shown, stand_in

WIDTH = 80
AROUND_A_FAULT = 600
"""Characters shown before a fault, and half as many behind it, where a text is longer than that."""

_UNSAFE = re.compile("[\x00-\x08\x0b-\x1f\x7f-\x9f\u061c\u200e\u200f\u2028-\u202e\u2066-\u2069\ufeff\ud800-\udfff]")
_GUTTER = "  "
_PIECE = 300


def safe(text: str) -> str:
    """`text` with stand-ins for controls, direction marks and lone surrogates; line breaks and tabs stay."""
    return _UNSAFE.sub(lambda match: stand_in(match[0]), text)


def revealed(text: str) -> str:
    """`text` with a stand-in for every character that cannot be seen, as in names and arguments, where none belongs."""
    if text.isascii() and text.isprintable():
        return text
    return "\n".join("".join(_revealed_pieces(line)) for line in text.split("\n"))


def display_width(text: str) -> int:
    """Columns that a terminal gives the text: two for wide characters, none for combining and invisible ones."""
    if text.isascii():
        return len(text)
    return sum(_columns(char) for char in text)


def sentence(text: str, indent: str = "  ", width: int = WIDTH) -> str:
    """A sentence of ours folded at its spaces; white space in what it quotes counts as one space."""
    rows = folded(" ".join(safe(text).split()), width - len(indent), furthest=0)
    return "\n".join(f"{indent}{row}".rstrip() for row in rows)


def quoted(text: str, width: int = WIDTH) -> Iterator[str]:
    """Somebody else's text that was made harmless, all of it, in lines of the terminal."""
    for line in text.replace("\t", "    ").split("\n"):
        for at, row in enumerate(folded(line, width - len(_GUTTER) - 2)):
            yield f"{_GUTTER}{':' if at else '|'} {row}".rstrip()


def marked(text: str, offset: int, width: int = WIDTH) -> Iterator[str]:
    """The surroundings of the character at `offset` (code points, may be the length), with a caret under it."""
    first, last = max(0, offset - AROUND_A_FAULT), min(len(text), offset + AROUND_A_FAULT // 2)
    if first:
        yield f"{_GUTTER}({first:,} characters before this are not shown)"
    for line_start, line in _lines(text[first:last], first):
        here = offset - line_start if line_start <= offset <= line_start + len(line) else None
        yield from _marked_line(line, here, width - len(_GUTTER) - 3)
    if last < len(text):
        yield f"{_GUTTER}({len(text) - last:,} characters after this are not shown)"


def folded(line: str, width: int, *, furthest: float = 0.67) -> Iterator[str]:
    """One line in rows of at most `width` columns, at least one. A row ends behind a space if its last third has one.

    `furthest` is where in the row the search for a space ends.
    """
    begin = 0
    while (end := _row_end(line, begin, width)) < len(line):
        space = line.rfind(" ", begin + int((end - begin) * furthest), end) + 1
        yield line[begin : space or end]
        begin = space or end
    yield line[begin:]


def _marked_line(line: str, here: int | None, width: int) -> Iterator[str]:
    pictured = revealed(line).replace("\t", stand_in("\t"))
    mark = -1 if here is None else len(revealed(line[:here]))
    begin = 0
    for at, row in enumerate(folded(pictured, width)):
        yield f"{_GUTTER}{':' if at else '|'} {row}".rstrip()
        end = begin + len(row)
        if begin <= mark < end or mark == end == len(pictured):
            yield f"{_GUTTER}  {' ' * display_width(row[: mark - begin])}^"
        begin = end


def _revealed_pieces(line: str) -> Iterator[str]:
    """Pieces so short that no line is broken for a text widget's sake."""
    for begin in range(0, len(line), _PIECE):
        yield shown(line[begin : begin + _PIECE], reveal=True).text


def _lines(text: str, start: int) -> Iterator[tuple[int, str]]:
    """Each line with its offset."""
    for line in text.split("\n"):
        yield start, line
        start += len(line) + 1


def _row_end(line: str, begin: int, width: int) -> int:
    """Where a row of `width` columns from `begin` on must end; it holds one character at least, so that folding ends."""
    if line[begin : begin + width + 1].isascii():
        return min(len(line), begin + width)
    columns = 0
    for at in range(begin, len(line)):
        columns += _columns(line[at])
        if columns > width:
            return max(at, begin + 1)
    return len(line)


def _columns(char: str) -> int:
    if unicodedata.east_asian_width(char) in "WF":
        return 2
    return 0 if unicodedata.category(char) in ("Mn", "Me", "Cf") else 1
