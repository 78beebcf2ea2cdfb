"""Text as shown beside text as sent."""

import sys
import unicodedata
from itertools import pairwise

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from inspector.core.visible_text import LINE_LIMIT, Shown, invisible_count, one_line, shown, stand_in
from tests.json_texts import unhurried

ODD = "\x00\x07\t\n\r\x1b\x7f\x85\xa0\xad\u034f\u061c\u200b\u200d\u202e\u2028\u2029\u2066\u3164\ufdd0\ufe0f\ufeff\ufffe\ud83d\udc00"
TEXTS = st.text(
    alphabet=st.sampled_from("ab \né東😀" + ODD + "\U000e0041\U000e0100") | st.characters(exclude_categories=())
)
UNSHOWABLE = {
    *map(chr, range(0x20)),
    *map(chr, range(0x7F, 0xA0)),
    *map(chr, range(0xFDD0, 0xFDF0)),
    *"\u2028\u2029\ufeff\ufffe\uffff",
}


def utf16(text: str) -> int:
    return len(text.encode("utf-16-le", "surrogatepass")) // 2


def unit_text(text: str, start: int, end: int) -> str:
    """What stands between two UTF-16 offsets."""
    return text.encode("utf-16-le")[2 * start : 2 * end].decode("utf-16-le")


def shown_at(view: Shown, offset: int) -> str:
    """What stands in place of the character at `offset` of the source, line breaks of ours aside."""
    return unit_text(view.text, view.to_shown_utf16(offset), view.to_shown_utf16(offset + 1))


@pytest.mark.parametrize("text", ["", "a", "plain text\n\twith lines\n", "x" * LINE_LIMIT, "é東\n", "caf\xe9"])
@pytest.mark.parametrize("reveal", [True, False])
def test_plain_text_is_shown_as_it_is(text: str, reveal: bool) -> None:
    view = shown(text, reveal=reveal)
    assert view.text == text
    assert [view.to_shown_utf16(offset) for offset in range(len(text) + 1)] == list(range(len(text) + 1))
    assert [view.to_source(offset) for offset in range(len(text) + 1)] == list(range(len(text) + 1))
    assert not view.stand_ins


@pytest.mark.parametrize(
    ("character", "hidden", "revealed"),
    [
        ("\x00", "␀", "␀"),
        ("\x1b", "␛", "␛"),
        ("\r", "␍", "␍"),
        ("\x7f", "␡", "␡"),
        ("\x85", "⟦NEL⟧", "⟦NEL⟧"),
        ("\x9f", "⟦U+009F⟧", "⟦U+009F⟧"),
        ("\u2028", "⟦LSEP⟧", "⟦LSEP⟧"),
        ("\ufdd1", "⟦U+FDD1⟧", "⟦U+FDD1⟧"),
        ("\ufeff", "⟦BOM⟧", "⟦BOM⟧"),
        ("\ud83d", "⟦U+D83D⟧", "⟦U+D83D⟧"),
        ("\xa0", "\xa0", "⟦NBSP⟧"),
        ("\u200b", "\u200b", "⟦ZWSP⟧"),
        ("\u202e", "\u202e", "⟦RLO⟧"),
        ("\ufe0f", "\ufe0f", "⟦VS16⟧"),
        ("\u3000", "\u3000", "⟦U+3000⟧"),
        ("\U000e0061", "\U000e0061", "⟦TAG a⟧"),
        ("\U000e0100", "\U000e0100", "⟦U+E0100⟧"),
        ("😀", "😀", "😀"),
        ("\t", "\t", "\t"),
        ("\n", "\n", "\n"),
        (" ", " ", " "),
        ("é", "é", "é"),
    ],
)
def test_what_stands_in(character: str, hidden: str, revealed: str) -> None:
    for reveal, expected in ((False, hidden), (True, revealed)):
        view = shown(f"a{character}b", reveal=reveal)
        assert view.text == f"a{expected}b"
        assert shown_at(view, 1) == expected
        assert shown_at(view, 2) == "b"
        is_replaced = expected != character
        assert list(view.stand_ins) == ([1, 1 + len(expected)] if is_replaced else [])


def test_every_invisible_character_has_a_stand_in() -> None:
    invisible = {"Cc", "Cf", "Cs", "Zl", "Zp", "Zs"}
    seen = {"\n", "\t", " "}
    for code in range(sys.maxunicode + 1):
        character = chr(code)
        if unicodedata.category(character) in invisible and character not in seen:
            assert shown(character, reveal=True).text == stand_in(character), hex(code)
            assert invisible_count(f"é{character}.") == 1, hex(code)


def test_a_stand_in_is_never_invisible_itself() -> None:
    for code in range(sys.maxunicode + 1):
        name = stand_in(chr(code))
        assert name.isprintable()
        assert len(name) <= 10


@pytest.mark.fault(row="invisible characters, escapes")
@unhurried
@given(TEXTS, st.booleans())
@example("\ud83d\ude00", False)
@example("😀\r\n" * 3, True)
def test_what_is_shown_is_safe(text: str, reveal: bool) -> None:
    view = shown(text, reveal=reveal)
    assert not UNSHOWABLE - {"\n", "\t"} & set(view.text)
    assert view.length == utf16(view.text)
    assert view.source_length == len(text)
    assert all(utf16(line) <= LINE_LIMIT for line in view.text.split("\n"))


@unhurried
@given(TEXTS, st.booleans())
def test_positions_lead_back(text: str, reveal: bool) -> None:
    view = shown(text, reveal=reveal)
    places = [view.to_shown_utf16(offset) for offset in range(len(text) + 1)]
    assert places == sorted(set(places))
    assert places[-1] == view.length
    for offset, (place, following) in enumerate(pairwise(places)):
        assert {view.to_source(inside) for inside in range(place, following)} == {offset}
        assert shown_at(view, offset) in (text[offset], stand_in(text[offset]))
    assert view.to_source(view.length) == len(text)


@pytest.mark.parametrize("unit", ["x", "é", "😀", "\x00", "\u202e", "a😀", "a\ud800"])
@pytest.mark.parametrize("reveal", [True, False])
def test_long_lines_are_broken_without_losing_a_position(unit: str, reveal: bool) -> None:
    text = unit * 10_000
    view = shown(f"{text}\nend", reveal=reveal)
    lines = view.text.split("\n")
    assert len(lines) > 3
    assert lines[-1] == "end"
    assert all(LINE_LIMIT - 8 < utf16(line) <= LINE_LIMIT for line in lines[:-2])
    for offset in (0, 1, 2, LINE_LIMIT // 2, LINE_LIMIT - 1, LINE_LIMIT, LINE_LIMIT + 1, len(text) - 1):
        assert shown_at(view, offset).strip("\n") in (text[offset], stand_in(text[offset]))
        assert view.to_source(view.to_shown_utf16(offset)) == offset
    assert "".join(lines[:-1]) == shown(unit, reveal=reveal).text * 10_000


def test_a_break_of_ours_belongs_to_no_character() -> None:
    view = shown("x" * (LINE_LIMIT + 1), reveal=False)
    assert view.text == f"{'x' * LINE_LIMIT}\nx"
    assert view.to_shown_utf16(LINE_LIMIT) == LINE_LIMIT + 1
    assert view.to_source(LINE_LIMIT) == LINE_LIMIT
    assert view.to_source(LINE_LIMIT + 1) == LINE_LIMIT
    assert not view.stand_ins


def test_offsets_beyond_the_text_are_its_ends() -> None:
    view = shown("a\x00b", reveal=False)
    assert (view.to_shown_utf16(-5), view.to_shown_utf16(99)) == (0, 3)
    assert (view.to_source(-5), view.to_source(99)) == (0, 3)


@pytest.mark.parametrize(
    ("text", "count"),
    [
        ("", 0),
        ("plain\ntext\t", 0),
        ("line\r\nline\r\n", 0),
        ("line\rline", 1),
        ("é\r\n", 0),
        ("a\x00b\x1b", 2),
        ("a\u200bb\xa0c\u202e", 3),
        ("\ud83d", 1),
        ("👩\u200d👩", 1),
        ("\ufeffé", 1),
    ],
)
def test_invisible_characters_are_counted(text: str, count: int) -> None:
    assert invisible_count(text) == count


@pytest.mark.parametrize(
    ("text", "line"),
    [
        ("", ""),
        ("plain", "plain"),
        ("a\nb\r\nc\td", "a⏎b⏎c⇥d"),
        ("a\rb\x00", "a␍b␀"),
        ("\u202eabc\ud800", "⟦RLO⟧abc⟦U+D800⟧"),
        ("a\xa0b", "a\xa0b"),
        ("x" * 160, "x" * 160),
        ("x" * 161, "x" * 159 + "…"),
        ("x" * 157 + "\ud800x", "x" * 157 + "…"),
        ("x" * 150 + "\ud800x", "x" * 150 + "⟦U+D800⟧x"),
        ("\n" * 1000, "⏎" * 159 + "…"),
        ("⟦" * 200, "⟦" * 158 + "…"),
    ],
)
def test_one_line(text: str, line: str) -> None:
    assert one_line(text) == line


@unhurried
@given(TEXTS, st.integers(20, 200))
def test_one_line_is_short_and_safe(text: str, limit: int) -> None:
    line = one_line(text * 20, limit)
    assert len(line) <= limit
    assert not UNSHOWABLE & set(line)
    assert line.encode().decode() == line


def test_one_line_of_a_huge_text_reads_only_its_beginning() -> None:
    class Counting(str):
        __slots__ = ()

        def isprintable(self) -> bool:
            raise AssertionError("the whole text was read")

    assert one_line(Counting("\n" * 1000)) == "⏎" * 159 + "…"
