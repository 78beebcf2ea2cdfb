"""The tokens of a JSON text, piece by piece: what each is, where it stands, and where strings and scalars end."""

from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from inspector.core.json.bulk.scalars import check_scalars

Places = npt.NDArray[np.intp]
Bytes = npt.NDArray[np.uint8]
Flags = npt.NDArray[np.bool_]

BLANK, SCALAR, STRING, OBJECT, OBJECT_END, ARRAY, ARRAY_END, COLON, COMMA = range(9)
"""What a token is; an opening bracket is odd and its closing one follows it. A scalar is a number or a literal."""
PIECE = 512 * 1024
_BACKSLASH, _QUOTE, _U = b'\\"u'
_CLASSES = bytearray([SCALAR]) * 256
for _blank in b" \t\n\r":
    _CLASSES[_blank] = BLANK
for _byte, _class in zip(b'"{}[]:,', range(STRING, COMMA + 1), strict=True):
    _CLASSES[_byte] = _class
_CLASSES_BY_BYTE = bytes(_CLASSES)
_NOT_HEX = bytes(byte not in b"0123456789abcdefABCDEF" for byte in range(256))
_NOT_ESCAPED = bytes(byte not in b'"\\/bfnrtu' for byte in range(256))


class UnfitError(ValueError):
    """The text is not JSON, or nests too deep for this way of reading; where and why is for the scanner to say."""


@dataclass(frozen=True, slots=True)
class Tokens:
    """Where the tokens of a piece begin and what they are; `ends` are those of the strings and scalars that end in it."""

    places: Places
    classes: Bytes
    ends: Places


class Tokenizer:
    """Reads one text from its beginning to its end; a piece may begin and end inside of a string or a scalar."""

    def __init__(self, source: bytes) -> None:
        self._source = source
        self._bytes = np.frombuffer(source, np.uint8)
        self._inside = False
        self._in_scalar = False
        self._scalar_head = np.empty(0, np.uint8)

    def piece_end(self, start: int) -> int:
        """Where the piece from `start` ends: never between a backslash and what it escapes."""
        end = min(len(self._source), start + PIECE)
        while end < len(self._source) and self._source[end - 1] == _BACKSLASH:
            end += 1
        return end

    def read(self, start: int, end: int) -> Tokens:
        """The tokens that begin in a piece. Raises UnfitError."""
        piece = self._bytes[start:end]
        escapes, hidden = self._escapes(start, end)
        quotes = piece == _QUOTE
        quotes[hidden] = False
        if self._inside and not quotes.any():
            if piece.min() < 32:
                raise UnfitError
            return Tokens(np.empty(0, np.intp), np.empty(0, np.uint8), np.empty(0, np.intp))
        inside = _parity(quotes)
        if self._inside:
            inside ^= 1
        outside = inside == 0
        if outside[escapes].any() or ((piece < 32) & ~outside).any():
            raise UnfitError
        classes = np.frombuffer(self._source[start:end].translate(_CLASSES_BY_BYTE), np.uint8)
        in_scalar = (classes == SCALAR) & outside
        changes = in_scalar.copy()
        changes[1:] ^= in_scalar[:-1]
        changes[0] ^= self._in_scalar
        heads = changes & in_scalar
        self._inside, self._in_scalar = bool(inside[-1]), bool(in_scalar[-1])
        self._check_scalars(piece[in_scalar], heads[in_scalar], is_last=end == len(self._source))
        closing = quotes & outside
        begin = np.flatnonzero(((classes >= OBJECT) & outside) | heads | (quotes & ~outside))
        finish = np.flatnonzero((changes ^ heads) | closing)
        return Tokens(begin + start, classes[begin], finish + closing[finish] + start)

    def finish(self) -> Places:
        """The end of a scalar that ends with the text. Raises UnfitError where a string does not end."""
        if self._inside:
            raise UnfitError
        return np.array([len(self._source)] if self._in_scalar else [], np.intp)

    def _escapes(self, start: int, end: int) -> tuple[Places, Places]:
        """Where in the piece backslashes stand, and where quotes that one of them escapes. Raises UnfitError."""
        if self._source.find(b"\\", start, end) < 0:
            nowhere = np.empty(0, np.intp)
            return nowhere, nowhere
        backslashes = np.flatnonzero(self._bytes[start:end] == _BACKSLASH)
        runs = np.flatnonzero(np.diff(backslashes, prepend=-2) != 1)
        place_in_run = np.arange(len(backslashes)) - np.repeat(runs, np.diff(runs, append=len(backslashes)))
        escaped = backslashes[place_in_run % 2 == 0] + 1
        if escaped[-1] + start >= len(self._source):
            raise UnfitError
        letters = self._bytes[start:end][escaped]
        _none(letters, _NOT_ESCAPED)
        units = escaped[letters == _U] + start
        if len(units):
            if units[-1] + 4 >= len(self._source):
                raise UnfitError
            _none(self._bytes[units[:, None] + np.arange(1, 5)], _NOT_HEX)
        return backslashes, escaped[letters == _QUOTE]

    def _check_scalars(self, letters: Bytes, heads: Flags, *, is_last: bool) -> None:
        """Scalars that go on behind the piece are looked at with the next one."""
        if len(self._scalar_head):
            head = np.zeros(len(self._scalar_head), np.bool_)
            head[0] = True
            letters, heads = np.concatenate((self._scalar_head, letters)), np.concatenate((head, heads))
        whole = len(letters)
        if self._in_scalar and not is_last:
            whole = int(np.flatnonzero(heads)[-1])
        self._scalar_head = letters[whole:].copy()
        if whole and not check_scalars(letters[:whole], heads[:whole]):
            raise UnfitError


def _parity(flags: Flags) -> Bytes:
    """For each place 1 where up to there, and with it, an odd number of flags is set; 64 places at a time."""
    bits = np.packbits(flags, bitorder="little")
    words = np.zeros((len(bits) + 7) // 8, "<u8")
    words.view(np.uint8)[: len(bits)] = bits
    for shift in (1, 2, 4, 8, 16, 32):
        words ^= words << np.uint64(shift)
    odd = np.bitwise_xor.accumulate(words >> np.uint64(63))
    words[1:] ^= np.uint64(0) - odd[:-1]
    return np.unpackbits(words.view(np.uint8), count=len(flags), bitorder="little")


def _none(letters: Bytes, wrong: bytes) -> None:
    if b"\1" in letters.tobytes().translate(wrong):
        raise UnfitError
