"""Which choice and which call on the left belongs to which on the right."""

from collections.abc import Callable, Iterator, Sequence
from itertools import zip_longest
from typing import TypeVar

from inspector.core.completion import Choice, ToolCall, string_of
from inspector.core.json.document import JsonNode

Item = TypeVar("Item")


def paired_choices(left: Sequence[Choice], right: Sequence[Choice]) -> Iterator[tuple[Choice | None, Choice | None]]:
    """By index; by position where an index is missing or repeated on either side."""
    if _are_unique(left) and _are_unique(right):
        first, rest_left, rest_right = _matched(left, right, lambda choice: _spelled(choice.index))
        yield from first
        yield from ((choice, None) for choice in rest_left)
        yield from ((None, choice) for choice in rest_right)
    else:
        yield from zip_longest(left, right)


def paired_calls(
    left: Sequence[ToolCall], right: Sequence[ToolCall]
) -> Iterator[tuple[ToolCall | None, ToolCall | None]]:
    """By id, what is left by name in the order sent, and what is left then stands alone."""
    by_id, rest_left, rest_right = _matched(left, right, lambda call: string_of(call.id))
    by_name, rest_left, rest_right = _matched(rest_left, rest_right, lambda call: call.name)
    found = {id(one): other for one, other in (*by_id, *by_name)}
    yield from ((call, found.get(id(call))) for call in left)
    yield from ((None, call) for call in rest_right)


def _matched(
    left: Sequence[Item], right: Sequence[Item], key: Callable[[Item], str | None]
) -> tuple[list[tuple[Item, Item]], list[Item], list[Item]]:
    """The pairs of one key, each item once in the order sent, and what has no partner on both sides."""
    waiting: dict[str, list[Item]] = {}
    for item in reversed(right):
        if (named := key(item)) is not None:
            waiting.setdefault(named, []).append(item)
    pairs, alone = [], []
    for item in left:
        partners = waiting.get(key(item) or "") if key(item) is not None else None
        if partners:
            pairs.append((item, partners.pop()))
        else:
            alone.append(item)
    taken = {id(other) for _, other in pairs}
    return pairs, alone, [item for item in right if id(item) not in taken]


def _are_unique(choices: Sequence[Choice]) -> bool:
    indexes = [_spelled(choice.index) for choice in choices]
    return None not in indexes and len(set(indexes)) == len(indexes)


def _spelled(node: JsonNode | None) -> str | None:
    return node.text if node is not None else None
