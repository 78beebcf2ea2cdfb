"""Markdown as it looks: painted from text alone, copied as sent, and never a reason to wait or to load."""

import time
from collections.abc import Iterator
from pathlib import Path

import pytest
from PySide6.QtCore import QMimeData, Qt, QUrl
from PySide6.QtGui import QGuiApplication, QTextBlock, QTextCharFormat, QTextCursor, QTextDocument
from PySide6.QtTest import QTest
from pytestqt.qtbot import QtBot

from inspector.core.markdown.blocks import Rendering
from inspector.core.markdown.reading import LONGEST, MOST_BLOCKS, MOST_LINES, read_markdown
from inspector.widgets.painted_text import BAR, QUOTES
from inspector.widgets.rendered_view import RenderedView
from inspector.widgets.theme import DARK, LIGHT, Theme

STALL = 0.3
HOSTILE = {
    "tables in HTML": "<table><tr><td>" * 20 + "x",
    "running backticks": "".join("e" + "`" * run for run in range(1, 250)),
    "brackets": "![" * (LONGEST // 2),
    "one long line": "x" * LONGEST,
    "many lines": "a\n" * MOST_LINES,
    "stars": "*_" * (LONGEST // 2),
    "wide table": "|a" * 500 + "|\n" + "|-" * 500 + "|\n" + "|" + "\n|" * 50,
    "items": "- a\n" * MOST_BLOCKS,
}


@pytest.fixture
def view(theme: Theme, qtbot: QtBot) -> Iterator[RenderedView]:
    made = RenderedView(theme)
    qtbot.addWidget(made)
    made.resize(600, 400)
    with qtbot.waitExposed(made):
        made.show()
    yield made
    QGuiApplication.clipboard().clear()


def show(view: RenderedView, text: str) -> None:
    rendering = read_markdown(text)
    assert isinstance(rendering, Rendering)
    view.show_rendering(text, rendering)


def blocks(view: RenderedView) -> list[QTextBlock]:
    document, found = view.document(), []
    block = document.begin()
    while block.isValid():
        found.append(block)
        block = block.next()
    return found


def lines(view: RenderedView) -> list[str]:
    return [block.text() for block in blocks(view)]


def look(view: RenderedView, words: str) -> QTextCharFormat:
    """The format of the first character of `words`."""
    cursor = view.document().find(words)
    assert not cursor.isNull()
    cursor.setPosition(cursor.selectionStart() + 1)
    return cursor.charFormat()


def test_blocks_are_painted_in_order(view: RenderedView) -> None:
    show(view, "# Head\n\none\ntwo\n\n- a\n  1. b\n\n> q\n\n---\n\n```py\nx = 1\ny\n```\n\n|a|bb|\n|-|-|\n|ccc|日|")
    assert lines(view) == [
        "Head",
        "one\u2028two",
        "•  a",
        "1.  b",
        "q",
        "─" * 24,
        "py",
        "x = 1\u2028y",
        "a     bb\u2028ccc   日",
    ]


def test_looks_are_formats(view: RenderedView) -> None:
    show(view, "# Head\n\nplain **bold** *slanted* ~~gone~~ `code` [words](https://t.example)\n\n> said")
    assert look(view, "bold").fontWeight() == 700
    assert look(view, "plain").fontWeight() == 400
    assert look(view, "slanted").fontItalic()
    assert not look(view, "plain").fontItalic()
    assert look(view, "gone").fontStrikeOut()
    assert (
        look(view, "code").fontFixedPitch() or look(view, "code").font().family() != look(view, "plain").font().family()
    )
    assert look(view, "Head").fontPointSize() > look(view, "plain").fontPointSize()
    assert look(view, "t.example").foreground().color().name() == LIGHT.muted
    assert look(view, "said").foreground().color().name() == LIGHT.muted


def test_nothing_is_a_link_an_image_or_a_table(view: RenderedView) -> None:
    show(view, "[a](https://b.example) <https://c.example> ![d](e.png) <img src=f>\n\n|g|\n|-|\n|h|")
    for block in blocks(view):
        for piece in block:
            style = piece.fragment().charFormat()
            assert not style.isAnchor()
            assert not style.isImageFormat()
    assert view.document().rootFrame().childFrames() == []


def test_quotations_have_bars_and_lists_are_moved_in(view: RenderedView) -> None:
    show(view, "a\n\n> b\n>\n> > - c\n")
    formats = [block.blockFormat() for block in blocks(view)]
    assert [style.intProperty(QUOTES) for style in formats] == [0, 1, 2]
    assert formats[0].leftMargin() < formats[1].leftMargin() < formats[2].leftMargin()
    assert not any(style.stringProperty(BAR) for style in formats)
    picture = view.viewport().grab().toImage()
    colours = {picture.pixelColor(x, y).name() for x in range(picture.width()) for y in range(picture.height())}
    assert LIGHT.line in colours


def test_colours_follow_the_theme(view: RenderedView, theme: Theme) -> None:
    show(view, "words and `code`")
    theme.prefer("dark")
    assert look(view, "words").foreground().color().name() == DARK.text
    assert look(view, "code").background().color().name() == DARK.window


def test_invisible_characters_have_stand_ins_as_in_plain_text(view: RenderedView) -> None:
    show(view, "a\u202eb\x00 **\u200bc** `\xa0d`\n\n|\u200b|\n|-|")
    assert "␀" in lines(view)[0]
    assert "⟦RLO⟧" not in lines(view)[0]
    view.reveal(True)
    assert lines(view) == ["a⟦RLO⟧b␀ ⟦ZWSP⟧c ⟦NBSP⟧d", "⟦ZWSP⟧"]


@pytest.mark.parametrize(
    ("first", "last", "copied"),
    [
        ("ne", "ne", "# **One**"),
        ("ne", "wo", "# **One**\n\n- *two*"),
        ("wo", "<b>", "- *two*\n- [three](x)\n\n\xa0<b>\r\nend"),
        ("hree", "hree", "- [three](x)"),
    ],
)
def test_copying_brings_the_lines_as_sent(view: RenderedView, first: str, last: str, copied: str) -> None:
    show(view, "# **One**\n\n- *two*\n- [three](x)\n\n\xa0<b>\r\nend")
    cursor = view.document().find(first)
    cursor.setPosition(cursor.selectionStart())
    cursor.setPosition(view.document().find(last).selectionEnd(), QTextCursor.MoveMode.KeepAnchor)
    view.setTextCursor(cursor)
    QTest.keyClick(view, Qt.Key.Key_C, Qt.KeyboardModifier.ControlModifier)
    data = QGuiApplication.clipboard().mimeData()
    assert data.formats() == ["text/plain"]
    assert bytes(data.data("text/plain").data()) == copied.encode()


def test_nothing_selected_is_nothing_copied(view: RenderedView) -> None:
    assert view.selected_source() == ""
    show(view, "a")
    assert view.selected_source() == ""


def test_nothing_comes_in_from_outside(view: RenderedView) -> None:
    show(view, "as sent")
    data = QMimeData()
    data.setHtml("<b>x</b>")
    assert not view.canInsertFromMimeData(data)
    assert not view.acceptDrops()
    QTest.keyClicks(view, "typed")
    assert view.toPlainText() == "as sent"


def test_a_document_has_no_resources(view: RenderedView, tmp_path: Path) -> None:
    there = tmp_path / "there.png"
    there.write_bytes(b"x")
    for kind in (QTextDocument.ResourceType.ImageResource, QTextDocument.ResourceType.StyleSheetResource):
        assert view.document().resource(kind.value, QUrl.fromLocalFile(str(there))) is None
        assert view.loadResource(kind.value, QUrl.fromLocalFile(str(there))) is None


@pytest.mark.parametrize("text", HOSTILE.values(), ids=HOSTILE.keys())
def test_no_text_holds_the_window_up(view: RenderedView, qtbot: QtBot, text: str) -> None:
    rendering = read_markdown(text)
    assert isinstance(rendering, Rendering)
    begin = time.thread_time()
    view.show_rendering(text, rendering)
    view.grab()
    assert time.thread_time() - begin < STALL
