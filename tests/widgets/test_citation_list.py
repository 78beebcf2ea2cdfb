"""The citations below a message: text that marks what it cites, and an address that is only ever copied."""

import json
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QGuiApplication
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QToolButton
from pytestqt.qtbot import QtBot

from inspector.main import Program
from inspector.widgets.main_window import MainWindow
from tests.inspections import completion
from tests.sessions import opened

URL = "https://аpple.com/<b>\u200b"
CITED = [
    {"url_citation": {"url": URL, "title": "<b>One</b>\nline", "start_index": 4, "end_index": 9}},
    {"url_citation": {"title": "Two", "start_index": 4, "end_index": 99}},
]


@pytest.fixture
def window(program: Program, qtbot: QtBot, tmp_path: Path) -> MainWindow:
    path = tmp_path / "answer.json"
    path.write_text(json.dumps(completion(content="See 🌌 the ferry.", annotations=CITED)))
    opened(program.session, qtbot, path)
    select(program.window, "/choices/0/message/content")
    return program.window


def select(window: MainWindow, pointer: str) -> None:
    outline = window.structure.outline
    assert outline is not None
    window.structure.select(outline.find(pointer))


def lines(window: MainWindow) -> list[str]:
    listed = window.detail.prose.citations.list
    return [listed.item(row).text() for row in range(listed.count())]


def test_citations_are_listed_as_text(window: MainWindow) -> None:
    assert lines(window) == [
        "1.  <b>One</b>⏎line — аpple.com, in ASCII xn--pple-43d.com\ncharacters 4 to 9 · https://аpple.com/<b>\u200b",
        "2.  Two\nstart_index 4 and end_index 99 do not fit: the content has 16 characters",
    ]


def test_a_message_without_citations_has_no_list(window: MainWindow) -> None:
    assert window.detail.prose.citations.isVisible()
    select(window, "/model")
    assert not window.detail.prose.citations.isVisible()
    assert lines(window) == []


def test_a_citation_marks_what_it_cites(window: MainWindow) -> None:
    listed = window.detail.prose.citations.list
    listed.setCurrentRow(0)
    assert [mark.cursor.selectedText() for mark in window.detail.view.extraSelections()] == ["🌌 the"]
    assert window.detail.view.source == "See 🌌 the ferry."
    listed.setCurrentRow(1)
    assert window.detail.view.extraSelections() == []


def test_a_citation_without_an_address_is_told_to_have_none(window: MainWindow) -> None:
    listed = window.detail.prose.citations.list
    QGuiApplication.clipboard().setText("before")
    listed.setCurrentRow(1)
    QTest.keyClick(listed, Qt.Key.Key_C, Qt.KeyboardModifier.ControlModifier)
    assert window.statusBar().currentMessage() == "Nothing was copied: this citation has no address."
    assert QGuiApplication.clipboard().text() == "before"


@pytest.mark.parametrize("by_key", [True, False])
def test_an_address_is_copied_as_sent_when_it_is_asked_for(window: MainWindow, by_key: bool) -> None:
    listed = window.detail.prose.citations.list
    button = next(each for each in window.detail.findChildren(QToolButton) if each.text() == "Copy address")
    assert not button.isEnabled()
    QGuiApplication.clipboard().clear()
    listed.setCurrentRow(0)
    assert QGuiApplication.clipboard().text() == ""
    if by_key:
        QTest.keyClick(listed, Qt.Key.Key_C, Qt.KeyboardModifier.ControlModifier)
    else:
        button.click()
    assert QGuiApplication.clipboard().text() == URL
    assert window.statusBar().currentMessage().startswith("Copied https://")
    QGuiApplication.clipboard().clear()
    listed.setCurrentRow(1)
    assert not button.isEnabled()
