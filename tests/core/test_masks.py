"""Stand-ins: what stays, what goes, and that JSON stays JSON."""

import json
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from inspector.core.json.document import JsonDocument
from inspector.core.json.text import JsonFault, parse_body, parse_text
from inspector.core.report.masks import (
    looks_like_id,
    mask_arguments,
    mask_document,
    mask_key,
    mask_pointer,
    mask_raw,
    mask_text,
)
from tests.report_contract import read_spelled


def masked(body: str) -> str:
    document = parse_body(body.encode())
    assert isinstance(document, JsonDocument)
    return mask_document(document).decode()


@pytest.mark.parametrize(
    ("text", "stand_in"),
    [
        ("", ""),
        ("x", "‹redacted: 1 character›"),
        ("é😀", "‹redacted: 2 characters›"),
        ("x" * 1234, "‹redacted: 1,234 characters›"),
    ],
)
def test_a_string_is_told_by_its_length(text: str, stand_in: str) -> None:
    assert mask_text(text) == stand_in


@pytest.mark.parametrize("key", ["a", "order_id", "$ref", "x-y.z", "camelCase", "_1"])
def test_keys_that_look_like_names_stay(key: str) -> None:
    assert mask_key(key) == key


@pytest.mark.parametrize("key", ["", "Mara Lind", "mara@post.example", "4711", "é", "a/b", "k" * 65])
def test_other_keys_go(key: str) -> None:
    assert mask_key(key) == f"‹redacted key: {len(key)} character{'' if len(key) == 1 else 's'}›"


@pytest.mark.parametrize("text", ["", "chatcmpl-abc", "openai/gpt-4o:free", "stop", "6f1c2a74-93de", "a.b+c"])
def test_what_looks_like_an_id(text: str) -> None:
    assert looks_like_id(text)


@pytest.mark.parametrize("text", ["Mara Lind", "a@b", "é", "-x", "x" * 129, "a\n"])
def test_what_does_not(text: str) -> None:
    assert not looks_like_id(text)


def test_kept_and_masked_places() -> None:
    body = """{ "id": "chatcmpl-1", "model": "a model", "created": 1795, "seed": -12.50E+3, "metadata": {"id": "x", "n": 7},
 "usage": {"prompt_tokens": 7, "note": "x", "details": {"cached": [1.50]}}, "store": true, "user": null,
 "choices": [{"index": 10, "finish_reason": "stop", "logprobs": {"content": [{"token": "hi", "bytes": [104, 105]}]}}]}"""
    assert json.loads(masked(body)) == {
        "id": "chatcmpl-1",
        "model": "‹redacted: 7 characters›",
        "created": 1795,
        "seed": -11.11e1,
        "metadata": {"id": "‹redacted: 1 character›", "n": 1},
        "usage": {"prompt_tokens": 7, "note": "‹redacted: 1 character›", "details": {"cached": [1.5]}},
        "store": True,
        "user": None,
        "choices": [
            {
                "index": 10,
                "finish_reason": "stop",
                "logprobs": {"content": [{"token": "‹redacted: 2 characters›", "bytes": [111, 111]}]},
            }
        ],
    }
    assert '"seed": -11.11E+1, ' in masked(body)


def test_a_kept_place_that_holds_something_else_is_masked_inside() -> None:
    body = '{"id": {"": {"a": "x"}, "id": "y"}, "choices": {"*": {"index": 5}}, "usage": ["x", 7]}'
    stand_in = "‹redacted: 1 character›"
    assert json.loads(masked(body)) == {
        "id": {"‹redacted key: 0 characters›": {"a": stand_in}, "id": stand_in},
        "choices": {"‹redacted key: 1 character›": {"index": 5}},
        "usage": [stand_in, 7],
    }


def test_repeated_and_odd_keys_keep_their_place_and_order() -> None:
    pairs = read_spelled(masked('{"b": "x", "Mara Lind": 1, "b": "yy"}'))[1]
    assert [key for key, _ in pairs] == ["b", "‹redacted key: 9 characters›", "b"]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ('{"city": "Oslo",\n "n": 42, "ok": true}', '{"city": "‹redacted: 4 characters›",\n "n": 11, "ok": true}'),
        ('"{\\"a\\": 1}"', '"‹redacted: 8 characters›"'),
        ("17", "11"),
        ('{"a": "it\'s"', '{"x": "xxxx"'),
        ("{'a': 007, é😀\ud83d\n\t", "{xxx: 111, xxx\n\t"),
        ('{"a": "\x00\\u12', '{"x": "\x00\\x11'),
    ],
)
def test_arguments(text: str, expected: str) -> None:
    assert mask_arguments(text) == expected


def test_arguments_are_masked_by_their_structure_only_where_they_stand() -> None:
    call = {"function": {"name": "f", "arguments": '{"a": "x"}'}, "arguments": '{"a": "x"}'}
    message = {"tool_calls": [call], "function_call": {"name": "g", "arguments": " "}, "content": '{"a": "x"}'}
    told = json.loads(masked(json.dumps({"choices": [{"message": message}]})))["choices"][0]["message"]
    assert told["tool_calls"][0]["function"] == {"name": "f", "arguments": '{"a": "‹redacted: 1 character›"}'}
    assert told["tool_calls"][0]["arguments"] == "‹redacted: 10 characters›"
    assert told["function_call"] == {"name": "g", "arguments": " "}
    assert told["content"] == "‹redacted: 10 characters›"


def test_bytes_that_are_not_json_keep_their_shape() -> None:
    assert mask_raw(b'{"a": "\xc3\xa9", \n<b>') == b'{"x": "xx", \nxxx'


@pytest.mark.parametrize(
    ("pointer", "expected"),
    [
        ("", ""),
        ("/list/0/Mara Lind", "/list/0/‹redacted key: 9 characters›"),
        ("/list/7/x", "/list/7/x"),
        ("/4711/x", "/‹redacted key: 4 characters›/x"),
        ("/a~1b", "/‹redacted key: 3 characters›"),
        ("/missing/12", "/missing/‹redacted key: 2 characters›"),
        ("/list/x", "/list/x"),
    ],
)
def test_pointers_are_masked_as_the_keys_are(pointer: str, expected: str) -> None:
    document = parse_text('{"list": [{"Mara Lind": 1}], "4711": {"x": 1}, "a/b": 2}')
    assert isinstance(document, JsonDocument)
    assert mask_pointer(pointer, document) == expected


def test_a_pointer_into_nothing_known() -> None:
    assert mask_pointer("/a/0/b c", None) == "/a/‹redacted key: 1 character›/‹redacted key: 3 characters›"


@settings(deadline=None)
@given(
    st.recursive(
        st.one_of(st.none(), st.booleans(), st.integers(), st.floats(allow_nan=False, allow_infinity=False), st.text()),
        lambda inner: st.one_of(st.lists(inner), st.dictionaries(st.text(), inner)),
    )
)
def test_masked_json_is_json_of_the_same_shape(value: Any) -> None:
    text = json.dumps(value)
    told = mask_arguments(text)
    assert not isinstance(parse_text(told), JsonFault)
    assert _shape(read_spelled(told)) == _shape(read_spelled(text))


@settings(deadline=None)
@given(st.text())
def test_masked_arguments_that_are_not_json_have_the_same_length_and_lines(text: str) -> None:
    broken = f"{{{text}"
    told = mask_arguments(broken)
    if isinstance(parse_text(broken), JsonFault):
        assert len(told) == len(broken)
        assert [at for at, char in enumerate(told) if char == "\n"] == [
            at for at, char in enumerate(broken) if char == "\n"
        ]
        assert not {char for char in told if char.isalnum()} - {"x", "1"}


def _shape(value: Any) -> Any:
    """Kinds and counts, without what strings, numbers and keys say."""
    match value:
        case ("{}", pairs):
            return {"members": [_shape(member) for _, member in pairs]}
        case list():
            return [_shape(item) for item in value]
    return value if isinstance(value, bool) or value is None else type(value).__name__
