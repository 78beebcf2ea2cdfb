"""An entry of the list in a line, whatever it is."""

from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from inspector.core.exchange import StoredQuery
from inspector.core.json.document import JsonDocument
from inspector.core.json.text import parse_body
from inspector.core.stored.row import StoredRow, read_row
from tests.answers import as_bytes, calling, completion

ALL = StoredQuery()


def row(entry: Any, query: StoredQuery = ALL) -> StoredRow:
    document = parse_body(as_bytes(entry))
    assert isinstance(document, JsonDocument)
    return read_row(document.root, query)


def words(message: Any) -> str:
    return row({"choices": [{"message": message}]}).words


def test_a_completion_in_a_line() -> None:
    entry = completion({"content": "Hello,\n  world"}, metadata={"team": "support", "n": 1.0})
    assert row(entry) == StoredRow(
        "chatcmpl-asked", 1_795_000_000, "gpt-4o", "stop", "Hello, world", "team=support, n=1.0", True, True
    )


@pytest.mark.parametrize("entry", [{}, [], None, 7, "x", {"choices": []}, {"choices": [None]}, {"choices": [{}]}])
def test_what_is_no_completion_is_an_empty_line(entry: Any) -> None:
    strange = {"id": 7, "created": "yesterday", "model": None, "metadata": [1]}
    for each in (entry, entry | strange if isinstance(entry, dict) else entry):
        assert row(each) == StoredRow("", None, "", "", "", "", fits=True, can_be_fetched=False)


@pytest.mark.parametrize("name", ["", ".", "..", " padded ", "a\x00b", "x" * 513, "a\u202eb"])
def test_an_id_that_is_none_cannot_be_fetched(name: str) -> None:
    assert not row({"id": name}).can_be_fetched


@pytest.mark.parametrize(
    ("message", "said"),
    [
        ({"content": None}, ""),
        ({"content": [{"type": "text", "text": "a"}, {"type": "refusal", "refusal": "b"}, {}, 7]}, "a b"),
        ({"content": {"text": "a"}}, ""),
        ({"content": None, "refusal": "I cannot"}, "refused: I cannot"),
        ({"content": "Wait", "tool_calls": [{"function": {"name": "f"}}]}, "Wait · calls f"),
        ({"tool_calls": [{"custom": {"name": "g"}}, None, {"function": {}}]}, "calls g, (no name), (no name)"),
        ({"function_call": {"name": "old"}}, "calls old"),
        ({"function_call": {}}, "calls (no name)"),
        ({"function_call": "f", "tool_calls": {}}, ""),
        ({"content": "<b>x</b> \u202e&amp;"}, "<b>x</b> ⟦RLO⟧&amp;"),
    ],
)
def test_the_first_words_say_what_the_answer_is(message: Any, said: str) -> None:
    assert words(message) == said


def test_long_texts_are_cut_and_calls_are_seen_all_the_same() -> None:
    entry = calling("{}")
    entry["choices"][0]["message"]["content"] = "word " * 100_000
    assert row(entry).words.endswith("…")
    assert len(row(entry).words) == 200
    entry["choices"][0]["message"]["content"] = "word " * 20
    assert row(entry).words.endswith("word · calls get_weather")


def test_finish_reasons_are_counted() -> None:
    choices = [{"finish_reason": reason} for reason in ("stop", "length", "stop", None)]
    assert row({"choices": choices}).finish_reason == "stop ×2, length"


@pytest.mark.parametrize(
    ("metadata", "fits"),
    [({"a": "1", "b": "2"}, True), ({"a": "1"}, False), ({"a": "1", "b": 2}, False), (None, False), ([], False)],
)
def test_an_entry_fits_where_it_has_all_metadata(metadata: Any, fits: bool) -> None:
    query = StoredQuery(metadata=(("a", "1"), ("b", "2")))
    assert row({"metadata": metadata}, query).fits is fits


@settings(max_examples=60)
@given(
    st.recursive(
        st.none() | st.booleans() | st.floats(allow_nan=False, allow_infinity=False) | st.text(max_size=9),
        lambda inner: (
            st.lists(inner, max_size=3)
            | st.dictionaries(
                st.sampled_from(
                    ["id", "choices", "message", "content", "tool_calls", "function", "name", "metadata", "created"]
                ),
                inner,
                max_size=5,
            )
        ),
        max_leaves=20,
    )
)
def test_any_entry_gives_a_line_of_plain_cells(entry: Any) -> None:
    read = row(entry)
    for cell in (read.model, read.finish_reason, read.words, read.metadata):
        assert len(cell) <= 200
        assert "\n" not in cell
