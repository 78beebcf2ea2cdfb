"""The key dialog in its window: it keeps, tries and forgets a key, and leaves no trace of it behind."""

from collections.abc import Callable, Iterator
from contextlib import suppress

import pytest
from PySide6.QtCore import QEvent, QObject, Qt
from PySide6.QtGui import QGuiApplication
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QLabel, QLineEdit
from pytestqt.qtbot import QtBot
from shiboken6 import isValid

from inspector.core.keys.faults import KeyFailure, KeyFault
from inspector.core.keys.words import key_failure_sentence
from inspector.core.secret import Secret
from inspector.core.window_options import WindowOptions
from inspector.main import Program
from inspector.viewmodels.services import Services
from inspector.viewmodels.session_state import KeyMissing
from inspector.widgets.key_dialog import KeyDialog
from tests.fake_key_store import FakeKeyStore, HungKeyStore
from tests.live_services import demo_key, demo_services, sample
from tests.sessions import shown
from tests.widgets.conftest import OpenProgram
from tests.widgets.sights import objects, texts_of

CANARY = "sk-canary-0123456789-abcdef"
PLAIN = sample("plain-answer.json").id
CONTROL = Qt.KeyboardModifier.ControlModifier


class Keyless:
    """What the program runs on here: the demo service with its key taken away, and a fake keyring."""

    def __init__(self, store: FakeKeyStore) -> None:
        self.store = store
        self.right_key = ""

    def __call__(self) -> Services:
        services = demo_services(key_store=self.store)
        self.right_key = demo_key(services)
        services.session_keys.drop("demo")
        return services


@pytest.fixture
def keyless() -> Keyless:
    return Keyless(FakeKeyStore())


@pytest.fixture
def program(open_program: OpenProgram, keyless: Keyless, qtbot: QtBot) -> Program:
    made: Program = open_program(keyless, WindowOptions())
    with qtbot.waitSignal(made.jobs.ready):
        made.jobs.warm_up()
    return made


def the_dialog(program: Program) -> KeyDialog:
    dialogs = program.window.findChildren(KeyDialog)
    assert len(dialogs) == 1
    return dialogs[0]


@pytest.fixture
def dialog(program: Program, qtbot: QtBot) -> KeyDialog:
    """Opened by its shortcut, and it knows by now that there is no key."""
    QTest.keyClick(program.window, Qt.Key.Key_Comma, CONTROL)
    dialog = the_dialog(program)
    qtbot.waitUntil(lambda: not program.keeper.state.busy and dialog.isActiveWindow())
    return dialog


def ended(program: Program, qtbot: QtBot) -> str:
    """Waits for the end of what was asked for, and gives its words."""
    qtbot.waitUntil(lambda: not program.keeper.state.busy)
    return program.keeper.state.news


def saved(dialog: KeyDialog, text: str) -> QLineEdit:
    """Types a key and saves it; gives the field that it was typed into."""
    field = dialog.field
    QTest.keyClicks(field, text)
    QTest.mouseClick(dialog.save_button, Qt.MouseButton.LeftButton)
    return field


def words(dialog: KeyDialog) -> str:
    return "\n".join(texts_of(dialog))


def test_it_says_that_there_is_no_key_and_where_one_would_be_kept(dialog: KeyDialog) -> None:
    assert "There is no API key" in words(dialog)
    assert "A saved key is kept by the fake keyring" in words(dialog)


def test_the_key_cannot_be_read_over_a_shoulder_nor_learned_by_a_keyboard(dialog: KeyDialog) -> None:
    assert dialog.field.echoMode() is QLineEdit.EchoMode.Password
    assert dialog.field.inputMethodHints() & Qt.InputMethodHint.ImhSensitiveData


def test_there_is_nothing_to_save_before_something_is_typed(dialog: KeyDialog) -> None:
    assert not dialog.save_button.isEnabled()
    QTest.keyClicks(dialog.field, "  ")
    assert not dialog.save_button.isEnabled()
    QTest.keyClicks(dialog.field, "x")
    assert dialog.save_button.isEnabled()


@pytest.mark.parametrize("run_only", [False, True])
def test_enter_saves_the_key(
    dialog: KeyDialog, program: Program, keyless: Keyless, qtbot: QtBot, run_only: bool
) -> None:
    dialog.run_only.setChecked(run_only)
    QTest.keyClicks(dialog.field, CANARY)
    QTest.keyClick(dialog.field, Qt.Key.Key_Return)
    news = ended(program, qtbot)
    assert news in words(dialog)
    assert news == ("The key is held for this run only." if run_only else "The key is saved in the fake keyring.")
    assert keyless.store.keys == ({} if run_only else {"demo": Secret(CANARY)})
    assert dialog.isVisible()


def test_after_saving_the_field_is_another_one_and_undo_gives_nothing_back(
    dialog: KeyDialog, program: Program, qtbot: QtBot
) -> None:
    old = saved(dialog, CANARY)
    assert old.text() == "", "it is emptied before it goes"
    ended(program, qtbot)
    qtbot.waitUntil(lambda: not isValid(old))
    assert dialog.field is not old
    assert dialog.field.hasFocus()
    QTest.keyClick(dialog.field, Qt.Key.Key_Z, CONTROL)
    QTest.keyClick(dialog.field, Qt.Key.Key_Y, CONTROL)
    assert dialog.field.text() == ""
    assert not dialog.field.isUndoAvailable()
    assert dialog.field.echoMode() is QLineEdit.EchoMode.Password


def test_the_new_field_takes_the_place_of_the_old_one_when_walking_by_tab(
    dialog: KeyDialog, program: Program, qtbot: QtBot
) -> None:
    saved(dialog, CANARY)
    ended(program, qtbot)
    QTest.keyClick(dialog.field, Qt.Key.Key_Tab)
    assert dialog.run_only.hasFocus()
    QTest.keyClick(dialog.run_only, Qt.Key.Key_Backtab)
    assert dialog.field.hasFocus()


def test_no_object_of_the_window_holds_the_key_afterwards(
    dialog: KeyDialog, program: Program, qtbot: QtBot, qapp: QApplication
) -> None:
    QTest.keyClicks(dialog.field, CANARY)
    assert holders(CANARY), "the search must be able to find it"
    QTest.mouseClick(dialog.save_button, Qt.MouseButton.LeftButton)
    ended(program, qtbot)
    QTest.mouseClick(dialog.test_button, Qt.MouseButton.LeftButton)
    ended(program, qtbot)
    qapp.sendPostedEvents(None, QEvent.Type.DeferredDelete)
    assert holders(CANARY) == []
    assert CANARY not in QGuiApplication.clipboard().text()


def holders(text: str) -> list[str]:
    """The objects with a property that holds `text`."""
    return [
        type(each).__name__
        for each in objects()
        if isValid(each) and any(text in value for value in properties(each))  # reading may replace parts of others
    ]


def properties(each: QObject) -> Iterator[str]:
    kind = each.metaObject()
    names = [kind.property(number).name() for number in range(kind.propertyCount())]
    for name in (*names, *(bytes(given.data()).decode() for given in each.dynamicPropertyNames())):
        with suppress(RuntimeError):  # a type that Python knows nothing of, so no text either
            yield str(each.property(str(name)))


@pytest.mark.parametrize("typed", ["two words", "sk-é", "sk-\u202e-b"])
def test_what_can_be_no_key_is_refused_and_not_repeated(
    dialog: KeyDialog, program: Program, keyless: Keyless, typed: str
) -> None:
    dialog.field.setText(typed)
    QTest.mouseClick(dialog.save_button, Qt.MouseButton.LeftButton)
    assert program.keeper.state.news in words(dialog)
    assert program.keeper.state.failed
    assert typed not in words(dialog)
    assert dialog.field.text() == ""
    assert "set" not in keyless.store.visits


def test_a_key_is_forgotten(dialog: KeyDialog, program: Program, keyless: Keyless, qtbot: QtBot) -> None:
    saved(dialog, CANARY)
    ended(program, qtbot)
    QTest.mouseClick(dialog.forget_button, Qt.MouseButton.LeftButton)
    assert ended(program, qtbot) == "The key is forgotten."
    assert keyless.store.keys == {}
    assert "There is no API key" in words(dialog)


def test_a_key_is_tried(dialog: KeyDialog, program: Program, keyless: Keyless, qtbot: QtBot) -> None:
    saved(dialog, CANARY)
    ended(program, qtbot)
    QTest.mouseClick(dialog.test_button, Qt.MouseButton.LeftButton)
    assert "did not accept the key" in ended(program, qtbot)
    saved(dialog, keyless.right_key)
    ended(program, qtbot)
    QTest.mouseClick(dialog.test_button, Qt.MouseButton.LeftButton)
    assert ended(program, qtbot).endswith("accepted the key: it looked for a completion with it.")
    assert program.keeper.state.news in words(dialog)


@pytest.mark.fault(row="the keyring fails")
def test_a_keyring_that_fails_leaves_the_way_without_it(
    open_program: OpenProgram, qtbot: QtBot, qapp: QApplication
) -> None:
    locked = KeyFailure(KeyFault.LOCKED, "the fake keyring")
    keyless = Keyless(FakeKeyStore(failure=locked))
    program = open_program(keyless, WindowOptions())
    program.commands.ask_for_key()
    dialog = the_dialog(program)
    qtbot.waitUntil(lambda: program.jobs.services is not None and not program.keeper.state.busy)
    assert key_failure_sentence(locked) in words(dialog)
    assert dialog.run_only.isChecked()
    saved(dialog, keyless.right_key)
    assert ended(program, qtbot) == "The key is held for this run only."
    program.session.fetch(PLAIN)
    assert shown(program.session, qtbot).problem is None


def test_nothing_can_be_pressed_twice_while_the_keyring_is_waited_for(open_program: OpenProgram, qtbot: QtBot) -> None:
    store = HungKeyStore()
    program = open_program(Keyless(store), WindowOptions())
    program.commands.ask_for_key()
    dialog = the_dialog(program)
    dialog.field.setText(CANARY)
    buttons = (dialog.save_button, dialog.test_button, dialog.forget_button)
    assert [button.isEnabled() for button in buttons] == [False, False, False]
    assert dialog.close_button.isEnabled()
    store.released.set()
    ended(program, qtbot)
    assert [button.isEnabled() for button in buttons] == [True, True, True]


def test_escape_closes_it_and_the_next_one_begins_empty(dialog: KeyDialog, program: Program, qtbot: QtBot) -> None:
    QTest.keyClicks(dialog.field, CANARY)
    with qtbot.waitSignal(dialog.destroyed):
        QTest.keyClick(dialog, Qt.Key.Key_Escape)
    program.commands.ask_for_key()
    assert the_dialog(program).field.text() == ""


def test_a_fetch_without_a_key_goes_on_once_there_is_one(program: Program, keyless: Keyless, qtbot: QtBot) -> None:
    program.session.fetch(PLAIN)
    qtbot.waitUntil(lambda: isinstance(program.session.state, KeyMissing))
    banner = program.window.detail.banner
    assert "no API key" in "\n".join(texts_of(banner))
    QTest.mouseClick(banner.key_button, Qt.MouseButton.LeftButton)
    qtbot.waitUntil(lambda: not program.keeper.state.busy)
    saved(the_dialog(program), keyless.right_key)
    assert shown(program.session, qtbot).body == sample("plain-answer.json").body()
    assert not banner.isVisible()


def test_a_first_run_asks_for_the_key_once(program: Program, qtbot: QtBot) -> None:
    with qtbot.waitSignal(program.presenter.key_missing):
        program.keeper.look()
    dialog = the_dialog(program)
    qtbot.waitUntil(lambda: not program.keeper.state.busy)
    with qtbot.waitSignal(dialog.destroyed):
        dialog.close()
    program.keeper.look()
    qtbot.waitUntil(lambda: not program.keeper.state.busy)
    assert program.window.findChildren(KeyDialog) == []


@pytest.mark.parametrize("act", [lambda dialog: dialog.close(), lambda dialog: dialog.parent().close()])
def test_it_may_be_closed_while_the_keyring_is_asked(
    open_program: OpenProgram, qtbot: QtBot, act: Callable[[KeyDialog], object]
) -> None:
    store = HungKeyStore()
    program = open_program(Keyless(store), WindowOptions())
    program.commands.ask_for_key()
    act(the_dialog(program))
    store.released.set()
    program.window.close()
    assert not program.window.isVisible()


def test_its_words_are_whole(program: Program, qtbot: QtBot) -> None:
    program.commands.ask_for_key()
    dialog = the_dialog(program)
    qtbot.waitUntil(dialog.isVisible)
    for label in dialog.findChildren(QLabel):
        if label.isVisible() and label.wordWrap():
            assert label.height() >= label.heightForWidth(label.width()), label.text()
    dialog.reject()
