"""Sets of characters, found in JSON text by one search over its bytes, whether they stand there raw or as escapes.

A whole body is searched at once and only strings that can hold such a character are decoded, so a healthy body costs one pass.
"""

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from inspector.core.json.document import JsonDocument, JsonNode
from inspector.core.json.text import LARGE

_ESCAPED_ASCII = re.compile(rb"\\u00[0-7]")
_SHORT_ESCAPES = {8: b"b", 12: b"f"}


@dataclass(frozen=True, slots=True)
class Found:
    """A string that holds some of the characters; `text` is its decoded value, or the decoded key of `node`."""

    node: JsonNode
    text: str
    is_key: bool


class Characters:
    """A set of code points, given as inclusive ranges. `in_text` matches one of them in decoded text."""

    def __init__(self, *ranges: tuple[int, int]) -> None:
        points = [point for low, high in ranges for point in range(low, high + 1)]
        escapes = [_escape(point) for point in points]
        shorts = [_SHORT_ESCAPES[point] for point in points if point in _SHORT_ESCAPES]
        self._raw = {chr(point).encode("utf-8", "surrogatepass") for point in points if point >= 0x80}
        self.in_text = re.compile("[" + "".join(f"{chr(low)}-{chr(high)}" for low, high in ranges) + "]")
        self._in_ascii = re.compile(_escaped(escapes, shorts))
        self._in_bytes = re.compile(b"|".join([self._in_ascii.pattern, *([_any_of(self._raw)] if self._raw else [])]))
        self._encoded = re.compile(_escaped((escape[:5] for escape in escapes), shorts))

    def strings_with(self, document: JsonDocument) -> Iterator[Found]:
        """Every string value and every key that holds one of these characters, in the order sent."""
        source = document.source
        if b"\\" not in source and not self._stand_raw_in(document):
            return
        pattern = self._in_bytes if self._stand_raw_in(document) else self._in_ascii
        match = pattern.search(source)
        while match is not None:
            found, end = _string_at(document, match.start())
            if self.in_text.search(found.text):
                yield found
            match = pattern.search(source, end)

    def are_far_from(self, document: JsonDocument) -> bool:
        """Whether neither the text nor any text inside its strings, however often it was encoded, holds one of them."""
        source = document.source
        is_plain = _ESCAPED_ASCII.search(source) is None  # a backslash or a letter of an escape may be escaped itself
        return is_plain and not self._stand_raw_in(document) and self._encoded.search(source) is None

    def _stand_raw_in(self, document: JsonDocument) -> bool:
        """Whether one of them may stand there as it is; sure only for a large text."""
        if document.source.isascii():
            return False
        if len(document.source) < LARGE:
            return True
        return not self._raw.isdisjoint(document.beyond_ascii)


def _string_at(document: JsonDocument, offset: int) -> tuple[Found, int]:
    """The string around a byte that can stand in strings alone, and where that string ends."""
    node = document.at(offset)
    if document.key_starts[node.index] <= offset < document.key_ends[node.index]:
        return Found(node, node.key or "", is_key=True), document.key_ends[node.index]
    return Found(node, node.string, is_key=False), node.end


def _escape(point: int) -> bytes:
    """What follows the backslash in the long escape: `u202e`, or `ud83d\\ude00` beyond the first 65,536."""
    units = chr(point).encode("utf-16-be", "surrogatepass")
    return b"\\".join(b"u" + units[place : place + 2].hex().encode() for place in range(0, len(units), 2))


def _escaped(escapes: Iterable[bytes], shorts: Iterable[bytes]) -> bytes:
    """A regular expression for escapes, given without the backslash that all begin with."""
    return rb"\\(?:(?i:" + _any_of(set(escapes)) + b")" + b"".join(b"|" + letter for letter in shorts) + b")"


def _any_of(words: Iterable[bytes]) -> bytes:
    """A regular expression for these words, none of which begins another, that reads every byte once."""
    tails: dict[int, set[bytes]] = {}
    for word in words:
        if word:
            tails.setdefault(word[0], set()).add(word[1:])
    firsts: dict[bytes, list[int]] = {}
    for first, rest in sorted(tails.items()):
        firsts.setdefault(_any_of(rest), []).append(first)
    branches = [b"[" + b"".join(b"\\x%02x" % byte for byte in group) + b"]" + tail for tail, group in firsts.items()]
    return branches[0] if len(branches) == 1 else b"(?:" + b"|".join(branches) + b")" if branches else b""
