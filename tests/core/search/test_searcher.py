"""What is looked for: plain, by word, by expression; and what is refused."""

import inspect
import sys
from time import thread_time
from unittest.mock import patch

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from inspector.core.inputs import Refused
from inspector.core.search import searcher as module
from inspector.core.search.searcher import LONGEST, MARGIN, Searcher, TooLongError, Wish, searcher_for


def ready(wish: Wish, seconds: float = 5.0) -> Searcher:
    found = searcher_for(wish, seconds)
    assert not isinstance(found, Refused), found
    return found


@pytest.mark.parametrize(
    ("wish", "text", "spans"),
    [
        (Wish("ab"), "xABxab", [(1, 3), (4, 6)]),
        (Wish("ab", case=True), "xABxab", [(4, 6)]),
        (Wish("a.c"), "abc a.c", [(4, 7)]),
        (Wish("tool", whole_word=True), "tools tool _tool tool.", [(6, 10), (17, 21)]),
        (Wish("-1", whole_word=True), "x-1 -1", [(4, 6)]),
        (Wish("a|b", whole_word=True, pattern=True), "ab a b", [(3, 4), (5, 6)]),
        (Wish(r"\d+", pattern=True), "1 22", [(0, 1), (2, 4)]),
        (Wish("^b", pattern=True), "a\nb", [(2, 3)]),
        (Wish("x*", pattern=True), "axxb", [(1, 3)]),
        (Wish("é"), "É\U0001f600é", [(0, 1), (2, 3)]),
        (Wish("\ud83d"), "a\ud83d", [(1, 2)]),
        (Wish("\n"), "a\nb", [(1, 2)]),
        (Wish(""), "abc", []),
    ],
)
def test_where_it_stands(wish: Wish, text: str, spans: list[tuple[int, int]]) -> None:
    assert list(ready(wish).spans(text)) == spans


@pytest.mark.parametrize(
    ("wish", "sentence"),
    [
        (Wish("a" * (LONGEST + 1)), "What is looked for may have 500 characters; this has 501."),
        (Wish("(?:a{1000}){11}", pattern=True), "This expression repeats more than 10,000 times, which is too much."),
        (Wish("(?:a{1000,}){,11}", pattern=True), "This expression repeats more than 10,000 times, which is too much."),
        (Wish("ab(", pattern=True), "Not a regular expression, at character 4: missing )."),
        (Wish("ab(", pattern=True, whole_word=True), "Not a regular expression"),
        (Wish("*", pattern=True), "Not a regular expression, at character 1: nothing to repeat."),
        (Wish("*", pattern=True, whole_word=True), "Not a regular expression, at character 1: nothing to repeat."),
    ],
)
def test_what_cannot_be_looked_for(wish: Wish, sentence: str) -> None:
    found = searcher_for(wish)
    assert isinstance(found, Refused)
    assert found.sentence.startswith(sentence)


def test_an_expression_that_is_nested_too_deeply() -> None:
    before = sys.getrecursionlimit()
    sys.setrecursionlimit(len(inspect.stack()) + 120)
    try:
        found = searcher_for(Wish("(" * 250 + ")" * 250, pattern=True))
    finally:
        sys.setrecursionlimit(before)
    assert found == Refused("This expression is nested too deeply.")


def test_a_search_without_end_is_stopped() -> None:
    with pytest.raises(TooLongError):
        list(ready(Wish(r"^(\w|\w\w)+$", pattern=True), 0.05).spans("a" * 60 + "!"))


@given(st.text(max_size=40), st.text(min_size=1, max_size=3))
def test_plain_text_is_found_as_python_finds_it(text: str, wanted: str) -> None:
    spans = list(ready(Wish(wanted, case=True)).spans(text))
    assert len(spans) == text.count(wanted)
    assert all(text[start:end] == wanted for start, end in spans)


@given(st.text(max_size=60), st.booleans(), st.booleans())
def test_any_expression_is_ready_or_refused(text: str, case: bool, whole_word: bool) -> None:
    found = searcher_for(Wish(text, case, whole_word, pattern=True), 0.2)
    if isinstance(found, Refused):
        assert found.sentence.endswith(".")


def busy(seconds: float) -> None:
    """Works in this thread, as whoever takes a hit may."""
    until = thread_time() + seconds
    while thread_time() < until:
        pass


def test_the_work_of_whoever_takes_the_hits_does_not_count() -> None:
    searcher = ready(Wish("a+", pattern=True), 0.05)
    found = []
    for span in searcher.spans("a aa aaa aaaa"):
        found.append(span)
        busy(0.06)
    assert found == [(0, 1), (2, 4), (5, 8), (9, 13)]


def test_an_empty_match_at_the_limit_is_passed_over_all_the_same() -> None:
    wish = Wish("a*?|b|(?=b)", pattern=True)
    found = []
    for span in ready(wish, 0.05).spans("abab"):
        found.append(span)
        busy(0.06)
    assert found == list(ready(wish).spans("abab"))


def test_a_search_that_is_given_no_time_at_all_ends() -> None:
    searcher = ready(Wish(r"^(\w|\w\w)+!?$(?<!!)", pattern=True), 0.0)
    with pytest.raises(TooLongError):
        list(searcher.spans("a" * 60 + "!"))


_PATTERNS = ["a", "^a", "b$", r"\ba+", "a.b", "(?<=b)a", "a(?=b)", "aa|ab", r"\s+", "", "b*?"]


@given(st.lists(st.text("ab \n", max_size=6), max_size=8), st.sampled_from(_PATTERNS))
@example(["ab \n" * 20, "", "aab", "ba" * 30], "a")
@example(["ab \n" * 20, "", "aab", "ba" * 30], "b*?")
@example(["ab \n" * 20, "", "aab", "ba" * 30], "")
@example(["ab \n" * 20, " " * 20, " " * 3, "b"], r"\s+")
@example([], "a")
def test_a_text_in_pieces_holds_what_the_whole_holds(pieces: list[str], pattern: str) -> None:
    searcher = ready(Wish(pattern, pattern=True), 30)
    whole = "".join(pieces)
    with patch.object(module, "MARGIN", 24):
        places = list(searcher.places(pieces))
    assert [(place.before + place.start, place.before + place.end) for place in places] == list(searcher.spans(whole))
    for place in places:
        assert place.text == whole[place.before :][: len(place.text)]


def test_no_more_of_a_text_in_pieces_is_kept_than_is_needed() -> None:
    places = ready(Wish("a")).places("a" + "-" * 99_999 for _ in range(50))
    assert max(len(place.text) for place in places) <= 100_000 + 2 * MARGIN


def test_what_goes_on_for_ever_is_given_up(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(module, "_MOST_PENDING", 500_000)
    with pytest.raises(TooLongError):
        list(ready(Wish("(?s)x.*", pattern=True)).places("x" * 100_000 for _ in range(50)))
