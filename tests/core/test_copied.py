"""What is copied of a row."""

import json

from inspector.core.outline.outline import Outline, Row
from inspector.core.readings.copied import copied_pretty, copied_raw, copied_value
from tests.inspections import call, completion, outlined

BODY = completion(content='a "b"\ud800', tool_calls=[call('{"n": 1.10}')])
ARGUMENTS = "/choices/0/message/tool_calls/0/function/arguments"


def texts(outline: Outline, row: Row) -> tuple[str, str, str]:
    return copied_value(row), copied_pretty(row), copied_raw(row)


def test_a_string_is_decoded_or_as_sent() -> None:
    outline = outlined(BODY)
    sent = r'"a \"b\"\ud800"'
    assert texts(outline, outline.find("/choices/0/message/content")) == ('a "b"\ud800', sent, sent)


def test_arguments_are_laid_out_as_decoded() -> None:
    outline = outlined(BODY)
    row = outline.find(ARGUMENTS)
    assert texts(outline, row) == ('{"n": 1.10}', '{\n  "n": 1.10\n}', r'"{\"n\": 1.10}"')
    assert texts(outline, outline.children(row)[0]) == ("1.10", "1.10", "1.10")


def test_an_object_is_laid_out_or_as_sent() -> None:
    outline = outlined(b'{"a": {"b":1e400}}')
    assert texts(outline, outline.find("/a")) == ('{\n  "b": 1e400\n}', '{\n  "b": 1e400\n}', '{"b":1e400}')


def test_there_is_nothing_to_copy_where_there_is_no_value() -> None:
    outline = outlined(b"not JSON")
    assert texts(outline, outline.root) == ("", "", "")


def test_of_a_range_just_its_values_are_copied() -> None:
    outline = outlined(b"[" + b" ,".join(b'{"n":%d}' % number for number in range(1_500)) + b"]")
    _, last = outline.children(outline.root)
    value, laid_out, sent = texts(outline, last)
    assert sent == " ,".join(f'{{"n":{number}}}' for number in range(1_000, 1_500))
    assert value == laid_out
    assert laid_out.startswith('[\n  {\n    "n": 1000\n  },\n  {\n    "n": 1001\n  }')
    assert [each["n"] for each in json.loads(laid_out)] == list(range(1_000, 1_500))


def test_of_a_range_of_fields_the_keys_are_copied_as_sent() -> None:
    outline = outlined(b'{"\\u0061": [1.10, "x"], ' + b", ".join(b'"k%d":0' % number for number in range(1_000)) + b"}")
    first, last = outline.children(outline.root)
    _, laid_out, sent = texts(outline, first)
    assert laid_out.startswith('{\n  "\\u0061": [\n    1.10,\n    "x"\n  ],\n  "k0": 0,\n')
    assert sent.startswith('"\\u0061": [1.10, "x"], "k0":0, ')
    assert texts(outline, last) == ('{\n  "k999": 0\n}', '{\n  "k999": 0\n}', '"k999":0')


def test_of_a_range_of_arguments_what_is_decoded_is_copied() -> None:
    numbers = list(range(1_001))
    outline = outlined(completion(tool_calls=[call(json.dumps(numbers))]))
    _, last = outline.children(outline.find(ARGUMENTS))
    assert texts(outline, last) == ("[\n  1000\n]", "[\n  1000\n]", "1000")
