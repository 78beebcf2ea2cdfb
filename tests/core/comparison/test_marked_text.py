"""Marks in a text can be read back, whatever stands in it."""

from hypothesis import example, given
from hypothesis import strategies as st

from inspector.core.comparison.marked_text import USUAL, Marks, marked, marks_for
from inspector.core.comparison.words import Edit, text_diff

TEXTS = st.lists(st.sampled_from(["a", " ", "-", "+", "[", "]", "{", "}", "[-", "-]", "{+", "+}", "--", "\n"])).map(
    "".join
)


def read_back(text: str, marks: Marks) -> tuple[str, str]:
    """Both sides, found by looking for the next mark, and in one for its end."""
    first, last = marks.around(Edit.REMOVED, "\0").split("\0")
    other_first, other_last = marks.around(Edit.ADDED, "\0").split("\0")
    left = right = ""
    at = 0
    while at < len(text):
        if text.startswith(first, at):
            end = text.index(last, at + len(first))
            left += text[at + len(first) : end]
            at = end + len(last)
        elif text.startswith(other_first, at):
            end = text.index(other_last, at + len(other_first))
            right += text[at + len(other_first) : end]
            at = end + len(other_last)
        else:
            left, right, at = left + text[at], right + text[at], at + 1
    return left, right


@given(TEXTS, TEXTS)
@example("-] x", "- x")
@example("[-a", "[--a")
def test_both_texts_can_be_read_out_of_the_marked_one(left: str, right: str) -> None:
    pieces = text_diff(left, right).pieces
    marks = marks_for(pieces)
    assert read_back(marked(pieces, marks), marks) == (left, right)


def test_the_usual_marks_where_the_text_has_none() -> None:
    pieces = text_diff("a - b + [c] {d}", "a - b + [c] {e}").pieces
    assert marks_for(pieces) == USUAL
    assert marked(pieces, USUAL) == "a - b + [c] {[-d-]{+e+}}"


def test_marks_in_words() -> None:
    assert Marks(2).words == "[--words--] only on the left, {++words++} only on the right"


def test_what_would_steer_a_terminal_has_a_stand_in() -> None:
    pieces = text_diff("a \x1b[31m", "a b").pieces
    assert "\x1b" not in marked(pieces, marks_for(pieces))
