"""Which element of an array on the left belongs to which on the right.

By the longest row of equal ones, so that an element that was put in is one difference and not one in each element behind it; what
lies between equal ones is paired by position. The search draws on a budget for each array: where that is spent, by position alone.
"""

import re
from collections.abc import Iterator, Sequence
from hashlib import blake2b
from itertools import zip_longest

from inspector.core.comparison.matching import matches
from inspector.core.json.document import JsonNode

_BUDGET = 1 << 26
"""Pairs of elements that may be held against each other: some hundredths of a second."""
_SHORT = 1 << 12
"""Bytes of an element that is read to tell it from others; a longer one is told by a digest of its bytes."""
_BETWEEN = re.compile(r'("(?:[^"\\]|\\.)*")|\s+')
Places = tuple[int | None, int | None]


def paired_elements(left: JsonNode, right: JsonNode) -> Iterator[tuple[str, JsonNode | None, JsonNode | None]]:
    """The elements of two arrays with their place, which is that on the left side if they have one there."""
    one, other = list(left.children()), list(right.children())
    for place, other_place in paired_places([_told(node) for node in one], [_told(node) for node in other]):
        yield (
            str(other_place if place is None else place),
            None if place is None else one[place],
            None if other_place is None else other[other_place],
        )


def paired_places(left: Sequence[str], right: Sequence[str], budget: int = _BUDGET) -> list[Places]:
    """Places that belong together, rising on both sides; the other way round they are the same."""
    if list(left) > list(right):
        return [(place, other) for other, place in paired_places(right, left, budget)]
    pairs: list[Places] = []
    at = other_at = 0
    for one, other in matches(left, right, budget)[0]:
        pairs += zip_longest(range(at, one), range(other_at, other))
        pairs.append((one, other))
        at, other_at = one + 1, other + 1
    return [*pairs, *zip_longest(range(at, len(left)), range(other_at, len(right)))]


def _told(node: JsonNode) -> str:
    """What tells an element from others, however it is laid out if it is short."""
    if node.end - node.start > _SHORT:
        return blake2b(memoryview(node.document.source)[node.start : node.end]).hexdigest()
    return _BETWEEN.sub(r"\1", node.text)
