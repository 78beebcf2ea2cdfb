"""Word diffs lead from one text to the other, at a bounded cost."""

import itertools
import random
import time

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from inspector.core.comparison import matching
from inspector.core.comparison.words import Edit, Piece, TextDiff, replaced, shared_beginning, text_diff

PARTS = ["a", "b", " ", "\n", "cat", ".", ", ", "\r\n", "\ud800", "北", "京", "2.1", "don’t", "e\u0301", "😀"]
TEXTS = st.text() | st.lists(st.sampled_from(PARTS)).map("".join)
BUDGETS = st.sampled_from([0, 1, 9, 100, 20_000, 1_000_000])
OTHER_SIDE = {Edit.KEPT: Edit.KEPT, Edit.REMOVED: Edit.ADDED, Edit.ADDED: Edit.REMOVED}


def sides(diff: TextDiff) -> tuple[str, str]:
    left = "".join(piece.text for piece in diff.pieces if piece.edit is not Edit.ADDED)
    return left, "".join(piece.text for piece in diff.pieces if piece.edit is not Edit.REMOVED)


def told(diff: TextDiff) -> str:
    marks = {Edit.KEPT: "{}", Edit.REMOVED: "[-{}-]", Edit.ADDED: "<+{}+>"}
    return "".join(marks[piece.edit].format(piece.text) for piece in diff.pieces)


@given(TEXTS, TEXTS, BUDGETS, st.sampled_from([0, 5, 1_000]))
def test_the_pieces_make_both_texts(left: str, right: str, budget: int, most: int) -> None:
    diff = text_diff(left, right, budget, most)
    assert sides(diff) == (left, right)
    assert all(piece.text for piece in diff.pieces)
    assert all(one.edit is not other.edit for one, other in zip(diff.pieces, diff.pieces[1:], strict=False))


@given(TEXTS, TEXTS, BUDGETS)
@example("a\nb", "b\na", 1_000_000)
def test_the_other_way_round_only_the_sides_are_changed_over(left: str, right: str, budget: int) -> None:
    there, back = text_diff(left, right, budget), text_diff(right, left, budget)
    assert there.is_coarse is back.is_coarse
    for edit in Edit:
        ours = [piece.text for piece in there.pieces if piece.edit is edit]
        assert ours == [piece.text for piece in back.pieces if piece.edit is OTHER_SIDE[edit]]


@given(TEXTS)
def test_what_is_the_same_is_kept(text: str) -> None:
    assert text_diff(text, text) == TextDiff((Piece(Edit.KEPT, text),) if text else ())


@pytest.mark.parametrize(
    ("left", "right", "diff"),
    [
        (
            "One.\nThe cat sat here.\nEnd",
            "One.\nThe old cat sat there.\nEnd",
            "One.\nThe <+old +>cat sat [-here-]<+there+>.\nEnd",
        ),
        ("a", "", "[-a-]"),
        ("the cat", "a dog", "[-the cat-]<+a dog+>"),
        ("red, green", "blue, black", "[-red, green-]<+blue, black+>"),
        ("x\n\ny", "x\ny", "x\n[-\n-]y"),
        ("one\ntwo", "three\nfour", "[-one-]<+three+>\n[-two-]<+four+>"),
        ("it isn't 2.1 m", "it isn't 2.3 m", "it isn't [-2.1-]<+2.3+> m"),
        ("it don’t", "it won’t", "it [-don’t-]<+won’t+>"),
        ("北京是首都", "上京是首都", "[-北-]<+上+>京是首都"),
        ("cafe\u0301 x", "cafe x", "[-cafe\u0301-]<+cafe+> x"),
        ("a_b c", "a_d c", "[-a_b-]<+a_d+> c"),
        ("a  b", "a b", "a [- -]b"),
        ("1, 2, 3", "1, 3", "1, [-2, -]3"),
        ("it is sunny in Bonn", "it is mostly cloudy in Bonn", "it is [-sunny-]<+mostly cloudy+> in Bonn"),
        ("Paris is the capital", "Paris, the capital", "Paris[- is-]<+,+> the capital"),
    ],
)
def test_words_are_what_a_reader_takes_for_one(left: str, right: str, diff: str) -> None:
    assert told(text_diff(left, right)) == diff


@given(st.lists(st.sampled_from("abc"), max_size=12), st.lists(st.sampled_from("abc"), max_size=12))
def test_a_longest_row_of_common_words_is_found(left: list[str], right: list[str]) -> None:
    found, is_coarse = matching.matches(left, right)
    assert not is_coarse
    assert all(left[one] == right[other] for one, other in found)
    assert all(one < a and other < b for (one, other), (a, b) in itertools.pairwise(found))
    table = [[0] * (len(right) + 1) for _ in range(len(left) + 1)]
    for one, word in enumerate(left):
        for other, others in enumerate(right):
            best = max(table[one][other + 1], table[one + 1][other])
            table[one + 1][other + 1] = table[one][other] + 1 if word == others else best
    assert len(found) == table[-1][-1]


@given(st.lists(st.sampled_from(PARTS)), st.lists(st.sampled_from(PARTS)), BUDGETS)
def test_whatever_the_budget_matches_are_common_words_in_order(left: list[str], right: list[str], budget: int) -> None:
    found, _ = matching.matches(left, right, budget)
    assert all(left[one] == right[other] for one, other in found)
    assert all(one < a and other < b for (one, other), (a, b) in itertools.pairwise(found))


def prose(seed: int, count: int) -> list[str]:
    chance = random.Random(seed)
    return [f"word{chance.randrange(3_000)}" for _ in range(count)]


def test_a_long_text_with_a_few_other_words_is_told_word_by_word() -> None:
    left = prose(1, 100_000)
    right = [f"new{at}" if at % 50 == 0 else word for at, word in enumerate(left)]
    diff = text_diff(" ".join(left), " ".join(right))
    assert not diff.is_coarse
    assert sum(piece.edit is Edit.ADDED for piece in diff.pieces) == 2_000
    assert all(len(piece.text) < 10 for piece in diff.pieces if piece.edit is not Edit.KEPT)


def test_a_word_that_differs_in_a_hundred_megabytes_is_found() -> None:
    left, right = ("word " * 10_000_000 + side + " word" * 10_000_000 for side in "ab")
    changed = [piece for piece in text_diff(left, right).pieces if piece.edit is not Edit.KEPT]
    assert changed == [Piece(Edit.REMOVED, "a"), Piece(Edit.ADDED, "b")]


@pytest.mark.parametrize(
    ("left", "right"),
    [
        (" ".join(prose(1, 120_000)), " ".join(prose(2, 120_000))),
        ("a " * 500_000, "b " * 500_000),
        ("." * 1_000_000, "," * 1_000_000),
        ("x" * 1_000_000, "y" * 1_000_000),
        ("x" * 2_500_000, "y" * 2_500_000),
        (" ".join(random.Random(3).choices("ab", k=500_000)), " ".join(random.Random(4).choices("ab", k=500_000))),
        ("a b\n" * 250_000, "a c\n" * 250_000),
    ],
    ids=["prose", "two words", "signs", "a word", "too long", "few words", "lines"],
)
def test_a_megabyte_that_differs_everywhere_takes_a_bounded_time(left: str, right: str) -> None:
    began = time.process_time()
    diff = text_diff(left, right)
    assert time.process_time() - began < 10  # one or two seconds; a search without bounds takes hours
    assert sides(diff) == (left, right)


def test_texts_with_too_little_in_common_are_told_as_replaced() -> None:
    left, right = (f"Well, {' '.join(f'{side}{at % 99}' for at in range(2_000))} bye." for side in "ab")
    diff = text_diff(left, right, 10_000)
    assert diff.is_coarse
    assert [piece.edit for piece in diff.pieces] == [Edit.KEPT, Edit.REMOVED, Edit.ADDED, Edit.KEPT]
    assert (diff.pieces[0].text, diff.pieces[-1].text) == ("Well, ", " bye.")


def test_replaced_has_no_empty_sides() -> None:
    assert replaced("a", "") == TextDiff((Piece(Edit.REMOVED, "a"),))
    assert replaced("", "") == TextDiff(())


@given(TEXTS, TEXTS, TEXTS)
def test_the_shared_beginning(head: str, left: str, right: str) -> None:
    shared = shared_beginning(head + left, head + right)
    assert shared >= len(head)
    assert (head + left)[:shared] == (head + right)[:shared]
    assert (head + left)[shared : shared + 1] != (head + right)[shared : shared + 1] or shared == len(head + left)
