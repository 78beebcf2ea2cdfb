"""Pointers that stay short, whatever a stranger's keys are: many places are told at once, and each holds its whole pointer."""

from typing import NamedTuple

from inspector.core.json.document import JsonDocument, JsonNode

DEEPEST_POINTER = 1000
LONGEST_POINTER = 20_000
"""Bytes of all keys on the way, as sent."""


def near_pointer(node: JsonNode | None) -> str:
    """RFC 6901, "" for None; a node deeper, or behind longer keys, than anybody can use a pointer gets its ancestor's."""
    if node is None:
        return ""
    document, way = node.document, [node.index]
    while (above := document.parents[way[-1]]) >= 0:
        way.append(above)
    near, length = way.pop(), 0
    for index in way[: -DEEPEST_POINTER - 1 : -1]:
        length += document.key_ends[index] - document.key_starts[index]
        if length > LONGEST_POINTER:
            break
        near = index
    return JsonNode(document, near).pointer


class _Near(NamedTuple):
    """Of one value its depth and the length of the keys on its way, as far as these count, and its pointer."""

    depth: int
    length: int
    pointer: str


class NearPointers:
    """What `near_pointer` gives, for many values of a document in the order sent, in time that grows with their number alone.

    The way to the value that was asked for last is kept: the next one most often shares all of it but the end.
    """

    def __init__(self, document: JsonDocument) -> None:
        self._document = document
        self._way = [0]
        self._known = {0: _Near(0, 0, "")}

    def of(self, index: int) -> str:
        """The pointer of the value at `index`."""
        parents, ahead = self._document.parents, []
        while index not in self._known:
            ahead.append(index)
            index = parents[index]
        while self._way[-1] != index:
            del self._known[self._way.pop()]
        near = self._known[index]
        for below in reversed(ahead):
            near = self._known[below] = self._below(near, below)
            self._way.append(below)
        return near.pointer

    def _below(self, above: _Near, index: int) -> _Near:
        document = self._document
        length = above.length + document.key_ends[index] - document.key_starts[index]
        if above.depth >= DEEPEST_POINTER or length > LONGEST_POINTER:
            return _Near(DEEPEST_POINTER, length, above.pointer)
        return _Near(above.depth + 1, length, above.pointer + JsonNode(document, index).step)
