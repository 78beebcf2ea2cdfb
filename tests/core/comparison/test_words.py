"""Word diffs lead from one text to the other, at a bounded cost."""

from hypothesis import given
from hypothesis import strategies as st

from inspector.core.comparison.words import Edit, Piece, TextDiff, text_diff

TEXTS = st.text() | st.lists(st.sampled_from(["a", "b", " ", "\n", "cat", ".", "\r\n", "\ud800"])).map("".join)


def sides(diff: TextDiff) -> tuple[str, str]:
    left = "".join(piece.text for piece in diff.pieces if piece.edit is not Edit.ADDED)
    return left, "".join(piece.text for piece in diff.pieces if piece.edit is not Edit.REMOVED)


@given(TEXTS, TEXTS, st.sampled_from([0, 1, 9, 100, 1_000_000]))
def test_the_pieces_make_both_texts(left: str, right: str, budget: int) -> None:
    diff = text_diff(left, right, budget)
    assert sides(diff) == (left, right)
    assert all(piece.text for piece in diff.pieces)


@given(TEXTS)
def test_what_is_the_same_is_kept(text: str) -> None:
    assert text_diff(text, text) == TextDiff((Piece(Edit.KEPT, text),) if text else ())


def test_words_are_matched_within_the_lines_that_differ() -> None:
    diff = text_diff("One line.\nThe cat sat here.\nEnd", "One line.\nThe old cat sat there.\nEnd")
    assert diff == TextDiff(
        (
            Piece(Edit.KEPT, "One line.\nThe "),
            Piece(Edit.ADDED, "old "),
            Piece(Edit.KEPT, "cat sat "),
            Piece(Edit.REMOVED, "here"),
            Piece(Edit.ADDED, "there"),
            Piece(Edit.KEPT, ".\nEnd"),
        )
    )


def test_texts_with_too_little_in_common_are_told_as_replaced() -> None:
    left, right = " ".join(map(str, range(2000))), " ".join(f"w{n}" for n in range(2000))
    diff = text_diff(left, right, 10_000)
    assert diff.is_coarse
    assert sides(diff) == (left, right)


def test_the_shortest_way_is_found() -> None:
    diff = text_diff("a b c a b b a", "c b a b a c")
    assert not diff.is_coarse
    kept = sum(len(piece.text) for piece in diff.pieces if piece.edit is Edit.KEPT)
    assert kept >= 7
