"""What is copied of a row."""

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
