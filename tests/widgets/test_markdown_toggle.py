"""The wish to see one message rendered: opt-in, for that message alone, and said to be no exact text."""

import json
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QGuiApplication
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QToolButton
from pytestqt.qtbot import QtBot

from inspector.core.markdown.reading import LONGEST
from inspector.main import Program
from inspector.widgets.detail_pane import JSON, TEXT
from inspector.widgets.main_window import MainWindow
from tests.inspections import call, completion
from tests.sessions import opened
from tests.widgets.sights import texts_of

CONTENT = "/choices/0/message/content"
SAID = "# **Hi** <b>\n\n- [a](https://b.example)"


def opened_with(program: Program, qtbot: QtBot, tmp_path: Path, **message: object) -> MainWindow:
    path = tmp_path / "answer.json"
    path.write_text(json.dumps(completion(**message)))
    opened(program.session, qtbot, path)
    select(program.window, CONTENT)
    return program.window


@pytest.fixture
def said(program: Program, qtbot: QtBot, tmp_path: Path) -> MainWindow:
    return opened_with(program, qtbot, tmp_path, content=SAID, tool_calls=[call("{}")])


def select(window: MainWindow, pointer: str) -> None:
    outline = window.structure.outline
    assert outline is not None
    window.structure.select(outline.find(pointer))


def button(window: MainWindow) -> QToolButton:
    return next(each for each in window.detail.findChildren(QToolButton) if each.text() == "Render Markdown")


def render(window: MainWindow, qtbot: QtBot) -> None:
    QTest.keyClick(window, Qt.Key.Key_M, Qt.KeyboardModifier.ControlModifier)
    qtbot.waitUntil(lambda: window.detail.page is window.detail.prose.rendered)


def test_a_message_is_plain_until_it_is_wished_otherwise(said: MainWindow, qtbot: QtBot) -> None:
    assert said.detail.page is said.detail.view
    assert said.detail.view.toPlainText() == SAID
    render(said, qtbot)
    assert said.detail.prose.rendered.toPlainText() == "Hi <b>\n•  a [https://b.example]"
    assert "Rendered: not the exact text." in texts_of(said.detail)
    render_off = button(said)
    assert render_off.isChecked()
    render_off.click()
    assert said.detail.page is said.detail.view
    assert "Rendered: not the exact text." not in texts_of(said.detail)


def test_the_wish_is_for_one_message_alone(said: MainWindow, qtbot: QtBot) -> None:
    render(said, qtbot)
    select(said, "/choices/0/message")
    assert said.detail.page is said.detail.view
    select(said, CONTENT)
    assert said.detail.page is said.detail.view
    assert not button(said).isChecked()


def test_other_views_of_the_message_stay_exact(said: MainWindow, qtbot: QtBot) -> None:
    render(said, qtbot)
    said.detail.show_tab(JSON)
    assert said.detail.page is said.detail.view
    assert not button(said).isVisible()
    said.detail.show_tab(TEXT)
    assert said.detail.page is said.detail.view
    assert not button(said).isChecked()


@pytest.mark.parametrize("pointer", ["", "/usage", "/choices/0/message/tool_calls/0/function/arguments", "/created"])
def test_what_is_no_message_cannot_be_rendered(said: MainWindow, pointer: str) -> None:
    select(said, pointer)
    assert not button(said).isVisible()
    said.detail.render_markdown()
    assert said.detail.page is said.detail.view


def test_the_view_that_is_copied_is_as_sent(said: MainWindow, qtbot: QtBot) -> None:
    render(said, qtbot)
    said.detail.copy_all()
    assert QGuiApplication.clipboard().text() == SAID
    QGuiApplication.clipboard().clear()


def test_stand_ins_are_shown_in_both_forms(program: Program, qtbot: QtBot, tmp_path: Path) -> None:
    window = opened_with(program, qtbot, tmp_path, content="a\u200bb")
    render(window, qtbot)
    assert window.detail.prose.rendered.toPlainText() == window.detail.view.toPlainText() == "a⟦ZWSP⟧b"
    QTest.keyClick(window, Qt.Key.Key_I, Qt.KeyboardModifier.ControlModifier)
    assert window.detail.prose.rendered.toPlainText() == window.detail.view.toPlainText() == "a\u200bb"


def test_a_text_that_stays_plain_says_why(program: Program, qtbot: QtBot, tmp_path: Path) -> None:
    window = opened_with(program, qtbot, tmp_path, content="a " * LONGEST)
    window.detail.render_markdown()
    sentence = (
        f"This text is not rendered. It has more than {LONGEST:,} characters, which is the most that can be rendered."
    )
    qtbot.waitUntil(lambda: sentence in texts_of(window.detail))
    assert window.detail.page is window.detail.view


def test_the_round_of_panes_goes_through_the_rendered_text(said: MainWindow, qtbot: QtBot) -> None:
    render(said, qtbot)
    said.structure.setFocus()
    said.focus_pane(1)
    assert said.detail.prose.rendered.hasFocus()
