"""Elements of arrays and their partners."""

import json

from hypothesis import given
from hypothesis import strategies as st

from inspector.core.comparison.difference import Change
from inspector.core.comparison.elements import paired_places
from inspector.core.comparison.values import compare_values
from inspector.core.json.document import JsonDocument, JsonNode
from inspector.core.json.text import parse_text

KEYS = st.lists(st.sampled_from("abcd"), max_size=9)
MANY = [{"role": "user", "content": f"Question {number}"} for number in range(50)]


def parsed(text: str) -> JsonNode:
    document = parse_text(text)
    assert isinstance(document, JsonDocument)
    return document.root


def changes(left: str, right: str) -> list[tuple[str, Change]]:
    below = compare_values("list", parsed(left), parsed(right)).below
    return [(part.name, part.change) for part in below if part.change is not Change.SAME]


def test_an_element_that_is_put_in_is_one_difference() -> None:
    new = {"role": "system", "content": "Be kind."}
    assert changes(json.dumps(MANY), json.dumps([new, *MANY])) == [("0", Change.ADDED)]
    assert changes(json.dumps([*MANY[:9], new, *MANY[9:]]), json.dumps(MANY)) == [("9", Change.REMOVED)]


def test_how_elements_are_laid_out_makes_no_difference() -> None:
    spelled = '[{"a": "x  y", "b": [1, 2]}, {"a": "\\" ", "b": []}]'
    assert changes(spelled, f"[0, {json.dumps(json.loads(spelled), indent=2)[1:]}") == [("0", Change.ADDED)]


def test_spaces_in_a_string_tell_elements_apart() -> None:
    assert changes('["x  y", "z"]', '["x y", "x  y", "z"]') == [("0", Change.ADDED)]


def test_long_elements_are_matched_too() -> None:
    first, second = ("x" * 10_000 + each for each in "ab")
    assert changes(json.dumps([first, second]), json.dumps(["new", first, second])) == [("0", Change.ADDED)]


def test_what_is_between_equal_elements_is_paired_by_position() -> None:
    assert changes("[1, 2, 3, 9]", "[1, 4, 9]") == [("1", Change.CHANGED), ("2", Change.REMOVED)]


def test_without_a_budget_elements_are_paired_by_position() -> None:
    left, right = list("abcdefgh"), list("xabcdefg")
    assert paired_places(left, right, 0) == [(at, at) for at in range(8)]
    assert (0, 1) in paired_places(left, right)


@given(KEYS, KEYS)
def test_every_element_has_one_place_and_all_rise(left: list[str], right: list[str]) -> None:
    pairs = paired_places(left, right)
    assert [one for one, _ in pairs if one is not None] == list(range(len(left)))
    assert [other for _, other in pairs if other is not None] == list(range(len(right)))
    assert (None, None) not in pairs
    assert paired_places(right, left) == [(other, one) for one, other in pairs]


@given(KEYS)
def test_equal_lists_are_paired_one_to_one(keys: list[str]) -> None:
    assert paired_places(keys, keys) == [(at, at) for at in range(len(keys))]


@given(KEYS, KEYS, st.text("xyz", max_size=3))
def test_what_is_put_in_alone_has_no_partner(before: list[str], behind: list[str], new: str) -> None:
    pairs = paired_places([*before, *behind], [*before, *new, *behind])
    assert [one for one, _ in pairs].count(None) == len(new)
    assert all(None in pair or pair[1] in range(len(before) + len(new) + len(behind)) for pair in pairs)
    assert [other for one, other in pairs if one is None] == list(range(len(before), len(before) + len(new)))
