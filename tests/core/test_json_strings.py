"""Long strings are decoded piece by piece, and as far as somebody looks."""

import json

import pytest

from inspector.core.json.document import JsonDocument
from inspector.core.json.strings import LONG, beginning_of, written_offset
from inspector.core.json.text import parse_text

TEXT = "a line, “quoted”, \U0001f600\n" * (LONG // 20)


@pytest.fixture(scope="module")
def long_string() -> JsonDocument:
    document = parse_text(json.dumps(TEXT))
    assert isinstance(document, JsonDocument)
    return document


def test_pieces_are_short_and_make_the_whole(long_string: JsonDocument) -> None:
    pieces = list(long_string.root.pieces())
    assert len(pieces) > 1
    assert max(map(len, pieces)) <= LONG
    assert "".join(pieces) == long_string.root.string == TEXT


@pytest.mark.parametrize("limit", [0, 1, 1000, LONG, LONG + 1, 2 * LONG])
def test_a_beginning_is_that_of_the_whole(long_string: JsonDocument, limit: int) -> None:
    assert long_string.root.beginning(limit) == TEXT[:limit]


def test_no_more_pieces_are_made_than_are_needed() -> None:
    made = []

    def pieces():  # type: ignore[no-untyped-def]
        for number in range(9):
            made.append(number)
            yield "abcd"

    assert beginning_of(pieces(), 6) == "abcdab"
    assert made == [0, 1]
    assert beginning_of(iter(["ab"]), 5) == "ab"


@pytest.mark.parametrize(
    ("written", "offset", "place"),
    [
        ("abc", 0, 0),
        ("abc", 2, 2),
        ("abc", 3, 3),
        (r"\n\"x", 2, 4),
        (r"\u00e9\ud83d\ude00x", 2, 18),
        (r"\ud83dx", 1, 6),
    ],
)
def test_a_place_in_a_string_as_it_is_written(written: str, offset: int, place: int) -> None:
    assert written_offset(written, offset) == place
