"""The whole window by keyboard alone."""

import re
from collections.abc import Callable

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QAction, QGuiApplication, QKeySequence
from PySide6.QtTest import QTest
from PySide6.QtWidgets import (
    QApplication,
    QDialog,
    QMenu,
    QMessageBox,
    QPlainTextEdit,
    QTableWidget,
    QTextEdit,
    QWidget,
)
from pytestqt.qtbot import QtBot

from inspector.viewmodels.session import Session
from inspector.viewmodels.session_state import Idle, Rejected, Working
from inspector.widgets.confirmation_dialog import ConfirmationDialog
from inspector.widgets.main_window import MainWindow
from inspector.widgets.named_actions import named_actions
from inspector.widgets.shortcuts import OTHER_KEYS
from tests.live_services import sample
from tests.sessions import busy, entry, shown, under_way
from tests.widgets.sights import texts_of

PLAIN = sample("plain-answer.json").id
CALLS = sample("two-tool-calls.json").id
BROKEN = sample("every-broken-call.json").id
DRIPPING = sample("slow-body.json").id
FAULTY_CALL = "/choices/0/message/tool_calls/1/function/arguments"
Key = Qt.Key


def press(window: QWidget, keys: str) -> None:
    """Presses a combination such as `Ctrl+V` where the focus is."""
    QTest.keySequence(QApplication.focusWidget() or window, QKeySequence(keys))


def focus(widget: QWidget, qtbot: QtBot) -> None:
    widget.setFocus()
    qtbot.waitUntil(widget.hasFocus)


@pytest.fixture
def filled(window: MainWindow, session: Session, qtbot: QtBot) -> MainWindow:
    """The window with an answer in it, one of whose calls is broken."""
    session.fetch(CALLS)
    shown(session, qtbot)
    return window


def test_the_field_has_the_focus_from_the_start(window: MainWindow) -> None:
    assert window.id_bar.field.hasFocus()


def test_enter_in_the_field_fetches(window: MainWindow, session: Session, qtbot: QtBot) -> None:
    QTest.keyClicks(window.id_bar.field, PLAIN)
    press(window, "Return")
    assert session.state == Working(PLAIN)
    assert shown(session, qtbot).requested == PLAIN


def test_enter_in_an_empty_field_says_what_to_do(window: MainWindow, session: Session) -> None:
    press(window, "Return")
    assert isinstance(session.state, Rejected)
    assert session.state.sentence in texts_of(window.detail.banner)


def id_field(window: MainWindow) -> QWidget:
    return window.id_bar.field


def completions(window: MainWindow) -> QWidget:
    return window.completions.table


def structure(window: MainWindow) -> QWidget:
    return window.structure


def detail(window: MainWindow) -> QWidget:
    return window.detail.view


def findings(window: MainWindow) -> QWidget:
    return window.findings.table


PANES = (id_field, completions, structure, detail, findings)


@pytest.mark.parametrize("pane", PANES)
def test_escape_cancels_wherever_the_focus_is(
    filled: MainWindow, session: Session, qtbot: QtBot, pane: Callable[[MainWindow], QWidget]
) -> None:
    focus(pane(filled), qtbot)
    under_way(session, qtbot, DRIPPING)
    press(filled, "Esc")
    assert isinstance(session.state, Idle)
    assert session.state.notice in texts_of(filled.detail.banner)


@pytest.mark.parametrize("pane", PANES[1:])
def test_pasting_outside_the_field_fetches_what_is_in_the_clipboard(
    filled: MainWindow, session: Session, qtbot: QtBot, pane: Callable[[MainWindow], QWidget]
) -> None:
    QGuiApplication.clipboard().setText(f"two of them: {PLAIN},\n{BROKEN}")
    focus(pane(filled), qtbot)
    press(filled, "Ctrl+V")
    assert busy(session) == []
    qtbot.waitUntil(lambda: isinstance(QApplication.activeWindow(), ConfirmationDialog))
    press(filled, "Return")
    assert session.state == Working(PLAIN)
    assert shown(session, qtbot).requested == PLAIN
    qtbot.waitUntil(lambda: entry(session, BROKEN).digest is not None)


def test_pasting_into_the_field_is_only_pasting(filled: MainWindow, session: Session, qtbot: QtBot) -> None:
    QGuiApplication.clipboard().setText(PLAIN)
    focus(filled.id_bar.field, qtbot)
    filled.id_bar.field.clear()
    press(filled, "Ctrl+V")
    assert filled.id_bar.field.text() == PLAIN
    assert busy(session) == []
    assert session.inspection is not None
    assert session.inspection.requested == CALLS


def test_pasting_what_holds_no_id_says_so(filled: MainWindow, session: Session, qtbot: QtBot) -> None:
    QGuiApplication.clipboard().setText("no such thing here")
    focus(filled.structure, qtbot)
    press(filled, "Ctrl+V")
    assert isinstance(session.state, Rejected)


@pytest.mark.parametrize(("keys", "order"), [("F6", PANES), ("Shift+F6", (PANES[0], *PANES[:0:-1]))])
def test_f6_goes_round_the_panes(
    filled: MainWindow, qtbot: QtBot, keys: str, order: tuple[Callable[[MainWindow], QWidget], ...]
) -> None:
    focus(filled.id_bar.field, qtbot)
    for pane in (*order[1:], order[0]):
        press(filled, keys)
        assert pane(filled).hasFocus(), pane.__name__


def test_f6_leaves_out_what_is_not_there_yet(window: MainWindow) -> None:
    press(window, "F6")
    assert window.completions.table.hasFocus()
    press(window, "F6")
    assert window.id_bar.field.hasFocus()


def chosen_places(window: MainWindow, keys: str, times: int) -> list[tuple[int, str]]:
    places = []
    for _ in range(times):
        press(window, keys)
        row = window.structure.current_row
        assert row is not None
        places.append((window.findings.table.currentIndex().row(), row.pointer))
    return places


def test_f8_goes_round_the_findings_and_shows_their_places(window: MainWindow, session: Session, qtbot: QtBot) -> None:
    session.fetch(BROKEN)
    inspection = shown(session, qtbot)
    count = len(inspection.findings)
    model = window.findings.table.model()
    forward = chosen_places(window, "F8", count + 1)
    assert [row for row, _ in forward] == [*range(count), 0]
    outline = window.structure.outline
    assert outline is not None
    for row, pointer in forward[:3]:
        finding = window.findings._model.findings[row]
        assert outline.find(finding.pointer).pointer == pointer
        assert model.index(row, 3).data() == finding.rule
    backward = chosen_places(window, "Shift+F8", 2)
    assert [row for row, _ in backward] == [count - 1, count - 2]


def test_the_first_step_back_leads_to_the_last_finding(filled: MainWindow) -> None:
    count = filled.findings.table.model().rowCount()
    assert count > 1
    assert [row for row, _ in chosen_places(filled, "Shift+F8", 1)] == [count - 1]


def test_f8_without_findings_does_nothing(window: MainWindow) -> None:
    press(window, "F8")
    assert window.structure.current_row is None


def test_ctrl_and_a_number_choose_the_view(filled: MainWindow, qtbot: QtBot) -> None:
    for number in range(5, 0, -1):
        press(filled, f"Ctrl+{number}")
        assert filled.detail.tab == number - 1
        qtbot.waitUntil(lambda: text_of(filled.detail.page) != "")


def text_of(view: QWidget) -> str:
    assert isinstance(view, QPlainTextEdit | QTextEdit)
    return view.toPlainText()


def test_ctrl_l_goes_to_the_field_and_selects_it(filled: MainWindow, qtbot: QtBot) -> None:
    focus(filled.structure, qtbot)
    press(filled, "Ctrl+L")
    assert filled.id_bar.field.hasFocus()
    assert filled.id_bar.field.selectedText() == CALLS


def test_f5_fetches_again(filled: MainWindow, session: Session) -> None:
    press(filled, "F5")
    assert session.state == Working(CALLS)


def test_the_pointer_of_the_row_is_copied(filled: MainWindow) -> None:
    press(filled, "Ctrl+Shift+C")
    assert QGuiApplication.clipboard().text() == FAULTY_CALL
    assert FAULTY_CALL in filled.statusBar().currentMessage()


def test_the_whole_view_is_copied_as_sent(filled: MainWindow, session: Session) -> None:
    press(filled, "Ctrl+4")
    press(filled, "Ctrl+Alt+C")
    assert session.inspection is not None
    assert QGuiApplication.clipboard().text().encode() == session.inspection.body
    assert QGuiApplication.clipboard().mimeData().formats() == ["text/plain"]


def test_toggles_for_invisible_characters_and_long_lines(filled: MainWindow) -> None:
    view = filled.detail.view
    before = (view.reveals, view.wraps)
    press(filled, "Ctrl+I")
    press(filled, "Alt+Z")
    assert (view.reveals, view.wraps) == tuple(not each for each in before)


def the_dialog(window: MainWindow, qtbot: QtBot) -> QDialog:
    (dialog,) = window.findChildren(QDialog)
    qtbot.waitUntil(dialog.isActiveWindow)
    return dialog


def table_rows(dialog: QDialog) -> list[str]:
    (table,) = dialog.findChildren(QTableWidget)
    model = table.model()
    return [
        " ".join(model.index(row, column).data() for column in range(model.columnCount()))
        for row in range(model.rowCount())
    ]


def test_f1_shows_the_shortcuts_and_escape_closes_them(window: MainWindow, qtbot: QtBot) -> None:
    press(window, "F1")
    dialog = the_dialog(window, qtbot)
    rows = table_rows(dialog)
    given = {entry.keys: entry.path for entry in named_actions(window) if entry.keys}
    assert rows == [f"{keys} {does}" for keys, does in (*given.items(), *OTHER_KEYS)]
    assert "Ctrl+K Go › Command…" in rows
    with qtbot.waitSignal(dialog.destroyed):
        QTest.keyClick(dialog, Key.Key_Escape)


def test_the_page_of_findings_explains_every_rule(window: MainWindow, qtbot: QtBot) -> None:
    from inspector.core.rules import ALL_RULES

    action(window, "Findings…").trigger()
    rows = table_rows(the_dialog(window, qtbot))
    assert len(rows) == len(ALL_RULES) > 20
    assert all(row.startswith(f"{rule.id} {rule.severity.word} ") for row, rule in zip(rows, ALL_RULES, strict=True))


def test_about_names_the_version(window: MainWindow) -> None:
    from inspector import __version__

    action(window, "About…").trigger()
    (box,) = window.findChildren(QMessageBox)
    assert __version__ in box.text()


def actions(window: MainWindow) -> dict[str, QAction]:
    """The entries of all menus by their text without the underline."""
    entries = [entry for menu in window.menuBar().findChildren(QMenu) for entry in menu.actions()]
    return {entry.text().replace("&", ""): entry for entry in entries if entry.text() and entry.menu() is None}


def action(window: MainWindow, text: str) -> QAction:
    return actions(window)[text]


def test_underlined_letters_are_unique_in_their_menu(window: MainWindow) -> None:
    menus = window.findChildren(QMenu)
    assert len(menus) > 9
    for menu in [*menus, window.menuBar()]:
        letters = [match[1].lower() for entry in menu.actions() if (match := re.search("&(.)", entry.text()))]
        assert len(letters) == len(set(letters)), [entry.text() for entry in menu.actions()]
