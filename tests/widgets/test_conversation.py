"""The conversation view: turn by turn, folded, copied as sent, and never a reason to wait or to load."""

import base64
import json
import time
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from PySide6.QtCore import QBuffer, QEvent, QIODevice, QPoint, QPointF, Qt
from PySide6.QtGui import QGuiApplication, QImage, QMouseEvent, QTextBlock, QTextCursor
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QLabel, QMenu, QToolButton
from pytestqt.qtbot import QtBot

from inspector.core.markdown.blocks import StaysPlain
from inspector.core.markdown.reading import LONGEST, read_all, read_markdown
from inspector.core.readings.shown_conversation import ShownConversation
from inspector.core.readings.shown_turn import Attached
from inspector.widgets.conversation_page import ConversationPage
from inspector.widgets.conversation_view import PAGE
from inspector.widgets.painted_text import BAR
from inspector.widgets.theme import DARK, LIGHT, Theme
from inspector.widgets.turn_painter import FOLDED, STEP
from tests.conversations import calling, conversation, result

STALL = 1.0
KEEP = QTextCursor.MoveMode.KeepAnchor
CONTROL = Qt.KeyboardModifier.ControlModifier
SPECIAL = "a\u00a0b\u2028c\r\nd\x00\ud800\u202ee 👩🏽\u200d🚀"


@pytest.fixture
def page(theme: Theme, qtbot: QtBot) -> Iterator[ConversationPage]:
    made = ConversationPage(theme)
    qtbot.addWidget(made)
    made.resize(700, 500)
    with qtbot.waitExposed(made):
        made.show()
    yield made
    QGuiApplication.clipboard().clear()


def show(page: ConversationPage, messages: list[Any], *answers: dict[str, Any], notice: str = "") -> None:
    page.show_conversation(ShownConversation(conversation(messages, *answers, notice=notice), {}))


def said(text: str, role: str = "user") -> dict[str, str]:
    return {"role": role, "content": text}


def blocks(page: ConversationPage) -> list[QTextBlock]:
    block, found = page.view.document().begin(), []
    while block.isValid():
        found.append(block)
        block = block.next()
    return found


def lines(page: ConversationPage) -> list[str]:
    return [block.text().replace("\u2028", "\n") for block in blocks(page)]


def whole_lines(page: ConversationPage) -> list[str]:
    """The lines without the breaks that only the screen has."""
    return [line.replace("\n", "") for line in lines(page)]


def at(page: ConversationPage, words: str) -> QTextCursor:
    cursor = page.view.document().find(words)
    assert not cursor.isNull(), words
    return cursor


def select(page: ConversationPage, first: str, last: str) -> None:
    cursor = at(page, first)
    cursor.setPosition(cursor.selectionStart())
    cursor.setPosition(at(page, last).selectionEnd(), KEEP)
    page.view.setTextCursor(cursor)


def copied(page: ConversationPage) -> str:
    QTest.keyClick(page.view, Qt.Key.Key_C, CONTROL)
    data = QGuiApplication.clipboard().mimeData()
    assert data.formats() == ["text/plain"]
    return bytes(data.data("text/plain").data()).decode()


def click(page: ConversationPage, words: str) -> None:
    place = page.view.cursorRect(at(page, words)).center() - QPoint(6, 0)
    QTest.mouseClick(page.view.viewport(), Qt.MouseButton.LeftButton, pos=place)


def labels(page: ConversationPage) -> list[str]:
    return [label.text() for label in page.findChildren(QLabel) if label.isVisible()]


def test_a_conversation_reads_from_top_to_bottom(page: ConversationPage) -> None:
    arguments = json.dumps({"order_id": "LF-77154", "items": ["TENT-3P-GRN", "PEG-SET-12"], "reason": "broke in wind"})
    call = {"id": "c1", "type": "function", "function": {"name": "label", "arguments": arguments}}
    show(
        page,
        [
            said("Be brief.", "system"),
            said("Hi\nthere"),
            {"role": "assistant", "tool_calls": [call]},
            result("c1", "ok"),
        ],
        said("Done", "assistant"),
    )
    assert lines(page) == [
        "System  1",
        "Be brief.",
        "User  2",
        "Hi\nthere",
        "Assistant  3",
        "calls  label   c1",
        "✓ valid JSON object · indented",
        '{\n  "order_id": "LF-77154",\n  "items": ["TENT-3P-GRN", "PEG-SET-12"],\n  "reason": "broke in wind"\n}',
        "Tool  4   label · answers turn 3",
        "ok",
        "Assistant  5",
        "Done",
    ]


def test_each_turn_has_a_bar_in_the_colour_of_its_role(page: ConversationPage, theme: Theme) -> None:
    show(page, [said("a", "system"), said("b"), said("c", "assistant"), said("d", "tool")])
    bars = [block.blockFormat().stringProperty(BAR) for block in blocks(page)][::2]
    assert bars == [LIGHT.muted, LIGHT.info, LIGHT.good, LIGHT.key]
    picture = page.view.viewport().grab().toImage()
    assert {picture.pixelColor(1, y).name() for y in range(picture.height())} >= set(bars)
    theme.prefer("dark")
    assert [block.blockFormat().stringProperty(BAR) for block in blocks(page)][2] == DARK.info


def test_the_fault_is_marked_on_its_character(page: ConversationPage) -> None:
    text = "{\"🙈\": 1, 'b': 2}"
    call = {"id": "c", "type": "function", "function": {"name": "f", "arguments": text}}
    show(page, [{"role": "assistant", "tool_calls": [call]}])
    marked = [
        piece.fragment().text()
        for block in blocks(page)
        for piece in block
        if piece.fragment().charFormat().background().color().name() == LIGHT.error
    ]
    assert marked == ["'"]
    assert "✗ not JSON: Python notation at character 10" in lines(page)


def test_where_more_was_due_there_is_a_mark_that_is_not_copied(page: ConversationPage) -> None:
    call = {"id": "c", "type": "function", "function": {"name": "f", "arguments": '{"a": '}}
    show(page, [{"role": "assistant", "tool_calls": [call]}, said("next")])
    assert lines(page)[3:5] == ["✗ not JSON: cut off after character 6", '{"a": ▌']
    select(page, '{"a"', "▌")
    assert copied(page) == '{"a": '


def test_a_word_on_the_prompt_stands_above(page: ConversationPage) -> None:
    show(page, [], said("a"), notice="The prompt was not available: the service answered 404.")
    assert labels(page)[0] == "The prompt was not available: the service answered 404."
    show(page, [], said("a"))
    assert labels(page) == []


# What is copied


@pytest.mark.parametrize("reveal", [True, False])
def test_a_text_is_copied_as_sent(page: ConversationPage, reveal: bool) -> None:
    page.view.reveal(reveal)
    show(page, [said(SPECIAL)])
    select(page, "a", "🚀")
    assert page.view.selected_source() == SPECIAL
    assert copied(page) == SPECIAL.replace("\ud800", "\\ud800")
    select(page, "c", "d")
    assert page.view.selected_source() == "c\r\nd"


def test_lines_from_right_to_left_have_a_direction_each_and_are_copied_whole(page: ConversationPage) -> None:
    text = "left\nمرحبا\n\nend"
    show(page, [said(text)])
    assert lines(page)[1:] == ["left", "مرحبا", "", "end"]
    directions = [block.textDirection() for block in blocks(page)[1:3]]
    assert directions == [Qt.LayoutDirection.LeftToRight, Qt.LayoutDirection.RightToLeft]
    select(page, "left", "end")
    assert page.view.selected_source() == text
    select(page, "eft", "مرحب")
    assert page.view.selected_source() == "eft\nمرحب"


def test_a_selection_over_turns_has_what_is_said_alone(page: ConversationPage) -> None:
    show(page, [said("first"), said("second", "assistant"), said("third")])
    select(page, "rst", "thi")
    assert copied(page) == "rst\n\nsecond\n\nthi"


def test_of_arguments_that_are_laid_out_all_is_copied_as_sent(page: ConversationPage) -> None:
    arguments = json.dumps({"a": "b" * 60, "c": [1, 2]}, separators=(",", ":"))
    call = {"id": "c", "type": "function", "function": {"name": "f", "arguments": arguments}}
    show(page, [{"role": "assistant", "tool_calls": [call]}])
    select(page, '"c"', "2")
    assert copied(page) == arguments


def test_the_whole_message_is_copied_folded_or_not(page: ConversationPage) -> None:
    text = "x" * 3 * FOLDED[0]
    show(page, [said("other"), said(text)])
    page.view.go_to(1)
    assert f" {len(text):,} characters" in page.copy_current()
    assert QGuiApplication.clipboard().text() == text
    page.show_conversation(None)
    assert " 0 characters" in page.copy_current()


# Folding


def test_a_long_text_is_folded_until_more_is_asked_for(page: ConversationPage) -> None:
    text = "".join(f"{number:07,} " for number in range(1_500))
    show(page, [said(text), said("next")])
    assert lines(page)[1:3] == [text[: FOLDED[0]], f"Show all {len(text):,} characters"]
    QTest.keyClick(page.view, Qt.Key.Key_Return)
    assert whole_lines(page)[1:3] == [text, "User  2"]


def test_a_very_long_text_is_shown_step_by_step(page: ConversationPage) -> None:
    text = "".join(f"{number:07,} " for number in range(5_000))
    show(page, [said(text)])
    assert lines(page)[2] == f"Show more of {len(text):,} characters"
    click(page, "Show more")
    assert whole_lines(page)[1] == text[: STEP[0]]
    page.view.unfold()
    assert whole_lines(page)[1] == text[: 2 * STEP[0]]
    page.view.unfold()
    assert whole_lines(page)[1:] == [text]
    assert not page.view.is_folded
    page.view.unfold()
    assert whole_lines(page)[1:] == [text]


def test_a_text_of_many_lines_is_folded_by_lines(page: ConversationPage) -> None:
    show(page, [said("a\n" * 100)])
    assert lines(page)[1:] == ["a\n" * (FOLDED[1] - 1) + "a", "Show all 200 characters"]


# Going about


@pytest.fixture
def many(page: ConversationPage) -> ConversationPage:
    show(page, [said(f"Question {number}") for number in range(3 * PAGE + 5)], said("The answer", "assistant"))
    return page


def key(page: ConversationPage, code: Qt.Key, modifier: Qt.KeyboardModifier = Qt.KeyboardModifier.NoModifier) -> int:
    QTest.keyClick(page.view, code, modifier)
    return page.view.current


def test_keys_go_from_turn_to_turn(many: ConversationPage, qtbot: QtBot) -> None:
    with qtbot.waitSignal(many.view.turn_chosen) as chosen:
        assert key(many, Qt.Key.Key_Down, CONTROL) == 1
    assert chosen.args == [1]
    assert key(many, Qt.Key.Key_Up, CONTROL) == 0
    assert key(many, Qt.Key.Key_Up, CONTROL) == 0
    assert key(many, Qt.Key.Key_End) == 3 * PAGE + 5
    assert lines(many)[-1] == "The answer"
    assert key(many, Qt.Key.Key_Down, CONTROL) == 3 * PAGE + 5
    assert key(many, Qt.Key.Key_Home) == 0
    assert lines(many)[1] == "Question 0"
    assert [key(many, Qt.Key.Key_Down) for _ in range(3)] == [0, 1, 1]


def test_only_a_page_of_turns_is_laid_out(many: ConversationPage) -> None:
    earlier, later = (button for button in many.findChildren(QToolButton) if "turns" in button.accessibleName())
    assert len(lines(many)) == 2 * PAGE
    assert f"Turns 1 to {PAGE} of {3 * PAGE + 6}" in labels(many)
    assert not earlier.isEnabled()
    later.click()
    assert lines(many)[1] == f"Question {PAGE}"
    assert many.view.current == PAGE
    many.view.go_to(3 * PAGE + 5)
    assert not later.isEnabled()
    earlier.click()
    assert lines(many)[1] == f"Question {2 * PAGE}"
    show(many, [said("a")])
    assert labels(many) == []


def test_a_page_of_long_turns_ends_early(page: ConversationPage) -> None:
    show(page, [said(f"{number}" + "é" * 1_990) for number in range(15)])
    assert 2 <= page.view.last < 15
    page.view.go_to(14)
    assert page.view.current == 14
    assert any(line.startswith("14é") for line in lines(page))


def test_a_click_makes_a_turn_the_current_one(many: ConversationPage, qtbot: QtBot) -> None:
    with qtbot.waitSignal(many.view.turn_chosen) as chosen:
        click(many, "Question 3")
    assert chosen.args == [3]
    assert many.view.accessibleDescription() == f"Turn 4 of {3 * PAGE + 6}: User"


def test_a_place_of_the_body_brings_its_turn_into_sight(many: ConversationPage, qtbot: QtBot) -> None:
    with qtbot.assertNotEmitted(many.place_chosen):
        many.show_place("/choices/0/message/content")
    assert many.view.current == 3 * PAGE + 5
    many.show_place("/usage")
    assert many.view.current == 3 * PAGE + 5


def test_a_turn_of_the_body_tells_its_place_and_one_of_the_prompt_none(many: ConversationPage, qtbot: QtBot) -> None:
    with qtbot.waitSignal(many.place_chosen) as chosen:
        many.view.choose(3 * PAGE + 5)
    assert chosen.args == ["/choices/0"]
    with qtbot.assertNotEmitted(many.place_chosen):
        many.view.choose(0)


# Markdown


def wanted_of(page: ConversationPage, qtbot: QtBot) -> tuple[int, dict[int, str]]:
    with qtbot.waitSignal(page.markdown_wanted) as wanted:
        page.render_current(True)
    assert wanted.args is not None
    turn, texts = wanted.args
    return turn, texts


def render(page: ConversationPage, qtbot: QtBot) -> None:
    turn, texts = wanted_of(page, qtbot)
    page.show_markdown(turn, texts, read_all(texts))


def test_markdown_of_another_conversation_comes_too_late(page: ConversationPage, qtbot: QtBot) -> None:
    show(page, [said("**a**")])
    turn, texts = wanted_of(page, qtbot)
    show(page, [said("**b**")])
    page.show_markdown(turn, texts, read_all(texts))
    assert not page.is_rendered
    assert lines(page)[1] == "**b**"


def test_one_turn_is_rendered_when_that_is_asked_for(page: ConversationPage, qtbot: QtBot) -> None:
    show(page, [said("**a**\n\n- <b>"), said("**c**")])
    render(page, qtbot)
    assert lines(page) == ["User  1", "Rendered: not the exact text", "a", "•  <b>", "User  2", "**c**"]
    assert page.is_rendered
    select(page, "a", "<b>")
    assert copied(page) == "**a**\n\n- <b>"
    page.render_current(False)
    assert lines(page)[1] == "**a**\n\n- <b>"
    assert not page.is_rendered


def test_a_turn_that_stays_plain_says_why(page: ConversationPage, qtbot: QtBot) -> None:
    show(page, [said("a" * (LONGEST + 1))])
    render(page, qtbot)
    assert labels(page)[0].startswith("A text of turn 1 is not rendered. It has ")
    assert isinstance(read_markdown("a" * (LONGEST + 1)), StaysPlain)
    assert not page.is_rendered


def test_code_is_never_rendered(page: ConversationPage, qtbot: QtBot) -> None:
    show(page, [calling("c")])
    with qtbot.assertNotEmitted(page.markdown_wanted):
        page.render_current(True)


def test_rendered_quotations_have_bars_of_their_own(page: ConversationPage, qtbot: QtBot) -> None:
    show(page, [said("> said")])
    render(page, qtbot)
    picture = page.view.viewport().grab().toImage()
    colours = {picture.pixelColor(x, y).name() for x in range(picture.width()) for y in range(picture.height())}
    assert {LIGHT.info, LIGHT.line} <= colours


# What is attached


def png(width: int = 40, height: int = 20) -> str:
    image = QImage(width, height, QImage.Format.Format_RGB32)
    image.fill(Qt.GlobalColor.red)
    buffer = QBuffer()
    buffer.open(QIODevice.OpenModeFlag.WriteOnly)
    image.save(buffer, "PNG")  # type: ignore[call-overload]
    return f"data:image/png;base64,{base64.b64encode(buffer.data().data()).decode()}"


def actions(menu: QMenu) -> dict[str, Any]:
    return {action.text().replace("&", ""): action for action in menu.actions()}


def test_an_image_in_the_message_is_shown_only_when_that_is_asked_for(page: ConversationPage, qtbot: QtBot) -> None:
    show(page, [{"role": "user", "content": [{"type": "image_url", "image_url": {"url": png()}}]}])
    assert lines(page)[1].startswith("▣ Image · image/png · ")
    assert lines(page)[2] == "Show the image"
    with qtbot.waitSignal(page.picture_wanted) as wanted:
        click(page, "Show the image")
    (piece,) = wanted.args or (None,)
    assert isinstance(piece, Attached)
    with qtbot.waitSignal(page.picture_wanted):
        actions(page.menu())["Show the image"].trigger()


def test_an_image_elsewhere_is_an_address_that_can_be_copied(page: ConversationPage, qtbot: QtBot) -> None:
    url = "https://h.example/a&b.png"
    show(page, [{"role": "user", "content": [{"type": "image_url", "image_url": {"url": url}}]}])
    assert lines(page)[1:] == ["▣ Image · at h.example · not loaded", url]
    offered = actions(page.menu())
    assert "Show the image" not in offered
    with qtbot.waitSignal(page.told) as told:
        offered[f"Copy the address {url.replace('&', '')}"].trigger()
    assert QGuiApplication.clipboard().text() == url
    assert told.args == [f"Copied {url}."]


def test_the_menu_offers_what_the_turn_has(page: ConversationPage, qtbot: QtBot) -> None:
    show(page, [said("*a*"), said("b" * 5_000)])
    offered = actions(page.menu())
    enabled = {name: action.isEnabled() for name, action in offered.items()}
    assert enabled == {"Copy": False, "Copy the message": True, "Show more of it": False, "Render Markdown": True}
    with qtbot.waitSignal(page.markdown_wanted):
        offered["Render Markdown"].trigger()
    page.view.go_to(1)
    actions(page.menu())["Show more of it"].trigger()
    assert whole_lines(page)[-1] == "b" * 5_000


def test_the_hand_points_at_what_can_be_clicked(page: ConversationPage) -> None:
    show(page, [said("b" * 5_000)])
    for words, shape in (
        ("Show all", Qt.CursorShape.PointingHandCursor),
        ("User", Qt.CursorShape.IBeamCursor),
    ):
        place = page.view.cursorRect(at(page, words)).center() - QPoint(6, 0)
        none = Qt.MouseButton.NoButton
        over = page.view.viewport().mapToGlobal(place)
        modifier = Qt.KeyboardModifier.NoModifier
        move = QMouseEvent(QEvent.Type.MouseMove, QPointF(place), QPointF(over), none, none, modifier)
        QApplication.sendEvent(page.view.viewport(), move)
        assert page.view.viewport().cursor().shape() is shape


# Nothing holds the window up


HOSTILE = {
    "five thousand": [said(f"message {number} " * 10) for number in range(5_000)],
    "long lines": [said("x" * 1_000_000)] * 20,
    "many lines": [said("a\n" * 500_000)] * 20,
    "from right to left": [said("مرحبا بالعالم\n" * 5_000)] * 20,
    "many parts": [{"role": "user", "content": [{"type": "text", "text": "x y " * 500}] * 1_000}] * 20,
    "markup": [said("<table><tr><td>" * 20 + "<img src=x>")] * 20,
    "results": [result("c", json.dumps([{"a": "b" * 20}] * 700))] * 20,
}


@pytest.mark.parametrize("messages", HOSTILE.values(), ids=HOSTILE.keys())
def test_no_conversation_holds_the_window_up(page: ConversationPage, messages: list[Any]) -> None:
    seen = ShownConversation(conversation(messages), {})
    for act in (
        lambda: page.show_conversation(seen),
        lambda: page.view.choose(len(seen) - 1),
        page.view.unfold,
        lambda: page.view.choose(0),
    ):
        begin = time.thread_time()
        act()
        page.grab()
        assert time.thread_time() - begin < STALL


def test_nothing_is_loaded(
    page: ConversationPage, qtbot: QtBot, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    asked: list[object] = []
    monkeypatch.setattr(type(page.view), "loadResource", lambda _self, _kind, name: asked.append(name))
    monkeypatch.setattr(type(page.view.document()), "loadResource", lambda _self, _kind, name: asked.append(name))
    text = f"<img src={tmp_path}/x.png> ![x]({tmp_path}/y.png)"
    show(page, [said(text)])
    page.grab()
    render(page, qtbot)
    page.grab()
    assert asked == []
