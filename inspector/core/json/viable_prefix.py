"""Where exactly a text stops being the beginning of any JSON text: the fault that the scanner found, to the byte.

The scanner takes a whole member or element at a time and only learns that one does not fit. Here that one is walked once
more, character by character where needed, to the first byte after which nothing could make the text JSON.
"""

import re
from dataclasses import dataclass
from enum import StrEnum


class Expecting(StrEnum):
    """What alone could have stood at the place of a fault."""

    VALUE = "a value"
    VALUE_OR_CLOSE = "a value or “]”"
    KEY = "a key in double quotes"
    KEY_OR_CLOSE = "a key in double quotes or “}”"
    COLON = "“:” after the key"
    COMMA_OR_BRACE = "“,” or “}”"
    COMMA_OR_BRACKET = "“,” or “]”"
    END = "nothing more"
    DIGIT = "a digit"
    ESCAPE = 'one of " \\ / b f n r t u after the backslash'
    HEX_DIGIT = "a hexadecimal digit"
    STRING_END = "more text or the closing quote"
    LITERAL = "the rest of true, false or null"


@dataclass(frozen=True, slots=True)
class JsonFault:
    """Why a text is not JSON: `offset` (bytes) is the first place after which nothing could make it JSON.

    It equals the length of the text where that simply ends too early. `opened` are the offsets of the containers still open
    there, outermost first; `token` is where the broken string, number or literal starts, else `offset`. `path` leads, by keys
    and 0-based places, to the value that breaks or that the fault follows, and where a key should stand to the object;
    `in_key` tells that the broken string is a key.
    """

    offset: int
    expecting: Expecting
    opened: tuple[int, ...]
    token: int
    path: tuple[str | int, ...] = ()
    in_key: bool = False


@dataclass(frozen=True, slots=True)
class Break:
    """A fault inside one item: `key` is the byte range of the item's complete key, if it has one."""

    offset: int
    expecting: Expecting
    token: int
    key: tuple[int, int] | None = None
    in_key: bool = False


BLANK = rb"[ \t\n\r]*+"
STRING_HEAD = rb'"[^"\\\x00-\x1f]*+'
"""A string in a masked source, up to its closing quote or the first byte that cannot be in it."""

_BLANK = re.compile(BLANK)
_STRING_HEAD = re.compile(STRING_HEAD)
_NUMBER_PARTS = re.compile(rb"-?+(?>(0|[1-9][0-9]*+)?)(?>(\.[0-9]*+)?)(?>([eE][+-]?+[0-9]*+)?)")
_UNICODE_ESCAPE = re.compile(rb"\\u[0-9a-fA-F]{4}")
_HEX_DIGITS = re.compile(rb"[0-9a-fA-F]*+")
_LITERALS = {b"t": b"true", b"f": b"false", b"n": b"null"}


def masked(source: bytes) -> bytes:
    """`source` with every valid escape overwritten, byte for byte, by text that no grammar cares for.

    What backslash is left breaks the text where it stands. So a string is one run of bytes to whoever scans, however many
    escapes it has: repeated groups cost the standard library's expressions a hundred bytes of memory a turn, and possessive
    ones match wrongly before Python 3.11.5.
    """
    if b"\\" not in source:
        return source
    covered = _UNICODE_ESCAPE.sub(b"______", source.replace(rb"\\", b"__"))
    for escape in (rb"\"", rb"\n", rb"\/", rb"\t", rb"\r", rb"\b", rb"\f"):
        covered = covered.replace(escape, b"__")
    return covered


def break_in_member(source: bytes, position: int, *, may_close: bool) -> Break:
    """Why no member of an object fits at `position`."""
    start = skip_blank(source, position)
    if source[start : start + 1] != b'"':
        return Break(start, Expecting.KEY_OR_CLOSE if may_close else Expecting.KEY, start)
    end = _end(_STRING_HEAD, source, start)
    if source[end : end + 1] != b'"':
        return _break_in_string(source, start, end, in_key=True)
    key = (start, end + 1)
    colon = skip_blank(source, end + 1)
    if source[colon : colon + 1] != b":":
        return Break(colon, Expecting.COLON, colon, key)
    return _break_in_value(source, skip_blank(source, colon + 1), Expecting.VALUE, Expecting.COMMA_OR_BRACE, key)


def break_in_element(source: bytes, position: int, *, may_close: bool) -> Break:
    """Why no element of an array fits at `position`."""
    wanted = Expecting.VALUE_OR_CLOSE if may_close else Expecting.VALUE
    return _break_in_value(source, skip_blank(source, position), wanted, Expecting.COMMA_OR_BRACKET)


def break_at_root(source: bytes) -> Break:
    """Why the text does not begin with a value."""
    return _break_in_value(source, skip_blank(source, 0), Expecting.VALUE, Expecting.END)


def skip_blank(source: bytes, position: int) -> int:
    """The first byte from `position` on that is no white space."""
    return _end(_BLANK, source, position)


def _break_in_value(
    source: bytes, start: int, wanted: Expecting, after: Expecting, key: tuple[int, int] | None = None
) -> Break:
    first = source[start : start + 1]
    if first == b'"':
        return _break_in_string(source, start, _end(_STRING_HEAD, source, start), key=key)
    if first == b"-" or first.isdigit():
        offset, expecting = _end_of_number(source, start, after)
        return Break(offset, expecting, start, key)
    literal = _LITERALS.get(first)
    if literal is None:
        return Break(start, wanted, start, key)
    offset = start + 1
    while source.startswith(literal[: offset - start + 1], start):
        offset += 1
    return Break(offset, Expecting.LITERAL, start, key)


def _end(pattern: re.Pattern[bytes], source: bytes, position: int) -> int:
    match = pattern.match(source, position)
    return position if match is None else match.end()


def _break_in_string(
    source: bytes, start: int, end: int, *, key: tuple[int, int] | None = None, in_key: bool = False
) -> Break:
    """`end` is where the well-formed part of the string that begins at `start` ends."""
    if source[end : end + 1] != b"\\":
        return Break(end, Expecting.STRING_END, start, key, in_key)
    if source[end + 1 : end + 2] != b"u":
        return Break(end + 1, Expecting.ESCAPE, start, key, in_key)
    return Break(_end(_HEX_DIGITS, source, end + 2), Expecting.HEX_DIGIT, start, key, in_key)


def _end_of_number(source: bytes, start: int, after: Expecting) -> tuple[int, Expecting]:
    parts = _NUMBER_PARTS.match(source, start)
    if parts is None or parts[1] is None:
        return start + 1, Expecting.DIGIT
    if parts[2] == b".":
        return parts.end(2), Expecting.DIGIT
    if parts[3] is not None and not parts[3][-1:].isdigit():
        return parts.end(3), Expecting.DIGIT
    return parts.end(), after
