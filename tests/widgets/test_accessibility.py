"""What a screen reader hears: everything that takes the focus has a name, and states are told in words."""

from collections.abc import Callable

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QAccessible
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QDialog, QMenu, QWidget
from pytestqt.qtbot import QtBot

from inspector.main import Program
from inspector.viewmodels.session import Session
from inspector.widgets.detail_pane import CONVERSATION, TEXT
from inspector.widgets.main_window import TITLE, MainWindow
from inspector.widgets.stored_dialog import StoredDialog
from tests.live_services import sample
from tests.sessions import shown, under_way

NAMES = {
    "Completion ID": QAccessible.Role.EditableText,
    "Fetch": QAccessible.Role.Button,
    "Cancel": QAccessible.Role.Button,
    "Structure": QAccessible.Role.Tree,
    "Detail": QAccessible.Role.EditableText,
    "Findings": QAccessible.Role.Table,
    "Completions": QAccessible.Role.Table,
}
"""What scripts and bug reports count on."""


def name_of(widget: QWidget) -> str:
    return str(QAccessible.queryAccessibleInterface(widget).text(QAccessible.Text.Name))


def role_of(widget: QWidget) -> QAccessible.Role:
    return QAccessible.queryAccessibleInterface(widget).role()


def nothing(program: Program, qtbot: QtBot) -> None:
    """The empty state."""


def an_answer(program: Program, qtbot: QtBot) -> None:
    program.session.fetch(sample("two-tool-calls.json").id)
    shown(program.session, qtbot)


def a_conversation(program: Program, qtbot: QtBot) -> None:
    an_answer(program, qtbot)
    program.window.detail.show_tab(CONVERSATION)
    qtbot.waitUntil(lambda: program.window.detail.conversation.view.turns is not None)


def citations(program: Program, qtbot: QtBot) -> None:
    program.session.fetch(sample("citations.json").id)
    shown(program.session, qtbot)
    program.window.detail.show_tab(TEXT)
    outline = program.window.structure.outline
    assert outline is not None
    program.window.structure.select(outline.find("/choices/0/message/content"))
    assert program.window.detail.prose.citations.isVisible()


def a_problem(program: Program, qtbot: QtBot) -> None:
    program.session.fetch(sample("error-401.json").id)
    shown(program.session, qtbot)


def work(program: Program, qtbot: QtBot) -> None:
    under_way(program.session, qtbot, sample("slow-body.json").id)


def the_key(program: Program, qtbot: QtBot) -> None:
    program.commands.ask_for_key()


def the_shortcuts(program: Program, qtbot: QtBot) -> None:
    program.commands.show_shortcuts()


def the_rules(program: Program, qtbot: QtBot) -> None:
    program.commands.show_rules()


def the_palette(program: Program, qtbot: QtBot) -> None:
    program.commands.show_palette()


def the_stored_completions(program: Program, qtbot: QtBot) -> None:
    program.window.welcome.browse_button.click()
    dialog = program.window.findChild(StoredDialog)
    assert isinstance(dialog, StoredDialog)
    qtbot.waitUntil(lambda: dialog.table.model().rowCount() > 0)


def about(program: Program, qtbot: QtBot) -> None:
    program.commands.show_about()


SIGHTS = (
    nothing,
    an_answer,
    a_conversation,
    citations,
    a_problem,
    work,
    the_key,
    the_shortcuts,
    the_rules,
    the_palette,
    the_stored_completions,
    about,
)
Sight = Callable[[Program, QtBot], None]


@pytest.mark.parametrize("sight", SIGHTS)
def test_whatever_takes_the_focus_has_a_name(program: Program, qtbot: QtBot, sight: Sight) -> None:
    sight(program, qtbot)
    windows = [program.window, *program.window.findChildren(QDialog)]
    focusable = [
        widget
        for window in windows
        for widget in window.findChildren(QWidget)
        if widget.focusPolicy() is not Qt.FocusPolicy.NoFocus
        and widget.isVisible()
        and not isinstance(widget, QMenu)
        and widget.window() in windows
    ]
    assert len(focusable) >= 5
    assert [f"{widget} in {widget.parent()}" for widget in focusable if not name_of(widget)] == []


def test_the_names_that_others_count_on(window: MainWindow, session: Session, qtbot: QtBot) -> None:
    session.fetch(sample("two-tool-calls.json").id)
    shown(session, qtbot)
    found = {
        name_of(widget): role_of(widget)
        for widget in window.findChildren(QWidget)
        if widget.isVisible() and name_of(widget) in NAMES
    }
    assert found == NAMES


def test_the_conversation_is_read_turn_by_turn(program: Program, qtbot: QtBot) -> None:
    a_conversation(program, qtbot)
    view = program.window.detail.conversation.view
    qtbot.waitUntil(lambda: view.turns is not None and len(view.turns) > 2)
    assert name_of(view) == "Conversation"
    assert role_of(view) is QAccessible.Role.EditableText
    QTest.keyClick(view, Qt.Key.Key_Home)
    heard = []
    for _ in range(3):
        heard.append(QAccessible.queryAccessibleInterface(view).text(QAccessible.Text.Description))
        QTest.keyClick(view, Qt.Key.Key_Down, Qt.KeyboardModifier.ControlModifier)
    assert heard == [
        "Turn 1 of 3: System",
        "Turn 2 of 3: User",
        "Turn 3 of 3: Assistant tool_calls · the model called tools",
    ]


def test_the_status_bar_tells_progress_and_outcome_in_words(program: Program, qtbot: QtBot) -> None:
    bar = program.window.statusBar()
    said: list[str] = []
    bar.messageChanged.connect(said.append)
    work(program, qtbot)
    assert said[0].startswith("Fetching chatcmpl-demoSlowBody")
    assert said[-1].endswith("bytes")
    program.session.cancel()
    assert said[-1] == f"Cancelled. {sample('slow-body.json').id} was not fetched."
    an_answer(program, qtbot)
    assert said[-1].startswith("Received 1,365 bytes in ")
    a_problem(program, qtbot)
    assert said[-1].startswith("No completion: ")


def test_cells_of_the_tree_are_heard_as_name_value_and_state(
    window: MainWindow, session: Session, qtbot: QtBot
) -> None:
    session.fetch(sample("two-tool-calls.json").id)
    shown(session, qtbot)
    tree = QAccessible.queryAccessibleInterface(window.structure)
    heard = [tree.child(number).text(QAccessible.Text.Name) for number in range(tree.childCount())]
    fault = next(text for text in heard if text.startswith("arguments, {'order_id'"))
    assert "not JSON" in fault


def test_the_name_of_a_window_is_not_made_of_content(program: Program, qtbot: QtBot) -> None:
    for sight in SIGHTS:
        sight(program, qtbot)
    assert program.window.windowTitle() == TITLE
    titles = {window.windowTitle() for window in QApplication.topLevelWidgets() if window.isVisible()}
    assert titles == {TITLE, "API key", "Shortcuts", "Findings", "Commands", "Stored completions", "About"}
