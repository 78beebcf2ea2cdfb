"""Entries: made when looked at, once, and found by their value."""

from collections.abc import Callable
from dataclasses import dataclass

import pytest

from inspector.core.json.document import JsonDocument, JsonNode
from inspector.core.json.entries import Entries, given
from inspector.core.json.text import parse_text


@dataclass(frozen=True)
class Thing:
    node: JsonNode


def root_of(text: str) -> JsonNode:
    document = parse_text(text)
    assert isinstance(document, JsonDocument)
    return document.root


def maker(made: list[str]) -> Callable[[JsonNode], Thing]:
    def make(node: JsonNode) -> Thing:
        made.append(node.text)
        return Thing(node)

    return make


def test_only_what_is_looked_at_is_made_and_that_once() -> None:
    made: list[str] = []
    entries = Entries(root_of('[{"a": 1}, 2, {"b": 3}, null, {}]'), maker(made))
    assert len(entries) == 3
    assert made == []
    assert entries[1].node.text == '{"b": 3}'
    assert entries[-2] is entries[1]
    assert made == ['{"b": 3}']
    assert [each.node.place for each in entries] == [0, 2, 4]
    assert entries[:2] == (entries[0], entries[1])
    assert len(made) == 3


def test_the_last_ones_stand_behind_the_array() -> None:
    extra = Thing(root_of("{}"))
    entries = Entries(root_of("[{}]"), Thing, (extra,))
    assert len(entries) == 2
    assert entries[1] is extra
    assert entries.of(extra.node) is extra
    with pytest.raises(IndexError):
        entries[2]


def test_an_entry_is_found_by_its_very_value() -> None:
    root = root_of('[{}, {"a": {}}, 3]')
    entries = Entries(root, Thing)
    assert entries.of(root.child(1)) is entries[1]
    assert entries.of(root.child(2)) is None
    assert entries.of(root.child(1).child(0)) is None
    assert entries.of(root) is None
    assert entries.of(root_of('[{}, {"a": {}}, 3]').child(1)) is None


@pytest.mark.parametrize("text", ["{}", "null", '"[{}]"', "[]", "[1]"])
def test_what_is_no_array_of_objects_has_no_entries(text: str) -> None:
    assert len(Entries(root_of(text), Thing)) == 0
    assert len(Entries(None, Thing)) == 0


def test_entries_that_are_there_already() -> None:
    things = [Thing(root_of("{}")), Thing(root_of("[]"))]
    entries = given(iter(things))
    assert list(entries) == things
    assert entries.of(things[1].node) is things[1]
    assert entries.of(root_of("[]")) is None
