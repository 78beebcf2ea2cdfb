"""The structure tree: every value has its row, and every row is found again."""

import json
import time
from dataclasses import replace
from typing import Any

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from inspector.core.arguments.verdict import Verdict
from inspector.core.completion import read_completion
from inspector.core.inspection import Inspection, Source
from inspector.core.json.document import JsonDocument, Kind
from inspector.core.json.text import parse_body
from inspector.core.outline.marks import DEEPEST
from inspector.core.outline.outline import PAGE, Outline, Row
from tests.answers import SAMPLES, Body, answered, calling, completion, of_sample, outline_of, saved
from tests.outline_rows import names_of, nodes_of, rows_made, rows_of

MESSAGE = "/choices/0/message"
CALL = f"{MESSAGE}/tool_calls/0"
ARGUMENTS = f"{CALL}/function/arguments"
KEYS = st.sampled_from(["", "a", "a", "b", "a/b", "~", "~1", "*", "id", "choices", "message", "0", "é😀", "\\u0061"])
JSON_TEXTS = st.recursive(
    st.sampled_from(["null", "1", '""', '"x"', "true"]),
    lambda kept: (
        st.lists(kept, max_size=4).map(lambda items: f"[{','.join(items)}]")
        | st.lists(st.tuples(KEYS, kept), max_size=4).map(
            lambda items: "{" + ",".join(f'"{key}":{value}' for key, value in items) + "}"
        )
    ),
    max_leaves=25,
)


def outlined(body: Body | str) -> Outline:
    return outline_of(saved(body.encode() if isinstance(body, str) else body))


def document_of(outline: Outline) -> JsonDocument:
    assert outline.inspection.document is not None
    return outline.inspection.document


def below(outline: Outline, pointer: str) -> list[Row]:
    return outline.children(outline.find(pointer))


def state(outline: Outline, pointer: str) -> str:
    return outline.words(outline.find(pointer)).state


def check(outline: Outline) -> None:
    """What holds for every outline."""
    every = list(rows_of(outline))
    for row in every:
        children = outline.children(row)
        assert outline.children(row) is children
        assert outline.words(row) is outline.words(row)
        assert outline.has_children(row) == bool(children)
        assert [child.position for child in children] == list(range(len(children)))
        assert all(child.parent is row and child.depth == row.depth + 1 for child in children)
        for words in (outline.words(row).name, outline.words(row).value, outline.words(row).state):
            assert "\n" not in words
            assert len(words) <= 220
        assert outline.words(row).name
    if outline.inspection.document is None:
        assert every == [outline.root]
        return
    plain = [row for row in every if row.node is not None and row.inner is None and not row.is_range]
    assert [row.node for row in plain] == list(nodes_of(document_of(outline)))
    for row in plain:
        assert row.node is not None
        assert row.pointer == row.node.pointer
        assert outline.row_of(row.node) is row
        found = outline.find(row.pointer)
        assert found.pointer == row.pointer
        assert found.node == (document_of(outline).find(row.pointer) or found.node)
    for row in every:
        if row.node is None:
            found = outline.find(row.pointer)
            assert (found.pointer, found.node) == (row.pointer, None)


@pytest.mark.parametrize("name", SAMPLES)
def test_every_value_of_every_sample_has_its_row_in_the_order_sent(name: str) -> None:
    check(outline_of(of_sample(name)))


@given(JSON_TEXTS)
@example('{"a":{"a":1},"a":[{"a":2}],"a":3}')
@example('{"choices":{"*":{"message":{}}}}')
@example('{"choices":[null,{}],"choices":[null,{}]}')
@example('{"choices":[{"message":{"tool_calls":[{"function":{"arguments":{"a":[1]}}}]}}]}')
@example('{"choices":[{"message":{"tool_calls":[{"function":{"arguments":"1"}}],"tool_calls":[]}}]}')
def test_every_value_of_any_json_has_its_row(text: str) -> None:
    check(outlined(text))


@given(
    JSON_TEXTS,
    st.lists(st.sampled_from(["", "a", "b", "0", "1", "-1", "00", "a~1b", "~0", "²", "9" * 5000]), max_size=5),
)
@example("[[1]]", ["0", "9" * 5000])
@example("[[1]]", ["²"])
def test_a_pointer_that_leads_nowhere_gives_the_nearest_row_above(text: str, steps: list[str]) -> None:
    outline = outlined(text)
    pointer = "".join(f"/{step}" for step in steps)
    row = outline.find(pointer)
    assert f"{pointer}/".startswith(f"{row.pointer}/")
    assert all(child.pointer != pointer for child in rows_of(outline)) or row.pointer == pointer


@pytest.mark.parametrize(
    ("pointer", "nearest"),
    [
        ("/nowhere", ""),
        ("/choices/1", "/choices"),
        ("/choices/-", "/choices"),
        ("/choices/-1", "/choices"),
        (f"{MESSAGE}/nowhere/at/all", MESSAGE),
        ("/model/below/a/string", "/model"),
        (f"{ARGUMENTS}/city", ARGUMENTS),
        ("no pointer", ""),
    ],
)
def test_a_missing_place_of_a_completion(pointer: str, nearest: str) -> None:
    outline = outlined(calling('{"city": "Ulm"}'))
    row = outline.find(pointer)
    assert row.pointer == nearest
    assert row.node == document_of(outline).find(nearest)


class TestRoots:
    @pytest.mark.parametrize(
        ("body", "value"),
        [
            ("null", "no id in the body"),
            ("[1,2]", "no id in the body"),
            ('"text"', "no id in the body"),
            ("17", "no id in the body"),
        ],
    )
    def test_a_file_of_any_value_is_taken_for_a_completion(self, body: str, value: str) -> None:
        outline = outlined(body)
        assert outline.words(outline.root).name == "Completion"
        assert outline.words(outline.root).value == value
        assert len(outline.children(outline.root)) == (2 if body == "[1,2]" else 0)
        check(outline)

    def test_an_error_of_the_service_is_an_answer(self) -> None:
        outline = outline_of(answered(b'{"error": {"message": "No", "extra": 1}}', status=404))
        words = outline.words(outline.root)
        assert (words.name, words.value, words.state) == ("Answer", "{…} 1 field", "")
        assert names_of(outline.children(outline.root)) == ["error"]
        assert outline.words(outline.find("/error/message")).value == "No"
        assert state(outline, "/error/extra") == ""

    @pytest.mark.parametrize(("body", "expected"), [(b"<html>", "not JSON"), (b'{"id": ', "not JSON"), (b"", "")])
    def test_a_body_without_structure_is_one_row(self, body: bytes, expected: str) -> None:
        outline = outline_of(answered(body, status=502))
        words = outline.words(outline.root)
        assert (words.name, words.value, words.state) == ("Answer", "", expected)
        assert not outline.has_children(outline.root)
        assert outline.find("/choices/0") is outline.root


class TestFields:
    def test_fields_stand_in_the_order_sent(self) -> None:
        outline = outlined('{"model":"m","id":"a","usage":{},"choices":[],"object":"o","created":1}')
        assert names_of(outline.children(outline.root)) == ["model", "id", "usage", "choices", "object", "created"]

    def test_unknown_fields_are_marked_where_the_description_knows_all_fields(self) -> None:
        body = completion({"reasoning": "r", "audio": {"id": "a", "odd": 1}}, **{"provider": {"name": "p"}, "*": 1})
        outline = outlined(body)
        marked = {row.pointer for row in rows_of(outline) if outline.words(row).state == "not in the spec"}
        assert {f"{MESSAGE}/reasoning", "/provider"} <= marked
        assert marked <= {f"{MESSAGE}/reasoning", "/provider", "/*"}
        assert outline.words(outline.find("/*")).state in ("not in the spec", "info")

    def test_required_fields_that_are_absent_have_rows_after_the_others(self) -> None:
        outline = outlined('{"id":"a","choices":[{"message":{}}],"usage":null}')
        rows = outline.children(outline.root)
        assert names_of(rows) == ["id", "choices", "usage", "object", "created", "model"]
        assert [row.node is None for row in rows] == [False, False, False, True, True, True]
        words = outline.words(outline.find("/model"))
        assert (words.name, words.value, words.state) == ("model", "", "absent, though required")
        assert names_of(below(outline, "/choices/0")) == ["message", "index", "finish_reason"]
        assert names_of(below(outline, MESSAGE)) == ["role"]
        assert below(outline, "/usage") == []
        assert not outline.has_children(outline.find("/model"))
        assert outline.find("/model/below").pointer == "/model"

    def test_an_empty_object_opens_onto_what_it_lacks(self) -> None:
        outline = outlined("{}")
        assert outline.has_children(outline.root)
        assert len(outline.children(outline.root)) == 6

    def test_an_answer_that_is_no_completion_lacks_nothing(self) -> None:
        outline = outline_of(answered(b'{"error": {}}', status=500))
        assert names_of(outline.children(outline.root)) == ["error"]

    def test_a_custom_call_does_not_lack_a_function(self) -> None:
        call = {"id": "c", "type": "custom", "custom": {"name": "f", "input": "free"}}
        outline = outlined(completion({"tool_calls": [call, {"id": "d"}]}))
        assert names_of(below(outline, CALL)) == ["id", "type", "custom"]
        assert names_of(below(outline, f"{MESSAGE}/tool_calls/1")) == ["id", "type", "function"]

    def test_names_of_choices_and_calls(self) -> None:
        outline = outlined(calling("{}"))
        assert outline.words(outline.find("/choices/0")).name == "Choice 1"
        assert outline.words(outline.find(CALL)).name == "Call 1"

    def test_keys_that_pointers_escape(self) -> None:
        outline = outlined('{"":1,"a/b":2,"~":3,"a\\nb":4,"~1":5}')
        rows = outline.children(outline.root)[:5]
        assert [row.pointer for row in rows] == ["/", "/a~1b", "/~0", "/a\nb", "/~01"]
        assert [outline.words(row).name for row in rows] == ["“”", "a/b", "~", "a⏎b", "~1"]
        assert [outline.find(row.pointer) for row in rows] == rows

    def test_repeated_keys_have_a_row_each_and_the_last_is_found(self) -> None:
        outline = outlined('{"a":1,"a":{"b":2},"a":{"c":3}}')
        first, second, third = outline.children(outline.root)[:3]
        assert [row.name for row in (first, second, third)] == ["a", "a", "a"]
        assert outline.find("/a") is third
        assert outline.find("/a/b").parent is second
        assert outline.find("/a/nowhere") is third
        (inside,) = outline.children(second)
        assert inside.node is not None
        assert outline.row_of(inside.node) is inside

    def test_of_repeated_calls_those_that_count_have_the_verdict(self) -> None:
        sent = '[{"id":"a","type":"function","function":{"name":"f","arguments":"ARGUMENTS"}}]'
        first, second = (f'"tool_calls":{sent.replace("ARGUMENTS", text)}' for text in ("{", "{}"))
        outline = outlined('{"choices":[{"message":{' + first + "," + second + "}}]}")
        lists = [row for row in below(outline, MESSAGE) if row.name == "tool_calls"]
        verdicts = []
        for row in lists:
            (call,) = outline.children(row)
            arguments = outline.children(outline.children(call)[2])[1]
            verdicts.append(arguments.arguments.verdict if arguments.arguments else None)
        assert verdicts == [None, Verdict.OBJECT]


class TestArguments:
    def test_they_open_as_a_tree_of_their_own(self) -> None:
        outline = outlined(calling('{"city": "Ulm", "days": [{"a/b": 1}]}'))
        row = outline.find(ARGUMENTS)
        assert row.arguments is not None
        assert row.node is not None
        assert row.node.kind is Kind.STRING
        inside = [each for each in rows_of(outline) if each.inner is not None]
        assert [each.inner for each in inside] == ["/city", "/days", "/days/0", "/days/0/a~1b"]
        assert {each.pointer for each in inside} == {ARGUMENTS}
        assert [outline.words(each).name for each in inside] == ["city", "days", "[0]", "a/b"]
        assert [outline.words(each).value for each in inside] == ["Ulm", "[…] 1 item", "{…} 1 field", "1"]
        assert all(each.arguments is None for each in inside)

    @pytest.mark.parametrize(
        ("arguments", "verdict"),
        [
            ("{}", Verdict.OBJECT),
            ("[1]", Verdict.NOT_OBJECT),
            ("{", Verdict.INVALID),
            (" ", Verdict.EMPTY),
            ({"a": 1}, Verdict.NOT_A_STRING),
            (None, Verdict.NOT_A_STRING),
        ],
    )
    def test_the_row_tells_the_verdict(self, arguments: Any, verdict: Verdict) -> None:
        outline = outlined(calling(arguments))
        row = outline.find(ARGUMENTS)
        assert row.arguments is not None
        assert row.arguments.verdict is verdict
        assert outline.words(row).state
        assert (outline.words(row).state == "valid JSON object") == (verdict is Verdict.OBJECT)

    @pytest.mark.parametrize("arguments", ["{", "", "7", '"text"', "null"])
    def test_what_is_no_structure_does_not_open(self, arguments: str) -> None:
        outline = outlined(calling(arguments))
        assert not outline.has_children(outline.find(ARGUMENTS))

    def test_given_as_an_object_they_are_part_of_the_body(self) -> None:
        outline = outlined(calling({"city": {"name": "Ulm"}}))
        row = outline.find(f"{ARGUMENTS}/city/name")
        assert (row.pointer, row.inner) == (f"{ARGUMENTS}/city/name", None)
        assert outline.words(row).value == "Ulm"
        assert state(outline, f"{ARGUMENTS}/city") == ""

    def test_absent_they_are_absent(self) -> None:
        outline = outlined(completion({"tool_calls": [{"id": "a", "type": "function", "function": {"name": "f"}}]}))
        row = outline.find(ARGUMENTS)
        assert (row.node, row.arguments) == (None, None)
        assert outline.words(row).state == "absent, though required"

    def test_the_old_form_and_custom_input(self) -> None:
        call = {"id": "c", "type": "custom", "custom": {"name": "f", "input": '{"a": 1}'}}
        outline = outlined(completion({"function_call": {"name": "f", "arguments": '{"a": 1}'}, "tool_calls": [call]}))
        legacy = outline.find(f"{MESSAGE}/function_call/arguments")
        assert names_of(outline.children(legacy)) == ["a"]
        custom = outline.find(f"{CALL}/custom/input")
        assert custom.arguments is not None
        assert custom.arguments.verdict is Verdict.FREE_TEXT
        assert outline.children(custom) == []

    @pytest.mark.parametrize("times", [1, 2, 3])
    def test_encoded_again_and_again_they_are_decoded_as_often(self, times: int) -> None:
        text = json.dumps({"a": {"b": 1}})
        for _ in range(times):
            text = json.dumps(f" {text}")
        outline = outlined(calling(text))
        row = outline.find(ARGUMENTS)
        for _ in range(times):
            assert outline.has_children(row)
            (row,) = outline.children(row)
            assert outline.words(row).name == "decoded once more"
            assert outline.words(row).state == ""
            assert (row.pointer, row.inner, row.arguments) == (ARGUMENTS, "", None)
        inside = [each.inner for each in rows_of(outline) if each.inner]
        assert inside == ["/a", "/a/b"]
        check(outline)

    def test_a_string_inside_them_is_not_decoded(self) -> None:
        outline = outlined(calling(json.dumps({"a": json.dumps({"b": 1})})))
        (row,) = below(outline, ARGUMENTS)
        assert not outline.has_children(row)


class TestRanges:
    def test_a_thousand_children_are_rows_and_one_more_are_ranges(self) -> None:
        outline = outlined({"whole": [0] * PAGE, "more": [0] * (PAGE + 1)})
        assert len(below(outline, "/whole")) == PAGE
        assert [outline.words(row).name for row in below(outline, "/more")] == ["[0 … 999]", "[1,000 … 1,000]"]

    def test_2500_items(self) -> None:
        outline = outlined({"many": [[number] for number in range(2500)]})
        ranges = below(outline, "/many")
        assert [(row.first, row.last, row.is_range) for row in ranges] == [
            (0, 1000, True),
            (1000, 2000, True),
            (2000, 2500, True),
        ]
        assert [len(outline.children(row)) for row in ranges] == [1000, 1000, 500]
        assert [(outline.words(row).value, outline.words(row).state) for row in ranges] == [("", "")] * 3
        row = outline.find("/many/1234/0")
        assert (row.name, row.pointer) == ("0", "/many/1234/0")
        assert row.parent is not None
        assert row.parent.parent is ranges[1]
        assert row.parent.position == 234
        assert outline.find("/many/2500").pointer == "/many"
        check(outline)

    def test_members_of_an_object_are_found_by_key_in_whatever_range_they_stand(self) -> None:
        keys = [str(number) for number in reversed(range(2500))]
        keys[7], keys[1700] = "a/b", "9" * 5000
        outline = outlined({"many": dict.fromkeys(keys, 0)})
        ranges = below(outline, "/many")
        for place, step in ((7, "a~1b"), (8, "2491"), (1700, "9" * 5000), (2499, "0")):
            row = outline.find(f"/many/{step}")
            assert row.pointer == f"/many/{step}"
            assert row.parent is ranges[place // PAGE]
            assert row.position == place % PAGE
        assert outline.find("/many/nowhere") is outline.find("/many")

    def test_arguments_have_ranges_too(self) -> None:
        outline = outlined(
            calling(json.dumps({"many": list(range(1500)), **{f"k{number}": 0 for number in range(1200)}}))
        )
        first, second = below(outline, ARGUMENTS)
        assert [outline.words(row).name for row in (first, second)] == ["[0 … 999]", "[1,000 … 1,200]"]
        assert [row.inner for row in outline.children(second)[:2]] == ["/k999", "/k1000"]
        many = outline.children(first)[0]
        assert [row.inner for row in outline.children(many)] == ["/many", "/many"]
        assert [row.inner for row in outline.children(outline.children(many)[1])][:2] == ["/many/1000", "/many/1001"]
        check(outline)

    def test_a_million_and_one_items_are_made_only_where_somebody_looks(self) -> None:
        body = b"[" + b"0," * 1_000_000 + b"0]"
        document = parse_body(body)
        assert isinstance(document, JsonDocument)
        outline = outline_of(Inspection(None, Source("file"), body, document=document))
        begin = time.monotonic()
        ranges = outline.children(outline.root)
        assert len(ranges) == 1001
        assert [outline.words(row).name for row in ranges[-2:]] == ["[999,000 … 999,999]", "[1,000,000 … 1,000,000]"]
        assert all(outline.has_children(row) and outline.severity(row) is None for row in ranges)
        assert rows_made(outline) == 1 + 1001
        row = outline.find("/999999")
        assert row.name == "999999"
        assert rows_made(outline) == 1 + 1001 + 1000
        assert time.monotonic() - begin < 5


class TestDepth:
    @pytest.mark.parametrize(("opening", "closing", "step"), [("[", "]", "/0"), ('{"a/":', "}", "/a~1")])
    def test_a_hundred_thousand_levels(self, opening: str, closing: str, step: str) -> None:
        levels = 100_000
        outline = outlined(opening * levels + "0" + closing * levels)
        begin = time.monotonic()
        every = [row for row in rows_of(outline) if row.node is not None]
        assert [row.depth for row in every] == list(range(DEEPEST + 1))
        assert all(outline.words(row).value for row in every)
        floor = every[-1]
        assert floor.pointer == step * DEEPEST
        assert (outline.has_children(floor), outline.children(floor)) == (False, [])
        assert outline.words(floor).state == "too deep for this tree"
        assert outline.find(step * levels) is floor
        assert outline.find(step * DEEPEST) is floor
        assert outline.find(step * (DEEPEST - 1)) is every[-2]
        deepest = document_of(outline).at(len(opening) * levels)
        assert outline.row_of(deepest) is floor
        assert time.monotonic() - begin < 10

    def test_the_last_level_that_fits_is_shown(self) -> None:
        outline = outlined("[" * DEEPEST + "0" + "]" * DEEPEST)
        row = outline.find("/0" * DEEPEST)
        assert row.depth == DEEPEST
        assert outline.words(row).value == "0"
        assert outline.words(row).state == ""
        check(outline)

    def test_deep_arguments(self) -> None:
        outline = outlined(calling('{"a":' * 5000 + "0" + "}" * 5000))
        deepest = max(rows_of(outline), key=lambda row: row.depth)
        assert deepest.depth == DEEPEST
        assert outline.words(deepest).state == "too deep for this tree"
        assert not outline.has_children(deepest)

    def test_ranges_count_as_levels(self) -> None:
        outline = outlined("[" * (DEEPEST - 1) + ",".join("0" * 1500) + "]" * (DEEPEST - 1))
        pointer = "/0" * (DEEPEST - 2)
        first, second = below(outline, pointer)
        assert (first.depth, second.is_range) == (DEEPEST - 1, True)
        assert len(outline.children(second)) == 500
        assert outline.find(f"{pointer}/1499").parent is second


def test_rows_of_calls_are_made_without_reading_any_arguments() -> None:
    call = calling("{}")["choices"][0]["message"]["tool_calls"][0]
    outline = outline_of(saved(completion({"tool_calls": [call] * 3})))
    found = outline.inspection.completion
    assert found is not None
    unread = read_completion(found.document)
    outline.inspection = replace(outline.inspection, completion=unread)
    rows = outline.children(outline.find("/choices/0/message/tool_calls"))
    message = unread.choices[0].message
    assert message is not None
    assert message.tool_calls._made == {}
    assert rows[1].call is message.tool_calls[1]
    assert list(message.tool_calls._made) == [1]
