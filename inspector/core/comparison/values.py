"""Two JSON values held against each other: keys by name, elements by equal ones, numbers by value and spelling."""

from collections import defaultdict
from collections.abc import Iterable, Iterator

from inspector.core.comparison.difference import Change, Difference
from inspector.core.comparison.elements import paired_elements
from inspector.core.comparison.key_order import key_orders
from inspector.core.comparison.numbers import is_same_number
from inspector.core.json.document import JsonNode, Kind

DEEPEST = 200
"""Levels that are walked; what lies deeper is compared as spelled."""
_CONTAINERS = (Kind.OBJECT, Kind.ARRAY)
_QUIET = (Change.SAME, Change.EXPECTED, Change.REORDERED)
_TURN = 1 << 20
"""Bytes that are compared at once: other threads wait meanwhile."""
Pair = tuple[str, JsonNode | None, JsonNode | None]


def compare_values(name: str, left: JsonNode | None, right: JsonNode | None, depth: int = 0) -> Difference:
    """How the left value became the right one."""
    if left is None or right is None:
        change = Change.SAME if left is right else Change.ADDED if left is None else Change.REMOVED
        return Difference(name, change, left, right)
    if _is_same(left, right):
        return Difference(name, Change.SAME, left, right)
    if left.kind is not right.kind or left.kind not in _CONTAINERS or depth >= DEEPEST:
        return Difference(name, _change_of(left, right), left, right)
    pairs = _members(left, right) if left.kind is Kind.OBJECT else paired_elements(left, right)
    return whole(name, left, right, [compare_values(*pair, depth + 1) for pair in pairs])


def whole(name: str, left: JsonNode | None, right: JsonNode | None, below: Iterable[Difference]) -> Difference:
    """A value whose parts were compared one by one."""
    parts = tuple(below)
    orders = key_orders(left, right)
    return Difference(name, _sum_of(parts, reordered=orders is not None), left, right, parts, orders=orders)


def _is_same(left: JsonNode, right: JsonNode) -> bool:
    """Whether both are the same to the byte."""
    if left.end - left.start != right.end - right.start:
        return False
    one, other = left.document.source, right.document.source
    return all(
        one[left.start + at : min(left.start + at + _TURN, left.end)]
        == other[right.start + at : min(right.start + at + _TURN, right.end)]
        for at in range(0, left.end - left.start, _TURN)
    )


def _change_of(left: JsonNode, right: JsonNode) -> Change:
    if left.kind is not right.kind:
        return Change.CHANGED
    if left.kind is Kind.NUMBER:
        return Change.RESPELLED if is_same_number(left.text, right.text) else Change.CHANGED
    is_respelled = left.kind is Kind.STRING and left.string == right.string
    return Change.RESPELLED if is_respelled else Change.CHANGED


def _sum_of(below: tuple[Difference, ...], *, reordered: bool) -> Change:
    changes = {part.change for part in below}
    if changes <= set(_QUIET):
        return Change.REORDERED if reordered or Change.REORDERED in changes else Change.SAME
    return Change.RESPELLED if changes <= {*_QUIET, Change.RESPELLED} else Change.INSIDE


def _members(left: JsonNode, right: JsonNode) -> Iterator[Pair]:
    """By key, in the order of the left side; repeated keys by their turn."""
    waiting: dict[str | None, list[JsonNode]] = defaultdict(list)
    for member in right.children():
        waiting[member.key].append(member)
    taken: dict[str | None, int] = defaultdict(int)
    for member in left.children():
        turn, key = taken[member.key], member.key
        taken[key] += 1
        yield key or "", member, waiting[key][turn] if turn < len(waiting[key]) else None
    for key, members in waiting.items():
        for member in members[taken[key] :]:
            yield key or "", None, member
