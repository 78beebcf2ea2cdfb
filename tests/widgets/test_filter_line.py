"""The filter line in the window: typing, proposals, faults, and the way out."""

from collections.abc import Iterator

import pytest
from PySide6.QtCore import QPoint, Qt
from PySide6.QtGui import QColor
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QMenu
from pytestqt.qtbot import QtBot

from inspector.viewmodels.completion_columns import CALLS, MODEL
from inspector.viewmodels.session import Session
from inspector.widgets.completions_pane import CompletionsPane
from inspector.widgets.filter_field import FilterField
from inspector.widgets.main_window import MainWindow
from inspector.widgets.theme import DARK, LIGHT, Theme
from tests.live_services import sample
from tests.sessions import busy, shown
from tests.widgets.test_keyboard import focus, press

PLAIN = sample("plain-answer.json").id
CALLING = sample("two-tool-calls.json").id
DRIPPING = sample("slow-body.json").id
Key = Qt.Key


@pytest.fixture
def pane(window: MainWindow, session: Session, qtbot: QtBot) -> CompletionsPane:
    """The table with two answers among what the demo offers."""
    session.fetch_all([PLAIN, CALLING])
    shown(session, qtbot)
    qtbot.waitUntil(lambda: not session.batch.is_open)
    return window.completions


@pytest.fixture
def field(pane: CompletionsPane, qtbot: QtBot) -> Iterator[FilterField]:
    focus(pane.line.field, qtbot)
    yield pane.line.field
    pane.line.field._popup.hide()


def seen(pane: CompletionsPane) -> list[str]:
    return [
        entry.subject
        for row in range(pane.model.rowCount())
        if (entry := pane.model.entry_at(pane.model.index(row, 0)))
    ]


def proposed(field: FilterField) -> list[str]:
    model = field._proposals
    rows = range(model.rowCount()) if field._popup.isVisible() else ()
    return [str(model.data(model.index(row), Qt.ItemDataRole.EditRole)) for row in rows]


def test_the_table_follows_what_is_typed(pane: CompletionsPane, field: FilterField, session: Session) -> None:
    QTest.keyClicks(field, "invalid")
    assert seen(pane) == [CALLING]
    assert pane.strip._count.text() == f"Completions · 1 of {len(session.entries)} shown"
    assert not pane._none.isVisible()
    field.clear()
    assert len(seen(pane)) == len(session.entries)
    assert pane.strip._count.text() == f"Completions · {len(session.entries)}"


def test_a_line_that_comes_later_is_judged_as_well(
    pane: CompletionsPane, field: FilterField, session: Session, qtbot: QtBot
) -> None:
    QTest.keyClicks(field, "status == 200")
    before = len(seen(pane))
    session.fetch(sample("every-broken-call.json").id)
    qtbot.waitUntil(lambda: len(seen(pane)) == before + 1)


def test_a_fault_is_told_and_marked_and_the_table_stays(
    pane: CompletionsPane, field: FilterField, theme: Theme
) -> None:
    field.setText("invalid")
    field.setText("tokns > 3 and invalid")
    assert pane.line._fault.isVisible()
    assert (
        pane.line._fault.text() == "There is no field “tokns”; did you mean “tokens”? The filter before it still holds."
    )
    assert pane.line._fault.accessibleDescription() == pane.line._fault.text()
    assert seen(pane) == [CALLING]
    wave = red_columns(field)
    first, width = field.cursorRect().center().x(), field.fontMetrics().horizontalAdvance("tokns")
    start = first - field.fontMetrics().horizontalAdvance(field.text())
    assert min(wave) >= start - 2
    assert max(wave) <= start + width + 2
    field.setText("")
    assert not pane.line._fault.isVisible()


def red_columns(field: FilterField) -> list[int]:
    """Where the field is painted in the colour of errors."""
    image = field.grab().toImage()
    wanted = QColor(LIGHT.error)
    return [
        x
        for x in range(image.width())
        for y in range(image.height())
        if abs(image.pixelColor(x, y).red() - wanted.red()) + abs(image.pixelColor(x, y).green() - wanted.green()) < 40
    ]


def test_what_is_not_finished_is_a_hint_and_what_is_wrong_an_error(window: MainWindow, pane: CompletionsPane) -> None:
    colours = window.theme.colours
    for text, colour in (("tokens >", colours.muted), ("tokns and invalid", colours.error)):
        pane.line.field.setText(text)
        assert pane.line._fault.palette().windowText().color() == QColor(colour)
    window.theme.prefer("dark")
    assert pane.line._fault.palette().windowText().color() == QColor(DARK.error)


def test_proposals_open_as_one_types_and_are_taken_by_keyboard(pane: CompletionsPane, field: FilterField) -> None:
    QTest.keyClicks(field, "to")
    assert proposed(field)[:2] == ["tool:", "tokens > "]
    QTest.keyClick(field._popup, Key.Key_Down)
    QTest.keyClick(field._popup, Key.Key_Return)
    assert field.text() in ("tool:", "tokens > ")
    field.setText("tool:")
    field.propose()
    assert proposed(field)
    field.setText("not mod and invalid")
    field.setCursorPosition(7)
    field.propose()
    field._on_proposal_chosen(field._proposals.index(0))
    assert field.text() == "not model ~  and invalid"
    assert field.cursorPosition() == 12


def test_nothing_is_proposed_where_nothing_is_left_to_choose(pane: CompletionsPane, field: FilterField) -> None:
    QTest.keyClicks(field, "invalid")
    assert proposed(field) == []
    QTest.keyClicks(field, " zzz")
    assert proposed(field) == []


@pytest.mark.parametrize(
    ("key", "modifier"),
    [(Key.Key_Down, Qt.KeyboardModifier.NoModifier), (Key.Key_Space, Qt.KeyboardModifier.ControlModifier)],
)
def test_proposals_open_on_demand(field: FilterField, key: Qt.Key, modifier: Qt.KeyboardModifier) -> None:
    QTest.keyClick(field, key, modifier)
    assert "tool:" in proposed(field)


def test_carets_count_characters(pane: CompletionsPane, field: FilterField) -> None:
    field.setText('id ~ "\U0001f600" and mod')
    field.propose()
    assert proposed(field) == ["model ~ "]
    field._on_proposal_chosen(field._proposals.index(0))
    assert field.text() == 'id ~ "\U0001f600" and model ~ '


def test_escape_clears_then_leaves_and_cancels_nothing(
    pane: CompletionsPane, field: FilterField, session: Session, window: MainWindow, qtbot: QtBot
) -> None:
    with qtbot.waitSignal(session.progressed):
        session.fetch(DRIPPING)
    field.setText("invalid")
    press(window, "Esc")
    assert field.text() == ""
    assert busy(session) == [DRIPPING]
    press(window, "Esc")
    assert pane.table.hasFocus()
    assert busy(session) == [DRIPPING]


def test_the_shortcut_leads_to_the_filter(window: MainWindow, pane: CompletionsPane, qtbot: QtBot) -> None:
    pane.line.field.setText("invalid")
    focus(window.id_bar.field, qtbot)
    press(window, "Ctrl+Shift+L")
    assert pane.line.field.hasFocus()
    assert pane.line.field.selectedText() == "invalid"


def cell(pane: CompletionsPane, subject: str, column: int) -> QPoint:
    index = pane.model.index(pane.model.row_of(subject), column)
    pane.table.scrollTo(index)
    return pane.table.visualRect(index).center()


def test_a_cell_is_made_a_condition(pane: CompletionsPane, qtbot: QtBot) -> None:
    pane.table.customContextMenuRequested.emit(cell(pane, CALLING, CALLS))
    (menu,) = [each for each in pane.findChildren(QMenu) if each.isVisible()]
    assert isinstance(menu, QMenu)
    names = [action.text() for action in menu.actions()]
    assert all(name.startswith("Show only: ") for name in names)
    assert any(name.startswith("Show only: not tool == ") for name in names)
    menu.actions()[0].trigger()
    assert pane.line.field.text() == names[0].removeprefix("Show only: ")
    assert CALLING in seen(pane)
    menu.close()


def test_a_cell_that_says_nothing_opens_no_menu(pane: CompletionsPane) -> None:
    pane.table.customContextMenuRequested.emit(cell(pane, DRIPPING, MODEL))
    pane.table.customContextMenuRequested.emit(QPoint(5, 10_000))
    assert not any(isinstance(each, QMenu) for each in QApplication.topLevelWidgets() if each.isVisible())


def test_a_filter_that_nothing_fits_says_so(pane: CompletionsPane) -> None:
    pane.line.field.setText("tool:never_heard_of")
    assert pane.model.rowCount() == 0
    assert pane._none.isVisible()
    pane.line.field.clear()
    assert not pane._none.isVisible()
