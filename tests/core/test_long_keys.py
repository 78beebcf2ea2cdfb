"""Keys of megabytes: what stands below them costs what it is, and not the key once more for each place."""

import json
import tracemalloc
from functools import reduce
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from inspector.core.findings import Severity
from inspector.core.inspection import Inspection
from inspector.core.json.document import JsonDocument, JsonNode
from inspector.core.json.pointers import LONGEST_POINTER, NearPointers, near_pointer
from inspector.core.json.text import parse_body
from inspector.core.moment import Moment
from inspector.core.outline.outline import Outline
from inspector.core.schemas.tool_schemas import SchemaVerdict
from inspector.core.search.hits import search_answer
from inspector.core.search.searcher import Wish
from tests.inspections import NOW, call, completion, inspected
from tests.outline_rows import rows_of
from tests.schema_checks import check

KEY = "k" * 2_000_000
BELOW = {f"m{number}": {"a\u200b": number} for number in range(300)}
ENCODED = json.dumps({KEY: BELOW})
BODIES: dict[str, dict[str, Any]] = {
    "at the top": completion() | {KEY: BELOW},
    "in the message": completion(**{KEY: BELOW}),
    "escaped": completion() | {f"{KEY}/~": BELOW},
    "arguments": completion(tool_calls=[call(ENCODED)]),
    "arguments as an object": completion(tool_calls=[call({KEY: BELOW})]),
    "many levels": completion() | {"x": reduce(lambda value, _: {"k" * 10_600: value, "b": 1}, range(190), BELOW)},
    "encoded twice": completion(tool_calls=[call(json.dumps(ENCODED))]),
}
bodies = pytest.mark.parametrize("body", BODIES.values(), ids=BODIES.keys())


def of(body: dict[str, Any]) -> Inspection:
    return inspected(json.dumps(body, ensure_ascii=False).encode())


@pytest.mark.fault(row="huge numbers, depths, strings, counts")
@bodies
def test_a_row_holds_no_key_but_its_own(body: dict[str, Any]) -> None:
    outline = Outline(of(body), Moment(NOW))
    tracemalloc.start()
    rows = [(row, outline.words(row), outline.severity(row)) for row in rows_of(outline)]
    _, most = tracemalloc.get_traced_memory()
    tracemalloc.stop()
    assert len(rows) > 600
    assert most < 12 * len(KEY), "as pointers they were two gigabytes"
    deepest, *_ = next(row for row in rows if row[0].name == "a\u200b")
    assert len(deepest.inner or deepest.pointer) > len(KEY), "it is there for whoever asks"


@bodies
def test_a_finding_names_a_place_that_somebody_can_use(body: dict[str, Any]) -> None:
    inspection = of(body)
    assert inspection.findings
    for finding in inspection.findings:
        assert len(finding.pointer) <= LONGEST_POINTER
        assert inspection.document is not None
        assert inspection.document.find(finding.pointer) is not None


def test_the_nearest_place_is_marked_instead() -> None:
    outline = Outline(of(BODIES["in the message"]), Moment(NOW))
    message = outline.find("/choices/0/message")
    assert outline.own_severity(message) is Severity.INFO
    below = outline.children(message)[-1]
    assert (below.name, outline.severity(below)) == (KEY, None)


def test_a_hit_names_a_place_that_somebody_can_use() -> None:
    answered = search_answer(of(BODIES["at the top"]), Wish("m29"))
    assert len(answered.hits) == 11
    assert {hit.pointer for hit in answered.hits} == {""}


def test_a_pointer_ends_before_the_key_that_is_too_long() -> None:
    document = parse_body(json.dumps({"a": [{"b": {KEY: {"c": 1}}}]}).encode())
    assert isinstance(document, JsonDocument)
    deepest = document.at(len(document.source) - 6)
    assert (deepest.key, near_pointer(deepest)) == ("c", "/a/0/b")
    assert near_pointer(deepest.parent) == "/a/0/b"
    assert (near_pointer(document.root), near_pointer(None)) == ("", "")


class TestSchemas:
    """The validator keeps with every error all names on the way to it."""

    def test_few_values_behind_a_long_name_are_checked(self) -> None:
        checked = check({"additionalProperties": {"additionalProperties": {"type": "string"}}}, {KEY: {"a": 1, "b": 2}})
        assert checked.verdict is SchemaVerdict.FAILS
        assert [violation.pointer for violation in checked.violations] == ["", ""]

    def test_many_are_not(self) -> None:
        checked = check({}, {KEY: dict.fromkeys(map(str, range(30)), 1)})
        assert checked.verdict is SchemaVerdict.NOT_CHECKED
        assert "too many values behind names that are too long" in checked.reason

    def test_names_given_twice_are_told_at_a_place_that_somebody_can_use(self) -> None:
        checked = check({}, f'{{"{KEY}": {{"a": 1, "a": 2}}, "b": 1, "b": 2}}')
        assert [note.pointer for note in checked.notes if "more than once" in note.message] == ["", "/b"]


@given(
    st.recursive(st.integers(), lambda below: st.lists(below) | st.dictionaries(st.text(max_size=3), below)), st.data()
)
def test_many_pointers_are_the_same_as_one_by_one(value: Any, data: st.DataObject) -> None:
    document = parse_body(json.dumps(value).encode())
    assert isinstance(document, JsonDocument)
    pointers = NearPointers(document)
    for index in data.draw(st.lists(st.integers(0, len(document) - 1))):
        assert pointers.of(index) == near_pointer(JsonNode(document, index))


@bodies
def test_behind_long_keys_and_at_depth_too(body: dict[str, Any]) -> None:
    deep = b'{"a": [' * 1_500 + b"1" + b', {"b": 2}]}' * 1_500
    for document in (of(body).document, parse_body(deep)):
        assert isinstance(document, JsonDocument)
        pointers = NearPointers(document)
        for index in range(0, len(document), 7):
            assert pointers.of(index) == near_pointer(JsonNode(document, index))


def test_pointers_at_depth_take_a_step_for_each_value() -> None:
    document = parse_body(b'{"a":' * 10_000 + b"1" + b"}" * 10_000)
    assert isinstance(document, JsonDocument)
    steps = Counted(document.parents)
    document.parents = steps  # type: ignore[assignment]
    pointers = NearPointers(document)
    for index in range(len(document)):
        pointers.of(index)
    assert steps.looked < 2 * len(document), "one by one they take fifty million"


class Counted:
    """A column, and how often it was looked at."""

    def __init__(self, column: Any) -> None:
        self.column, self.looked = column, 0

    def __getitem__(self, index: int) -> int:
        self.looked += 1
        return int(self.column[index])
