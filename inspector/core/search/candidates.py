"""Which values of a large document can hold a plain text at all: one pass over the bytes instead of one look at each value.

A string without escapes stands in the body as it reads, and so does a number, so the text is looked for in the body; strings and
keys with escapes are all worth a look.
"""

from collections.abc import Callable, Iterable, Iterator
from heapq import merge

from inspector.core.json.document import JsonDocument
from inspector.core.json.strings import character_start
from inspector.core.search.escapes import rows_with_escapes

_PIECE = 2**20
_ALWAYS_ESCAPED = frozenset('"\\') | {chr(code) for code in range(32)}
Finder = Callable[[str], Iterable[tuple[int, int]]]
"""Tells where it finds something in a text, in order."""


def rows_to_look_at(document: JsonDocument, text: str, finder: Finder) -> Iterator[int]:
    """The rows whose key or value may hold the text, in the order sent; `finder` looks for it in a part of the body."""
    as_it_stands = _rows_around(document, len(text), finder) if _ALWAYS_ESCAPED.isdisjoint(text) else ()
    last = -1
    for row in merge(rows_with_escapes(document), as_it_stands):
        if row > last:
            last = row
            yield row


def _rows_around(document: JsonDocument, length: int, finder: Finder) -> Iterator[int]:
    """The rows at the places that the finder tells; what it looks for has `length` characters, of four bytes at most."""
    source, start = document.source, 0
    while start < len(source):
        end = character_start(source, min(len(source), start + _PIECE + 4 * length))
        piece = source[start:end].decode("utf-8", document.errors)
        at, offset = 0, start
        for first, _ in finder(piece):
            offset += first - at if piece.isascii() else len(piece[at:first].encode("utf-8", document.errors))
            at = first
            yield document.at(offset).index
        start = end if end == len(source) else character_start(source, end - 4 * length)
