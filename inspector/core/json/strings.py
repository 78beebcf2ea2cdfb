"""The characters of JSON strings, and the places where one may be cut."""

import json
import re
from collections.abc import Iterator
from functools import lru_cache
from itertools import islice

LONG = 2**20
"""Bytes. Decoding holds the interpreter, and a window may wait for it, so a longer string is decoded piece by piece."""
_LENIENT = json.JSONDecoder(strict=False)
_BACKSLASH = ord("\\")
_UNITS = re.compile(r"\\u[dD][89abAB][0-9a-fA-F]{2}\\u[dD][c-fC-F][0-9a-fA-F]{2}|\\u[0-9a-fA-F]{4}|\\.|.", re.DOTALL)
_FIRST_HALF = re.compile(rb"\\u[dD][89abAB]")


def decoded(source: bytes, start: int, end: int, errors: str) -> str:
    """The characters of the well-formed string, with its quotes, that stands between `start` and `end`."""
    if end - start <= LONG:
        return decode_string(source[start:end].decode("utf-8", errors))
    return "".join(decoded_pieces(source, start, end, errors))


def decoded_pieces(source: bytes, start: int, end: int, errors: str) -> Iterator[str]:
    """The same piece by piece: to make one text of a very long one holds the interpreter, too."""
    for first, last in _pieces(source, start + 1, end - 1):
        yield decode_string(f'"{source[first:last].decode("utf-8", errors)}"')


def beginning_of(pieces: Iterator[str], limit: int) -> str:
    """The first `limit` characters of what comes in pieces; no more of these are made than are needed."""
    found, left = [], limit
    while left > 0 and (piece := next(pieces, None)) is not None:
        found.append(piece[:left])
        left -= len(piece)
    return "".join(found)


def written_offset(written: str, offset: int) -> int:
    """Where in a string as it is written, without its quotes, the character at `offset` of the decoded string begins."""
    at = 0
    for unit in islice(_UNITS.finditer(written), offset):
        at = unit.end()
    return at


def _pieces(source: bytes, start: int, end: int) -> Iterator[tuple[int, int]]:
    """Ranges that cut neither an escape nor a character nor a pair of escapes that is one."""
    while end - start > LONG:
        cut = whole_end(source, start, start + LONG)
        if _FIRST_HALF.match(source, cut - 6):
            cut = whole_end(source, start, cut - 6)
        yield start, cut
        start = cut
    yield start, end


def whole_end(source: bytes, start: int, end: int) -> int:
    """The last place up to `end` that stands neither in an escape nor in a character of several bytes."""
    escape = source.rfind(b"\\", max(start, end - 6), end)
    if escape >= 0:
        run = escape
        while run >= start and source[run] == _BACKSLASH:
            run -= 1
        is_escape = (escape - run) % 2 == 1
        length = 6 if source[escape + 1 : escape + 2] == b"u" else 2
        if is_escape and escape + length > end:
            return escape
    return character_start(source, end)


def character_start(source: bytes, offset: int) -> int:
    """The start of the character that holds the byte at `offset`; where the bytes there are not UTF-8 each is one of its own."""
    start = offset
    while start > max(0, offset - 3) and start < len(source) and source[start] & 0xC0 == 0x80:
        start -= 1
    return start if source[start : start + 1] >= b"\xc0" else offset


def decode_string(quoted: str) -> str:
    """The characters of a well-formed JSON string, given with its quotes."""
    if "\\" not in quoted:
        return quoted[1:-1]
    decoded: str = _LENIENT.decode(quoted)
    return decoded


@lru_cache(1000)
def spelled_key(key: str, errors: str) -> bytes:
    """A key as it is spelled without escapes; where it cannot be, something that is no key and shorter than any spelling of it."""
    try:
        return b'"%s"' % key.encode("utf-8", errors)
    except UnicodeEncodeError:
        return b""
