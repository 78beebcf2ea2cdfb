"""Finding in the window: in a view, over all of its text, and in the whole answer."""

import json
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from pytestqt.qtbot import QtBot

from inspector.core.readings.detail import SHOWN_LIMIT
from inspector.viewmodels.session import Session
from inspector.widgets.detail_pane import CONVERSATION, JSON, RAW, TEXT
from inspector.widgets.main_window import MainWindow
from inspector.widgets.search_bar import ANSWER, VIEW, SearchBar
from tests.answers import completion
from tests.sessions import opened, shown
from tests.widgets.test_keyboard import CALLS, focus, press

CONTENT = "/choices/0/message/content"
LONG = "needle \U0001f600 Needle " + "x" * SHOWN_LIMIT + " needles"


@pytest.fixture
def bar(window: MainWindow, session: Session, qtbot: QtBot, tmp_path: Path) -> SearchBar:
    """The bar over a long message, whose row is selected."""
    path = tmp_path / "long.json"
    path.write_text(json.dumps(completion({"content": LONG}, model="needle-1")), encoding="utf-8")
    opened(session, qtbot, path)
    outline = window.structure.outline
    assert outline is not None
    window.structure.select(outline.find(CONTENT))
    focus(window.detail.view, qtbot)
    press(window, "Ctrl+F")
    return window.detail.search


def wait_for(bar: SearchBar, count: str, qtbot: QtBot) -> None:
    qtbot.waitUntil(lambda: bar._count.text() == count)


def marked(window: MainWindow) -> list[tuple[str, bool]]:
    """The marked hits in sight, and whether each is the current one."""
    marks = window.detail.view.extraSelections()
    accent = window.theme.colours.accent
    return [(mark.cursor.selectedText(), mark.format.background().color().name() == accent) for mark in marks]


def test_hits_are_counted_marked_and_stepped_through(bar: SearchBar, window: MainWindow, qtbot: QtBot) -> None:
    assert bar.field.hasFocus()
    assert bar.place.currentIndex() == VIEW
    QTest.keyClicks(bar.field, "needle")
    wait_for(bar, "1 of 3", qtbot)
    assert marked(window) == [("needle", True), ("Needle", False)]
    press(window, "Return")
    assert bar._count.text() == "2 of 3"
    assert marked(window) == [("needle", False), ("Needle", True)]
    press(window, "Shift+Return")
    assert bar._count.text() == "1 of 3"


def test_a_hit_beyond_what_is_shown_brings_its_part_into_view(bar: SearchBar, window: MainWindow, qtbot: QtBot) -> None:
    bar.field.setText("needles")
    wait_for(bar, "1 of 1", qtbot)
    assert marked(window) == [("needles", True)]
    assert window.detail.view.source.endswith(" needles")
    assert "characters" in window.detail._note.text()
    bar.field.setText("needle")
    wait_for(bar, "3 of 3", qtbot)
    press(window, "F3")
    assert bar._count.text() == "1 of 3"
    assert window.detail.view.source.startswith("needle")


def test_checks_that_end_meanwhile_leave_the_hit_in_view(bar: SearchBar, window: MainWindow, qtbot: QtBot) -> None:
    bar.field.setText("needles")
    wait_for(bar, "1 of 1", qtbot)
    window.detail.look_again()
    assert bar._count.text() == "1 of 1"
    assert marked(window) == [("needles", True)]


def test_what_is_typed_while_the_view_is_made_still_leads_to_its_hit(
    bar: SearchBar, window: MainWindow, qtbot: QtBot
) -> None:
    bar.field.setText("needles")
    window.detail.refreshed.emit()
    wait_for(bar, "1 of 1", qtbot)
    assert marked(window) == [("needles", True)]


def test_capitals_whole_words_and_expressions(bar: SearchBar, qtbot: QtBot) -> None:
    bar.field.setText("needle")
    bar.case.setChecked(True)
    wait_for(bar, "1 of 2", qtbot)
    bar.word.setChecked(True)
    wait_for(bar, "1 of 1", qtbot)
    bar.pattern.setChecked(True)
    bar.field.setText("[nN]eedle")
    wait_for(bar, "1 of 2", qtbot)
    bar.field.setText("(")
    qtbot.waitUntil(lambda: "Not a regular expression" in bar._note.text())
    assert bar._note.isVisible()
    bar.field.setText("absent")
    wait_for(bar, "none found", qtbot)
    assert not bar._note.isVisible()
    bar.field.setText("")
    assert bar._count.text() == ""


def test_the_raw_view_is_searched_over_all_of_the_body(bar: SearchBar, window: MainWindow, qtbot: QtBot) -> None:
    window.detail.show_tab(RAW)
    bar.field.setText("total_tokens")
    wait_for(bar, "1 of 1", qtbot)
    assert ("total_tokens", True) in marked(window)


def test_another_view_is_searched_again_without_moving(bar: SearchBar, window: MainWindow, qtbot: QtBot) -> None:
    bar.field.setText("needle")
    wait_for(bar, "1 of 3", qtbot)
    window.detail.show_tab(JSON)
    wait_for(bar, "2 found", qtbot)
    assert bar._note.text() == "Only the part that is shown was searched."
    assert not any(current for _, current in marked(window))
    press(window, "Shift+F3")
    assert bar._count.text() in ("1 of 2", "2 of 2")
    window.detail.show_tab(CONVERSATION)
    assert bar._note.text() == "This view cannot be searched: choose the whole answer."
    window.detail.show_tab(TEXT)


def test_the_whole_answer_is_searched_and_a_hit_selects_its_row(
    bar: SearchBar, window: MainWindow, qtbot: QtBot
) -> None:
    focus(window.structure, qtbot)
    press(window, "Ctrl+F")
    assert bar.place.currentIndex() == ANSWER
    bar.field.setText("needle")
    wait_for(bar, "1 of 4", qtbot)
    row = window.structure.current_row
    assert row is not None
    assert row.pointer == "/model"
    qtbot.waitUntil(lambda: marked(window) == [("needle", True)])
    press(window, "F3")
    row = window.structure.current_row
    assert row is not None
    assert row.pointer == CONTENT
    qtbot.waitUntil(lambda: marked(window) == [("needle", True), ("Needle", False)])
    press(window, "F3")
    qtbot.waitUntil(lambda: marked(window) == [("needle", False), ("Needle", True)])
    press(window, "F3")
    qtbot.waitUntil(lambda: marked(window) == [("needle", True)])
    assert window.detail.view.source.endswith("needles")
    press(window, "F3")
    assert bar._count.text() == "1 of 4"


def test_keys_are_found_in_the_whole_answer(bar: SearchBar, window: MainWindow, qtbot: QtBot) -> None:
    bar.place.setCurrentIndex(ANSWER)
    bar.field.setText("completion_tokens")
    wait_for(bar, "1 of 1", qtbot)
    row = window.structure.current_row
    assert row is not None
    assert row.pointer == "/usage/completion_tokens"
    bar.field.setText("nowhere at all")
    wait_for(bar, "none found", qtbot)


def test_another_answer_is_searched_too(bar: SearchBar, session: Session, qtbot: QtBot) -> None:
    bar.place.setCurrentIndex(ANSWER)
    bar.field.setText("needle")
    wait_for(bar, "1 of 4", qtbot)
    session.fetch(CALLS)
    shown(session, qtbot)
    wait_for(bar, "none found", qtbot)


def test_escape_closes_and_gives_the_focus_back(bar: SearchBar, window: MainWindow, qtbot: QtBot) -> None:
    bar.field.setText("needle")
    wait_for(bar, "1 of 3", qtbot)
    press(window, "Esc")
    assert not bar.isVisible()
    assert window.detail.view.hasFocus()
    assert marked(window) == []
    press(window, "F3")
    assert bar.isVisible()
    assert bar.field.selectedText() == "needle"
    bar.place.setCurrentIndex(ANSWER)
    press(window, "Esc")
    assert window.structure.hasFocus()


def test_what_is_selected_is_looked_for(bar: SearchBar, window: MainWindow, qtbot: QtBot) -> None:
    press(window, "Esc")
    cursor = window.detail.view.textCursor()
    cursor.setPosition(1)
    cursor.setPosition(6, cursor.MoveMode.KeepAnchor)
    window.detail.view.setTextCursor(cursor)
    press(window, "Ctrl+F")
    assert bar.field.text() == "eedle"
    wait_for(bar, "1 of 3", qtbot)


def test_the_buttons_step_and_close(bar: SearchBar, window: MainWindow, qtbot: QtBot) -> None:
    bar.field.setText("needle")
    wait_for(bar, "1 of 3", qtbot)
    for button, count in ((bar.next, "2 of 3"), (bar.previous, "1 of 3")):
        QTest.mouseClick(button, Qt.MouseButton.LeftButton)
        assert bar._count.text() == count
    QTest.mouseClick(bar.close_button, Qt.MouseButton.LeftButton)
    assert not bar.isVisible()


def test_there_is_nothing_to_find_where_nothing_is_shown(window: MainWindow) -> None:
    press(window, "Ctrl+F")
    press(window, "F3")
    assert window.detail.search.isHidden()
