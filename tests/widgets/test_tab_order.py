"""The window and every dialog, walked by Tab: all that a mouse can work with is come to, as one reads, and left again."""

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QAbstractItemView, QApplication, QDialog, QLabel, QLineEdit, QPushButton, QWidget
from pytestqt.qtbot import QtBot
from shiboken6 import isValid

from inspector.main import Program
from inspector.viewmodels.session_state import Working
from inspector.widgets.saved_filters_dialog import SavedFiltersDialog
from tests.live_services import sample
from tests.sessions import under_way
from tests.widgets.dialogs import DIALOGS, Way, classes, filters
from tests.widgets.tab_order import backward_steps, told, walk, workable
from tests.widgets.window_sights import SIGHTS, Sight

DRIPPING = sample("slow-body.json").id
each_dialog = pytest.mark.parametrize("way", DIALOGS, ids=[way.go.__name__ for way in DIALOGS])
each_sight = pytest.mark.parametrize("sight", SIGHTS)


def test_every_dialog_is_walked() -> None:
    assert len(classes()) > 8
    assert classes() - {way.kind for way in DIALOGS} == set()


def check_order(window: QWidget, by_arrows: tuple[str, ...] = ()) -> None:
    """Tab comes to everything as one reads, and Shift+Tab goes the same way back."""
    reached = walk(window)
    missed = [told(each) for each in workable(window) if each not in reached and each.accessibleName() not in by_arrows]
    assert missed == []
    assert backward_steps(reached) == []
    back = walk(window, Qt.Key.Key_Backtab)
    assert back[1:] == reached[:0:-1]


@each_sight
def test_tab_leads_through_the_window(program: Program, qtbot: QtBot, sight: Sight) -> None:
    sight(program, qtbot)
    qtbot.waitUntil(program.window.isActiveWindow)
    check_order(program.window)


@each_sight
def test_tab_changes_nothing_of_what_is_shown(program: Program, qtbot: QtBot, sight: Sight) -> None:
    sight(program, qtbot)
    window = program.window
    qtbot.waitUntil(window.isActiveWindow)

    def seen() -> list[object]:
        marks = [each.cursor.selectionStart() for each in window.detail.view.extraSelections()]
        return [window.structure.current_row, window.detail.page, window.detail.view.source, marks]

    before = seen()
    walk(window)
    assert seen() == before


@each_dialog
def test_tab_leads_through_a_dialog(program: Program, qtbot: QtBot, way: Way) -> None:
    check_order(way.opened(program, qtbot), way.by_arrows)


@each_dialog
def test_a_dialog_begins_where_one_wants_to_begin(program: Program, qtbot: QtBot, way: Way) -> None:
    """In a field or list, or else on the button that Enter presses."""
    first = way.opened(program, qtbot).focusWidget()
    assert first is not None
    assert not isinstance(first, QLabel)
    assert not isinstance(first, QPushButton) or first.isDefault(), told(first)


@each_dialog
def test_enter_presses_what_is_meant(program: Program, qtbot: QtBot, way: Way) -> None:
    buttons = way.opened(program, qtbot).findChildren(QPushButton)
    assert [button.text() for button in buttons if button.isDefault()] == [way.default] * bool(way.default)


@pytest.mark.parametrize("way", [way for way in DIALOGS if way.by_arrows], ids=lambda way: way.kind.__name__)
def test_arrows_move_in_a_list_while_one_types(program: Program, qtbot: QtBot, way: Way) -> None:
    dialog = way.opened(program, qtbot)
    field = dialog.focusWidget()
    assert isinstance(field, QLineEdit)
    for view in dialog.findChildren(QAbstractItemView):
        if view.accessibleName() in way.by_arrows:
            row = view.currentIndex().row()
            QTest.keyClick(field, Qt.Key.Key_Down)
            assert view.currentIndex().row() > row
            assert field.hasFocus()


@each_dialog
def test_escape_closes_a_dialog_from_anywhere_and_ends_nothing_else(program: Program, qtbot: QtBot, way: Way) -> None:
    dialog = way.opened(program, qtbot)
    for number in range(len(walk(dialog))):
        under_way(program.session, qtbot, DRIPPING)
        for _ in range(number):
            QTest.keyClick(dialog.focusWidget(), Qt.Key.Key_Tab)
        at = told(dialog.focusWidget())
        QTest.keyClick(dialog.focusWidget(), Qt.Key.Key_Escape)
        assert is_gone(dialog), at
        assert program.session.state == Working(DRIPPING), at
        dialog = way.opened(program, qtbot)


def is_gone(dialog: QDialog) -> bool:
    return not isValid(dialog) or not dialog.isVisible()


def test_escape_in_a_cell_ends_only_the_writing(program: Program, qtbot: QtBot) -> None:
    dialog = Way(SavedFiltersDialog, filters).opened(program, qtbot)
    assert isinstance(dialog, SavedFiltersDialog)
    dialog.edit_name(0)
    editor = QApplication.focusWidget()
    assert isinstance(editor, QLineEdit)
    QTest.keyClicks(editor, "other")
    QTest.keyClick(editor, Qt.Key.Key_Escape)
    assert dialog.isVisible()
    assert [each.name for each in dialog.filters] == ["faults", "long"]
