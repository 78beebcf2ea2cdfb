"""Laying out for a terminal: widths, folding without loss, stand-ins, and the caret under the right character."""

import time
import unicodedata

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from inspector.core.report.layout import WIDTH, display_width, folded, marked, quoted, revealed, safe, sentence

LINES = st.text(st.characters(exclude_characters="\n"))
CONTROLS = {"Cc", "Cs", "Zl", "Zp"}


@pytest.mark.parametrize(
    ("text", "width"),
    [("", 0), ("abc", 3), ("é", 1), ("e\u0301", 1), ("漢字", 4), ("😀", 2), ("a\u200bb", 2), ("\uff21", 2)],
)
def test_display_width(text: str, width: int) -> None:
    assert display_width(text) == width


@settings(deadline=None)
@given(LINES, st.integers(2, 40))
def test_folding_loses_nothing_and_fits(line: str, width: int) -> None:
    rows = list(folded(line, width))
    assert "".join(rows) == line
    assert rows
    assert all(display_width(row) <= width for row in rows)


@pytest.mark.parametrize(
    ("line", "rows"),
    [
        ("one two three", ["one two ", "three"]),
        ("onetwothree", ["onetwothr", "ee"]),
        ("a bcdefghijk", ["a bcdefgh", "ijk"]),
        ("漢字漢字漢字", ["漢字漢字", "漢字"]),
    ],
)
def test_a_row_ends_behind_a_space_in_its_last_third(line: str, rows: list[str]) -> None:
    assert list(folded(line, 9)) == rows


def test_a_character_wider_than_the_row_does_not_go_on_for_ever() -> None:
    assert list(folded("漢字", 1)) == ["漢", "字"]


def test_a_long_line_is_folded_in_linear_time() -> None:
    begin = time.process_time()
    assert sum(1 for _ in folded("x" * 4_000_000, 76)) == 52_632
    assert time.process_time() - begin < 10


def test_a_sentence_is_folded_at_its_spaces_and_holds_no_line_break() -> None:
    text = sentence("word\n" * 40 + "\x1b[31m", "    ")
    lines = text.split("\n")
    assert all(line.startswith("    word") and len(line) <= WIDTH for line in lines)
    assert text.endswith("␛[31m")


@pytest.mark.fault(row="invisible characters, escapes")
@settings(deadline=None)
@given(st.text(st.one_of(st.characters(), st.sampled_from("\x1b\x9b\u202e\ud800\r\x7f\u2028")), max_size=30))
def test_nothing_that_could_steer_a_terminal_remains(text: str) -> None:
    for shown in (safe(text), revealed(text)):
        assert not {char for char in shown if unicodedata.category(char) in CONTROLS} - {"\n", "\t"}
        assert not set(shown) & set("\u061c\u200e\u200f\u202a\u202b\u202c\u202d\u202e\u2066\u2067\u2068\u2069\ufeff")
        assert shown.encode().decode() == shown


def test_ordinary_text_stays_as_it_is() -> None:
    text = "é 漢字 👩\u200d👧\n\tx"
    assert safe(text) == text


def test_revealing_shows_what_cannot_be_seen() -> None:
    assert revealed("a\u200bb\xa0c" * 400) == "a⟦ZWSP⟧b⟦NBSP⟧c" * 400
    assert revealed("a\nb\tc") == "a\nb\tc"


def test_quoted_text_stands_behind_a_gutter() -> None:
    text = "short\n\n" + "long " * 20 + "\n\tx"
    assert list(quoted(text)) == [
        "  | short",
        "  |",
        "  | " + ("long " * 15).rstrip(),
        "  : long long long long long",
        "  |     x",
    ]


@pytest.mark.parametrize(
    ("text", "offset", "lines"),
    [
        ("abc", 1, ["  | abc", "     ^"]),
        ("abc", 3, ["  | abc", "       ^"]),
        ("", 0, ["  |", "    ^"]),
        ("ab\ncd", 2, ["  | ab", "      ^", "  | cd"]),
        ("ab\ncd", 3, ["  | ab", "  | cd", "    ^"]),
        ("漢字x", 2, ["  | 漢字x", "        ^"]),
        ("a\u200bb", 2, ["  | a⟦ZWSP⟧b", "           ^"]),
        ("a\u200bb", 1, ["  | a⟦ZWSP⟧b", "     ^"]),
        ("a\tb", 1, ["  | a␉b", "     ^"]),
        ("e\u0301x", 2, ["  | e\u0301x", "     ^"]),
    ],
)
def test_the_caret_stands_under_the_character(text: str, offset: int, lines: list[str]) -> None:
    assert list(marked(text, offset)) == lines


def test_the_caret_follows_a_folded_line() -> None:
    text = "x" * 100
    assert list(marked(text, 80)) == ["  | " + "x" * 75, "  : " + "x" * 25, "    " + " " * 5 + "^"]
    assert list(marked("x" * 75, 75))[1] == "    " + " " * 75 + "^"


def test_only_the_surroundings_of_a_fault_in_a_long_text_are_shown() -> None:
    lines = list(marked("x" * 10_000, 5_000))
    assert lines[0] == "  (4,400 characters before this are not shown)"
    assert lines[-1] == "  (4,700 characters after this are not shown)"
    assert sum(line.count("x") for line in lines[1:-1]) == 900
    (caret,) = (line for line in lines if line.endswith("^"))
    assert len(caret) == 4 + 600 % 75 + 1


@settings(deadline=None)
@given(LINES, st.data())
def test_there_is_one_caret_and_every_line_fits(text: str, data: st.DataObject) -> None:
    offset = data.draw(st.integers(0, len(text)))
    lines = list(marked(text.replace("^", ""), min(offset, len(text.replace("^", "")))))
    assert sum(line.strip() == "^" for line in lines) == 1
    assert all(display_width(line) <= WIDTH for line in lines)
