"""Browsing the stored completions: by keyboard and mouse, one or several, and what is said where there is nothing."""

import json
from collections.abc import Callable, Iterator
from urllib.parse import parse_qs, urlsplit

import pytest
from PySide6.QtCore import QItemSelectionModel, Qt
from PySide6.QtTest import QTest
from pytestqt.qtbot import QtBot

from inspector.core.inputs import BaseUrl
from inspector.core.profile import Profile
from inspector.core.window_options import WindowOptions
from inspector.main import Program
from inspector.viewmodels.session import Session
from inspector.viewmodels.session_state import Stage
from inspector.widgets.main_window import MainWindow
from inspector.widgets.stored_dialog import StoredDialog
from tests.fault_server import FaultServer, Link
from tests.live_services import demo_services, sample
from tests.sessions import Watch, entry, shown
from tests.viewmodels.model_checks import watched
from tests.widgets.conftest import OpenProgram
from tests.widgets.test_keyboard import press

FIRST, SECOND = sample("plain-answer.json").id, sample("two-tool-calls.json").id
Open = Callable[[Callable[[Link], None]], StoredDialog]


def dialog_of(window: MainWindow) -> StoredDialog:
    found = window.findChild(StoredDialog)
    assert isinstance(found, StoredDialog)
    return found


def listed(dialog: StoredDialog, qtbot: QtBot) -> StoredDialog:
    qtbot.waitUntil(lambda: dialog._stored.is_asked and not dialog._stored.is_busy)
    return dialog


@pytest.fixture
def dialog(window: MainWindow, qtbot: QtBot) -> StoredDialog:
    """The list of the demo service, as Ctrl+B opens it."""
    press(window, "Ctrl+B")
    return listed(dialog_of(window), qtbot)


@pytest.fixture
def open_on(open_program: OpenProgram, qtbot: QtBot) -> Iterator[Open]:
    """Opens the list of a server that answers as it likes."""
    servers: list[FaultServer] = []

    def open_dialog(answer: Callable[[Link], None]) -> StoredDialog:
        server = FaultServer(default=answer)
        servers.append(server.__enter__())
        base_url = BaseUrl(server.url(), "")
        services = {"base_url": base_url, "profile": Profile("work", base_url), "environ": {"SUDO_API_KEY": "key"}}
        program = open_program(lambda: demo_services(**services), WindowOptions())
        program.window.welcome.browse_button.click()
        return listed(dialog_of(program.window), qtbot)

    yield open_dialog
    for server in servers:
        server.__exit__(None, None, None)


def select(dialog: StoredDialog, *ids: str) -> None:
    """Selects the lines of these IDs and no other."""
    flags = QItemSelectionModel.SelectionFlag
    dialog.table.clearSelection()
    for row in range(dialog._stored.rowCount()):
        found = dialog._stored.row_at(row)
        if found is not None and found.id in ids:
            place = dialog._stored.index(row, 0)
            dialog.table.selectionModel().setCurrentIndex(place, flags.Select | flags.Rows)


def test_one_is_opened_by_enter_as_the_answer_by_its_id(
    dialog: StoredDialog, session: Session, window: MainWindow, qtbot: QtBot
) -> None:
    assert dialog._status.text() == f"{dialog._stored.rowCount()} listed, that is all"
    assert not dialog.fetch_button.isEnabled()
    select(dialog, SECOND)
    assert (dialog.fetch_button.isEnabled(), dialog.fetch_button.text()) == (True, "&Fetch")
    dialog.table.setFocus()
    QTest.keyClick(dialog.table, Qt.Key.Key_Return)
    assert not dialog.isVisible()
    inspection = shown(session, qtbot)
    assert (inspection.requested, inspection.body) == (SECOND, sample("two-tool-calls.json").body())
    with qtbot.waitActive(window):
        window.activateWindow()
    press(window, "Ctrl+B")
    assert dialog_of(window) is dialog
    assert dialog.isVisible()
    assert not dialog._stored.is_busy
    assert dialog._selected() == [SECOND]


def test_a_double_click_opens_its_own_line(dialog: StoredDialog, session: Session, qtbot: QtBot) -> None:
    select(dialog, FIRST, SECOND)
    place = dialog.table.visualRect(dialog._stored.index(3, 1)).center()
    wanted = dialog._stored.row_at(3)
    QTest.mouseClick(dialog.table.viewport(), Qt.MouseButton.LeftButton, pos=place)
    QTest.mouseDClick(dialog.table.viewport(), Qt.MouseButton.LeftButton, pos=place)
    assert wanted is not None
    assert shown(session, qtbot).requested == wanted.id


def test_several_become_a_batch(dialog: StoredDialog, session: Session, qtbot: QtBot) -> None:
    select(dialog, FIRST, SECOND)
    assert dialog.fetch_button.text() == "&Fetch 2"
    dialog.fetch_button.click()
    qtbot.waitUntil(lambda: session.batch.course.settled == 2 and not session.batch.is_open)
    assert entry(session, SECOND).stage is Stage.DONE


def test_the_list_is_narrowed_by_model_and_metadata(dialog: StoredDialog, qtbot: QtBot) -> None:
    everything = dialog._stored.rowCount()
    QTest.keyClicks(dialog.metadata_field, "team=travel")
    QTest.keyClick(dialog.metadata_field, Qt.Key.Key_Return)
    assert dialog.isVisible()
    listed(dialog, qtbot)
    assert 1 < dialog._stored.rowCount() < everything
    QTest.keyClicks(dialog.model_field, "gpt-4.1-2025-04-14")
    dialog.list_button.click()
    listed(dialog, qtbot)
    assert dialog._stored.rowCount() == 2
    assert dialog._pages.currentWidget() is dialog.table


def test_what_cannot_be_asked_is_told_and_leaves_the_list(dialog: StoredDialog) -> None:
    before = dialog._stored.rowCount()
    dialog.metadata_field.setText("team")
    press(dialog, "F5")
    assert dialog._note.isVisible()
    assert dialog._note.text().startswith("Write metadata as key=value")
    assert dialog._stored.rowCount() == before


def test_nothing_is_told_in_words(dialog: StoredDialog, qtbot: QtBot) -> None:
    dialog.metadata_field.setText("team=nobody")
    press(dialog, "F5")
    listed(dialog, qtbot)
    assert dialog._pages.currentWidget() is not dialog.table
    assert dialog._empty.text().startswith("No stored completion fits")


def test_a_service_without_stored_completions_says_which_are_listed(open_on: Open) -> None:
    dialog = open_on(lambda link: link.reply(b'{"object": "list", "data": [], "has_more": false}'))
    assert dialog._empty.text().startswith("No stored completions.\n\nOnly those made with “store: true” are listed")
    assert dialog._status.text() == ""


def test_scrolling_to_the_end_loads_what_is_below(open_on: Open, qtbot: QtBot) -> None:
    def answer(link: Link) -> None:
        first = int(parse_qs(urlsplit(link.path).query).get("after", ["-1"])[0]) + 1
        data = [{"id": str(at), "model": "<b>bold</b>"} for at in range(first, first + 40)]
        link.reply(json.dumps({"data": data, "has_more": first < 80}).encode())

    dialog = open_on(answer)
    tester = watched(dialog._stored)
    assert dialog._status.text() == "40 loaded, more below"
    assert dialog._stored.index(0, 2).data() == "<b>bold</b>"
    dialog.table.setFocus()
    press(dialog, "Ctrl+End")
    qtbot.waitUntil(lambda: dialog._stored.rowCount() == 80)
    listed(dialog, qtbot)
    dialog.more_button.click()
    qtbot.waitUntil(lambda: dialog._status.text() == "120 listed, that is all")
    assert not dialog.more_button.isEnabled()
    tester.deleteLater()


def test_a_fault_is_told_and_tried_again_on_demand(open_on: Open, qtbot: QtBot) -> None:
    faults = [1]

    def answer(link: Link) -> None:
        if faults:
            faults.pop()
            link.reply(b'{"error": {"message": "<i>busy</i>"}}', status="503 Busy")
        else:
            link.reply(b'{"data": [{"id": "a"}, {"model": "m"}]}')

    dialog = open_on(answer)
    assert "It said: “<i>busy</i>”" in dialog._note.text()
    assert (dialog.more_button.text(), dialog.more_button.isEnabled()) == ("&Try again", True)
    dialog.more_button.click()
    listed(dialog, qtbot)
    assert not dialog._note.isVisible()
    dialog.table.selectAll()
    assert dialog._selected() == ["a"]


def test_a_server_that_does_not_list_says_so(open_on: Open) -> None:
    dialog = open_on(lambda link: link.reply(b"{}", status="404 Not Found"))
    assert dialog._note.text().startswith("This server does not list stored completions (HTTP 404 Not Found).")
    assert not dialog.more_button.isEnabled()


def test_closing_stops_what_is_under_way(open_program: OpenProgram, qtbot: QtBot) -> None:
    with FaultServer(default=Link.hang) as server:
        base_url = BaseUrl(server.url(), "")
        program = open_program(
            lambda: demo_services(base_url=base_url, profile=Profile("w", base_url), environ={"SUDO_API_KEY": "key"}),
            WindowOptions(),
        )
        press(program.window, "Ctrl+B")
        dialog = dialog_of(program.window)
        qtbot.waitUntil(server.reached.is_set)
        assert dialog.stop_button.isEnabled()
        QTest.keyClick(dialog.model_field, Qt.Key.Key_Escape)
        assert not dialog.isVisible()
        assert not dialog._stored.is_busy
        qtbot.waitUntil(server.hung_up.is_set)


def test_without_a_key_the_way_to_one_is_offered(open_program: OpenProgram, qtbot: QtBot) -> None:
    def make() -> object:
        services = demo_services()
        services.session_keys.drop("demo")
        return services

    program: Program = open_program(make, WindowOptions())
    watch = Watch(program.session)
    press(program.window, "Ctrl+B")
    dialog = listed(dialog_of(program.window), qtbot)
    assert dialog.key_button.isVisible()
    assert "key" in dialog._note.text()
    with qtbot.waitSignal(dialog.key_wanted):
        dialog.key_button.click()
    with qtbot.waitSignal(dialog._stored.changed):
        program.keeper.replaced.emit()
    listed(dialog, qtbot)
    assert watch.states == []
