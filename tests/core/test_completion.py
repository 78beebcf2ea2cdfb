"""The completion over a document: typed where it can be, and never failing."""

import json
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from inspector.core.arguments.verdict import Verdict
from inspector.core.completion import LOOKED_THROUGH, CallForm, Completion, ToolCall, read_completion, string_of
from inspector.core.json.document import JsonDocument, JsonNode
from inspector.core.json.text import parse_text
from tests.json_texts import json_texts, unhurried


def completion_of(body: object) -> Completion:
    document = parse_text(body if isinstance(body, str) else json.dumps(body))
    assert isinstance(document, JsonDocument)
    return read_completion(document)


def calls_of(message: object) -> list[ToolCall]:
    return [call for _, call in completion_of({"choices": [{"message": message}]}).tool_calls]


def call_of(entry: object) -> ToolCall:
    (call,) = calls_of({"tool_calls": [entry]})
    return call


def pointers(*nodes: JsonNode | None) -> list[str | None]:
    return [None if node is None else node.pointer for node in nodes]


def test_an_ordinary_completion() -> None:
    function = {"name": "get_weather", "arguments": '{"city": "Paris"}'}
    message = {
        "role": "assistant",
        "content": None,
        "refusal": None,
        "tool_calls": [{"id": "call_1", "type": "function", "function": function}],
    }
    choice = {"index": 0, "finish_reason": "tool_calls", "logprobs": None, "message": message}
    completion = completion_of(
        {
            "id": "chatcmpl-1",
            "object": "chat.completion",
            "created": 1,
            "model": "gpt",
            "choices": [choice],
            "usage": {},
        }
    )
    assert pointers(completion.id, completion.object, completion.created, completion.model, completion.usage) == [
        "/id", "/object", "/created", "/model", "/usage",
    ]  # fmt: skip
    (read,) = completion.choices
    assert read.finish_reason_text == "tool_calls"
    assert pointers(read.node, read.index, read.finish_reason, read.logprobs) == [
        "/choices/0", "/choices/0/index", "/choices/0/finish_reason", "/choices/0/logprobs",
    ]  # fmt: skip
    assert read.message is not None
    assert string_of(read.message.role) == "assistant"
    assert pointers(read.message.content, read.message.refusal) == [
        "/choices/0/message/content",
        "/choices/0/message/refusal",
    ]
    ((owner, call),) = completion.tool_calls
    assert owner is read
    assert (call.form, call.name, string_of(call.id), string_of(call.type)) == (
        CallForm.FUNCTION, "get_weather", "call_1", "function",
    )  # fmt: skip
    assert call.pointer == "/choices/0/message/tool_calls/0"
    assert call.arguments_pointer == f"{call.pointer}/function/arguments"
    assert call.arguments.verdict is Verdict.OBJECT


@pytest.mark.parametrize(
    "body",
    ["{}", "[]", "null", '"text"', "42", "true", '{"choices": null}', '{"choices": {}}', '{"choices": [null, 1, []]}'],
)
def test_nothing_is_required(body: str) -> None:
    completion = completion_of(body)
    assert len(completion.choices) == 0
    assert list(completion.tool_calls) == []
    assert completion.root.pointer == ""


@pytest.mark.parametrize("message", [None, [], "text", 1])
def test_a_choice_without_a_message(message: object) -> None:
    (choice,) = completion_of({"choices": [{"message": message}]}).choices
    assert choice.message is None
    assert choice.finish_reason_text is None
    assert choice.index is None


@pytest.mark.parametrize("tool_calls", [None, {}, "text", [], [None, 1, "x", []]])
def test_tool_calls_that_are_none(tool_calls: object) -> None:
    assert calls_of({"tool_calls": tool_calls}) == []


@pytest.mark.parametrize(
    ("entry", "form", "name", "verdict", "place"),
    [
        ({"function": {"name": "f", "arguments": "{}"}}, CallForm.FUNCTION, "f", Verdict.OBJECT, "/function/arguments"),
        (
            {"function": {"name": None, "arguments": None}},
            CallForm.FUNCTION,
            None,
            Verdict.NOT_A_STRING,
            "/function/arguments",
        ),
        (
            {"function": {"name": "", "arguments": {}}},
            CallForm.FUNCTION,
            "",
            Verdict.NOT_A_STRING,
            "/function/arguments",
        ),
        ({"function": {}}, CallForm.FUNCTION, None, Verdict.ABSENT, "/function/arguments"),
        ({"function": None}, CallForm.FUNCTION, None, Verdict.ABSENT, "/function/arguments"),
        ({"function": "f"}, CallForm.FUNCTION, None, Verdict.ABSENT, "/function/arguments"),
        ({}, CallForm.FUNCTION, None, Verdict.ABSENT, "/function/arguments"),
        (
            {"type": "custom", "custom": {"name": "c", "input": "x = {"}},
            CallForm.CUSTOM,
            "c",
            Verdict.FREE_TEXT,
            "/custom/input",
        ),
        ({"custom": {"name": "c", "input": ""}}, CallForm.CUSTOM, "c", Verdict.FREE_TEXT, "/custom/input"),
        ({"custom": {"input": 1}, "function": None}, CallForm.CUSTOM, None, Verdict.NOT_A_STRING, "/custom/input"),
        ({"type": "custom"}, CallForm.CUSTOM, None, Verdict.ABSENT, "/custom/input"),
        (
            {"type": "custom", "function": {"name": "f", "arguments": "{}"}},
            CallForm.FUNCTION,
            "f",
            Verdict.OBJECT,
            "/function/arguments",
        ),
        ({"custom": "c", "function": {"arguments": ""}}, CallForm.FUNCTION, None, Verdict.EMPTY, "/function/arguments"),
    ],
)
def test_forms_of_calls(entry: dict[str, Any], form: CallForm, name: str | None, verdict: Verdict, place: str) -> None:
    call = call_of(entry)
    assert (call.form, call.name, call.arguments.verdict) == (form, name, verdict)
    assert call.arguments_pointer == f"/choices/0/message/tool_calls/0{place}"


def test_calls_are_told_apart_by_place() -> None:
    entry = {"id": "same", "function": {"name": "same", "arguments": "{}"}}
    calls = calls_of({"tool_calls": [entry, None, entry]})
    assert [call.pointer for call in calls] == ["/choices/0/message/tool_calls/0", "/choices/0/message/tool_calls/2"]


def test_a_legacy_call_stands_beside_the_others() -> None:
    calls = calls_of(
        {"tool_calls": [{"function": {"name": "f"}}], "function_call": {"name": "g", "arguments": '{"a": '}}
    )
    assert [call.form for call in calls] == [CallForm.FUNCTION, CallForm.LEGACY]
    legacy = calls[1]
    assert (legacy.name, legacy.id, legacy.type, legacy.arguments.verdict) == ("g", None, None, Verdict.INVALID)
    assert legacy.arguments_pointer == "/choices/0/message/function_call/arguments"
    assert calls_of({"function_call": None}) == calls_of({"function_call": "auto"}) == []


def test_choices_keep_the_order_sent() -> None:
    completion = completion_of({"choices": [{"index": 2}, {"index": 0}, {}, {"index": 2}]})
    assert [None if choice.index is None else choice.index.text for choice in completion.choices] == [
        "2",
        "0",
        None,
        "2",
    ]


@pytest.mark.parametrize(("text", "string"), [('"a"', "a"), ('""', ""), ("1", None), ("null", None), ("[]", None)])
def test_string_of(text: str, string: str | None) -> None:
    assert string_of(completion_of(text).root) == string
    assert string_of(None) is None


SAMPLE = {
    "choices": [
        {
            "message": {
                "tool_calls": [{"id": "1", "type": "function", "function": {"name": "f", "arguments": "{}"}}],
                "function_call": {"name": "g", "arguments": "{}"},
            },
            "finish_reason": "stop",
        }
    ],
    "usage": {"completion_tokens": 1},
}


def _spots(value: object) -> int:
    children = value.values() if isinstance(value, dict) else value if isinstance(value, list) else ()
    return 1 + sum(map(_spots, children))


def _replaced(value: object, spot: int, text: str) -> str:
    """`value` as JSON, where the value at one spot, counted in the order of the text, is `text`."""
    if spot == 0:
        return text
    children: list[tuple[str, object]] = [("", item) for item in value] if isinstance(value, list) else []
    if isinstance(value, dict):
        children = [(f"{json.dumps(key)}:", item) for key, item in value.items()]
    parts, at = [], 1
    for key, item in children:
        size = _spots(item)
        parts.append(key + (_replaced(item, spot - at, text) if at <= spot < at + size else json.dumps(item)))
        at += size
    return f"[{','.join(parts)}]" if isinstance(value, list) else f"{{{','.join(parts)}}}"


@unhurried
@given(st.integers(0, _spots(SAMPLE) - 1), json_texts())
def test_any_value_may_stand_anywhere(spot: int, text: str) -> None:
    completion = completion_of(_replaced(SAMPLE, spot, text))
    for choice, call in completion.tool_calls:
        assert call.pointer.startswith(choice.node.pointer)
        assert call.arguments.verdict in Verdict


@pytest.mark.fault(row="huge numbers, depths, strings, counts")
def test_few_calls_are_not_looked_for_in_a_million_choices() -> None:
    first, last = ({"message": {"tool_calls": [{"id": name} for name in names]}} for names in ("ab", "c"))
    read = completion_of({"choices": [first, *[{"message": {}}] * (LOOKED_THROUGH - 1), last]})
    assert [string_of(call.id) for call in read.first_calls(1)] == ["a"]
    assert [string_of(call.id) for call in read.first_calls(9)] == ["a", "b"]
    assert len(read.choices._made) == LOOKED_THROUGH
    assert [string_of(call.id) for _, call in read.tool_calls] == ["a", "b", "c"]
