"""Finding over all of a text, and where a hit stands in the part that is shown."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from inspector.core.readings.detail import Reading
from inspector.core.search import view_search
from inspector.core.search.searcher import Wish
from inspector.core.search.view_search import MOST, Searched, nearest, search_body, search_text, spans_shown


def test_the_hits_in_a_text() -> None:
    assert search_text("one two one", Wish("one")) == Searched(((0, 3), (8, 11)))
    assert search_text("one", Wish("three")) == Searched()


def test_what_cannot_be_searched_says_so() -> None:
    assert "Not a regular expression" in search_text("one", Wish("(", pattern=True)).note
    assert "Not a regular expression" in search_body(b"one", Wish("(", pattern=True)).note
    assert search_text("one", Wish("one"), is_whole=False) == Searched(
        ((0, 3),), "Only the part that is shown was searched."
    )


def test_very_many_hits_are_cut() -> None:
    found = search_text("a" * (MOST + 1), Wish("a"))
    assert (len(found.spans), found.note) == (MOST, "These are the first 10,000.")
    assert search_text("a" * MOST, Wish("a")).note == ""


def test_a_search_that_takes_too_long_keeps_what_it_found() -> None:
    found = search_text("x" + " " + "a" * 60 + "!", Wish(r"x|^\s?(\w|\w\w)+$| (\w|\w\w)+\Z", pattern=True))
    assert found.note == "The search took too long and was stopped."
    assert found.spans == ((0, 1),)


def test_hits_in_a_body_are_counted_in_bytes(monkeypatch: pytest.MonkeyPatch) -> None:
    body = "äb \U0001f600b".encode() + b"\xffb"
    assert search_body(body, Wish("b")).spans == ((2, 3), (8, 9), (10, 11))
    assert search_body(b"ab b", Wish("b")).spans == ((1, 2), (3, 4))
    monkeypatch.setattr(view_search, "_MOST_BYTES", 3)
    assert search_body(b"ab b", Wish("b")) == Searched(((1, 2),), "Only the first 3 bytes were searched.")


def test_hits_are_shown_where_they_lie_whole_in_the_part() -> None:
    reading = Reading("cdefg", starts_at=2)
    spans = ((0, 1), (1, 3), (2, 4), (5, 6), (6, 8))
    assert spans_shown(reading, spans, in_bytes=False) == [(2, 0, 2), (3, 3, 4)]
    assert spans_shown(reading, spans, in_bytes=True) == [(2, 0, 2), (3, 3, 4)]


@given(st.text(st.sampled_from("ab\U0001f600ä\udcff"), max_size=30), st.data())
def test_bytes_lead_back_to_the_same_characters(text: str, data: st.DataObject) -> None:
    body = text.encode("utf-8", "surrogateescape")
    first = data.draw(st.integers(0, len(text)))
    last = data.draw(st.integers(first, len(text)))
    reading = Reading(text[first:last], starts_at=len(text[:first].encode("utf-8", "surrogateescape")))
    found = search_body(body, Wish("a", case=True))
    for number, start, end in spans_shown(reading, found.spans, in_bytes=True):
        assert reading.text[start:end] == "a"
        assert body[slice(*found.spans[number])] == b"a"
    assert len(spans_shown(reading, found.spans, in_bytes=True)) == reading.text.count("a")


@pytest.mark.parametrize(("place", "number"), [(0, 0), (1, 1), (5, 1), (6, 0)])
def test_the_nearest_hit_is_the_next_one_and_goes_round(place: int, number: int) -> None:
    assert nearest(((0, 2), (5, 6)), place) == number
