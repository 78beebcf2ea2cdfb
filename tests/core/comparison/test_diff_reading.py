"""A difference as parts to look at: both sides can be found in them, each change once."""

from hypothesis import given
from hypothesis import strategies as st

from inspector.core.comparison.difference import Change
from inspector.core.comparison.reading import PART, RowReading, reading_of
from inspector.core.comparison.rows import ComparedRow
from tests.core.comparison.test_values import parsed


def read(left: str, right: str) -> RowReading:
    """The reading of two texts as orders, which are told by word."""
    return reading_of(ComparedRow("here", Change.REORDERED, "told so", left, right))


def sides(reading: RowReading) -> tuple[str, str]:
    left, right = "", ""
    for part in reading.parts:
        own = [character for at, character in enumerate(part.text) if at not in part.line_breaks]
        places = [at for at in range(len(part.text)) if at not in part.line_breaks]
        inserted = {at for change in part.changes if change.inserted for at in range(change.start, change.end)}
        removed = {at for change in part.changes if not change.inserted for at in range(change.start, change.end)}
        left += "".join(character for at, character in zip(places, own, strict=True) if at not in inserted)
        right += "".join(character for at, character in zip(places, own, strict=True) if at not in removed)
    return left, right


TEXTS = st.lists(st.sampled_from(["a", "b ", "\n", "\r\n", "cat", "⏎", "\u2028"])).map("".join)


@given(TEXTS, TEXTS)
def test_both_sides_are_in_the_parts(left: str, right: str) -> None:
    assert sides(read(left, right)) == (left, right)


def test_each_change_is_marked_and_is_a_stop() -> None:
    reading = read("the cat sat here", "the dog sat there now")
    (part,) = reading.parts
    assert part.text == "the catdog sat herethere now"
    assert [(part.text[each.start : each.end], each.inserted) for each in part.changes] == [
        ("cat", False),
        ("dog", True),
        ("here", False),
        ("there now", True),
    ]
    assert [part.text[first:last] for _, first, last in reading.stops] == ["catdog", "herethere now"]
    assert reading.note == "here: told so. Struck out is only left, underlined only right."


def test_what_is_the_same_says_so() -> None:
    assert read("a", "a").note == "here: told so."
    assert read("", "").parts[0].text == ""


def test_a_line_break_that_went_can_be_seen_and_is_copied_as_it_is() -> None:
    (part,) = read("a\n\nb", "a\nb").parts
    assert part.text == "a\n⏎\nb"
    assert part.sent(0, len(part.text)) == "a\n[-\n-]b"
    assert part.sent(2, 3) == "[--]"


def test_what_is_copied_has_its_marks() -> None:
    (part,) = read("the cat sat", "the dog sat").parts
    assert part.source == "the [-cat-]{+dog+} sat"
    assert part.sent(5, 8) == "[-at-]{+d+}"
    assert part.sent(0, 3) == "the"


def test_a_long_text_comes_in_parts_and_each_change_is_one_stop() -> None:
    words = [f"word{at}" for at in range(20_000)]
    others = [f"new{at}" if at % 1_000 == 0 else word for at, word in enumerate(words)]
    reading = read(" ".join(words), " ".join(others))
    assert all(len(part.text) <= PART for part in reading.parts)
    assert len(reading.stops) == 20
    assert sides(reading) == (" ".join(words), " ".join(others))
    texts = [reading.parts[part].text[first:last] for part, first, last in reading.stops]
    assert texts[1] == "word1000new1000"


def test_where_a_change_fills_parts_of_its_own_either_side_is_a_stop() -> None:
    reading = read("x" * (3 * PART), "y" * PART + " z")
    assert [reading.parts[part].text[first] for part, first, _ in reading.stops] == ["x", "y"]
    assert sides(reading) == ("x" * (3 * PART), "y" * PART + " z")


def test_a_text_that_was_too_much_for_words_says_so() -> None:
    left, right = (" ".join(f"{side}{at % 700}" for at in range(20_000)) for side in "ab")
    assert read(left, right).note.endswith(
        " Too much differs to match every word, so whole stretches are told as replaced."
    )


def test_what_cannot_be_seen_is_revealed_where_it_differs() -> None:
    assert read("a\u200b", "a").is_revealing
    assert not read("a\u200b b", "a\u200b c").is_revealing


def test_texts_are_decoded_and_other_values_are_as_spelled() -> None:
    text = reading_of(ComparedRow("x", Change.CHANGED, "", parsed(r'"a\nb"'), parsed(r'"a\nc"')))
    assert text.parts[0].source == "a\n[-b-]{+c+}"
    numbers = reading_of(ComparedRow("x", Change.CHANGED, "", parsed("1.10"), parsed("1.20")))
    assert numbers.parts[0].source == "[-1.10-]{+1.20+}"
    spelled = reading_of(ComparedRow("x", Change.RESPELLED, "", parsed(r'"\u0061"'), parsed('"a"')))
    assert spelled.parts[0].source == r'[-"\u0061"-]{+"a"+}'
    same = reading_of(ComparedRow("x", Change.SAME, "", parsed("[1]"), parsed("[1]")))
    assert same.parts[0].source == "[1]"
