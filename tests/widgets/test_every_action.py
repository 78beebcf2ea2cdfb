"""Every action without a mouse: by name in the palette, by its keys wherever the focus is, or in a menu that a key opens."""

from collections.abc import Callable

import pytest
from PySide6.QtCore import SIGNAL, QPoint, QRectF, Qt, QTimer
from PySide6.QtGui import QAction, QContextMenuEvent, QKeySequence, QShortcut
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QMenu, QToolButton, QWidget
from pytestqt.qtbot import QtBot

from inspector.main import Program
from inspector.widgets.command_palette import CommandPalette
from inspector.widgets.completions_pane import CompletionsPane
from inspector.widgets.named_actions import NamedAction, named_actions, plain_name
from tests.widgets.dialogs import choose
from tests.widgets.tab_order import walk
from tests.widgets.window_sights import a_conversation, an_answer, the_find_bar, the_list_of_a_batch

IN_FIELDS = {"Ctrl+V", "Esc"}
"""What a field keeps for itself: pasting is pasting there, and Escape leaves or clears it."""


def of_the_window(program: Program) -> list[NamedAction]:
    return named_actions(program.window)


def deaf(actions: list[NamedAction], heard: list[str]) -> None:
    """From now on the actions do nothing but tell their path; all of them can be chosen."""
    for entry in actions:
        for name in ("triggered", "toggled"):
            if entry.action.receivers(SIGNAL(f"{name}(bool)")):
                getattr(entry.action, name).disconnect()
        entry.action.setEnabled(True)
        entry.action.triggered.connect(lambda _=False, path=entry.path: heard.append(path))


def test_whatever_has_a_text_is_in_the_palette(program: Program, qtbot: QtBot) -> None:
    """But for the menu of saved filters, whose button Tab leads to."""
    an_answer(program, qtbot)
    window = program.window
    offered = {entry.action for entry in of_the_window(program)}
    menus = {menu for menu in window.findChildren(QMenu) if menu.menuAction() in _all_actions(window)}
    others = [
        plain_name(action)
        for action in _all_actions(window) - offered - {window.tool_bar.toggleViewAction()}
        if plain_name(action) and action.menu() not in menus and not action.isSeparator()
    ]
    assert others == ["Copy address"], "which has a button, too"
    assert len(menus) > 8
    for menu in menus:
        inside = {
            action for action in menu.actions() if action.text() and not action.menu() and not action.isSeparator()
        }
        assert inside <= offered, plain_name(menu.menuAction())


def _all_actions(window: QWidget) -> set[QAction]:
    return set(window.findChildren(QAction))


def test_the_buttons_of_the_tool_bar_are_in_the_palette(program: Program) -> None:
    offered = {entry.action for entry in of_the_window(program)}
    assert set(program.window.tool_bar.actions()) <= offered
    buttons = [button for button in program.window.tool_bar.findChildren(QToolButton) if button.isVisible()]
    assert len(buttons) > 5
    assert {button.defaultAction() for button in buttons} <= offered


def test_each_is_found_by_its_name_and_run_by_enter(program: Program, qtbot: QtBot) -> None:
    an_answer(program, qtbot)
    actions, heard = of_the_window(program), []
    assert len({entry.path for entry in actions}) == len(actions) > 60
    deaf(actions, heard)
    for entry in actions:
        if not entry.action.isVisible():
            continue
        program.commands.show_palette()
        palette = program.window.findChildren(CommandPalette)[-1]
        palette.field.setText(entry.path)
        assert palette.model.shown[0].action is entry.action, entry.path
        told = [palette.model.index(0, column).data() for column in range(3)]
        assert told == [entry.path, entry.state, entry.keys]
        QTest.keyClick(palette.field, Qt.Key.Key_Return)
        assert heard == [entry.path]
        heard.clear()


def test_no_keys_are_given_twice(program: Program, qtbot: QtBot) -> None:
    an_answer(program, qtbot)
    given: dict[str, list[str]] = {}
    for action in _all_actions(program.window):
        for keys in action.shortcuts():
            given.setdefault(keys.toString(), []).append(plain_name(action))
    for shortcut in program.window.findChildren(QShortcut):
        given.setdefault(shortcut.key().toString(), []).append("a shortcut without a name")
    assert len(given) > 30
    assert {keys: names for keys, names in given.items() if len(names) > 1} == {}
    assert set(given) == {entry.action.shortcut().toString() for entry in of_the_window(program) if entry.keys}


@pytest.mark.parametrize("sight", [the_list_of_a_batch, the_find_bar, a_conversation])
def test_keys_do_the_same_wherever_the_focus_is(
    program: Program, qtbot: QtBot, sight: Callable[[Program, QtBot], None]
) -> None:
    sight(program, qtbot)
    qtbot.waitUntil(program.window.isActiveWindow)
    actions, heard = of_the_window(program), []
    deaf(actions, heard)
    missed = []
    for widget in walk(program.window):
        for entry in actions:
            if not entry.keys or (widget.inherits("QLineEdit") and entry.keys in IN_FIELDS):
                continue
            widget.setFocus()
            QTest.keySequence(widget, QKeySequence(entry.keys))
            if heard != [entry.path]:
                missed.append(f"{entry.keys} in {widget.accessibleName()}: {heard}")
            heard.clear()
    assert missed == []


def menu_by_key(widget: QWidget) -> QMenu:
    """The menu that the key for it opens where the focus is."""
    where = widget.inputMethodQuery(Qt.InputMethodQuery.ImCursorRectangle)
    place = (where.toRect() if isinstance(where, QRectF) else where).center()
    event = QContextMenuEvent(QContextMenuEvent.Reason.Keyboard, place, widget.mapToGlobal(place))
    QApplication.sendEvent(widget, event)
    menu = QApplication.activePopupWidget()
    assert isinstance(menu, QMenu)
    return menu


def entries(menu: QMenu) -> list[str]:
    return [plain_name(action) for action in menu.actions() if action.text() and action.isVisible()]


def test_the_menu_of_a_turn_is_opened_by_its_key(program: Program, qtbot: QtBot) -> None:
    a_conversation(program, qtbot)
    menu = menu_by_key(program.window.detail.conversation.view)
    assert {"Copy the message", "Show more of it", "Render Markdown"} <= set(entries(menu))
    menu.close()


def test_the_menu_of_a_row_is_opened_by_its_key(program: Program, qtbot: QtBot) -> None:
    an_answer(program, qtbot)
    menu = menu_by_key(program.window.structure)
    assert "JSONPath" in entries(menu)
    menu.close()


def test_the_menu_of_a_cell_is_opened_by_its_key(program: Program, qtbot: QtBot) -> None:
    the_list_of_a_batch(program, qtbot)
    pane = program.window.completions
    place = pane.table.currentIndex()
    pane.table.setCurrentIndex(place.siblingAtColumn(2))
    menu = menu_by_key(pane.table)
    assert entries(menu)[0].startswith("Show only: status == ")
    menu.close()


@pytest.mark.parametrize("name", ["filters", "place"])
def test_buttons_with_a_menu_open_it_by_a_key(program: Program, qtbot: QtBot, name: str) -> None:
    """Each in a window of its own: without a screen, none is the active one again when a menu has closed."""
    window = program.window
    button = {"filters": window.completions.line.button, "place": window.id_bar.place}[name]
    button.setFocus()
    qtbot.waitUntil(button.hasFocus)
    menu = button.menu()
    menu.aboutToShow.connect(lambda menu=menu: QTimer.singleShot(0, menu.close))
    with qtbot.waitSignal(menu.aboutToShow):
        QTest.keyClick(button, Qt.Key.Key_Space)


def seen_columns(pane: CompletionsPane) -> list[str]:
    model, table = pane.model, pane.table
    heads = [str(model.headerData(column, Qt.Orientation.Horizontal)) for column in range(model.columnCount())]
    return [head for column, head in enumerate(heads) if not table.isColumnHidden(column)]


def test_columns_are_chosen_by_name(program: Program, qtbot: QtBot) -> None:
    the_list_of_a_batch(program, qtbot)
    pane = program.window.completions
    before = seen_columns(pane)
    assert {"What it shows", "Model"} <= set(before)
    choose(program, "View › Columns › Model")
    assert seen_columns(pane) == [head for head in before if head != "Model"]
    states = {entry.path: entry.state for entry in of_the_window(program)}
    assert (states["View › Columns › Model"], states["View › Columns › What it shows"]) == ("off", "on")
    pane.table.horizontalHeader().customContextMenuRequested.emit(QPoint(5, 5))
    menu = QApplication.activePopupWidget()
    assert menu is pane.columns
    menu.close()


def test_rows_are_sorted_by_name(program: Program, qtbot: QtBot) -> None:
    the_list_of_a_batch(program, qtbot)
    pane = program.window.completions
    asked = shown_rows(pane)
    path = "View › Sort completions by › Completion"
    choose(program, path)
    assert shown_rows(pane) == sorted(asked)
    choose(program, path)
    assert shown_rows(pane) == sorted(asked, reverse=True)
    assert next(entry.state for entry in of_the_window(program) if entry.path == path) == "on"
    choose(program, "View › Sort completions by › As asked for")
    assert shown_rows(pane) == asked
    table = program.window.findings.table
    choose(program, "View › Sort findings by › Rule")
    rules = [str(table.model().index(row, 3).data()) for row in range(table.model().rowCount())]
    assert rules == sorted(rules)
    assert len(set(rules)) > 1


def shown_rows(pane: CompletionsPane) -> list[str]:
    entries = [pane.model.entry_at(pane.model.index(row, 0)) for row in range(pane.model.rowCount())]
    return [entry.subject for entry in entries if entry is not None]


def test_enter_leads_to_the_finding_where_the_focus_is(program: Program, qtbot: QtBot) -> None:
    an_answer(program, qtbot)
    findings, structure = program.window.findings, program.window.structure
    assert structure.outline is not None
    structure.select(structure.outline.root)
    findings.table.setFocus()
    row = structure.current_row
    assert row is structure.outline.root
    QTest.keyClick(findings.table, Qt.Key.Key_Return)
    row = structure.current_row
    assert row is not None
    assert row.pointer == findings._model.findings[0].pointer != ""


def test_enter_in_the_raw_body_selects_the_value_at_the_cursor(program: Program, qtbot: QtBot) -> None:
    an_answer(program, qtbot)
    window = program.window
    window.detail.show_raw()
    view = window.detail.view
    cursor = view.textCursor()
    cursor.setPosition(view.toPlainText().index('"total_tokens"') + 3)
    view.setTextCursor(cursor)
    QTest.keyClick(view, Qt.Key.Key_Return)
    row = window.structure.current_row
    assert row is not None
    assert row.pointer == "/usage/total_tokens"
