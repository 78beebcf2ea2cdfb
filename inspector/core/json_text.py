"""Strict RFC 8259 without loss, with the place of the fault where a text is not JSON.

Context: every JSON library at hand loses something that an inspector must show. The standard library accepts NaN, reports
an unterminated string at its start and stops at about 990 levels; orjson, jiter and msgspec reject the grammatical escape
`"\\ud83d"` and round large integers; none keeps repeated keys, number spelling and positions together.
Choice: one scanner of our own over UTF-8 bytes, iterative and linear, which gives ranges or the viable-prefix fault;
strings are decoded by the standard library when somebody looks.
Price: one to two microseconds a token, so bodies of many megabytes belong in a process of their own.
"""

import re
from dataclasses import dataclass
from enum import StrEnum

from inspector.core.json_document import JsonDocument, Kind


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
    there, outermost first; `token` is where the broken string, number or literal starts, else `offset`.
    """

    offset: int
    expecting: Expecting
    opened: tuple[int, ...]
    token: int


_WORD = rb'"[^"\\\x00-\x1f]*+(?:\\(?:["\\/bfnrt]|u[0-9a-fA-F]{4})[^"\\\x00-\x1f]*+)*+'
_TOKEN = re.compile(
    rb"[ \t\n\r]*+(?:([{\[])|([}\]])|(" + _WORD + rb'")|'
    rb"(-?(?:0|[1-9][0-9]*+)(?:\.[0-9]++)?(?:[eE][+-]?[0-9]++)?)|(true)|(false)|(null)|(,)|(:))"
)
_BLANK = re.compile(rb"[ \t\n\r]*+")
_BROKEN_WORD = re.compile(_WORD)
_NUMBER_PARTS = re.compile(
    rb"-?(?:0|[1-9][0-9]*+|(?P<int>))(?:\.(?:[0-9]++|(?P<frac>)))?(?:[eE][+-]?(?:[0-9]++|(?P<exp>)))?"
)
_OPEN, _CLOSE, _STRING, _NUMBER, _TRUE, _FALSE, _NULL, _COMMA, _COLON = range(1, 10)
_KIND_OF_TOKEN = (None, None, None, Kind.STRING, Kind.NUMBER, Kind.TRUE, Kind.FALSE, Kind.NULL)


def parse_body(body: bytes) -> JsonDocument | JsonFault:
    """The document in a response body; bytes that are not UTF-8 survive inside strings as lone surrogates U+DC80 to U+DCFF."""
    return _Scanner(JsonDocument(body, "surrogateescape")).run()


def parse_text(text: str) -> JsonDocument | JsonFault:
    """The document in a decoded text, such as tool-call arguments; lone surrogates inside strings are kept."""
    return _Scanner(JsonDocument(text.encode("utf-8", "surrogatepass"), "surrogatepass")).run()


class _Scanner:
    """One pass over the source with an explicit stack of open containers."""

    def __init__(self, document: JsonDocument) -> None:
        self.document = document
        self.source = document.source
        self.stack: list[int] = []
        self.key = (-1, -1)

    def run(self) -> JsonDocument | JsonFault:  # noqa: C901, PLR0912 - the hot loop: one branch a token
        position, expecting, stack = 0, Expecting.VALUE, self.stack
        match_token, source = _TOKEN.match, self.source
        while expecting is not Expecting.END:
            match = match_token(source, position)
            if match is None:
                return self._fault_at(position, expecting)
            token = match.lastindex or 0
            start = match.start(token)
            if expecting in (Expecting.VALUE, Expecting.VALUE_OR_CLOSE):
                if _STRING <= token <= _NULL:
                    self._add(_KIND_OF_TOKEN[token] or Kind.NULL, start, match.end())
                    if token == _NUMBER and self._number_goes_on(match.end()):
                        return self._fault_in_number(start)
                    expecting = self._after_value()
                elif token == _OPEN:
                    is_object = source[start] == 0x7B
                    stack.append(self._add(Kind.OBJECT if is_object else Kind.ARRAY, start, start))
                    expecting = Expecting.KEY_OR_CLOSE if is_object else Expecting.VALUE_OR_CLOSE
                elif expecting is Expecting.VALUE_OR_CLOSE and source[start] == 0x5D:
                    expecting = self._close(match.end())
                else:
                    return self._fault(start, expecting)
            elif expecting in (Expecting.KEY, Expecting.KEY_OR_CLOSE):
                if token == _STRING:
                    self.key, expecting = (start, match.end()), Expecting.COLON
                elif expecting is Expecting.KEY_OR_CLOSE and source[start] == 0x7D:
                    expecting = self._close(match.end())
                else:
                    return self._fault(start, expecting)
            elif expecting is Expecting.COLON:
                if token != _COLON:
                    return self._fault(start, expecting)
                expecting = Expecting.VALUE
            elif token == _COMMA:
                expecting = Expecting.KEY if expecting is Expecting.COMMA_OR_BRACE else Expecting.VALUE
            elif token == _CLOSE and (source[start] == 0x7D) == (expecting is Expecting.COMMA_OR_BRACE):
                expecting = self._close(match.end())
            else:
                return self._fault(start, expecting)
            position = match.end()
        rest = self._skip_blank(position)
        return self.document if rest == len(source) else self._fault(rest, Expecting.END)

    def _add(self, kind: Kind, start: int, end: int) -> int:
        document, index = self.document, len(self.document.kinds)
        parent = self.stack[-1] if self.stack else -1
        document.kinds.append(kind)
        document.starts.append(start)
        document.ends.append(end)
        document.key_starts.append(self.key[0])
        document.key_ends.append(self.key[1])
        document.parents.append(parent)
        document.counts.append(0)
        document.nexts.append(index + 1)
        if parent < 0:
            document.places.append(0)
        else:
            document.places.append(document.counts[parent])
            document.counts[parent] += 1
        self.key = (-1, -1)
        return index

    def _close(self, end: int) -> Expecting:
        index = self.stack.pop()
        self.document.ends[index] = end
        self.document.nexts[index] = len(self.document.kinds)
        return self._after_value()

    def _after_value(self) -> Expecting:
        if not self.stack:
            return Expecting.END
        in_object = self.document.kinds[self.stack[-1]] == Kind.OBJECT
        return Expecting.COMMA_OR_BRACE if in_object else Expecting.COMMA_OR_BRACKET

    def _skip_blank(self, position: int) -> int:
        blank = _BLANK.match(self.source, position)
        return position if blank is None else blank.end()

    def _number_goes_on(self, end: int) -> bool:
        return self.source[end : end + 1] in (
            b".",
            b"e",
            b"E",
            b"0",
            b"1",
            b"2",
            b"3",
            b"4",
            b"5",
            b"6",
            b"7",
            b"8",
            b"9",
        )

    def _fault(self, offset: int, expecting: Expecting, token: int | None = None) -> JsonFault:
        opened = tuple(self.document.starts[index] for index in self.stack)
        return JsonFault(offset, expecting, opened, offset if token is None else token)

    def _fault_at(self, position: int, expecting: Expecting) -> JsonFault:
        """No token matched: the text ends, or a string, number or literal breaks off inside, or a stray character stands there."""
        start = self._skip_blank(position)
        first = self.source[start : start + 1]
        wants_value = expecting in (Expecting.VALUE, Expecting.VALUE_OR_CLOSE)
        if first == b'"' and (wants_value or expecting in (Expecting.KEY, Expecting.KEY_OR_CLOSE)):
            return self._fault_in_string(start)
        if wants_value and first == b"-":
            return self._fault_in_number(start)
        if wants_value and first in (b"t", b"f", b"n"):
            return self._fault_in_literal(start)
        return self._fault(start, expecting)

    def _fault_in_string(self, start: int) -> JsonFault:
        match = _BROKEN_WORD.match(self.source, start)
        offset = start if match is None else match.end()
        if self.source[offset : offset + 1] != b"\\":
            return self._fault(offset, Expecting.STRING_END, start)
        if self.source[offset + 1 : offset + 2] != b"u":
            return self._fault(offset + 1, Expecting.ESCAPE, start)
        offset += 2
        while self.source[offset : offset + 1] in _HEX_DIGITS:
            offset += 1
        return self._fault(offset, Expecting.HEX_DIGIT, start)

    def _fault_in_number(self, start: int) -> JsonFault:
        match = _NUMBER_PARTS.match(self.source, start)
        offset = start if match is None else match.end()
        unfinished = match is not None and match.lastgroup is not None
        return self._fault(offset, Expecting.DIGIT if unfinished else self._after_value(), start)

    def _fault_in_literal(self, start: int) -> JsonFault:
        literal = next(word for word in (b"true", b"false", b"null") if word[:1] == self.source[start : start + 1])
        offset = start + 1
        while self.source[offset : offset + 1] == literal[offset - start : offset - start + 1] != b"":
            offset += 1
        return self._fault(offset, Expecting.LITERAL, start)


_HEX_DIGITS = tuple(bytes([digit]) for digit in b"0123456789abcdefABCDEF")
