"""File › Open recent and the completion of the ID field, in the program as a person starts it."""

import gc
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QAction
from PySide6.QtTest import QTest
from pytestqt.qtbot import QtBot

from inspector.core.preferences import Preferences
from inspector.core.remembered_ids import RememberedId
from inspector.core.window_options import WindowOptions
from inspector.gateways.preferences_file import load_preferences, save_preferences
from inspector.gateways.remembered_file import NAME, RememberedFile
from inspector.main import Program
from inspector.widgets.named_actions import named_actions
from inspector.widgets.recent_menu import RecentMenu
from tests.live_services import DEMO, NOWHERE, demo_services, sample
from tests.viewmodels.test_history import fetched, wait_for

PLAIN, CALLS = sample("plain-answer.json").id, sample("two-tool-calls.json").id
Start = Callable[..., Program]


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    return tmp_path / "config"


@pytest.fixture
def start(folder: Path, qtbot: QtBot) -> Iterator[Start]:
    """Starts the program with settings of its own."""
    started: list[Program] = []

    class OwnProgram(Program):
        def _make_services(self) -> object:  # type: ignore[override]
            return demo_services()

    def begin(*, demo: bool = False) -> Program:
        path = folder / "preferences.json"
        preferences = load_preferences(path)[0]
        program = OwnProgram(WindowOptions(demo=demo), DEMO, NOWHERE, preferences)
        started.append(program)
        qtbot.addWidget(program.window)
        program.window.closing.connect(program.close)
        program.remember_at(path)
        with qtbot.waitActive(program.window):
            program.start("")
            program.window.activateWindow()
        qtbot.waitUntil(lambda: hasattr(program, "jobs") and program.jobs.services is not None)
        return program

    yield begin
    for program in started:
        program.window.close()
        program.theme.deleteLater()
    started.clear()
    gc.collect()


def actions(program: Program) -> dict[str, QAction]:
    """What File › Open recent holds, by name."""
    return {each.name: each.action for each in named_actions(program.window) if "Open recent" in each.menus}


def offered(program: Program) -> list[str]:
    return [name for name in actions(program) if name.startswith("chatcmpl-")]


def test_it_is_off_until_it_is_put_on_and_then_holds_for_the_next_run(start: Start, folder: Path, qtbot: QtBot) -> None:
    program = start()
    fetched(program.session, qtbot, PLAIN)
    assert list(actions(program)) == ["Remember IDs between runs", "Clear remembered IDs"]
    assert not actions(program)["Remember IDs between runs"].isChecked()
    assert not (folder / NAME).exists()
    actions(program)["Remember IDs between runs"].trigger()
    fetched(program.session, qtbot, CALLS)
    qtbot.waitUntil(lambda: offered(program) == [CALLS, PLAIN])
    program.window.close()
    assert load_preferences(folder / "preferences.json")[0].remember_ids

    again = start()
    qtbot.waitUntil(lambda: offered(again) == [CALLS, PLAIN])
    assert again.session.entries == [] or all(entry.digest is None for entry in again.session.entries)
    actions(again)[PLAIN].trigger()
    wait_for(again.session, qtbot, PLAIN)
    qtbot.waitUntil(lambda: offered(again) == [PLAIN, CALLS])
    actions(again)["Clear remembered IDs"].trigger()
    qtbot.waitUntil(lambda: offered(again) == [])
    assert not (folder / NAME).exists()


def test_the_field_proposes_them(start: Start, folder: Path, qtbot: QtBot) -> None:
    program = start()
    actions(program)["Remember IDs between runs"].trigger()
    fetched(program.session, qtbot, PLAIN, CALLS)
    qtbot.waitUntil(lambda: len(offered(program)) == 2)
    field = program.window.id_bar.field
    field.setFocus()
    field.clear()
    QTest.keyClicks(field, PLAIN[-6:].lower())
    popup = field.completer().popup()
    assert popup is not None
    qtbot.waitUntil(popup.isVisible)
    QTest.keyClick(popup, Qt.Key.Key_Down)
    assert field.text() == PLAIN
    QTest.keyClick(popup, Qt.Key.Key_Return)
    wait_for(program.session, qtbot, PLAIN)


def test_only_those_of_the_profile_are_offered_and_the_rest_is_counted(
    start: Start, folder: Path, qtbot: QtBot
) -> None:
    file = RememberedFile(folder / NAME)
    for number in range(25):
        file.note(RememberedId(DEMO.name, str(NOWHERE), f"chatcmpl-{number}&<b>"))
    file.note(RememberedId("production", str(NOWHERE), "chatcmpl-of-production"))
    file.settle()
    save_preferences(folder / "preferences.json", Preferences(), Preferences(remember_ids=True))
    program = start()
    qtbot.waitUntil(lambda: len(offered(program)) == 20)
    assert offered(program)[0] == "chatcmpl-24&<b>"
    menu = program.window.findChild(RecentMenu)
    assert isinstance(menu, RecentMenu)
    assert [each.text() for each in menu.actions() if each.isSeparator()] == ["and 5 older, 1 of other profiles"]


def test_the_demo_leaves_nothing_behind_and_offers_nothing(start: Start, folder: Path, qtbot: QtBot) -> None:
    save_preferences(folder / "preferences.json", Preferences(), Preferences(remember_ids=True))
    program = start(demo=True)
    fetched(program.session, qtbot, PLAIN)
    assert actions(program) == {}
    program.window.close()
    assert not (folder / NAME).exists()
