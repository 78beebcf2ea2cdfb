"""Strict RFC 8259 without loss, with the place of the fault where a text is not JSON.

Context: every JSON library at hand loses something that an inspector must show. The standard library accepts NaN, reports
an unterminated string at its start and stops at about 990 levels; orjson, jiter and msgspec reject the grammatical escape
`"\\ud83d"` and round large integers; none keeps repeated keys, number spelling and positions together.
Choice: one scanner of our own over UTF-8 bytes, iterative and linear, which gives ranges or the viable-prefix fault;
strings are decoded by the standard library when somebody looks. One regular expression takes a whole member or element,
so that the interpreter works once a value; `viable_prefix` looks closer at the one that does not fit.
Price: about one microsecond a value, so what is large is first read by array arithmetic (`bulk`), which knows no places of
faults and takes a tenth of a second to import.
"""

import re
from array import array

from inspector.core.json.document import JsonDocument, Kind
from inspector.core.json.index import MANY, Index, offset_type
from inspector.core.json.strings import decode_string
from inspector.core.json.viable_prefix import (
    BLANK,
    STRING_HEAD,
    Break,
    Expecting,
    JsonFault,
    break_at_root,
    break_in_element,
    break_in_member,
    masked,
    skip_blank,
)

BYTE_ORDER_MARK = b"\xef\xbb\xbf"
"""What may stand in front of a body in UTF-8, and is no part of its JSON."""

__all__ = ["Expecting", "JsonFault", "parse_body", "parse_text"]


LARGE = 256 * 1024
"""From so many bytes on a text is first read by array arithmetic."""


def parse_body(body: bytes) -> JsonDocument | JsonFault:
    """The document in a response body; bytes that are not UTF-8 survive inside strings as lone surrogates U+DC80 to U+DCFF."""
    return _parse(body, "surrogateescape")


def parse_text(text: str) -> JsonDocument | JsonFault:
    """The document in a decoded text, such as tool-call arguments; lone surrogates inside strings are kept."""
    return _parse(text.encode("utf-8", "surrogatepass"), "surrogatepass")


def _parse(source: bytes, errors: str) -> JsonDocument | JsonFault:
    if len(source) >= LARGE:
        from inspector.core.json.bulk.reading import index_of

        if (index := index_of(source)) is not None:
            return JsonDocument(source, errors, index)
    return _Scanner(source, errors).run()


_STRING = STRING_HEAD + rb'"'
_NUMBER = rb"-?+(?:0|[1-9][0-9]*+)(?>(?:\.[0-9]++)?)(?>(?:[eE][+-]?+[0-9]++)?)(?![0-9.eE])"
_EMPTY = rb"\{" + BLANK + rb"\}|\[" + BLANK + rb"\]"
_SCALAR = _STRING + rb"|" + _NUMBER + rb"|true|false|null|" + _EMPTY
_VALUE = BLANK + rb"(?:(" + _SCALAR + rb")(?>(?:" + BLANK + rb"(,))?)|([{\[]))"
_KEY, _WHOLE, _COMMA, _OPEN = range(1, 5)
_MEMBER = re.compile(BLANK + rb"(" + _STRING + rb")" + BLANK + rb":" + _VALUE)
_NO_KEY = rb"((?!))?"
_ELEMENT = re.compile(_NO_KEY + _VALUE)
_AFTER_MEMBER = re.compile(BLANK + rb"(?:(,)|\})")
_AFTER_ELEMENT = re.compile(BLANK + rb"(?:(,)|\])")
_KINDS = [Kind.NUMBER] * 256
for _first, _kind in zip(
    b'{["tfn', (Kind.OBJECT, Kind.ARRAY, Kind.STRING, Kind.TRUE, Kind.FALSE, Kind.NULL), strict=True
):
    _KINDS[_first] = _kind


class _Scanner:
    """One pass over the source with an explicit stack: of each container around the innermost its index and its count so far."""

    def __init__(self, source: bytes, errors: str) -> None:
        self.source = masked(source)
        self.stack: list[tuple[int, int]] = []
        self.large: list[int] = []
        offsets = offset_type(len(source))
        self.kinds = bytearray()
        self.starts, self.ends = array(offsets), array(offsets)
        self.key_starts, self.key_ends = array(offsets), array(offsets)
        self.parents, self.counts = array(offsets), array(offsets)
        columns = (self.kinds, self.starts, self.ends, self.key_starts, self.key_ends, self.parents, self.counts)
        self.document = JsonDocument(source, errors, Index(*columns, {}))

    def add_root(self, kind: Kind, start: int, end: int) -> None:
        self.kinds.append(kind)
        self.starts.append(start)
        self.ends.append(end)
        self.key_starts.append(-1)
        self.key_ends.append(-1)
        self.parents.append(-1)
        self.counts.append(0)

    def run(self) -> JsonDocument | JsonFault:
        match = _ELEMENT.match(self.source)
        if match is None:
            broken = break_at_root(self.source)
            return JsonFault(broken.offset, broken.expecting, (), broken.token)
        if match.lastindex == _OPEN:
            self.add_root(_KINDS[self.source[match.start(_OPEN)]], *match.span(_OPEN))
            return self._run_inside(match.end())
        self.add_root(_KINDS[self.source[match.start(_WHOLE)]], *match.span(_WHOLE))
        return self._run_after(match.end(_WHOLE))

    def _run_inside(self, position: int) -> JsonDocument | JsonFault:
        """The hot loop, from the first byte inside the root container: one turn a value."""
        source, stack, kind_of = self.source, self.stack, _KINDS
        kinds, ends, counts = self.kinds, self.ends, self.counts
        add_kind, add_start, add_end = kinds.append, self.starts.append, ends.append
        add_key_start, add_key_end = self.key_starts.append, self.key_ends.append
        add_parent, add_count = self.parents.append, counts.append
        container, count = 0, 0
        in_object = kinds[0] == Kind.OBJECT
        match_item = (_MEMBER if in_object else _ELEMENT).match
        while True:
            match = match_item(source, position)
            if match is None:
                broken = (break_in_member if in_object else break_in_element)(source, position, may_close=not count)
                return self._fault_in_item(container, count, broken)
            last = match.lastindex
            start, end = match.span(_OPEN if last == _OPEN else _WHOLE)
            kind = kind_of[source[start]]
            add_kind(kind)
            add_start(start)
            add_end(end)
            key_start, key_end = match.span(_KEY)
            add_key_start(key_start)
            add_key_end(key_end)
            add_parent(container)
            add_count(0)
            count += 1
            position = match.end()
            if last == _COMMA:
                continue
            if last == _OPEN:
                stack.append((container, count))
                container, count, in_object = len(kinds) - 1, 0, kind == Kind.OBJECT
                match_item = (_MEMBER if in_object else _ELEMENT).match
                continue
            while True:
                match = (_AFTER_MEMBER if in_object else _AFTER_ELEMENT).match(source, position)
                if match is None:
                    wanted = Expecting.COMMA_OR_BRACE if in_object else Expecting.COMMA_OR_BRACKET
                    return self._fault_after(container, count, wanted, skip_blank(source, position))
                position = match.end()
                if match.lastindex:
                    break
                ends[container] = position
                counts[container] = count
                if count > MANY:
                    self.large.append(container)
                if not stack:
                    return self._run_after(position)
                container, count = stack.pop()
                in_object = kinds[container] == Kind.OBJECT
                match_item = (_MEMBER if in_object else _ELEMENT).match

    def _run_after(self, position: int) -> JsonDocument | JsonFault:
        rest = skip_blank(self.source, position)
        if rest < len(self.source):
            return JsonFault(rest, Expecting.END, (), rest)
        for container in self.large:
            self.document.children(container)
        return self.document

    def _fault_in_item(self, container: int, count: int, broken: Break) -> JsonFault:
        """`container` is the innermost open one and `count` how many complete children it has."""
        if self.document.kinds[container] == Kind.ARRAY:
            tail: tuple[str | int, ...] = (count,)
        else:
            tail = () if broken.key is None else (decode_string(self.document.text(*broken.key)),)
        return self._fault(container, broken, tail)

    def _fault_after(self, container: int, count: int, wanted: Expecting, place: int) -> JsonFault:
        """The last child is followed by something that neither goes on nor closes."""
        child = len(self.document) - 1
        while self.document.parents[child] != container:
            child = self.document.parents[child]
        return self._fault(container, Break(place, wanted, place), (self._name(child, count),))

    def _fault(self, container: int, broken: Break, tail: tuple[str | int, ...]) -> JsonFault:
        inner = [*(index for index, _ in self.stack[1:]), container] if self.stack else []
        path = [self._name(index, count) for index, (_, count) in zip(inner, self.stack, strict=True)]
        opened = tuple(self.document.starts[index] for index in (*(index for index, _ in self.stack), container))
        return JsonFault(broken.offset, broken.expecting, opened, broken.token, (*path, *tail), broken.in_key)

    def _name(self, index: int, count: int) -> str | int:
        """How the container calls its newest child: by key, or by place."""
        key = self.document.key_of(index)
        return count - 1 if key is None else key
