"""Markdown as blocks of text: what is read, and that nothing of the text can hide in it."""

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from markdown_it import MarkdownIt

from inspector.core.markdown.blocks import Code, Paragraph, Place, Rendering, Rule, Span, StaysPlain, Table
from inspector.core.markdown.reading import DEEPEST, LONGEST, MOST_BLOCKS, MOST_LINES, read_all, read_markdown

MARKS = "`*_[]()!<>#|~\\&-+=1. \n\t:@/w\"'é\xa0\u200b\u202e\x00\r\ud800"


def rendered(text: str) -> Rendering:
    reading = read_markdown(text)
    assert isinstance(reading, Rendering)
    return reading


def words(text: str) -> list[str]:
    """All that is shown, a string for each paragraph, code or row of a table."""
    lines: list[str] = []
    for block in rendered(text).blocks:
        match block:
            case Paragraph():
                lines.append("".join(span.text for span in block.spans))
            case Code():
                lines.append(block.text)
            case Table():
                lines += ["|".join(row) for row in block.rows]
            case Rule():
                lines.append("---")
    return lines


def test_paragraphs_keep_their_line_breaks() -> None:
    assert words("one\ntwo  \nthree\n\nfour") == ["one\ntwo\nthree", "four"]


def test_headings_have_a_level() -> None:
    found = [(block.level, block.spans[0].text) for block in rendered("# One\n\n### Three\n\nTwo\n---\nrest").blocks]  # type: ignore[union-attr]
    assert found == [(1, "One"), (3, "Three"), (2, "Two"), (0, "rest")]


def test_looks_of_spans() -> None:
    (block,) = rendered("a *b **c*** ~~d~~ `e  *f*`").blocks
    assert isinstance(block, Paragraph)
    assert [span for span in block.spans if span.text.strip()] == [
        Span("a "),
        Span("b ", emphasis=True),
        Span("c", emphasis=True, strong=True),
        Span("d", struck=True),
        Span("e  *f*", code=True),
    ]


def test_lists_and_quotations_are_numbers_in_a_block() -> None:
    blocks = rendered("- a\n\n  b\n  1) c\n- \n\n> - d\n> > e").blocks
    assert [block.place for block in blocks] == [
        Place(0, 1, "•", (0, 1)),
        Place(0, 1, "", (2, 3)),
        Place(0, 2, "1)", (3, 4)),
        Place(0, 1, "•", (4, 6)),
        Place(1, 1, "•", (6, 7)),
        Place(2, 0, "", (7, 8)),
    ]


def test_numbers_of_items_are_as_sent() -> None:
    assert [block.place.marker for block in rendered("007. a\n007. b").blocks] == ["007.", "007."]


def test_code_is_exact() -> None:
    fenced, indented = rendered("```py title=“x”\n\ta  *b*\n\n```\n\n    in &amp; out\n").blocks
    assert fenced == Code(Place(lines=(0, 4)), "\ta  *b*\n", "py title=“x”")
    assert isinstance(indented, Code)
    assert indented.text == "in &amp; out"


def test_tables_are_rows_of_text() -> None:
    (table,) = rendered("| a | *b* |\n|---|:-:|\n| [c](d) | `e` |\n| f |").blocks
    assert table == Table(Place(lines=(0, 4)), (("a", "b"), ("c [d]", "e"), ("f", "")))


def test_a_table_with_cells_that_would_be_dropped_is_not_one() -> None:
    assert words("|a|\n|-|\n|1|hidden|") == ["|a|\n|-|\n|1|hidden|"]


def test_a_table_of_very_many_cells_is_not_one() -> None:
    text = "|a" * 100 + "|\n" + "|-" * 100 + "|\n" + "|\n" * 30
    assert words(text) == [text.strip()]


def test_a_rule_is_a_line() -> None:
    assert words("a\n\n***\n\nb") == ["a", "---", "b"]


@pytest.mark.parametrize(
    ("text", "seen"),
    [
        ('[good](https://evil.example/x "t")', "good [https://evil.example/x, “t”]"),
        ("[https://good](file:///etc/passwd)", "[https://good](file:///etc/passwd)"),
        ("[a](javascript:alert(1))", "[a](javascript:alert(1))"),
        ("[a]()", "a [no address]"),
        ("[a](HTTPS://X.example/?a=1&amp;b=%41)", "a [HTTPS://X.example/?a=1&amp;b=%41]"),
        ("[a](https://аpple.com)", "a [https://аpple.com (аpple.com, in ASCII xn--pple-43d.com)]"),
        ("<https://аpple.com>", "https://аpple.com [аpple.com, in ASCII xn--pple-43d.com]"),
        ("<https://apple.com/ä>", "https://apple.com/ä"),
        ("![x *y*](https://h.example/p.png)", "[image: x *y* — https://h.example/p.png]"),
        ("![](p.png)", "[image — p.png]"),
        ("[![x](p)](q)", "[image: x — p] [q]"),
        ("[a][ref]\n\n[ref]: https://hidden.example", "[a][ref]"),
    ],
)
def test_links_and_images_are_text_with_their_target(text: str, seen: str) -> None:
    assert words(text)[0] == seen


@pytest.mark.parametrize(
    "text",
    [
        "<!-- hidden --><b>bold</b><img src=x>",
        "<script>alert(1)</script>",
        "&lt;b&gt; &#x202e; &nbsp;",
        "[ref]: https://hidden.example",
        "\xa0edges\u2003",
        "nul \x00 cr \r sep \u2028 ls \ud800",
    ],
)
def test_what_renderers_hide_is_shown_as_it_is(text: str) -> None:
    assert words(text) == [text]


@settings(max_examples=300, deadline=None)
@given(st.text(alphabet=MARKS, max_size=60) | st.text(max_size=60))
def test_nothing_disappears_from_any_text(text: str) -> None:
    reading = read_markdown(text)
    if isinstance(reading, StaysPlain):
        return
    kept = iter("".join(_all(reading)))
    assert all(character in kept for character in text if character.isalnum() or character > "\x7f")


def _all(reading: Rendering) -> list[str]:
    found: list[str] = []
    for block in reading.blocks:
        found.append(block.place.marker)
        match block:
            case Paragraph():
                found += [span.text for span in block.spans]
            case Code():
                found += [block.info, block.text]
            case Table():
                found += [cell for row in block.rows for cell in row]
    return found


@pytest.mark.parametrize(
    ("text", "reason"),
    [
        ("a" * (LONGEST + 1), f"It has more than {LONGEST:,} characters, which is the most that can be rendered."),
        ("a\n" * (MOST_LINES + 1), f"It has more than {MOST_LINES:,} lines."),
        ("> " * 40 + "a", f"It nests {DEEPEST - 1} levels deep or deeper."),
        ("- a\n" * (MOST_BLOCKS + 1), f"It has more than {MOST_BLOCKS:,} paragraphs and other parts."),
    ],
)
def test_what_is_too_much_stays_plain_and_says_why(text: str, reason: str) -> None:
    assert read_markdown(text) == StaysPlain(reason)


def test_a_text_that_would_lose_a_part_stays_plain(monkeypatch: pytest.MonkeyPatch) -> None:
    def usual(*, tables: bool) -> MarkdownIt:
        return MarkdownIt("commonmark")

    monkeypatch.setattr("inspector.core.markdown.reading._parser", usual)
    assert read_markdown("[a]: https://hidden.example") == StaysPlain("Rendering would hide a part of it.")


def test_deep_brackets_stay_text() -> None:
    text = "[" * 3000 + "a" + "](b)" * 3000
    assert "a" in words(text)[0]


def test_texts_of_one_message_share_the_room() -> None:
    long = "a" * (LONGEST - 1)
    seen = read_all({0: "*a*", 2: long, 3: "b", 4: "c" * (LONGEST + 1)})
    assert seen[0] == read_markdown("*a*")
    assert [isinstance(seen[key], StaysPlain) for key in (0, 2, 3, 4)] == [False, True, True, True]
    assert seen[2] == StaysPlain(f"The texts of its message have more than {LONGEST:,} characters together.")
    assert seen[4] == read_markdown("c" * (LONGEST + 1))
