"""Values held against each other."""

import json
from collections.abc import Iterator

import pytest
from hypothesis import given
from hypothesis import strategies as st

from inspector.core.comparison.difference import Change, Difference
from inspector.core.comparison.values import DEEPEST, compare_values, whole
from inspector.core.json.document import JsonDocument, JsonNode
from inspector.core.json.text import parse_text

VALUES = st.recursive(
    st.none() | st.booleans() | st.integers() | st.text(max_size=3),
    lambda below: st.lists(below, max_size=3) | st.dictionaries(st.text(max_size=2), below, max_size=3),
    max_leaves=8,
)


def parsed(text: str) -> JsonNode:
    document = parse_text(text)
    assert isinstance(document, JsonDocument)
    return document.root


def compared(left: str, right: str) -> Difference:
    return compare_values("value", parsed(left), parsed(right))


def ends(difference: Difference) -> Iterator[Difference]:
    if not difference.below:
        yield difference
    for below in difference.below:
        yield from ends(below)


def leaves(difference: Difference) -> Iterator[tuple[str, Change]]:
    return ((part.name, part.change) for part in ends(difference))


def texts(part: Difference) -> tuple[str, str]:
    return part.left.text if part.left else "", part.right.text if part.right else ""


@pytest.mark.parametrize(
    ("left", "right", "change"),
    [
        ("1.10", "1.1", Change.RESPELLED),
        ("1e400", "1e401", Change.CHANGED),
        (r'"\u0061"', '"a"', Change.RESPELLED),
        ('"a"', '"b"', Change.CHANGED),
        ("true", "false", Change.CHANGED),
        ("1", '"1"', Change.CHANGED),
        ("[1,2]", "[ 1, 2 ]", Change.SAME),
        ("[1,2]", "[2,1]", Change.INSIDE),
        ('{"a":1,"b":2}', '{"b":2,"a":1}', Change.REORDERED),
        ('[{"a":1,"b":2}]', '[{"b":2,"a":1}]', Change.REORDERED),
        ('[1.0, {"a":1,"b":2}]', '[1, {"b":2,"a":1}]', Change.RESPELLED),
        ("{}", "{ }", Change.SAME),
    ],
)
def test_what_became_of_a_value(left: str, right: str, change: Change) -> None:
    assert compared(left, right).change is change


def test_members_are_matched_by_key_and_repeated_ones_by_turn() -> None:
    difference = compared('{"a":1,"b":1,"a":2}', '{"a":1,"c":1,"a":3,"a":4}')
    assert list(leaves(difference)) == [
        ("a", Change.SAME),
        ("b", Change.REMOVED),
        ("a", Change.CHANGED),
        ("a", Change.ADDED),
        ("c", Change.ADDED),
    ]


def test_what_lies_too_deep_is_compared_as_spelled() -> None:
    deep = "[" * 100_000
    difference = compared(f"{deep}1{']' * 100_000}", f"{deep}2{']' * 100_000}")
    for _ in range(DEEPEST):
        (difference,) = difference.below
    assert (difference.change, difference.below) == (Change.CHANGED, ())


def test_a_side_may_have_nothing() -> None:
    assert compare_values("x", None, None).change is Change.SAME
    assert whole("x", None, None, [compare_values("y", None, parsed("1"))]).change is Change.INSIDE


@pytest.mark.parametrize(
    ("left", "right", "orders"),
    [
        ('{"a":1,"b":2}', '{"b":2,"a":1}', ("a, b", "b, a")),
        ('{"a":1,"b":2,"c":3}', '{"b":2,"x":0,"a":5}', ("a, b", "b, a")),
        ('{"a":1,"b":2,"a":3}', '{"a":1,"a":3,"b":2}', ("a, b, a", "a, a, b")),
        ('{"":1,"b":2}', '{"b":2,"":1}', ("“”, b", "b, “”")),
        ('{"a":1,"b":2}', '{"x":0,"a":1,"b":3}', None),
        ('{"a":1,"b":2}', '{ "a":1, "b":2 }', None),
        ("[1,2]", "[2,1]", None),
        ("{}", "[]", None),
    ],
)
def test_the_order_of_the_keys_of_both(left: str, right: str, orders: tuple[str, str] | None) -> None:
    assert compared(left, right).orders == orders
    assert compared(right, left).orders == (None if orders is None else orders[::-1])


def test_long_values_are_the_same_to_the_last_byte() -> None:
    long = "x" * 3_000_000
    assert compared(f'"{long}a"', f'"{long}a"').change is Change.SAME
    assert compared(f'"{long}a"', f'"{long}b"').change is Change.CHANGED


CHANGED_OVER = {Change.ADDED: Change.REMOVED, Change.REMOVED: Change.ADDED}


@given(VALUES, VALUES)
def test_the_other_way_round_is_the_same_with_the_sides_changed_over(left: object, right: object) -> None:
    one, other = (compared(json.dumps(a), json.dumps(b)) for a, b in ((left, right), (right, left)))
    told = sorted((str(CHANGED_OVER.get(part.change, part.change)), *texts(part)[::-1]) for part in ends(one))
    assert told == sorted((str(part.change), *texts(part)) for part in ends(other))


@given(VALUES, VALUES)
def test_values_are_called_the_same_only_if_they_are(left: object, right: object) -> None:
    change = compared(json.dumps(left), json.dumps(right, indent=1, ensure_ascii=False)).change
    equal = json.dumps(left, sort_keys=True) == json.dumps(right, sort_keys=True)
    assert (change in (Change.SAME, Change.REORDERED, Change.RESPELLED)) is equal
