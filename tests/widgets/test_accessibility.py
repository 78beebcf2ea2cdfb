"""What a screen reader hears: everything that takes the focus has a name, and states are told in words."""

import pytest
from PySide6.QtCore import QModelIndex, Qt
from PySide6.QtGui import QAccessible
from PySide6.QtTest import QTest
from PySide6.QtWidgets import (
    QAbstractItemView,
    QComboBox,
    QHeaderView,
    QLabel,
    QLineEdit,
    QListView,
    QPlainTextEdit,
    QTableView,
    QTextEdit,
    QTreeView,
    QWidget,
)
from pytestqt.qtbot import QtBot

from inspector.main import Program
from inspector.viewmodels.session import Session
from inspector.widgets.main_window import TITLE, MainWindow
from inspector.widgets.saved_filters_dialog import SavedFiltersDialog
from tests.live_services import sample
from tests.sessions import shown
from tests.widgets.dialogs import DIALOGS, Way, filters
from tests.widgets.window_sights import SIGHTS, Sight, a_conversation, a_problem, an_answer, work

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
_FIELDS = (QLineEdit, QComboBox, QPlainTextEdit, QTextEdit, QAbstractItemView)
"""What has no text of its own to be called by."""


def name_of(widget: QWidget) -> str:
    return str(QAccessible.queryAccessibleInterface(widget).text(QAccessible.Text.Name))


def role_of(widget: QWidget) -> QAccessible.Role:
    return QAccessible.queryAccessibleInterface(widget).role()


def names_missing(window: QWidget) -> list[str]:
    """What takes the focus and has no name."""
    focusable = [
        widget
        for widget in window.findChildren(QWidget)
        if widget.focusPolicy() is not Qt.FocusPolicy.NoFocus and widget.isVisible() and widget.window() is window
    ]
    assert focusable
    return [f"{widget} in {widget.parent()}" for widget in focusable if not has_name(widget)]


def has_name(widget: QWidget) -> bool:
    """Of a list to choose from Qt gives the choice as the name, on Linux: what it is for is told by a label or a description."""
    is_told = not isinstance(widget, QComboBox) or bool(widget.accessibleDescription()) or has_label(widget)
    return is_told and bool(name_of(widget)) and bool(widget.accessibleName() or not isinstance(widget, _FIELDS))


def has_label(widget: QWidget) -> bool:
    return any(label.buddy() is widget and label.text() for label in widget.window().findChildren(QLabel))


def rows_unheard(window: QWidget) -> list[str]:
    """Rows and heads of lists, tables and trees in which nothing is heard, and cells of which only a picture tells."""
    found = []
    for view in window.findChildren(QAbstractItemView):
        model = view.model()
        if isinstance(view, QHeaderView) or not view.isVisible() or model is None:
            continue
        count = 1 if isinstance(view, QListView) else model.columnCount()
        columns = [column for column in range(count) if not is_hidden(view, column)]
        for row in range(min(model.rowCount(), 200)):
            cells = [heard(view, model.index(row, column)) for column in columns]
            if not any(text for text, _ in cells) or any(told and not text for text, told in cells):
                found.append(f"row {row} of {name_of(view)}: {cells}")
        if not isinstance(view, QListView):
            heads = [str(model.headerData(column, Qt.Orientation.Horizontal) or "") for column in columns]
            found += [f"a head of {name_of(view)}: {heads}"] * (not all(heads))
    return found


def is_hidden(view: QAbstractItemView, column: int) -> bool:
    return isinstance(view, QTableView | QTreeView) and view.isColumnHidden(column)


def heard(view: QAbstractItemView, index: QModelIndex) -> tuple[str, bool]:
    """What a reader says in a cell, and whether a picture or a widget in it tells something."""
    roles = Qt.ItemDataRole
    said = index.data(roles.AccessibleTextRole) or index.data(roles.DisplayRole) or ""
    inside = view.indexWidget(index)
    if inside is not None:
        said = inside.accessibleDescription()
    return str(said), inside is not None or index.data(roles.DecorationRole) is not None


@pytest.mark.parametrize("sight", SIGHTS)
def test_in_the_window_everything_has_a_name_and_each_row_a_text(program: Program, qtbot: QtBot, sight: Sight) -> None:
    sight(program, qtbot)
    assert names_missing(program.window) == []
    assert rows_unheard(program.window) == []


@pytest.mark.parametrize("way", DIALOGS, ids=[way.go.__name__ for way in DIALOGS])
def test_in_a_dialog_everything_has_a_name_and_each_row_a_text(program: Program, qtbot: QtBot, way: Way) -> None:
    dialog = way.opened(program, qtbot)
    assert dialog.windowTitle()
    assert "chatcmpl" not in dialog.windowTitle()
    assert names_missing(dialog) == []
    assert rows_unheard(dialog) == []


def test_colours_in_a_table_are_told_apart(program: Program, qtbot: QtBot) -> None:
    dialog = Way(SavedFiltersDialog, filters).opened(program, qtbot)
    boxes = [QAccessible.queryAccessibleInterface(box) for box in dialog.findChildren(QComboBox)]
    heard = [[box.text(part) for part in (QAccessible.Text.Description, QAccessible.Text.Value)] for box in boxes]
    assert heard == [["Colour of faults", "red"], ["Colour of long", "no colour"]]


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


@pytest.mark.parametrize("sight", [an_answer, a_conversation, a_problem, work])
def test_the_name_of_a_window_is_not_made_of_content(program: Program, qtbot: QtBot, sight: Sight) -> None:
    sight(program, qtbot)
    assert program.window.windowTitle() == TITLE
