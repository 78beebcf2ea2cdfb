"""The index of a document as one run of bytes, for another process to look at where it lies.

Context: reading a large body holds the interpreter for seconds, so a process of its own does it, and the window needs what
it found, which weighs two to three times what the body does.
Choice: the columns behind each other, as they are in memory, and after them the children of values that have many. The
document over such a run copies nothing but the kinds and makes no object a value, so it is there in no time.
Price: the run means something to this version on this computer alone; it is no file format.
"""

import struct
from array import array
from collections.abc import Iterator

from inspector.core.json.document import JsonDocument
from inspector.core.json.index import MANY, Index, Offsets, offset_type

_HEAD = struct.Struct("=QQ")


def lent_parts(document: JsonDocument) -> Iterator[bytes | bytearray | memoryview]:
    """The runs of bytes that, one behind the other, are the index of the document."""
    index = document.index
    large = {at: children for at, children in index.children.items() if len(children) > MANY}
    yield _HEAD.pack(len(index.kinds), len(large))
    for column in (
        index.starts,
        index.ends,
        index.key_starts,
        index.key_ends,
        index.parents,
        index.counts,
        array(offset_type(len(document.source)), large),
        *large.values(),
    ):
        yield memoryview(column).cast("B")
    yield index.kinds


def document_over(source: bytes, errors: str, lent: memoryview) -> JsonDocument:
    """The document over `source` whose index lies in `lent`, as `lent_parts` made it of the same bytes."""
    code = offset_type(len(source))
    count, many = _HEAD.unpack_from(lent)
    rest = lent[_HEAD.size :]

    def taken(entries: int) -> memoryview:
        nonlocal rest
        size = entries * struct.calcsize(code)
        column, rest = rest[:size].cast(code), rest[size:]
        return column

    starts, ends, key_starts, key_ends, parents, counts = (taken(count) for _ in range(6))
    large = taken(many)
    children: dict[int, Offsets] = {at: taken(counts[at]) for at in large}
    index = Index(bytes(rest[:count]), starts, ends, key_starts, key_ends, parents, counts, children)
    return JsonDocument(source, errors, index)
