"""A JSON text and the index of its values: nodes are ranges of the bytes as sent, decoded when somebody looks."""

import re
from array import array
from bisect import bisect_left, bisect_right
from collections.abc import Iterator
from enum import IntEnum

from inspector.core.json.index import Index, Offsets, offset_type
from inspector.core.json.strings import (
    LONG,
    beginning_of,
    character_start,
    decode_string,
    decoded,
    decoded_pieces,
    spelled_key,
    whole_end,
)

_PLACE = re.compile("0|[1-9][0-9]{0,17}")


class Kind(IntEnum):
    """The seven kinds of JSON value."""

    OBJECT = 0
    ARRAY = 1
    STRING = 2
    NUMBER = 3
    TRUE = 4
    FALSE = 5
    NULL = 6


_KINDS = tuple(Kind)  # by number: calling the enumeration takes ten times as long

KIND_WORDS = {
    Kind.OBJECT: "an object",
    Kind.ARRAY: "an array",
    Kind.STRING: "a string",
    Kind.NUMBER: "a number",
    Kind.TRUE: "true",
    Kind.FALSE: "false",
    Kind.NULL: "null",
}


class JsonDocument:
    """One JSON text and the flat, pre-order index of its values. Read through `root` and the nodes below it.

    A row of the index is 25 bytes: the kind, the byte ranges of the value and of its key (-1 without one), the row of its
    container (-1 at the root) and how many children it has. All else follows when somebody looks. `last_pointer` is the
    container, by its row, that a pointer was made for last, and its pointer: siblings are asked for one after the other.
    """

    __slots__ = (
        "_beyond_ascii",
        "_children",
        "counts",
        "ends",
        "errors",
        "index",
        "key_ends",
        "key_starts",
        "kinds",
        "last_pointer",
        "parents",
        "source",
        "starts",
    )

    def __init__(self, source: bytes, errors: str, index: Index) -> None:
        self.source = source
        self.errors = errors
        self.index = index
        self.kinds = index.kinds
        self.starts, self.ends = index.starts, index.ends
        self.key_starts, self.key_ends = index.key_starts, index.key_ends
        self.parents, self.counts = index.parents, index.counts
        self._children = index.children
        self._beyond_ascii: frozenset[bytes] | None = None
        self.last_pointer = (-1, "")

    def __len__(self) -> int:
        return len(self.kinds)

    @property
    def root(self) -> "JsonNode":
        return JsonNode(self, 0)

    @property
    def beyond_ascii(self) -> frozenset[bytes]:
        """The characters beyond ASCII that stand in the text as they are, as their bytes; for large texts, and found once."""
        if self._beyond_ascii is None:
            from inspector.core.json.bulk.characters import beyond_ascii

            self._beyond_ascii = beyond_ascii(self.source)
        return self._beyond_ascii

    def children(self, index: int) -> Offsets:
        """The indices of the children of the value at `index`, in the order sent."""
        known = self._children.get(index)
        if known is None:
            found, child = array(offset_type(len(self.source))), index + 1
            for _ in range(self.counts[index]):
                found.append(child)
                child = self.next_of(child)
            known = self._children[index] = found
        return known

    def next_of(self, index: int) -> int:
        """The first row after the value at `index` and all that is in it."""
        return bisect_left(self.starts, self.ends[index], index) if self.counts[index] else index + 1

    def key_of(self, index: int) -> str | None:
        """The decoded key of the value at `index`; None in an array and at the root."""
        start = self.key_starts[index]
        return None if start < 0 else decode_string(self.text(start, self.key_ends[index]))

    def text(self, start: int, end: int) -> str:
        """The characters of a byte range, lossless: what is not UTF-8 becomes lone surrogates that encode back to it."""
        return self.source[start:end].decode("utf-8", self.errors)

    def at(self, offset: int) -> "JsonNode":
        """The innermost value whose range, or whose key, covers the byte at `offset`; the root outside of all."""
        index = max(bisect_right(self.starts, offset) - 1, 0)
        following = index + 1
        if following < len(self) and self.key_starts[following] >= 0 and self.key_starts[following] <= offset:
            return JsonNode(self, following)
        while index and self.ends[index] <= offset:
            index = self.parents[index]
        return JsonNode(self, index)

    def find(self, pointer: str) -> "JsonNode | None":
        """The value at an RFC 6901 pointer; of repeated keys the last, as most readers do."""
        node: JsonNode | None = self.root if pointer[:1] in ("", "/") else None
        for part in pointer.split("/")[1:]:
            if node is None:
                return None
            name = part.replace("~1", "/").replace("~0", "~")
            if node.kind is Kind.ARRAY:
                node = node.child(int(name)) if _PLACE.fullmatch(name) and int(name) < node.count else None
            else:
                node = node.get(name)
        return node


class JsonNode:
    """One value of a document; a light view that decodes when asked."""

    __slots__ = ("document", "index")

    def __init__(self, document: JsonDocument, index: int) -> None:
        self.document = document
        self.index = index

    def __eq__(self, other: object) -> bool:
        return isinstance(other, JsonNode) and other.index == self.index and other.document is self.document

    def __hash__(self) -> int:
        return hash((id(self.document), self.index))

    def __repr__(self) -> str:
        return f"<{self.kind.name.lower()} at {self.pointer or 'the root'}>"

    @property
    def kind(self) -> Kind:
        return _KINDS[self.document.kinds[self.index]]

    @property
    def start(self) -> int:
        return self.document.starts[self.index]

    @property
    def end(self) -> int:
        return self.document.ends[self.index]

    @property
    def raw(self) -> bytes:
        """The bytes of the value exactly as sent."""
        return self.document.source[self.start : self.end]

    @property
    def text(self) -> str:
        """The characters of the value exactly as sent: a number's own spelling, a string with its quotes and escapes."""
        return self.document.text(self.start, self.end)

    @property
    def string(self) -> str:
        """The decoded characters of a string; lone surrogates and U+0000 are kept."""
        return decoded(self.document.source, self.start, self.end, self.document.errors)

    def pieces(self) -> Iterator[str]:
        """The decoded characters of a string, piece by piece."""
        return decoded_pieces(self.document.source, self.start, self.end, self.document.errors)

    def beginning(self, limit: int) -> str:
        """The first `limit` characters of a string as decoded, of any other value as sent; the rest is not touched.

        No character takes more than twelve bytes: a surrogate pair written as two escapes.
        """
        if self.kind is not Kind.STRING:
            return self.sent(limit)[:limit]
        start, end = self.start + 1, self.end - 1
        if end - start > 12 * (limit + 1):
            end = whole_end(self.document.source, start, start + 12 * (limit + 1))
        if end - start > LONG:
            return beginning_of(self.pieces(), limit)
        return decode_string(f'"{self.document.text(start, end)}"')[:limit]

    def sent(self, limit: int) -> str:
        """The value exactly as sent; of one that is much longer a beginning of more than `limit` characters."""
        end = self.end
        if end - self.start > 4 * (limit + 1):
            end = character_start(self.document.source, self.start + 4 * (limit + 1))
        return self.document.text(self.start, end)

    @property
    def count(self) -> int:
        """How many children a container has, repeated keys counted each."""
        return self.document.counts[self.index]

    @property
    def place(self) -> int:
        """0-based position among the siblings."""
        above = self.document.parents[self.index]
        return 0 if above < 0 else bisect_left(self.document.children(above), self.index)

    @property
    def parent(self) -> "JsonNode | None":
        above = self.document.parents[self.index]
        return None if above < 0 else JsonNode(self.document, above)

    @property
    def key(self) -> str | None:
        """The decoded key of an object's member; None in an array and at the root."""
        return self.document.key_of(self.index)

    @property
    def pointer(self) -> str:
        """RFC 6901. Of repeated keys all have the same pointer: `place` tells them apart."""
        document, above = self.document, self.document.parents[self.index]
        if above < 0:
            return ""
        known, pointer = document.last_pointer
        if known != above:
            steps = [JsonNode(document, above).step]
            while (above := document.parents[above]) >= 0:
                steps.append(JsonNode(document, above).step)
            pointer = "".join(reversed(steps))
            document.last_pointer = document.parents[self.index], pointer
        return pointer + self.step

    @property
    def step(self) -> str:
        """The last part of the pointer, with its slash; empty at the root."""
        key = self.key
        if key is not None:
            return f"/{key.replace('~', '~0').replace('/', '~1')}"
        return f"/{self.place}" if self.index else ""

    def child(self, place: int) -> "JsonNode":
        return JsonNode(self.document, self.document.children(self.index)[place])

    def children(self, first: int = 0, last: int | None = None) -> "Iterator[JsonNode]":
        """The children from place `first` up to, not including, `last`."""
        for index in self.document.children(self.index)[first:last]:
            yield JsonNode(self.document, index)

    def members(self, *keys: str) -> "tuple[JsonNode | None, ...]":
        """What `get` finds for each of these keys, in one pass over the members."""
        if self.kind is not Kind.OBJECT:
            return (None,) * len(keys)
        document = self.document
        source, starts, ends = document.source, document.key_starts, document.key_ends
        spelled, found = {spelled_key(key, document.errors): key for key in keys}, dict[str, JsonNode]()
        for index in document.children(self.index):
            spelling = source[starts[index] : ends[index]]
            key = spelled.get(spelling) if b"\\" not in spelling else document.key_of(index)
            if key is not None:
                found[key] = JsonNode(document, index)
        return tuple(found.get(key) for key in keys)

    def get(self, key: str) -> "JsonNode | None":
        """The member of that key, the last of repeated ones; None where there is none or this is no object.

        Keys are compared as bytes; only those written with escapes are decoded.
        """
        if self.kind is not Kind.OBJECT:
            return None
        document, wanted = self.document, spelled_key(key, self.document.errors)
        source, starts, ends, size = document.source, document.key_starts, document.key_ends, len(wanted)
        for index in reversed(document.children(self.index)):
            start, end = starts[index], ends[index]
            if end - start == size and source[start:end] == wanted:
                return JsonNode(document, index)
            if end - start > size and source.find(b"\\", start, end) >= 0 and document.key_of(index) == key:
                return JsonNode(document, index)
        return None
