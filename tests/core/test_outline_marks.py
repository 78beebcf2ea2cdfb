"""What is severe shows on its row, on all rows above it, and nowhere else."""

import json
import time
from dataclasses import replace
from typing import Any

import pytest

from inspector.core.findings import Finding, Severity
from inspector.core.inspection import Inspection
from inspector.core.outline.marks import DEEPEST, Mark, mark_of
from inspector.core.outline.outline import PAGE, Outline
from inspector.core.schemas.tool_schemas import ToolSchemas
from tests.answers import SAMPLES, Body, calling, completion, of_sample, outline_of, saved
from tests.outline_rows import rows_of

INFO, WARNING, ERROR = Severity.INFO, Severity.WARNING, Severity.ERROR
MESSAGE = "/choices/0/message"
ARGUMENTS = f"{MESSAGE}/tool_calls/0/function/arguments"
INTEGERS = ToolSchemas.read(
    json.dumps(
        [
            {
                "type": "function",
                "function": {
                    "name": "get_weather",
                    "parameters": {"type": "object", "additionalProperties": {"type": ["integer", "array"]}},
                },
            }
        ]
    )
)


def found_at(body: Body, *places: tuple[str, Severity]) -> Outline:
    """The outline of a body in which just this was found."""
    findings = tuple(Finding("a-rule", severity, pointer, "Found.") for pointer, severity in places)
    return outline_of(replace(saved(body), findings=findings))


def checked(arguments: Any) -> Outline:
    """The outline of a call whose arguments should be integers, without other findings."""
    assert isinstance(INTEGERS, ToolSchemas)
    text = arguments if isinstance(arguments, str | dict) else json.dumps(arguments)
    return outline_of(replace(saved(calling(text), tools=INTEGERS), findings=()))


def marked(outline: Outline) -> dict[str, Severity]:
    """Every row that is coloured, by its pointer."""
    severities = ((f"{row.pointer}{row.inner or ''}", outline.severity(row)) for row in rows_of(outline))
    return {pointer: severity for pointer, severity in severities if severity is not None}


def test_nothing_found_is_nothing_marked() -> None:
    assert marked(found_at(completion({}))) == {}


def test_a_row_and_all_above_it_have_the_worst() -> None:
    outline = found_at(completion({}), (f"{MESSAGE}/role", ERROR), ("/choices/0", INFO), ("/model", WARNING))
    assert marked(outline) == {
        "": ERROR,
        "/choices": ERROR,
        "/choices/0": ERROR,
        MESSAGE: ERROR,
        f"{MESSAGE}/role": ERROR,
        "/model": WARNING,
    }
    assert outline.own_severity(outline.find("/choices/0")) is INFO
    assert outline.own_severity(outline.find(MESSAGE)) is None
    assert outline.own_severity(outline.root) is None


@pytest.mark.parametrize("order", [(INFO, ERROR, WARNING), (ERROR, WARNING, INFO), (WARNING, INFO, ERROR)])
def test_of_several_at_one_place_the_worst_counts(order: tuple[Severity, ...]) -> None:
    outline = found_at(completion({}), *(("/model", severity) for severity in order))
    assert outline.own_severity(outline.find("/model")) is ERROR
    assert outline.severity(outline.root) is ERROR


def test_the_state_says_what_is_here_and_what_is_inside() -> None:
    places = [("/choices", WARNING), (f"{MESSAGE}/role", ERROR), ("/usage/total_tokens", INFO), ("/id", INFO)]
    outline = found_at(completion({}, odd={"deep": 1}), *places, ("/odd/deep", WARNING))
    states = {
        pointer: outline.words(outline.find(pointer)).state
        for pointer in ("", "/choices", MESSAGE, f"{MESSAGE}/role", "/usage", "/usage/total_tokens", "/id", "/model")
    }
    assert states == {
        "": "error inside",
        "/choices": "error inside",
        MESSAGE: "error inside",
        f"{MESSAGE}/role": "error",
        "/usage": "",
        "/usage/total_tokens": "info",
        "/id": "info",
        "/model": "",
    }
    assert outline.words(outline.find("/odd")).state == "not in the spec"


def test_a_finding_on_an_absent_field_marks_its_row() -> None:
    outline = found_at({"id": "a"}, ("/model", WARNING))
    assert outline.severity(outline.find("/model")) is WARNING
    assert outline.words(outline.find("/model")).state == "absent, though required"


def test_a_finding_below_what_has_rows_marks_what_is_above() -> None:
    outline = found_at(calling('{"a": 1}'), (f"{ARGUMENTS}/nowhere", ERROR))
    assert outline.severity(outline.find(ARGUMENTS)) is ERROR
    assert outline.own_severity(outline.find(ARGUMENTS)) is None


def test_pointers_that_only_begin_alike_are_not_below_each_other() -> None:
    outline = found_at({"a": {"b": 1}, "ab": 1, "a/b": 1}, ("/ab", ERROR), ("/a~1b", WARNING))
    assert marked(outline) == {"": ERROR, "/ab": ERROR, "/a~1b": WARNING}


class TestRanges:
    def test_only_the_range_with_the_finding_is_marked(self) -> None:
        body = {"many": [{"a": 1}] * 2500, "quiet": [0] * 1500}
        outline = found_at(body, ("/many/1999/a", WARNING), ("/many/2000", ERROR), ("/many", INFO))
        ranges = outline.children(outline.find("/many"))
        assert [outline.severity(row) for row in ranges] == [None, WARNING, ERROR]
        assert [outline.own_severity(row) for row in ranges] == [None, None, None]
        assert [outline.words(row).state for row in ranges] == ["", "", ""]
        assert [outline.severity(row) for row in outline.children(outline.find("/quiet"))] == [None, None]

    def test_a_finding_on_all_marks_no_range(self) -> None:
        outline = found_at({"many": [0] * 2500}, ("/many", ERROR))
        assert [outline.severity(row) for row in outline.children(outline.find("/many"))] == [None] * 3

    def test_in_an_object_the_key_counts_and_not_the_place(self) -> None:
        keys = [str(number) for number in reversed(range(2 * PAGE))]
        outline = found_at({"many": {**dict.fromkeys(keys, 0), "a/b": 0}}, ("/many/0", ERROR), ("/many/a~1b", WARNING))
        assert [outline.severity(row) for row in outline.children(outline.find("/many"))] == [None, ERROR, WARNING]


class TestSchemas:
    def test_what_breaks_the_schema_is_an_error_inside_the_arguments(self) -> None:
        outline = checked(json.dumps({"good": 1, "bad/": "x"}))
        rows = {row.inner: row for row in rows_of(outline) if row.inner is not None}
        bad, good = rows["/bad~1"], rows["/good"]
        assert (outline.severity(bad), outline.own_severity(bad)) == (ERROR, ERROR)
        assert (outline.severity(good), outline.own_severity(good)) == (None, None)
        assert outline.words(bad).state == "breaks the schema"
        assert outline.words(good).state == ""
        assert outline.words(outline.find(ARGUMENTS)).state.startswith("fails its schema")

    def test_in_arguments_given_as_an_object_too(self) -> None:
        outline = checked({"good": 1, "bad": "x"})
        bad, good = outline.find(f"{ARGUMENTS}/bad"), outline.find(f"{ARGUMENTS}/good")
        assert (outline.severity(bad), outline.own_severity(bad)) == (ERROR, ERROR)
        assert outline.words(bad).state == "breaks the schema"
        assert (outline.severity(good), outline.own_severity(good)) == (None, None)

    def test_arguments_that_break_it_as_a_whole_mark_no_row_inside(self) -> None:
        outline = checked(json.dumps(json.dumps({"a": 1})))
        assert "fails its schema" in outline.words(outline.find(ARGUMENTS)).state
        assert marked(outline) == {}

    def test_a_finding_on_the_arguments_is_not_repeated_inside(self) -> None:
        outline = found_at(calling(json.dumps(json.dumps({"a": 1}))), (ARGUMENTS, ERROR))
        (decoded,) = outline.children(outline.find(ARGUMENTS))
        assert (outline.severity(decoded), outline.own_severity(decoded)) == (None, None)

    def test_in_ranges(self) -> None:
        many = {f"k{number}": "x" if number == 1100 else 0 for number in range(1200)}
        outline = checked(json.dumps(many))
        ranges = outline.children(outline.find(ARGUMENTS))
        assert [outline.severity(row) for row in ranges] == [None, ERROR]
        assert [outline.own_severity(row) for row in ranges] == [None, None]

    def test_one_call_does_not_mark_another(self) -> None:
        call = {"id": "a", "type": "function", "function": {"name": "get_weather", "arguments": '{"a": "x"}'}}
        good = {"id": "b", "type": "function", "function": {"name": "get_weather", "arguments": '{"a": 1}'}}
        assert isinstance(INTEGERS, ToolSchemas)
        found: Inspection = saved(completion({"tool_calls": [call, good]}), tools=INTEGERS)
        outline = outline_of(replace(found, findings=()))
        assert list(marked(outline)) == [f"{ARGUMENTS}/a"]


def mark_at(root: Mark, *steps: str) -> Mark | None:
    mark: Mark | None = root
    for step in steps:
        mark = mark.below.get(step) if mark is not None else None
    return mark


class TestMarks:
    def test_below_lists_the_steps_where_something_was_found(self) -> None:
        root = mark_of([("/a/b", WARNING), ("/a/b/c", ERROR), ("/a/d", INFO), ("", INFO)])
        assert (root.own, root.worst, list(root.below)) == (INFO, ERROR, ["a"])
        above = root.below["a"]
        assert (above.own, above.worst) == (None, ERROR)
        assert {step: mark.worst for step, mark in above.below.items()} == {"b": ERROR, "d": INFO}
        assert above.below["b"].own is WARNING
        assert mark_at(root, "a", "b", "c") == Mark(ERROR, ERROR)
        assert mark_at(root, "x") is None

    def test_what_is_deeper_than_the_tree_marks_the_deepest_row_above_it(self) -> None:
        begin = time.monotonic()
        root = mark_of([("/a" * 100_000, ERROR), ("/b" * DEEPEST, WARNING), ("/b" * (DEEPEST + 1), INFO)])
        assert time.monotonic() - begin < 1
        assert mark_at(root, *["a"] * DEEPEST) == Mark(None, ERROR)
        assert mark_at(root, *["b"] * DEEPEST) == Mark(WARNING, WARNING)
        assert root.worst is ERROR

    def test_a_deep_finding_shows_on_the_deepest_row(self) -> None:
        outline = found_at(b'{"a":' * 5000 + b"0" + b"}" * 5000, ("/a" * 5000, ERROR))
        floor = outline.find("/a" * 5000)
        assert floor.depth == DEEPEST
        assert (outline.severity(floor), outline.own_severity(floor)) == (ERROR, None)


@pytest.mark.parametrize("name", SAMPLES)
def test_every_finding_of_every_sample_shows_on_its_row_and_above(name: str) -> None:
    outline = outline_of(of_sample(name))
    for finding in outline.inspection.findings:
        row = outline.find(finding.pointer)
        assert row.pointer == finding.pointer
        own = outline.own_severity(row)
        assert own is not None
        assert own >= finding.severity
        while row.parent is not None:
            severity = outline.severity(row)
            assert severity is not None
            assert severity >= finding.severity
            row = row.parent
    assert outline.severity(outline.root) == outline.inspection.worst
