"""Saved filters in the window: naming, choosing, colouring, and what is remembered."""

from collections.abc import Callable

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QAction
from PySide6.QtWidgets import QComboBox, QMenu
from pytestqt.qtbot import QtBot

from inspector.core.filter.saved import SavedFilter
from inspector.core.preferences import Preferences
from inspector.main import Program
from inspector.viewmodels.completion_columns import SUBJECT
from inspector.viewmodels.session import Session
from inspector.widgets.completions_pane import CompletionsPane
from inspector.widgets.main_window import MainWindow
from inspector.widgets.saved_filters_dialog import SavedFiltersDialog
from tests.live_services import sample
from tests.sessions import shown

PLAIN, CALLING = sample("plain-answer.json").id, sample("two-tool-calls.json").id
BROKEN = SavedFilter("Broken calls", "invalid", "red")
LONG = SavedFilter("Long", "tokens > 1000")


@pytest.fixture
def pane(window: MainWindow, session: Session, qtbot: QtBot) -> CompletionsPane:
    session.fetch_all([PLAIN, CALLING])
    shown(session, qtbot)
    qtbot.waitUntil(lambda: not session.batch.is_open)
    window.completions.filter.keep((BROKEN, LONG))
    return window.completions


def entries(pane: CompletionsPane) -> dict[str, QAction]:
    menu = pane.line.button.menu()
    assert isinstance(menu, QMenu)
    menu.aboutToShow.emit()
    return {action.text(): action for action in menu.actions() if action.text()}


def dialog_of(window: MainWindow) -> SavedFiltersDialog:
    (dialog,) = window.findChildren(SavedFiltersDialog)
    assert isinstance(dialog, SavedFiltersDialog)
    return dialog


def write(dialog: SavedFiltersDialog, row: int, column: int, text: str) -> None:
    item = dialog.table.item(row, column)
    assert item is not None
    item.setText(text)


def test_a_saved_filter_is_chosen_by_name(pane: CompletionsPane) -> None:
    found = entries(pane)
    assert list(found) == ["Broken calls", "Long", "Save this filter…", "Filters and colours…"]
    assert not found["Broken calls"].icon().isNull()
    assert found["Long"].icon().isNull()
    assert not found["Save this filter…"].isEnabled()
    found["Broken calls"].trigger()
    assert pane.line.field.text() == "invalid"


def test_what_is_typed_is_saved_under_a_name(pane: CompletionsPane, window: MainWindow) -> None:
    pane.line.field.setText("nonsense")
    assert not entries(pane)["Save this filter…"].isEnabled()
    pane.line.field.setText("failed")
    entries(pane)["Save this filter…"].trigger()
    dialog = dialog_of(window)
    assert dialog.table.currentRow() == 2
    assert not dialog.save_button.isEnabled()
    assert dialog._fault.text().startswith("Row 3: The name has no characters")
    write(dialog, 2, 0, "Not there")
    assert dialog._fault.text() == ""
    box = dialog.table.cellWidget(2, 2)
    assert isinstance(box, QComboBox)
    box.setCurrentText("violet")
    dialog.save_button.click()
    assert pane.filter.saved == (BROKEN, LONG, SavedFilter("Not there", "failed", "violet"))


def test_a_line_is_marked_by_colour_letter_and_name(pane: CompletionsPane, window: MainWindow) -> None:
    model, table = pane.model, pane.table
    index = model.index(model.row_of(CALLING), SUBJECT)
    assert str(index.data(Qt.ItemDataRole.AccessibleDescriptionRole)).endswith(", Broken calls")
    other = model.index(model.row_of(PLAIN), SUBJECT)
    assert "Broken calls" not in str(other.data(Qt.ItemDataRole.AccessibleDescriptionRole))
    table.clearSelection()
    for theme in ("light", "dark"):
        window.theme.prefer(theme)
        back = window.theme.mark("red")
        table.scrollTo(index)
        seen = table.viewport().grab(table.visualRect(index)).toImage()
        colours = {seen.pixelColor(x, 1).name() for x in range(seen.width())}
        assert back in colours
        table.scrollTo(other)
        plain = table.viewport().grab(table.visualRect(other)).toImage()
        assert back not in {plain.pixelColor(x, 1).name() for x in range(plain.width())}
    pane.filter.keep(())
    assert "Broken calls" not in str(index.data(Qt.ItemDataRole.AccessibleDescriptionRole))


def test_the_list_is_put_in_order_added_to_and_cleared(pane: CompletionsPane, window: MainWindow) -> None:
    pane.line.edit_filters()
    dialog = dialog_of(window)
    dialog.down_button.click()
    assert dialog.filters == (LONG, BROKEN)
    assert dialog.table.currentRow() == 1
    dialog.down_button.click()
    assert dialog.filters == (LONG, BROKEN)
    dialog.up_button.click()
    assert dialog.filters == (BROKEN, LONG)
    dialog.remove_button.click()
    assert dialog.filters == (LONG,)
    dialog.remove_button.click()
    assert dialog.filters == ()
    assert not dialog.remove_button.isEnabled()
    dialog.add_button.click()
    assert dialog.filters == (SavedFilter("", ""),)
    assert not dialog.save_button.isEnabled()
    dialog.cancel_button.click()
    assert pane.filter.saved == (BROKEN, LONG)


def test_a_text_that_is_no_filter_is_told(pane: CompletionsPane, window: MainWindow) -> None:
    pane.line.edit_filters()
    dialog = dialog_of(window)
    write(dialog, 1, 1, "tokns > 3")
    assert dialog._fault.text() == "Row 2: There is no field “tokns”; did you mean “tokens”?"
    assert not dialog.save_button.isEnabled()
    dialog.reject()


def test_they_are_remembered(open_program: Callable[..., Program]) -> None:
    program = open_program(preferences=Preferences(theme="light", filters=(BROKEN,)))
    assert program.window.completions.filter.saved == (BROKEN,)
    program.window.completions.filter.keep((LONG,))
    assert program.window.remembered(Preferences()).filters == (LONG,)
