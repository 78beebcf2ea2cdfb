"""The command palette: everything that the window can do, by name."""

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QAction, QGuiApplication, QKeySequence
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QMenu
from pytestqt.qtbot import QtBot

from inspector.main import Program
from inspector.viewmodels.session import Session
from inspector.viewmodels.session_state import Working
from inspector.widgets.command_palette import CommandPalette
from inspector.widgets.main_window import MainWindow
from inspector.widgets.named_actions import named_actions
from tests.live_services import sample
from tests.sessions import shown

CALLS = sample("two-tool-calls.json").id
CITY = "/choices/0/message/tool_calls/0/function/arguments"
Key = Qt.Key


def opened(window: MainWindow, qtbot: QtBot) -> CommandPalette:
    focused = QApplication.focusWidget() or window
    QTest.keySequence(focused, QKeySequence("Ctrl+K"))
    (palette,) = window.findChildren(CommandPalette)
    qtbot.waitUntil(palette.isActiveWindow)
    return palette


def offered(palette: CommandPalette) -> list[str]:
    return [entry.path for entry in palette.model.shown]


@pytest.fixture
def filled(window: MainWindow, session: Session, qtbot: QtBot) -> MainWindow:
    session.fetch(CALLS)
    shown(session, qtbot)
    return window


def test_it_offers_every_action_of_the_menus(window: MainWindow, qtbot: QtBot) -> None:
    palette = opened(window, qtbot)
    assert palette.model.shown == named_actions(window)
    assert "File › Load tool schemas…" in offered(palette)
    assert "View › Colours › Dark" in offered(palette)


def test_an_action_that_is_added_later_appears_by_itself(window: MainWindow, qtbot: QtBot) -> None:
    window.menus["Go"].addAction(QAction("To the &moon && back", window))
    window.tool_bar.addAction(QAction("Only here", window))
    assert {"Go › To the moon & back", "Only here"} <= set(offered(opened(window, qtbot)))


@pytest.mark.parametrize("at", range(4))
def test_it_opens_wherever_the_focus_is(filled: MainWindow, qtbot: QtBot, at: int) -> None:
    widget = (filled.id_bar.field, filled.structure, filled.detail.view, filled.findings.table)[at]
    widget.setFocus()
    qtbot.waitUntil(widget.hasFocus)
    palette = opened(filled, qtbot)
    with qtbot.waitSignal(palette.destroyed):
        QTest.keyClick(palette.field, Key.Key_Escape)


def test_words_filter_and_enter_runs_the_best(filled: MainWindow, qtbot: QtBot) -> None:
    palette = opened(filled, qtbot)
    QTest.keyClicks(palette.field, "lines wrap")
    assert offered(palette) == ["View › Wrap long lines"]
    before = filled.detail.view.wraps
    with qtbot.waitSignal(palette.destroyed):
        QTest.keyClick(palette.field, Key.Key_Return)
    assert filled.detail.view.wraps is not before


def test_words_that_no_command_has_are_told(window: MainWindow, qtbot: QtBot) -> None:
    palette = opened(window, qtbot)
    QTest.keyClicks(palette.field, "zzzz")
    assert palette._none.isVisible()
    assert not palette.table.isVisible()
    palette.field.clear()
    assert palette.table.isVisible()
    assert not palette._none.isVisible()


def test_the_list_is_walked_from_the_field(filled: MainWindow, qtbot: QtBot) -> None:
    palette = opened(filled, qtbot)
    QTest.keyClicks(palette.field, "previous")
    heard = [palette.field.accessibleDescription()]
    QTest.keyClick(palette.field, Key.Key_Down)
    heard.append(palette.field.accessibleDescription())
    assert heard == ["Go › Previous pane, Shift+F6", "Go › Previous finding, Shift+F8"]
    assert palette.table.currentIndex().row() == 1


def test_what_cannot_be_done_now_is_greyed_and_does_nothing(window: MainWindow, session: Session, qtbot: QtBot) -> None:
    palette = opened(window, qtbot)
    QTest.keyClicks(palette.field, "fetch again")
    assert offered(palette) == ["Edit › Fetch again"]
    assert not palette.model.flags(palette.model.index(0, 0)) & Qt.ItemFlag.ItemIsEnabled
    QTest.keyClick(palette.field, Key.Key_Return)
    assert palette.isVisible()
    assert not isinstance(session.state, Working)
    assert palette.field.accessibleDescription() == "No command that can be run"


def test_toggles_tell_their_state(window: MainWindow, qtbot: QtBot) -> None:
    states = {entry.path: entry.state for entry in named_actions(window)}
    assert states["View › Colours › Light"] == "on"
    assert states["View › Colours › Dark"] == "off"
    assert states["Help › About…"] == ""


def test_what_needs_an_answer_is_disabled_until_there_is_one(program: Program, qtbot: QtBot) -> None:
    def usable() -> set[str]:
        return {entry.name for entry in named_actions(program.window) if entry.action.isEnabled()}

    before = usable()
    assert "Quit" in before
    program.session.fetch(CALLS)
    shown(program.session, qtbot)
    gained = usable() - before
    assert {"Save the body as received…", "Fetch again", "Copy the JSON Pointer", "Value", "Python", "cURL"} <= gained


@pytest.mark.parametrize(
    ("words", "copied"),
    [
        ("copy jq", ".choices[0].message.tool_calls[0].function.arguments"),
        ("copy jsonpath", "$['choices'][0]['message']['tool_calls'][0]['function']['arguments']"),
        ("copy python", 'body["choices"][0]["message"]["tool_calls"][0]["function"]["arguments"]'),
    ],
)
def test_the_way_to_the_row_is_copied(filled: MainWindow, qtbot: QtBot, words: str, copied: str) -> None:
    outline = filled.structure.outline
    assert outline is not None
    filled.structure.select(outline.find(CITY))
    palette = opened(filled, qtbot)
    QTest.keyClicks(palette.field, words)
    QTest.keyClick(palette.field, Key.Key_Return)
    assert QGuiApplication.clipboard().text() == copied


@pytest.mark.parametrize("name", ["Value", "Value, laid out", "Value, as sent"])
def test_the_value_of_the_row_is_copied(filled: MainWindow, session: Session, qtbot: QtBot, name: str) -> None:
    outline, inspection = filled.structure.outline, session.inspection
    assert outline is not None
    assert inspection is not None
    row = outline.find(CITY)
    filled.structure.select(row)
    node = row.node
    assert node is not None
    (action,) = (entry.action for entry in named_actions(filled) if entry.name == name)
    action.trigger()
    qtbot.waitUntil(lambda: "characters" in filled.statusBar().currentMessage())
    texts = {"Value": node.string, "Value, as sent": node.text}
    text = QGuiApplication.clipboard().text()
    assert text == texts.get(name, text)
    assert text.startswith("{" if name != "Value, as sent" else '"{')


def test_the_request_is_copied_without_the_key(filled: MainWindow, session: Session) -> None:
    (action,) = (entry.action for entry in named_actions(filled) if entry.name == "cURL")
    action.trigger()
    text = QGuiApplication.clipboard().text()
    assert "Bearer $SUDO_API_KEY" in text
    assert CALLS in text


def test_the_context_menu_of_the_tree_is_copy_as(filled: MainWindow, qtbot: QtBot) -> None:
    filled.structure.customContextMenuRequested.emit(filled.structure.rect().center())
    menu = QApplication.activePopupWidget()
    assert isinstance(menu, QMenu)
    assert "JSONPath" in {entry.text().replace("&", "") for entry in menu.actions()}
    menu.close()
