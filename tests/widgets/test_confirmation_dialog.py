"""Several IDs in what was pasted, dropped or typed: shown first, and fetched once that is agreed to."""

from pathlib import Path

import pytest
from PySide6.QtCore import QPoint, Qt
from PySide6.QtGui import QGuiApplication, QHelpEvent
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QStyle, QStyleOptionViewItem, QToolTip
from pytestqt.qtbot import QtBot

from inspector.core.candidates import find_candidates
from inspector.main import Program
from inspector.viewmodels.offered_ids import ID, WHY, Index, OfferedIds
from inspector.viewmodels.session import Session
from inspector.viewmodels.session_state import Rejected, Working
from inspector.widgets.confirmation_dialog import ConfirmationDialog
from inspector.widgets.main_window import MainWindow
from tests.live_services import sample
from tests.pasted_log import pasted_log
from tests.sessions import busy, entry, shown
from tests.widgets.sights import texts_of
from tests.widgets.test_keyboard import focus, press
from tests.widgets.test_tools_and_drops import drop

PLAIN, CALLS = sample("plain-answer.json").id, sample("two-tool-calls.json").id
KEY = "sk-live-0123456789abcdefWXYZ"
TEXT = f"log: {CALLS} by call_ab12cd,\n{PLAIN} with completion_id={KEY}, then {CALLS}"
Keys = Qt.Key


def asked(window: MainWindow, qtbot: QtBot) -> ConfirmationDialog:
    """The question, once it is asked."""
    qtbot.waitUntil(lambda: window.findChild(ConfirmationDialog) is not None)
    dialog = window.findChild(ConfirmationDialog)
    assert isinstance(dialog, ConfirmationDialog)
    qtbot.waitUntil(dialog.table.hasFocus)
    return dialog


def paste(window: MainWindow, text: str) -> None:
    QGuiApplication.clipboard().setText(text)
    window.structure.setFocus()
    press(window, "Ctrl+V")


def is_gone(window: MainWindow, qtbot: QtBot) -> None:
    qtbot.waitUntil(lambda: window.findChild(ConfirmationDialog) is None)


@pytest.fixture
def dialog(window: MainWindow, qtbot: QtBot) -> ConfirmationDialog:
    paste(window, TEXT)
    return asked(window, qtbot)


def test_nothing_is_sent_before_it_is_agreed_to(dialog: ConfirmationDialog, session: Session) -> None:
    assert busy(session) == []
    words, *buttons = texts_of(dialog)
    assert words == (
        "2 completions will be fetched. They are mentioned in one more place, and each is fetched once. 2 other IDs are left "
        "out, as they do not name completions: 1 tool call, 1 API key."
    )
    assert buttons == ["Check &all", "Check &none", "&Fetch 2", "Cancel"]


def test_enter_fetches_what_is_checked_and_no_key(
    dialog: ConfirmationDialog, window: MainWindow, session: Session, qtbot: QtBot
) -> None:
    QTest.keyClick(dialog.table, Keys.Key_Return)
    assert session.state == Working(CALLS)
    assert shown(session, qtbot).requested == CALLS
    qtbot.waitUntil(lambda: entry(session, PLAIN).digest is not None)
    assert not [each for each in session.entries if each.subject.startswith(("sk-", "call_"))]
    is_gone(window, qtbot)


def test_escape_leaves_everything_as_it_is(
    dialog: ConfirmationDialog, window: MainWindow, session: Session, qtbot: QtBot
) -> None:
    before, field = session.state, window.id_bar.field
    pasted = field.text()
    assert pasted == " ".join(TEXT.split()).replace(KEY, f"…{KEY[-4:]}"), "a key is nowhere to be seen"
    window.id_bar.show_subject("what came meanwhile")
    QTest.keyClick(dialog.table, Keys.Key_Escape)
    is_gone(window, qtbot)
    assert session.state is before
    assert busy(session) == []
    assert field.text() == pasted
    with qtbot.waitActive(window):
        window.activateWindow()
    focus(field, qtbot)
    window.id_bar.show_subject("what comes later")
    assert field.text() == pasted


def test_space_takes_a_check_away_and_the_button_counts(
    dialog: ConfirmationDialog, session: Session, qtbot: QtBot
) -> None:
    for key in (Keys.Key_Down, Keys.Key_Space, Keys.Key_Down, Keys.Key_Right, Keys.Key_Space):
        QTest.keyClick(dialog.table, key)
    assert dialog.fetch_button.text() == "&Fetch 1"
    assert texts_of(dialog)[0].startswith("1 of 2 completions will be fetched.")
    assert dialog.table.accessibleDescription() == texts_of(dialog)[0]
    QTest.keyClick(dialog.table, Keys.Key_Enter)
    assert shown(session, qtbot).requested == CALLS
    assert all(each.digest is None for each in session.entries if each.subject == PLAIN)


def test_selected_rows_are_turned_over_together(dialog: ConfirmationDialog) -> None:
    QTest.keyClick(dialog.table, Keys.Key_A, Qt.KeyboardModifier.ControlModifier)
    QTest.keyClick(dialog.table, Keys.Key_Space)
    assert dialog.fetch_button.text() == "&Fetch 0"
    assert not dialog.fetch_button.isEnabled()
    QTest.keyClick(dialog.table, Keys.Key_Return)
    assert dialog.isVisible()
    QTest.keyClick(dialog.table, Keys.Key_Space)
    assert dialog.fetch_button.text() == "&Fetch 2"


def test_all_and_none_are_buttons_that_enter_presses_too(
    dialog: ConfirmationDialog, session: Session, qtbot: QtBot
) -> None:
    for _ in range(2):
        QTest.keyClick(QApplication.focusWidget(), Keys.Key_Tab)
    assert dialog.none_button.hasFocus()
    QTest.keyClick(dialog.none_button, Keys.Key_Return)
    assert dialog.isVisible()
    assert dialog.fetch_button.text() == "&Fetch 0"
    assert busy(session) == []
    assert dialog.none_button.hasFocus()
    dialog.table.setFocus()
    press(dialog, "Alt+A")
    qtbot.waitUntil(lambda: dialog.fetch_button.text() == "&Fetch 2")
    assert dialog.fetch_button.isDefault()


def test_a_box_is_clicked_where_there_is_something_to_choose(dialog: ConfirmationDialog) -> None:
    for row, expected in ((0, "&Fetch 1"), (1, "&Fetch 1"), (3, "&Fetch 1"), (0, "&Fetch 2")):
        QTest.mouseClick(dialog.table.viewport(), Qt.MouseButton.LeftButton, pos=box(dialog, row))
        assert dialog.fetch_button.text() == expected


def box(dialog: ConfirmationDialog, row: int) -> QPoint:
    """The middle of the check box in a row."""
    option = QStyleOptionViewItem()
    index = dialog.table.model().index(row, ID)
    dialog.table.initViewItemOption(option)
    option.rect = dialog.table.visualRect(index)
    dialog.table.itemDelegate().initStyleOption(option, index)
    return dialog.style().subElementRect(QStyle.SubElement.SE_ItemViewItemCheckIndicator, option, dialog.table).center()


def test_a_tip_has_the_whole_of_a_cell_as_text(window: MainWindow, program: Program, qtbot: QtBot) -> None:
    it = "<b>" + "x1" * 150
    program.commands.take_text(f'"{it}" "chatcmpl-b"')
    dialog = asked(window, qtbot)
    view = dialog.table.viewport()
    place = dialog.table.visualRect(dialog.table.model().index(0, ID)).center()
    QApplication.sendEvent(view, QHelpEvent(QHelpEvent.Type.ToolTip, place, view.mapToGlobal(place)))
    assert QToolTip.text().replace("\n", "") == f"<qt><pre>&lt;b&gt;{'x1' * 150}</pre></qt>"


def test_the_pasted_log_shows_its_300_completions_checked_and_the_rest_greyed(
    window: MainWindow, program: Program, qtbot: QtBot
) -> None:
    log = pasted_log()
    drop(window, text=log.text)
    dialog = asked(window, qtbot)
    model, delegate = dialog.table.model(), dialog.table.itemDelegate()
    assert dialog.fetch_button.text() == "&Fetch 300"
    checked, greyed = [], []
    for row in range(model.rowCount()):
        option = QStyleOptionViewItem()
        option.state |= QStyle.StateFlag.State_Enabled
        delegate.initStyleOption(option, model.index(row, WHY))
        if model.index(row, ID).data(Qt.ItemDataRole.CheckStateRole) is Qt.CheckState.Checked:
            checked.append(model.index(row, ID).data())
        if not option.state & QStyle.StateFlag.State_Enabled:
            greyed.append(model.index(row, ID).data())
    assert tuple(checked) == log.completions
    assert tuple(greyed) == log.others


def test_the_ids_of_a_dropped_file_are_asked_about(window: MainWindow, qtbot: QtBot, tmp_path: Path) -> None:
    path = tmp_path / "app.log"
    path.write_text(TEXT)
    drop(window, paths=(path,))
    assert asked(window, qtbot).fetch_button.text() == "&Fetch 2"
    assert window.id_bar.field.text() == ""


def test_what_is_typed_into_the_field_is_asked_about(window: MainWindow, session: Session, qtbot: QtBot) -> None:
    typed = f"{PLAIN}, {CALLS}"
    window.id_bar.field.setText(typed)
    QTest.keyClick(window.id_bar.field, Keys.Key_Return)
    dialog = asked(window, qtbot)
    QTest.mouseClick(dialog.cancel_button, Qt.MouseButton.LeftButton)
    is_gone(window, qtbot)
    assert window.id_bar.field.text() == typed
    assert busy(session) == []


def test_a_long_text_is_asked_about_once_it_was_searched(program: Program, window: MainWindow, qtbot: QtBot) -> None:
    program.commands.take_text("a line of a log\n" * 10_000 + TEXT)
    assert window.findChild(ConfirmationDialog) is None
    assert asked(window, qtbot).fetch_button.text() == "&Fetch 2"


def test_the_newest_text_is_the_one_that_is_asked_about(
    dialog: ConfirmationDialog, program: Program, window: MainWindow, qtbot: QtBot
) -> None:
    window.id_bar.field.setText("newer")
    program.commands.take_text("chatcmpl-a chatcmpl-b chatcmpl-c")
    qtbot.waitUntil(lambda: len(window.findChildren(ConfirmationDialog)) == 1)
    assert asked(window, qtbot).fetch_button.text() == "&Fetch 3"
    assert window.id_bar.field.text() == "newer"


@pytest.mark.parametrize(
    ("text", "said"),
    [(PLAIN, ""), (f"{PLAIN} with call_ab12cd", "Not fetched, as they name no completions: 1 tool call.")],
)
def test_one_completion_is_fetched_at_once(program: Program, window: MainWindow, text: str, said: str) -> None:
    program.commands.take_text(text)
    assert program.session.state == Working(PLAIN)
    assert said in window.statusBar().currentMessage()
    assert window.findChild(ConfirmationDialog) is None


def test_what_a_start_names_is_fetched_at_once(program: Program, window: MainWindow) -> None:
    program.commands.fetch(TEXT, "another")
    assert program.session.state == Working(CALLS)
    assert window.findChild(ConfirmationDialog) is None


def test_a_key_alone_is_neither_fetched_nor_repeated(program: Program, window: MainWindow) -> None:
    paste(window, KEY)
    assert isinstance(program.session.state, Rejected)
    assert program.session.state.sentence == "…WXYZ looks like an API key, and a key is never sent as an ID."
    assert busy(program.session) == []


def test_of_ten_thousand_rows_only_those_in_sight_are_asked_for(
    window: MainWindow, qtbot: QtBot, monkeypatch: pytest.MonkeyPatch
) -> None:
    asked_for: list[int] = []
    flags, data = OfferedIds.flags, OfferedIds.data

    def watched_flags(model: OfferedIds, index: Index) -> Qt.ItemFlag:
        asked_for.append(index.row())
        return flags(model, index)

    def watched_data(model: OfferedIds, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> object:
        asked_for.append(index.row())
        return data(model, index, role)

    monkeypatch.setattr(OfferedIds, "flags", watched_flags)
    monkeypatch.setattr(OfferedIds, "data", watched_data)
    dialog = ConfirmationDialog(
        find_candidates("".join(f"chatcmpl-{number:029}\n" for number in range(10_000))), window
    )
    dialog.open()
    qtbot.waitUntil(lambda: dialog.table.hasFocus() and bool(asked_for))
    QTest.keyClick(dialog.table, Keys.Key_A, Qt.KeyboardModifier.ControlModifier)
    QTest.keyClick(dialog.table, Keys.Key_Space)
    dialog.table.viewport().repaint()
    dialog.table.horizontalHeader().viewport().repaint()
    assert dialog.fetch_button.text() == "&Fetch 0"
    assert max(asked_for) < 100
