"""The conversation in the window: there whenever there is a completion, and hand in hand with the tree."""

import json
from pathlib import Path
from typing import Any

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QGuiApplication
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QTabBar, QToolButton
from pytestqt.qtbot import QtBot

from inspector.main import Program
from inspector.widgets.detail_pane import CONVERSATION, TEXT
from inspector.widgets.main_window import MainWindow
from inspector.widgets.picture_dialog import PictureDialog
from tests.inspections import completion
from tests.live_services import sample
from tests.sessions import opened, shown
from tests.widgets.sights import texts_of
from tests.widgets.test_conversation import png

IMAGE = {"type": "image_url", "image_url": {"url": png()}}
PROMPT = [
    {"role": "user", "content": [{"type": "text", "text": "**What** is this?"}, IMAGE]},
    {"role": "user", "content": "Well?"},
]


def answer(**changes: Any) -> dict[str, Any]:
    body = completion(content="A <b>cat</b>.")
    second = {"index": 1, "finish_reason": "stop", "message": {"role": "assistant", "content": "*A dog*."}}
    return body | {"choices": [*body["choices"], second], "input_messages": PROMPT} | changes


def open_body(program: Program, qtbot: QtBot, tmp_path: Path, body: Any) -> MainWindow:
    path = tmp_path / "answer.json"
    path.write_text(json.dumps(body))
    opened(program.session, qtbot, path)
    return program.window


@pytest.fixture
def talk(program: Program, qtbot: QtBot, tmp_path: Path) -> MainWindow:
    window = open_body(program, qtbot, tmp_path, answer())
    show_tab(window, qtbot)
    return window


def show_tab(window: MainWindow, qtbot: QtBot) -> None:
    window.detail.show_tab(CONVERSATION)
    qtbot.waitUntil(lambda: window.detail.conversation.view.turns is not None)


def text(window: MainWindow) -> str:
    return window.detail.conversation.view.toPlainText()


def select(window: MainWindow, pointer: str) -> None:
    outline = window.structure.outline
    assert outline is not None
    window.structure.select(outline.find(pointer))


def selected(window: MainWindow) -> str | None:
    row = window.structure.current_row
    return row.pointer if row is not None else None


def button(window: MainWindow, words: str) -> QToolButton:
    return next(each for each in window.detail.findChildren(QToolButton) if each.text() == words)


def test_prompt_and_answers_are_one_conversation(talk: MainWindow) -> None:
    assert [line for line in text(talk).split("\n") if line[:4] in ("User", "Assi")] == [
        "User  1",
        "User  2",
        "Assistant  3   answer 1 of 2 · stop · the model ended by itself",
        "Assistant  4   answer 2 of 2 · stop · the model ended by itself",
    ]
    assert "A <b>cat</b>." in text(talk)


def test_the_tab_is_there_for_every_completion_and_for_nothing_else(
    program: Program, qtbot: QtBot, tmp_path: Path
) -> None:
    tabs = program.window.detail.findChild(QTabBar)
    assert isinstance(tabs, QTabBar)
    assert not tabs.isTabVisible(CONVERSATION)
    open_body(program, qtbot, tmp_path, answer())
    assert tabs.isTabVisible(CONVERSATION)
    program.session.fetch(sample("error-404.json").id)
    shown(program.session, qtbot)
    assert not tabs.isTabVisible(CONVERSATION)


def test_a_row_of_the_tree_brings_its_turn_into_sight(talk: MainWindow) -> None:
    view = talk.detail.conversation.view
    for pointer, turn in (("/choices/1/message/content", 3), ("/input_messages/1/content", 1), ("/model", 1)):
        select(talk, pointer)
        assert view.current == turn
        assert selected(talk) == pointer


def test_a_turn_selects_its_row_in_the_tree(talk: MainWindow) -> None:
    view = talk.detail.conversation.view
    QTest.keyClick(view, Qt.Key.Key_End)
    assert selected(talk) == "/choices/1"
    assert view.current == 3
    QTest.keyClick(view, Qt.Key.Key_Home)
    assert selected(talk) == "/input_messages/0"


def test_the_turn_of_the_row_is_in_sight_when_the_tab_is_opened(program: Program, qtbot: QtBot, tmp_path: Path) -> None:
    window = open_body(program, qtbot, tmp_path, answer())
    select(window, "/choices/1/message")
    show_tab(window, qtbot)
    assert window.detail.conversation.view.current == 3


def test_one_turn_is_rendered_by_the_button(talk: MainWindow, qtbot: QtBot) -> None:
    render = button(talk, "Render Markdown")
    select(talk, "/choices/1")
    assert not render.isChecked()
    render.click()
    qtbot.waitUntil(lambda: "Rendered: not the exact text\nA dog." in text(talk))
    assert render.isChecked()
    select(talk, "/choices/0")
    assert not render.isChecked()
    assert "**What**" in text(talk)
    select(talk, "/choices/1")
    QTest.keyClick(talk, Qt.Key.Key_M, Qt.KeyboardModifier.ControlModifier)
    assert "*A dog*." in text(talk)
    talk.detail.show_tab(TEXT)
    assert talk.detail.page is talk.detail.view


def test_the_current_turn_is_copied_as_sent(talk: MainWindow) -> None:
    select(talk, "/choices/0")
    QTest.keyClick(talk, Qt.Key.Key_C, Qt.KeyboardModifier.ControlModifier | Qt.KeyboardModifier.AltModifier)
    assert QGuiApplication.clipboard().text() == "A <b>cat</b>."
    assert talk.statusBar().currentMessage() == "Copied 13 characters as sent."
    QGuiApplication.clipboard().clear()


def test_an_image_is_decoded_in_the_background_when_it_is_asked_for(talk: MainWindow, qtbot: QtBot) -> None:
    conversation = talk.detail.conversation
    conversation.view.go_to(0)
    show_it = next(action for action in conversation.menu().actions() if "image" in action.text())
    assert talk.findChildren(PictureDialog) == []
    show_it.trigger()
    qtbot.waitUntil(lambda: talk.findChildren(PictureDialog) != [])
    (dialog,) = talk.findChildren(PictureDialog)
    assert dialog.isVisible()
    dialog.close()


def test_what_is_no_image_is_said_in_the_status_bar(program: Program, qtbot: QtBot, tmp_path: Path) -> None:
    broken = {"type": "image_url", "image_url": {"url": "data:image/png;base64,AAAA"}}
    body = answer(input_messages=[{"role": "user", "content": [broken]}])
    window = open_body(program, qtbot, tmp_path, body)
    show_tab(window, qtbot)
    window.detail.conversation.view.go_to(0)
    actions = window.detail.conversation.menu().actions()
    next(action for action in actions if "image" in action.text()).trigger()
    words = "This is no PNG, JPEG, GIF, BMP or WebP image."
    qtbot.waitUntil(lambda: window.statusBar().currentMessage() == words)


def test_another_answer_brings_another_conversation(program: Program, qtbot: QtBot, tmp_path: Path) -> None:
    window = open_body(program, qtbot, tmp_path, answer())
    show_tab(window, qtbot)
    open_body(program, qtbot, tmp_path, answer(input_messages=[{"role": "user", "content": "Another"}]))
    qtbot.waitUntil(lambda: "Another" in text(window))
    assert "What" not in text(window)
    assert window.detail.tab == CONVERSATION


def test_the_round_of_panes_goes_through_the_conversation(talk: MainWindow) -> None:
    talk.structure.setFocus()
    talk.focus_pane(1)
    assert talk.detail.conversation.view.hasFocus()


def test_the_prompt_joins_the_conversation_when_it_comes(program: Program, qtbot: QtBot) -> None:
    program.session.fetch(sample("agent-trace.json").id)
    shown(program.session, qtbot)
    program.window.detail.show_tab(CONVERSATION)
    qtbot.waitUntil(lambda: text(program.window).startswith("System  1\nYou are the trip planner"))
    turns = program.window.detail.conversation.view.turns
    assert turns is not None
    assert (len(turns), turns.notice) == (13, "")
    assert turns.turn(12).pointer == "/choices/0"


def test_where_there_is_no_prompt_a_line_says_why(program: Program, qtbot: QtBot) -> None:
    program.session.fetch(sample("audio.json").id)
    shown(program.session, qtbot)
    show_tab(program.window, qtbot)
    qtbot.waitUntil(lambda: any("404" in words for words in texts_of(program.window.detail.conversation)))
    assert "Assistant" in text(program.window)
