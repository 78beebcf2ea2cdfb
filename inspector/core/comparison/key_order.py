"""The order in which two objects have the keys that both of them have."""

from collections import Counter, defaultdict
from collections.abc import Iterator

from inspector.core.json.document import JsonNode, Kind

_Turn = tuple[str | None, int]
"""A key, and which of those that are the same."""


def key_orders(left: JsonNode | None, right: JsonNode | None) -> tuple[str, str] | None:
    """The common keys as they come in either; None where they come in one order, or these are no objects."""
    if left is None or right is None or not left.kind is right.kind is Kind.OBJECT:
        return None
    one, other = list(_turns(left)), list(_turns(right))
    if one == other:
        return None
    common, other_common = _of_both(one, other), _of_both(other, one)
    return None if common == other_common else (_told(common), _told(other_common))


def _turns(node: JsonNode) -> Iterator[_Turn]:
    taken: dict[str | None, int] = defaultdict(int)
    for member in node.children():
        yield member.key, taken[member.key]
        taken[member.key] += 1


def _of_both(turns: list[_Turn], others: list[_Turn]) -> list[_Turn]:
    there = Counter(others)
    return [turn for turn in turns if there[turn]]


def _told(turns: list[_Turn]) -> str:
    return ", ".join(key or "“”" for key, _ in turns)
