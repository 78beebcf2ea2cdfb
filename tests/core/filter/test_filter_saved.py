"""Saved filters: what a file may hold, what cannot be kept, and which line gets which colour."""

from dataclasses import asdict, replace

import pytest

from inspector.core.colours import COLOURS
from inspector.core.filter.saved import (
    LONGEST_NAME,
    LONGEST_TEXT,
    MOST,
    SavedFilter,
    first_fault,
    marker,
    read_saved,
)
from tests.filters import PLAIN

BROKEN = SavedFilter("Broken calls", "invalid", "red")
WEATHER = SavedFilter("Weather", "tool:get_weather", "blue")
PLAIN_NAME = SavedFilter("Long", "tokens > 1000")


def test_what_was_written_comes_back() -> None:
    saved = (BROKEN, WEATHER, PLAIN_NAME)
    assert read_saved([asdict(each) for each in saved]) == saved
    assert read_saved([{"name": "a", "text": "invalid"}]) == (SavedFilter("a", "invalid"),)
    assert read_saved([]) == ()


def test_a_text_that_is_no_filter_any_more_is_kept() -> None:
    assert read_saved([{"name": "a", "text": "nothing =="}]) == (SavedFilter("a", "nothing =="),)


@pytest.mark.parametrize(
    "value",
    [
        None,
        {},
        "text",
        ["text"],
        [{}],
        [{"name": "a"}],
        [{"name": "", "text": "invalid"}],
        [{"name": " ", "text": "invalid"}],
        [{"name": "a\n", "text": "invalid"}],
        [{"name": "a" * (LONGEST_NAME + 1), "text": "invalid"}],
        [{"name": "a", "text": ""}],
        [{"name": "a", "text": "a" * (LONGEST_TEXT + 1)}],
        [{"name": "a", "text": "\u202e"}],
        [{"name": 7, "text": "invalid"}],
        [{"name": "a", "text": ["invalid"]}],
        [{"name": "a", "text": "invalid", "colour": "pink"}],
        [{"name": "a", "text": "invalid", "colour": ["red"]}],
        [{"name": "a", "text": "invalid"}, None],
        [{"name": "a", "text": "invalid"}] * (MOST + 1),
    ],
)
def test_what_does_not_fit_is_none(value: object) -> None:
    assert read_saved(value) is None


@pytest.mark.parametrize(
    ("saved", "place", "sentence"),
    [
        ([BROKEN, SavedFilter("", "invalid")], 1, "The name has no characters"),
        ([SavedFilter("a" * 41, "invalid")], 0, "more than 40"),
        ([BROKEN, SavedFilter("a", " ")], 1, "The filter has no characters"),
        ([BROKEN, SavedFilter("a", "tokns > 3")], 1, "did you mean “tokens”?"),
        ([BROKEN] * (MOST + 1), MOST, "There is room for 30 filters."),
    ],
)
def test_the_first_that_cannot_be_kept(saved: list[SavedFilter], place: int, sentence: str) -> None:
    found = first_fault(saved)
    assert found is not None
    assert found[0] == place
    assert sentence in found[1]


def test_a_list_in_order_has_no_fault() -> None:
    assert first_fault([BROKEN, WEATHER] * (MOST // 2)) is None


def test_the_first_coloured_filter_that_fits_marks_a_line() -> None:
    digest = replace(PLAIN, verdicts=("invalid",), tools=("get_weather",), total_tokens=5_000)
    assert marker([PLAIN_NAME, BROKEN, WEATHER])(digest) == BROKEN
    assert marker([WEATHER, BROKEN])(digest) == WEATHER
    assert marker([PLAIN_NAME])(digest) is None
    assert marker([SavedFilter("a", "nothing ==", "red"), BROKEN])(digest) == BROKEN
    assert marker([BROKEN])(PLAIN) is None


def test_every_colour_has_a_name() -> None:
    assert len(set(COLOURS)) == len(COLOURS) > 2
