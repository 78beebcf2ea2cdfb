"""Profiles in the window: the dialog, the menu, and the window that takes another's place."""

import gc
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QAction
from PySide6.QtWidgets import QApplication, QMessageBox
from pytestqt.qtbot import QtBot
from shiboken6 import isValid

from inspector.core.inputs import BaseUrl
from inspector.core.preferences import Preferences
from inspector.core.profile import Profile
from inspector.core.profiles import first_profiles
from inspector.core.proxy import Proxy
from inspector.core.window_options import WindowOptions
from inspector.core.window_start import WindowStart
from inspector.gateways.preferences_file import load_preferences
from inspector.main import Program
from inspector.viewmodels.services import Services
from inspector.widgets.profile_menu import ProfileMenu
from inspector.widgets.profiles_dialog import ProfilesDialog
from inspector.widgets.theme import Theme
from inspector.windows import Windows
from tests.live_services import demo_services, sample
from tests.sessions import shown

DEFAULT = first_profiles()["default"]
WORK = Profile("work & more", BaseUrl("http://127.0.0.1:9", "/api"), "red", Proxy("http://127.0.0.1:8"))
MOVED = replace(DEFAULT, name="moved", key_origin="https://old.example")
PLAIN = sample("plain-answer.json").id


class OwnProgram(Program):
    def _make_services(self) -> Services:
        return demo_services()


@pytest.fixture
def path(tmp_path: Path) -> Path:
    return tmp_path / "config" / "preferences.json"


@pytest.fixture
def windows(qapp: QApplication, qtbot: QtBot, path: Path) -> Iterator[Windows]:
    preferences = Preferences(profile=WORK.name, profiles={"default": DEFAULT, WORK.name: WORK}, theme="light")
    start = WindowStart(WindowOptions(), WORK, WORK.base_url, preferences, path, "")
    opened = Windows(qapp, start, OwnProgram)
    ready(opened, qtbot)
    yield opened
    opened.program.window.close()
    opened.deleteLater()
    gc.collect()  # here, and not in a worker of a later test


def ready(windows: Windows, qtbot: QtBot) -> Program:
    qtbot.waitUntil(lambda: hasattr(windows.program, "profiles") and windows.program.jobs.services is not None)
    return windows.program


def choices(program: Program) -> dict[str, QAction]:
    (menu,) = program.window.findChildren(ProfileMenu)
    return {action.text(): action for action in menu.actions() if action.text()}


def test_the_window_wears_its_profile(windows: Windows, qtbot: QtBot) -> None:
    place = windows.program.window.id_bar.place
    assert place.text() == "work && more · 127.0.0.1:9/api"
    assert place.accessibleDescription() == "work & more · 127.0.0.1:9/api"
    assert "by the proxy http://127.0.0.1:8" in place.toolTip()
    assert not place.icon().isNull()
    assert windows.program.window._line.height() == 4
    offered = choices(windows.program)
    assert list(offered) == ["default", "work && more", "&Profiles…"]
    assert [action.isChecked() for action in offered.values()] == [False, True, False]
    assert place.menu().actions() == list(offered.values())[:2] + place.menu().actions()[2:]


def test_another_profile_has_a_window_of_its_own(windows: Windows, path: Path, qtbot: QtBot) -> None:
    old = windows.program
    choices(old)["default"].trigger()
    qtbot.waitUntil(lambda: windows.program is not old)
    new = ready(windows, qtbot)
    qtbot.waitUntil(lambda: not isValid(old.window) and not isValid(old.theme))
    assert new.window.isVisible()
    assert new.window.id_bar.place.text() == "default · sudoapp.dev/api"
    assert new.window.id_bar.place.icon().isNull()
    assert new.window._line.height() == 1
    assert load_preferences(path)[0].profile == "default"
    assert QApplication.quitOnLastWindowClosed()


def test_what_was_fetched_is_not_thrown_away_unasked(windows: Windows, qtbot: QtBot) -> None:
    program = windows.program
    program.session.fetch(PLAIN)
    shown(program.session, qtbot)
    choices(program)["default"].trigger()
    (box,) = program.window.findChildren(QMessageBox)
    assert "closes the completion of “work & more”" in box.text()
    assert choices(program)["work && more"].isChecked()
    box.reject()
    assert windows.program is program
    choices(program)["default"].trigger()
    box = program.window.findChildren(QMessageBox)[-1]
    box.button(QMessageBox.StandardButton.Ok).click()
    qtbot.waitUntil(lambda: windows.program is not program)
    entries = ready(windows, qtbot).session.entries
    assert [entry.digest for entry in entries if entry.digest] == []


def test_a_profile_is_added_and_others_see_it(windows: Windows, path: Path, qtbot: QtBot) -> None:
    program = windows.program
    choices(program)["&Profiles…"].trigger()
    (dialog,) = program.window.findChildren(ProfilesDialog)
    assert isinstance(dialog, ProfilesDialog)
    dialog.add_button.click()
    assert not dialog.save_button.isEnabled()
    qtbot.keyClicks(dialog.name, "third")
    assert dialog.save_button.isEnabled()
    dialog.save_button.click()
    assert list(choices(program)) == ["default", "work && more", "third", "&Profiles…"]
    qtbot.waitUntil(lambda: path.exists() and "third" in load_preferences(path)[0].profiles)
    assert windows.program is program


def test_a_change_of_its_own_profile_is_seen_at_once(windows: Windows, qtbot: QtBot) -> None:
    program = windows.program
    choices(program)["&Profiles…"].trigger()
    (dialog,) = program.window.findChildren(ProfilesDialog)
    assert isinstance(dialog, ProfilesDialog)
    dialog.colour.setCurrentIndex(dialog.colour.findData("blue"))
    dialog.colour.activated.emit(dialog.colour.currentIndex())
    dialog.save_button.click()
    qtbot.waitUntil(lambda: windows.program is not program)
    assert ready(windows, qtbot).profiles.profiles[WORK.name].colour == "blue"


def test_a_narrow_window_still_names_its_profile(windows: Windows, qtbot: QtBot) -> None:
    window = windows.program.window
    window.resize(640, 600)
    qtbot.waitUntil(lambda: window.width() < 700)
    assert window.id_bar.place.isVisible()
    assert window.id_bar.place.text() == "work && more"
    assert window.id_bar.place.accessibleDescription() == "work & more · 127.0.0.1:9/api"
    window.resize(1200, 600)
    qtbot.waitUntil(lambda: window.id_bar.place.text() == "work && more · 127.0.0.1:9/api")


def test_the_dialog_opens_after_a_change_of_colours(windows: Windows, qtbot: QtBot) -> None:
    window = windows.program.window
    before = list(choices(windows.program))
    window.theme.prefer("dark")
    assert list(choices(windows.program)) == before
    choices(windows.program)["&Profiles…"].trigger()
    found = window.findChild(ProfilesDialog)
    assert isinstance(found, ProfilesDialog)
    found.reject()


@pytest.fixture
def dialog(theme: Theme, qtbot: QtBot) -> ProfilesDialog:
    made = ProfilesDialog((DEFAULT, WORK, MOVED), WORK.name, theme)
    made.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose, on=False)
    qtbot.addWidget(made)
    with qtbot.waitExposed(made):
        made.show()
    return made


def type_into(qtbot: QtBot, dialog: ProfilesDialog, text: str) -> None:
    dialog.base_url.selectAll()
    qtbot.keyClicks(dialog.base_url, text)


def test_it_opens_on_the_windows_own(dialog: ProfilesDialog) -> None:
    assert dialog.list.currentRow() == 1
    assert (dialog.name.text(), dialog.name.isEnabled()) == ("work & more", False)
    assert dialog.colour.currentData() == "red"
    assert dialog.proxy.currentText() == "http://127.0.0.1:8"
    assert [form.name for form in dialog.forms] == ["default", "work & more", "moved"]


def test_plain_http_wants_a_tick(dialog: ProfilesDialog, qtbot: QtBot) -> None:
    assert not dialog.http.isVisible()
    type_into(qtbot, dialog, "http://box.example")
    assert dialog.http.isVisible()
    assert not dialog.save_button.isEnabled()
    assert "in the clear" in dialog._fault.text()
    dialog.http.click()
    assert dialog.save_button.isEnabled()
    type_into(qtbot, dialog, "https://box.example")
    assert not dialog.http.isVisible()
    assert not dialog.forms[1].allow_http


def test_a_fault_elsewhere_names_its_profile(dialog: ProfilesDialog, qtbot: QtBot) -> None:
    type_into(qtbot, dialog, "ftp://x")
    dialog.list.setCurrentRow(0)
    assert dialog._fault.text().startswith("work & more: The base URL must start with https://")


def test_it_says_what_becomes_of_the_key(dialog: ProfilesDialog, qtbot: QtBot) -> None:
    dialog.list.setCurrentRow(2)
    assert "The kept key is for https://old.example" in dialog._note.text()
    type_into(qtbot, dialog, "https://old.example/api")
    assert not dialog._note.isVisible()
    dialog.remove_button.click()
    assert dialog._note.text() == "Saving removes the keys of moved from the keyring, too."
    dialog.list.setCurrentRow(0)
    assert not dialog.remove_button.isEnabled()


def test_a_proxy_is_chosen_or_typed(dialog: ProfilesDialog, qtbot: QtBot) -> None:
    dialog.proxy.setCurrentIndex(1)
    dialog.proxy.activated.emit(1)
    assert dialog.forms[1].proxy == "system"
    dialog.proxy.lineEdit().selectAll()  # type: ignore[union-attr]
    qtbot.keyClicks(dialog.proxy.lineEdit(), "socks5://x:1")
    assert "SOCKS" in dialog._fault.text()
    dialog.list.setCurrentRow(0)
    assert dialog.proxy.currentText() == "none"


def test_what_is_saved_is_the_list(dialog: ProfilesDialog, qtbot: QtBot) -> None:
    qtbot.keyClicks(dialog.pattern, "run-[0-9]+")
    with qtbot.waitSignal(dialog.saved) as saved:
        qtbot.keyClick(dialog, Qt.Key.Key_Return)
    assert saved.args == [(DEFAULT, replace(WORK, id_pattern="run-[0-9]+"), MOVED)]
