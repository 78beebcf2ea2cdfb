"""What is left of a batch survives in a file that anybody may have damaged."""

import json

import pytest
from hypothesis import given
from hypothesis import strategies as st

from inspector.core.unfinished_batch import UnfinishedBatch, read_unfinished, written

BATCH = UnfinishedBatch("work", 10_000, ("chatcmpl-1", "日本", "gen-2"))


def test_what_was_written_is_read() -> None:
    assert read_unfinished(written(BATCH)) == BATCH
    assert BATCH.sentence == "A batch of 10,000 completions was interrupted at 9,997."


def test_only_ids_and_the_profile_are_written() -> None:
    assert json.loads(written(BATCH)).keys() == {"profile", "total", "left"}


@pytest.mark.parametrize(
    "text",
    [
        "",
        "null",
        "[1]",
        "[" * 100_000,
        '{"profile": "work", "total": 3}',
        '{"profile": "work", "total": 3, "left": []}',
        '{"profile": "work", "total": 3, "left": ["", "..", 7, null, "a\\u202eb"]}',
        '{"profile": 7, "total": 3, "left": ["a"]}',
        "\ud83d",
    ],
)
def test_what_cannot_go_on_is_nothing(text: str) -> None:
    assert read_unfinished(text.encode("utf-8", "surrogatepass")) is None


def test_what_is_no_id_is_passed_over_and_each_comes_once() -> None:
    data = b'{"profile": "work", "total": 1, "left": ["a", "..", "b", "a", 5]}'
    assert read_unfinished(data) == UnfinishedBatch("work", 2, ("a", "b"))


@given(st.binary(max_size=200))
def test_any_bytes_are_read_without_a_fault(data: bytes) -> None:
    assert read_unfinished(data) is None or data.startswith(b"{")
