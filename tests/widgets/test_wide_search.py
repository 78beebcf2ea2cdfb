"""Find in all completions: hits as they come, and the way to a hit's row."""

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from pytestqt.qtbot import QtBot

from inspector.viewmodels.session import Session
from inspector.widgets.main_window import MainWindow
from inspector.widgets.wide_search_dialog import WideSearchDialog
from tests.live_services import sample
from tests.sessions import shown
from tests.viewmodels.model_checks import watched
from tests.widgets.test_keyboard import press

PLAIN, CALLING = sample("plain-answer.json").id, sample("two-tool-calls.json").id
ARGUMENTS = "/choices/0/message/tool_calls/1/function/arguments"


@pytest.fixture
def dialog(window: MainWindow, session: Session, qtbot: QtBot) -> WideSearchDialog:
    session.fetch_all([PLAIN, CALLING])
    shown(session, qtbot)
    qtbot.waitUntil(lambda: not session.batch.is_open)
    press(window, "Ctrl+Shift+F")
    found = window.findChild(WideSearchDialog)
    assert isinstance(found, WideSearchDialog)
    found.tester = watched(found._search)  # type: ignore[attr-defined]
    return found


def rows(dialog: WideSearchDialog) -> list[tuple[str, ...]]:
    model = dialog._search
    return [tuple(str(model.index(row, at).data()) for at in range(3)) for row in range(model.rowCount())]


def wait_for(dialog: WideSearchDialog, words: str, qtbot: QtBot) -> None:
    qtbot.waitUntil(lambda: dialog.bar._count.text() == words)


def test_hits_of_all_completions_are_listed(dialog: WideSearchDialog, qtbot: QtBot) -> None:
    QTest.keyClicks(dialog.bar.field, "TENT-3P-GRN")
    wait_for(dialog, "1 found in 1 completion", qtbot)
    others = len(dialog._search._list.entries) - 2
    assert dialog.bar._note.text() == f"The {others} others of the list were not fetched, so they are not searched."
    ((subject, place, line),) = rows(dialog)
    assert (subject, place) == (CALLING, ARGUMENTS)
    assert "TENT-3P-GRN" in line
    dialog.bar.field.setText("chat.completion")
    wait_for(dialog, "2 found in 2 completions", qtbot)
    dialog.bar.field.setText("absent from all")
    wait_for(dialog, "none found", qtbot)
    assert rows(dialog) == []
    dialog.bar.pattern.setChecked(True)
    dialog.bar.field.setText("(")
    qtbot.waitUntil(lambda: "Not a regular expression" in dialog.bar._note.text())
    dialog.bar.field.setText("")
    assert dialog.bar._count.text() == ""


def test_a_hit_leads_to_its_completion_and_row(
    dialog: WideSearchDialog, window: MainWindow, session: Session, qtbot: QtBot
) -> None:
    assert session.inspection is not None
    assert session.inspection.requested == PLAIN
    dialog.bar.field.setText("TENT-3P-GRN")
    wait_for(dialog, "1 found in 1 completion", qtbot)
    QTest.keyClick(dialog.bar.field, Qt.Key.Key_Return)
    assert dialog.isVisible()
    assert dialog.table.hasFocus()
    QTest.keyClick(dialog.table, Qt.Key.Key_Return)
    qtbot.waitUntil(lambda: session.inspection is not None and session.inspection.requested == CALLING)
    qtbot.waitUntil(lambda: (row := window.structure.current_row) is not None and row.pointer == ARGUMENTS)
    assert dialog.isVisible()
    dialog.bar.field.setText("total_tokens")
    wait_for(dialog, "2 found in 2 completions", qtbot)
    place = dialog.table.visualRect(dialog._search.index(0, 0)).center()
    QTest.mouseClick(dialog.table.viewport(), Qt.MouseButton.LeftButton, pos=place)
    qtbot.waitUntil(lambda: (row := window.structure.current_row) is not None and row.pointer == "/usage/total_tokens")


def test_it_is_opened_once_and_closed_by_escape(dialog: WideSearchDialog, window: MainWindow, qtbot: QtBot) -> None:
    press(window, "Ctrl+Shift+F")
    assert len(window.findChildren(WideSearchDialog)) == 1
    QTest.keyClick(dialog.bar.field, Qt.Key.Key_Escape)
    qtbot.waitUntil(lambda: window.findChildren(WideSearchDialog) == [])


def test_a_hit_whose_completion_is_gone_leads_nowhere(dialog: WideSearchDialog, session: Session) -> None:
    before = session.inspection
    dialog.chosen.emit("never heard of", "/id")
    assert session.inspection is before
