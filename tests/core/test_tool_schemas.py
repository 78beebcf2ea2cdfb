"""Which tools are read from what people load, and how a call stands against them."""

import json
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from inspector.core.completion import read_completion
from inspector.core.inputs import Refused
from inspector.core.json.document import JsonDocument
from inspector.core.json.text import parse_body
from inspector.core.schemas.tool_schemas import SchemaCheck, SchemaVerdict, ToolSchemas, Violation

CITY = {"type": "object", "properties": {"city": {"type": "string"}}, "required": ["city"]}
FUNCTION = {"name": "get_weather", "parameters": CITY}
TOOL = {"type": "function", "function": FUNCTION}


def read(value: object) -> ToolSchemas:
    schemas = ToolSchemas.read(json.dumps(value))
    assert isinstance(schemas, ToolSchemas), schemas
    return schemas


def checks(schemas: ToolSchemas, *calls: dict[str, Any]) -> list[SchemaCheck]:
    body = json.dumps({"choices": [{"message": {"tool_calls": calls}}]}).encode()
    document = parse_body(body)
    assert isinstance(document, JsonDocument)
    return list(schemas.check_all(read_completion(document)).values())


def check(schemas: ToolSchemas, arguments: object, name: str = "get_weather") -> SchemaCheck:
    return checks(schemas, {"type": "function", "function": {"name": name, "arguments": arguments}})[0]


@pytest.mark.parametrize(
    "text",
    [
        [TOOL],
        TOOL,
        FUNCTION,
        {"model": "m", "tools": [TOOL]},
        {"functions": [FUNCTION]},
        {"tools": None, "functions": [FUNCTION]},
        [FUNCTION],
        [{"type": "web_search"}, {"type": "function", **FUNCTION}],
        {"tools": [{"name": "get_weather", "input_schema": CITY}]},
        {"name": "get_weather", "description": "…", "inputSchema": CITY},
    ],
)
def test_every_form_in_which_tools_are_kept(text: object) -> None:
    schemas = read(text)
    assert check(schemas, '{"city": "Oslo"}').verdict is SchemaVerdict.PASSES
    assert check(schemas, "{}").violations == (Violation("", "“city” is missing."),)


def test_a_byte_order_mark_is_no_fault() -> None:
    assert isinstance(ToolSchemas.read("\ufeff" + json.dumps(TOOL)), ToolSchemas)


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("", "not JSON, at line 1, column 1"),
        ('{\n"tools": [', "not JSON, at line 2, column 11"),
        ("5", "This is no tool."),
        ('"get_weather"', "This is no tool."),
        ("[]", "lists no tool with a name"),
        ('{"tools": null}', "lists no tool with a name"),
        ('[{"type": "web_search"}]', "lists no tool with a name"),
        ('{"tools": {}}', "At /tools there is no tool."),
        ('{"tools": [{"type": "function", "function": {}}]}', "At /tools/0 there is no tool."),
        ("[{}, 5]", "At /0 there is no tool."),
        (json.dumps(CITY), "This is no tool."),
        ('{"model": "m", "messages": []}', "This is no tool."),
        ("[" + " " * 4_194_304 + "]", "too much for tool schemas"),
    ],
)
def test_what_is_no_tool_is_refused_in_words(text: str, words: str) -> None:
    refused = ToolSchemas.read(text)
    assert isinstance(refused, Refused)
    assert words in refused.sentence


@given(st.text() | st.text('[]{}":,\\abn0123-.eE ntrufalse'))
def test_any_text_is_read_or_refused(text: str) -> None:
    assert isinstance(ToolSchemas.read(text), ToolSchemas | Refused)


NAMES = st.sampled_from(
    ["tools", "functions", "function", "custom", "type", "name", "parameters", "strict", "properties"]
)
JSON = st.recursive(
    st.none() | st.booleans() | st.integers() | st.text(max_size=5) | st.sampled_from(["function", "custom", "object"]),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(NAMES, inner, max_size=4),
)


@given(JSON, JSON)
def test_any_json_is_read_or_refused_and_then_checks(value: object, arguments: object) -> None:
    schemas = ToolSchemas.read(json.dumps(value))
    assert isinstance(schemas, ToolSchemas | Refused)
    if isinstance(schemas, ToolSchemas):
        for tool in schemas.tools:
            found = check(schemas, json.dumps({"a": arguments}), tool.name)
            assert (found.verdict is SchemaVerdict.FAILS) == bool(found.violations)
            assert (found.verdict is SchemaVerdict.NOT_CHECKED) == bool(found.reason)


def test_a_function_that_was_not_offered_fails() -> None:
    found = check(read([TOOL, {"type": "custom", "custom": {"name": "run_query"}}]), "not even JSON", "get_wether")
    assert found.verdict is SchemaVerdict.FAILS
    assert found.violations == (
        Violation("", "“get_wether” was not offered; did you mean “get_weather”? Offered: “get_weather”, “run_query”."),
    )


def test_of_many_offered_functions_the_first_are_named() -> None:
    schemas = read([{"name": f"tool_{number}"} for number in range(30)])
    message = check(schemas, "{}", "xyz").violations[0].message
    assert message.startswith("“xyz” was not offered. Offered: “tool_0”")
    assert message.endswith("“tool_19”, ….")


@pytest.mark.parametrize(
    ("arguments", "reason"),
    [
        ('{"city"', "are not JSON"),
        ("", "are empty"),
        (None, "are null, where"),
    ],
)
def test_what_cannot_be_checked_says_why(arguments: object, reason: str) -> None:
    found = check(read(TOOL), arguments)
    assert reason in (found.reason or found.violations[0].message)


def test_absent_arguments_and_names_are_not_checked() -> None:
    absent, nameless, empty = checks(
        read(TOOL),
        {"function": {"name": "get_weather"}},
        {"function": {"arguments": "{}"}},
        {"function": {"name": "", "arguments": "{}"}},
    )
    assert "has no arguments" in absent.reason
    assert nameless.reason == empty.reason == "The call names no function."


def test_free_text_is_not_checked() -> None:
    schemas = read([TOOL, {"type": "custom", "name": "run"}])
    custom, mistaken = checks(
        schemas,
        {"type": "custom", "custom": {"name": "run", "input": "SELECT 1"}},
        {"type": "custom", "custom": {"name": "get_weather", "input": "Oslo"}},
    )
    assert "no schema" in custom.reason
    assert "free text" in mistaken.reason


@pytest.mark.parametrize(
    ("arguments", "message"),
    [
        ("[1]", "The arguments are an array, where an object is expected."),
        ("null", "The arguments are null, where an object is expected."),
        ('"{}"', "The arguments are a string, where an object is expected. They were encoded as JSON more than once."),
        ([1], "The arguments are an array, where an object is expected."),
    ],
)
def test_what_is_no_object_fails(arguments: object, message: str) -> None:
    assert check(read(TOOL), arguments).violations == (Violation("", message),)


def test_an_object_in_place_of_a_string_is_checked_all_the_same() -> None:
    found = check(read(TOOL), {"city": 5, "citty": "x"})
    assert [violation.pointer for violation in found.violations] == ["/city"]
    assert [note.pointer for note in found.notes] == ["/citty"]


def test_without_tools_nothing_is_checked() -> None:
    found = check(ToolSchemas(), "{}")
    assert found.verdict is SchemaVerdict.NOT_CHECKED
    assert "No tool schemas are loaded" in found.reason


def in_body(body: dict[str, Any]) -> tuple[ToolSchemas, dict[str, SchemaCheck]]:
    document = parse_body(json.dumps(body).encode())
    assert isinstance(document, JsonDocument)
    completion = read_completion(document)
    schemas = ToolSchemas.in_body(completion)
    return schemas, schemas.check_all(completion)


def test_the_tools_of_the_body_itself_are_used() -> None:
    call = {"function": {"name": "get_weather", "arguments": "{}"}}
    message = {"tool_calls": [call], "function_call": {"name": "get_weather", "arguments": '{"city": "Oslo"}'}}
    _, found = in_body({"tools": [TOOL], "choices": [{"message": message}]})
    assert {pointer: check.verdict.value for pointer, check in found.items()} == {
        "/choices/0/message/tool_calls/0": "fails",
        "/choices/0/message/function_call": "passes",
    }


def test_a_body_without_tools_offers_none() -> None:
    assert ToolSchemas.in_body(None) == ToolSchemas()
    bodies: list[dict[str, Any]] = [{}, {"tools": None}, {"tools": []}]
    for tools in bodies:
        schemas, _ = in_body({**tools, "choices": []})
        assert schemas == ToolSchemas()


def test_where_the_body_lists_tools_that_cannot_be_read_a_name_may_have_been_offered() -> None:
    message = {"tool_calls": [{"function": {"name": "book", "arguments": "{}"}}]}
    _, found = in_body({"tools": [TOOL, 5], "choices": [{"message": message}]})
    [check] = found.values()
    assert check.verdict is SchemaVerdict.NOT_CHECKED
    assert "not all of these could be read" in check.reason


def test_a_function_without_parameters_takes_none() -> None:
    for function in ({"name": "now"}, {"name": "now", "parameters": None}):
        found = check(read(function), '{"zone": "UTC"}', "now")
        assert found.verdict is SchemaVerdict.PASSES
        assert found.notes == (Violation("/zone", "“zone” is not in the schema."),)
        strict = check(read({**function, "strict": True}), '{"zone": "UTC"}', "now")
        assert strict.verdict is SchemaVerdict.FAILS


def test_parameters_that_are_no_schema() -> None:
    found = check(read({"name": "f", "parameters": "city"}), "{}", "f")
    assert found.reason == "“f” was not checked: its schema is a string where an object is expected."


def test_a_schema_is_made_ready_once() -> None:
    call = {"function": {"name": "get_weather", "arguments": '{"city": 5}'}}
    found = checks(read(TOOL), call, call)
    assert found[0] == found[1]
    assert found[0].verdict is SchemaVerdict.FAILS
