"""What a dropped file is."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from inspector.core.file_kind import FileKind, kind_of_file

TOOL = b'{"type": "function", "function": {"name": "f", "parameters": {"type": "object"}}}'


@pytest.mark.parametrize(
    "data",
    [
        b"[%b]" % TOOL,
        b"\xef\xbb\xbf[%b, %b]" % (TOOL, TOOL),
        TOOL,
        b'{"name": "f", "parameters": {}}',
        b'{"model": "gpt-4o", "messages": [], "tools": [%b]}' % TOOL,
    ],
)
def test_tools(data: bytes) -> None:
    assert kind_of_file(data) is FileKind.TOOLS


@pytest.mark.parametrize(
    "data",
    [
        b'{"choices": [], "tools": [%b]}' % TOOL,
        b'{"cases": []}',
        b'{"error": {"message": "no"}}',
        b'{"id": "chatcmpl-1"}',
        b'{"choices": [{"message": ',
        b'{\n  "choices": [\n',
        b"<!DOCTYPE html><html></html>",
    ],
)
def test_responses(data: bytes) -> None:
    assert kind_of_file(data) is FileKind.RESPONSE


@pytest.mark.parametrize(
    "data",
    [
        b"",
        b"2026-11-01 ERROR chatcmpl-abc123 failed\n",
        b'{"id": "chatcmpl-1"}\n{"id": "chatcmpl-2"}\n',
        b'["chatcmpl-1", "chatcmpl-2"]',
        b"[]",
        b'"chatcmpl-1"',
        b"id,when\nchatcmpl-1,today\n",
    ],
)
def test_texts(data: bytes) -> None:
    assert kind_of_file(data) is FileKind.TEXT


@given(st.binary())
def test_any_bytes_are_something(data: bytes) -> None:
    assert kind_of_file(data) in FileKind
