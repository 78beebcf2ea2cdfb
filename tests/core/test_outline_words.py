"""The value column: a preview of every value, and words where the bare value needs them."""

import json
from typing import Any

import pytest

from inspector.core.inspection import Inspection
from inspector.core.json.document import JsonNode
from inspector.core.moment import Moment
from inspector.core.outline.words import PREVIEW, figure, finish_words, plain_value, preview, value_words
from tests.answers import NOW, SAMPLES, answered, of_sample, saved

MESSAGE = "/choices/*/message"
CALL = f"{MESSAGE}/tool_calls/*"
CELL = 220
"""Characters that a cell may have before item views become slow."""


def root_of(inspection: Inspection) -> JsonNode:
    assert inspection.document is not None
    return inspection.document.root


def words(place: str, value: Any) -> str:
    """The words for a value at a place of a completion."""
    found = saved(b'{"value": %s}' % json.dumps(value).encode())
    node = root_of(found).get("value")
    assert node is not None
    return value_words(place, node, found, Moment(NOW))


@pytest.mark.parametrize(
    ("value", "expected"),
    [
        ("text", "text"),
        ("two\nlines\t\u202e", "two⏎lines⇥⟦RLO⟧"),
        ("", ""),
        ({}, "{}"),
        ({"a": 1}, "{…} 1 field"),
        ({"a": 1, "b": 2}, "{…} 2 fields"),
        ([], "[]"),
        ([[1, 2, 3]], "[…] 1 item"),
        ([0] * 1234, "[…] 1,234 items"),
        (None, "null"),
        (True, "true"),
        (False, "false"),
        (1.50, "1.5"),
        (int("9" * 300), "9" * 159 + "…"),
        ("x" * 300, "x" * 159 + "…"),
    ],
)
def test_a_value_without_words_of_its_own(value: Any, expected: str) -> None:
    assert words("/nowhere", value) == expected
    assert words("/choices/0/nowhere", value) == expected


def test_numbers_keep_their_spelling() -> None:
    node = root_of(saved(b"[1.50E+2]")).child(0)
    assert plain_value("/metadata/*", node) == "1.50E+2"


def test_a_usage_of_null_is_not_reported() -> None:
    assert words("/usage", None) == "null · not reported"
    assert words("/usage/completion_tokens_details", None) == "null · not reported"
    assert words("/metadata", None) == "null"


class TestRoot:
    @pytest.mark.parametrize(
        ("body", "expected"),
        [
            (b'{"id": "chatcmpl-1"}', "chatcmpl-1"),
            (b'{"id": null}', "no id in the body"),
            (b'{"id": 7}', "no id in the body"),
            (b"{}", "no id in the body"),
            (b"[1, 2]", "no id in the body"),
        ],
    )
    def test_a_completion_is_called_by_its_id(self, body: bytes, expected: str) -> None:
        found = saved(body)
        assert value_words("", root_of(found), found, Moment(NOW)) == expected

    def test_another_answer_is_what_it_is(self) -> None:
        found = answered(b'{"error": {"message": "No"}}', status=404)
        assert value_words("", root_of(found), found, Moment(NOW)) == "{…} 1 field"


class TestCreated:
    def test_a_time_in_words(self) -> None:
        assert words("/created", 1_793_611_800).startswith("2026-11-02 09:30:00 UTC · ")

    @pytest.mark.parametrize("value", ["yesterday", None, [1], 10**300])
    def test_what_is_no_time_stays_as_sent_and_short(self, value: Any) -> None:
        assert words("/created", value) == preview(json.dumps(value))
        assert len(words("/created", value)) <= PREVIEW


class TestChoices:
    @pytest.mark.parametrize(
        ("value", "expected"),
        [([], "0 choices"), ([{}], "1 choice"), ([{}, {}], "2 choices"), (None, "null"), ({"a": 1}, "{…} 1 field")],
    )
    def test_they_are_counted(self, value: Any, expected: str) -> None:
        assert words("/choices", value) == expected

    @pytest.mark.parametrize(
        ("value", "expected"),
        [
            ({"message": {"content": "Hello"}, "finish_reason": "stop"}, "stop · Hello"),
            ({"message": {"content": "Hello"}, "finish_reason": ""}, "Hello"),
            ({"message": {"content": "Hello"}, "finish_reason": None}, "Hello"),
            ({"message": {}, "finish_reason": "x" * 99}, "x" * 39 + "… · empty"),
            ({"message": None, "finish_reason": "error"}, "error · null"),
            ({}, "no message"),
            (None, "null"),
            ("text", "text"),
        ],
    )
    def test_one_says_how_it_ended_and_what_it_said(self, value: Any, expected: str) -> None:
        assert words("/choices/*", value) == expected

    @pytest.mark.parametrize(
        ("value", "expected"),
        [
            ("stop", "stop · the model ended by itself"),
            ("length", "length · the token limit was reached"),
            ("tool_calls", "tool_calls · the model called tools"),
            ("content_filter", "content_filter · content was left out by a filter"),
            ("function_call", "function_call · the model called a function (old form)"),
            ("eos_token", "eos_token"),
            ("", "“”"),
            ("a\nb", "a⏎b"),
            (None, "null"),
            (7, "7"),
        ],
    )
    def test_a_finish_reason_is_explained(self, value: Any, expected: str) -> None:
        assert words("/choices/*/finish_reason", value) == expected

    def test_no_finish_reason_has_no_words(self) -> None:
        assert finish_words(None) == ""


class TestMessage:
    @pytest.mark.parametrize(
        ("value", "expected"),
        [
            ({"content": "Hello"}, "Hello"),
            ({"content": None}, "empty"),
            ({"content": ""}, "empty"),
            ({}, "empty"),
            ({"content": [{"type": "text"}]}, "[…] 1 item"),
            ({"content": None, "refusal": "I can't"}, "refusal: I can't"),
            ({"content": "Hello", "refusal": ""}, "Hello"),
            ({"content": "Hello", "refusal": None, "tool_calls": None, "function_call": None}, "Hello"),
            ({"content": "", "tool_calls": [{}]}, "1 tool call"),
            ({"content": "Hello", "tool_calls": []}, "Hello"),
            ({"content": "Hello", "tool_calls": {"a": 1}}, "Hello"),
            ({"content": None, "function_call": {"name": "f"}}, "function call"),
            (
                {"content": "Hello", "refusal": "No", "tool_calls": [{}, {}], "function_call": {}},
                "refusal: No · Hello · 2 tool calls · function call",
            ),
            ({"content": "x" * 300, "tool_calls": [{}]}, "x" * 159 + "…"),
            (None, "null"),
            ("Hello", "Hello"),
        ],
    )
    def test_what_the_model_said(self, value: Any, expected: str) -> None:
        assert words(MESSAGE, value) == expected

    @pytest.mark.parametrize(
        ("value", "expected"),
        [
            ({"data": "AAAA", "transcript": "Hi"}, "audio, 3 bytes"),
            ({"data": "AAA="}, "audio, 2 bytes"),
            ({"data": "AA=="}, "audio, 1 bytes"),
            ({"data": ""}, "audio, 0 bytes"),
            ({"data": "A" * 8000}, "audio, 6,000 bytes"),
            ({"data": None}, "{…} 1 field"),
            ({"id": "a"}, "{…} 1 field"),
            (None, "null"),
        ],
    )
    def test_audio_is_told_by_its_size(self, value: Any, expected: str) -> None:
        assert words(f"{MESSAGE}/audio", value) == expected


class TestCalls:
    @pytest.mark.parametrize(
        ("value", "expected"),
        [([], "0 tool calls"), ([None], "1 tool call"), (None, "null"), ({"a": 1, "b": 2}, "{…} 2 fields")],
    )
    def test_they_are_counted(self, value: Any, expected: str) -> None:
        assert words(f"{MESSAGE}/tool_calls", value) == expected

    @pytest.mark.parametrize(
        ("value", "expected"),
        [
            ({"function": {"name": "f", "arguments": '{"a": 1}'}}, 'f({"a": 1})'),
            ({"function": {"name": "f", "arguments": {"a": 1}}}, 'f({"a": 1})'),
            ({"function": {"name": "f", "arguments": None}}, "f(null)"),
            ({"function": {"name": "f"}}, "f()"),
            ({"function": {"name": "", "arguments": ""}}, "no name()"),
            ({"function": {"name": None, "arguments": "x\ny"}}, "no name(x⏎y)"),
            ({"function": {"name": "n" * 99, "arguments": "x" * 999}}, "n" * 59 + "…(" + "x" * 79 + "…)"),
            ({"function": {"name": "f", "arguments": list(range(999))}}, f"f({json.dumps(list(range(999)))[:79]}…)"),
            ({"function": "f"}, "f"),
            ({"function": None}, "null"),
            ({"custom": {"name": "c", "input": "free text"}}, "c(free text)"),
            ({"name": "flat", "arguments": "{}"}, "flat({})"),
            ({"id": "a", "type": "function"}, "{…} 2 fields"),
            (None, "null"),
            ("f()", "f()"),
        ],
    )
    def test_one_reads_like_a_call(self, value: Any, expected: str) -> None:
        assert words(CALL, value) == expected

    @pytest.mark.parametrize("place", [f"{CALL}/function", f"{CALL}/custom", f"{MESSAGE}/function_call"])
    def test_so_do_its_parts(self, place: str) -> None:
        assert words(place, {"name": "f", "arguments": "{}"}) == "f({})"
        assert words(place, None) == "null"


class TestUsage:
    @pytest.mark.parametrize(
        ("value", "expected"),
        [
            (
                {"prompt_tokens": 7, "completion_tokens": 5, "total_tokens": 12},
                "7 prompt + 5 completion · 12 total",
            ),
            ({"prompt_tokens": None}, "not reported prompt + not reported completion · not reported total"),
            (None, "null · not reported"),
            ([], "[]"),
        ],
    )
    def test_the_three_counts(self, value: Any, expected: str) -> None:
        assert words("/usage", value) == expected

    def test_a_count_is_as_sent(self) -> None:
        usage = root_of(saved(b'{"a": 1.0, "b": "7", "c": null, "d": %s}' % (b"9" * 99)))
        assert [figure(usage, name) for name in "abcde"] == [
            "1.0",
            '"7"',
            "not reported",
            "9" * 39 + "…",
            "not reported",
        ]


class TestLogprobs:
    @pytest.mark.parametrize(
        ("value", "expected"),
        [
            ({"content": [1, 2]}, "2 tokens"),
            ({"content": [1], "refusal": None}, "1 token"),
            ({"content": None, "refusal": [1, 2, 3]}, "3 tokens"),
            ({"content": [], "refusal": []}, "0 tokens"),
            ({"content": None, "refusal": None}, "{…} 2 fields"),
            (None, "null"),
            ([], "[]"),
        ],
    )
    def test_tokens_are_counted(self, value: Any, expected: str) -> None:
        assert words("/choices/*/logprobs", value) == expected

    @pytest.mark.parametrize(
        ("value", "expected"),
        [
            ({"token": " the", "logprob": -0.25}, '" the" · -0.25'),
            ({"token": None, "logprob": None}, "null · null"),
            ({"token": "a"}, "{…} 1 field"),
            ({"logprob": -1}, "{…} 1 field"),
            ("a", "a"),
        ],
    )
    def test_a_token_has_its_log_probability(self, value: Any, expected: str) -> None:
        assert words("/choices/*/logprobs/content/*", value) == expected


def _places(node: JsonNode, place: str) -> list[tuple[str, JsonNode]]:
    below = [(f"{place}/{'*' if child.key is None else child.key}", child) for child in node.children()]
    return [(place, node), *(each for at, child in below for each in _places(child, at))]


@pytest.mark.parametrize("name", SAMPLES)
def test_every_value_of_every_sample_has_words_in_one_short_line(name: str) -> None:
    found = of_sample(name)
    if found.document is None:
        return
    for place, node in _places(root_of(found), ""):
        line = value_words(place, node, found, Moment(NOW))
        assert len(line) <= CELL
        assert "\n" not in line
        assert line or node.text in ('""', "{}")


@pytest.mark.parametrize("place", ["", "/created", "/choices", "/choices/*", MESSAGE, CALL, "/usage", "/x"])
@pytest.mark.parametrize("value", [None, True, 0, "", "x" * 9999, [], [[]], {}, {"": {}}])
def test_any_value_at_any_place_has_words(place: str, value: Any) -> None:
    assert len(words(place, value)) <= CELL


def test_metadata_is_told_by_its_values() -> None:
    assert words("/metadata", {"team": "support", "ticket": "SUP-20421", "n": 1}) == (
        "team: support, ticket: SUP-20421, n: 1"
    )
    assert words("/metadata", {"more": {"a": 1}, "line": "a\nb"}) == "more: {…} 1 field, line: a⏎b"
    assert words("/metadata", {str(n): "x" for n in range(17)}).endswith("15: x, …")
    assert words("/metadata", {}) == "{}"
