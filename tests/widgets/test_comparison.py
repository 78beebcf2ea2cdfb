"""Comparing what is shown with another completion of the run."""

from collections.abc import Callable
from pathlib import Path
from threading import Event
from typing import Any

import pytest
from PySide6.QtCore import QModelIndex, Qt
from PySide6.QtGui import QGuiApplication, QTextCharFormat
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QWidget
from pytestqt.qtbot import QtBot

from inspector.core.comparison import compared, reading
from inspector.core.comparison.reading import RowReading, reading_of
from inspector.core.comparison.rows import ComparedRow
from inspector.main import Program
from inspector.viewmodels.comparison_model import WHAT, WHERE
from inspector.viewmodels.session import Session
from inspector.widgets.comparison_chooser import ComparisonChooser
from inspector.widgets.comparison_dialog import ComparisonDialog
from inspector.widgets.main_window import MainWindow
from inspector.widgets.named_actions import named_actions
from inspector.widgets.theme import DARK, LIGHT, Colours
from tests.answers import as_bytes, calling, completion
from tests.live_services import sample
from tests.sessions import opened, shown
from tests.widgets.sights import texts_of
from tests.widgets.test_clipboard import Deaf

PLAIN = sample("plain-answer.json").id
CALLS = sample("two-tool-calls.json").id
Compare = Callable[[dict[str, Any], dict[str, Any]], ComparisonDialog]


def fetched(session: Session, qtbot: QtBot, *names: str) -> None:
    for name in names:
        session.fetch(name)
        qtbot.waitUntil(lambda name=name: session.inspection is not None and session.inspection.requested == name)


def chosen(window: MainWindow, qtbot: QtBot) -> ComparisonDialog:
    """Takes the first completion that is offered, and waits for the comparison and its first difference."""
    chooser = window.findChild(ComparisonChooser)
    assert chooser is not None
    assert all(" · " in chooser.list.item(row).text() for row in range(chooser.list.count())), "each is told apart"
    before = window.findChildren(ComparisonDialog)
    QTest.keyClick(chooser, Qt.Key.Key_Return)
    qtbot.waitUntil(lambda: any(each not in before for each in window.findChildren(ComparisonDialog)))
    return next(each for each in window.findChildren(ComparisonDialog) if each not in before)


@pytest.fixture
def compare(program: Program, session: Session, window: MainWindow, qtbot: QtBot, tmp_path: Path) -> Compare:
    """Compares two bodies, out of files."""

    def open_dialog(left: dict[str, Any], right: dict[str, Any]) -> ComparisonDialog:
        for name, body in (("right", right), ("left", left)):
            path = tmp_path / f"{name}.json"
            path.write_bytes(as_bytes(body))
            opened(session, qtbot, path)
            qtbot.waitUntil(lambda path=path: session.subject.endswith(path.name) and not session.is_checking)
            qtbot.waitUntil(lambda: not program.jobs.is_busy(f"keep {session.subject}"))
        program.comparisons.compare()
        dialog = chosen(window, qtbot)
        with qtbot.waitActive(dialog):
            dialog.activateWindow()
        return dialog

    return open_dialog


def read(dialog: ComparisonDialog, qtbot: QtBot, text: str) -> None:
    """Waits until the difference of that text is shown."""
    qtbot.waitUntil(lambda: dialog.difference.view.toPlainText() == text)


def places(dialog: ComparisonDialog) -> list[str]:
    return [str(dialog.model.index(row, WHERE).data()) for row in range(dialog.model.rowCount())]


def row_at(dialog: ComparisonDialog, place: str) -> QModelIndex:
    return dialog.model.index(places(dialog).index(place), WHERE)


def is_on(dialog: ComparisonDialog, place: str) -> bool:
    return bool(dialog.table.currentIndex().data() == place)


def press(widget: QWidget, key: Qt.Key, modifier: Qt.KeyboardModifier = Qt.KeyboardModifier.NoModifier) -> None:
    QTest.keyClick(widget, key, modifier)


def test_two_completions_are_compared(program: Program, session: Session, window: MainWindow, qtbot: QtBot) -> None:
    fetched(session, qtbot, PLAIN, CALLS)
    qtbot.waitUntil(lambda: not program.jobs.is_busy(f"keep {PLAIN}"))
    program.comparisons.compare()
    dialog = chosen(window, qtbot)
    assert "→" in row_at(dialog, "usage › total_tokens").siblingAtColumn(WHAT).data()
    dialog.copy_button.click()
    qtbot.waitUntil(lambda: QGuiApplication.clipboard().text().startswith(f"− {CALLS}\n+ {PLAIN}\n"))
    assert dialog.told.text().startswith("Copied ")


CONTENT = "choice 1 › message › content"


@pytest.mark.parametrize(("preference", "colours"), [("light", LIGHT), ("dark", DARK)])
def test_words_that_went_are_struck_out_and_those_that_came_underlined(
    program: Program, compare: Compare, qtbot: QtBot, preference: str, colours: Colours
) -> None:
    program.theme.prefer(preference)
    dialog = compare(completion({"content": "The cat sat."}), completion({"content": "The dog sat."}))
    read(dialog, qtbot, "The catdog sat.")
    marks = {
        each.cursor.selectedText(): QTextCharFormat(each.format) for each in dialog.difference.view.extraSelections()
    }
    assert set(marks) == {"cat", "dog"}
    assert marks["cat"].fontStrikeOut()
    assert not marks["cat"].fontUnderline()
    assert marks["dog"].fontUnderline()
    assert not marks["dog"].fontStrikeOut()
    assert marks["dog"].background().color().name() == colours.flags[2]
    assert dialog.difference.note.text() == f"{CONTENT}: changed. Struck out is only left, underlined only right."
    assert "change 1 of 1" in texts_of(dialog.difference)


def test_what_is_copied_out_of_a_difference_has_marks(compare: Compare, qtbot: QtBot) -> None:
    dialog = compare(completion({"content": "The <b>cat</b>"}), completion({"content": "The <b>dog</b>"}))
    read(dialog, qtbot, "The <b>catdog</b>")
    dialog.difference.view.selectAll()
    dialog.difference.view.copy()
    assert QGuiApplication.clipboard().text() == "The <b>[-cat-]{+dog+}</b>"


def test_f7_goes_through_changes_and_differences_and_back(compare: Compare, qtbot: QtBot) -> None:
    dialog = compare(completion({"content": "a b c d e"}), completion({"content": "a x c y e"}, model="other"))
    assert is_on(dialog, "model")
    read(dialog, qtbot, "gpt-4oother")
    press(dialog.table, Qt.Key.Key_F7)
    assert is_on(dialog, CONTENT)
    read(dialog, qtbot, "a bx c dy e")
    view = dialog.difference.view
    assert dialog.difference.current_change == "bx"
    press(dialog.table, Qt.Key.Key_F7)
    assert dialog.difference.current_change == "dy"
    press(dialog.table, Qt.Key.Key_F7)
    assert dialog.told.text().startswith("There is no other difference.")
    press(view, Qt.Key.Key_F7, Qt.KeyboardModifier.ShiftModifier)
    assert dialog.difference.current_change == "bx"
    press(view, Qt.Key.Key_F7, Qt.KeyboardModifier.ShiftModifier)
    assert is_on(dialog, "model")
    read(dialog, qtbot, "gpt-4oother")
    dialog.previous_button.click()
    assert dialog.told.text().startswith("There is no earlier difference.")
    dialog.next_button.click()
    qtbot.waitUntil(lambda: dialog.difference.current_change == "bx")


def test_steps_that_are_asked_for_while_a_difference_is_read_are_taken_once_it_is_there(
    compare: Compare, qtbot: QtBot
) -> None:
    dialog = compare(completion({"content": "a b c d e"}), completion({"content": "a x c y e"}, model="other"))
    read(dialog, qtbot, "gpt-4oother")
    for _ in range(3):
        dialog.step(1)
    qtbot.waitUntil(lambda: dialog.difference.current_change == "dy")
    assert dialog.told.text().startswith("There is no other difference.")
    dialog._choose(row_at(dialog, "model"), 1)
    assert dialog.difference.current_change == "dy", "the difference before stays for a moment"
    dialog.step(1)
    qtbot.waitUntil(lambda: dialog.difference.current_change == "bx")


def test_a_difference_that_takes_long_to_read_is_told(
    compare: Compare, monkeypatch: pytest.MonkeyPatch, qtbot: QtBot
) -> None:
    may_read = Event()
    dialog = compare(completion({"content": "a b"}), completion({"content": "a x"}, model="other"))
    read(dialog, qtbot, "gpt-4oother")

    def slow(row: ComparedRow) -> RowReading:
        assert may_read.wait(20)
        return reading_of(row)

    monkeypatch.setattr(reading, "reading_of", slow)
    dialog.step(1)
    qtbot.waitUntil(lambda: dialog.difference.note.text() == "Reading the difference …")
    assert dialog.difference.view.toPlainText() == ""
    may_read.set()
    qtbot.waitUntil(lambda: dialog.difference.current_change == "bx")


def test_the_copy_goes_on_while_another_row_is_looked_at(
    compare: Compare, monkeypatch: pytest.MonkeyPatch, qtbot: QtBot
) -> None:
    may_write = Event()
    dialog = compare(completion({"content": "a b"}), completion({"content": "a x"}, id="other"))
    folded = next(row for row in range(dialog.model.rowCount()) if dialog.model.rows[row].below)
    monkeypatch.setattr(type(dialog._comparison), "text", lambda *_names: "written" if may_write.wait(20) else "")
    dialog.copy_button.click()
    dialog.table.selectRow(folded)
    assert not dialog.copy_button.isEnabled()
    may_write.set()
    qtbot.waitUntil(dialog.copy_button.isEnabled)
    assert QGuiApplication.clipboard().text() == "written"


def test_a_copy_that_fails_can_be_tried_again(
    compare: Compare, program: Program, monkeypatch: pytest.MonkeyPatch, qtbot: QtBot
) -> None:
    dialog = compare(completion({"content": "a b"}), completion({"content": "a x"}))

    def fail(*_names: object) -> str:
        raise RuntimeError("a fault")

    monkeypatch.setattr(type(dialog._comparison), "text", fail)
    with qtbot.waitSignal(program.jobs.failed):
        dialog.copy_button.click()
    qtbot.waitUntil(dialog.copy_button.isEnabled)


def test_a_copy_that_the_clipboard_does_not_take_is_told(
    compare: Compare, monkeypatch: pytest.MonkeyPatch, qtbot: QtBot
) -> None:
    dialog = compare(completion({"content": "a b"}), completion({"content": "a x"}))
    monkeypatch.setattr(QGuiApplication, "clipboard", Deaf)
    dialog.copy_button.click()
    qtbot.waitUntil(dialog.copy_button.isEnabled)
    assert dialog.told.text().startswith("Nothing was copied: ")


def test_both_sides_are_held_against_the_loaded_tools(compare: Compare, session: Session, qtbot: QtBot) -> None:
    with qtbot.waitSignal(session.tool_desk.changed):
        session.tool_desk.paste('[{"type": "function", "function": {"name": "other"}}]')
    dialog = compare(calling("{}", "book"), calling("{}", "book", model="another"))
    assert session.inspection is not None
    assert "function-not-offered" in {finding.rule for finding in session.inspection.findings}
    assert [place for place in places(dialog) if "finding" in place.lower()] == []


def test_stepping_back_into_a_text_begins_at_its_last_change(compare: Compare, qtbot: QtBot) -> None:
    left = completion({"content": "a b c d e"}, usage={"total_tokens": 1})
    dialog = compare(left, completion({"content": "a x c y e"}, usage={"total_tokens": 2}))
    dialog.table.setCurrentIndex(row_at(dialog, "usage › total_tokens"))
    read(dialog, qtbot, "12")
    dialog.step(-1)
    qtbot.waitUntil(lambda: dialog.difference.current_change == "dy")


def test_everything_is_shown_where_that_is_asked_for(compare: Compare, qtbot: QtBot) -> None:
    dialog = compare(completion({"content": "a"}), completion({"content": "b"}))
    assert places(dialog) == [CONTENT]
    press(dialog.table, Qt.Key.Key_D, Qt.KeyboardModifier.ControlModifier | Qt.KeyboardModifier.ShiftModifier)
    assert not dialog.only.isChecked()
    assert {"model", "usage", CONTENT} < set(places(dialog))
    assert is_on(dialog, CONTENT)
    dialog.table.setCurrentIndex(row_at(dialog, "model"))
    read(dialog, qtbot, '"gpt-4o"')
    assert dialog.difference.note.text() == "model: same."
    dialog.only.click()
    assert places(dialog) == [CONTENT]
    assert is_on(dialog, CONTENT)


def test_what_differs_as_expected_is_one_row_that_can_be_opened(compare: Compare, qtbot: QtBot) -> None:
    right = calling("{}", id="chatcmpl-b", created=1_795_000_001)
    right["choices"][0]["message"]["tool_calls"][0]["id"] = "call_9"
    dialog = compare(calling("{}"), right)
    assert places(dialog) == ["▸ As expected"]
    assert not dialog.table.currentIndex().isValid()
    folded = row_at(dialog, "▸ As expected")
    assert folded.siblingAtColumn(WHAT).data() == "3: id, created"
    assert folded.data(Qt.ItemDataRole.AccessibleTextRole) == "As expected, 3: id, created, folded"
    dialog.table.setCurrentIndex(folded)
    assert dialog.difference.note.text() == "Open the row to see what differs as expected."
    opened_rows = ["▾ As expected", "    choice 1 › message › call 1 get_weather › id", "    id", "    created"]
    for opening, folding in ((Qt.Key.Key_Right, Qt.Key.Key_Left), (Qt.Key.Key_Return, Qt.Key.Key_Enter)):
        press(dialog.table, opening)
        assert places(dialog) == opened_rows
        press(dialog.table, folding)
        assert places(dialog) == ["▸ As expected"]
    place = dialog.table.visualRect(folded).center()
    QTest.mouseClick(dialog.table.viewport(), Qt.MouseButton.LeftButton, pos=place)
    assert places(dialog) == opened_rows
    press(dialog.table, Qt.Key.Key_Down)
    press(dialog.table, Qt.Key.Key_Right)
    assert places(dialog) == opened_rows
    dialog.table.setCurrentIndex(dialog.model.index(2, WHERE))
    read(dialog, qtbot, '"chatcmpl-asked""chatcmpl-b"')
    dialog.step(1)
    assert dialog.told.text().startswith("There is no other difference.")


def test_a_long_text_comes_in_parts(compare: Compare, qtbot: QtBot) -> None:
    words = [f"word{at}" for at in range(20_000)]
    others = ["new" if at in (5, 19_000) else word for at, word in enumerate(words)]
    dialog = compare(completion({"content": " ".join(words)}), completion({"content": " ".join(others)}))
    difference = dialog.difference
    qtbot.waitUntil(lambda: dialog.difference.current_change == "word5new")
    assert difference.later.isVisible()
    assert not difference.earlier.isEnabled()
    dialog.step(1)
    assert dialog.difference.current_change == "word19000new"
    last = difference.part
    assert last > 1
    difference.earlier.click()
    assert difference.part == last - 1
    dialog.step(1)
    assert dialog.difference.current_change == "word19000new"


def test_another_comparison_takes_the_place_of_the_first(compare: Compare, window: MainWindow, qtbot: QtBot) -> None:
    first = compare(completion({"content": "a"}), completion({"content": "b"}))
    assert first.isVisible()
    second = compare(completion({"content": "a"}), completion({"content": "c"}))
    qtbot.waitUntil(lambda: window.findChildren(ComparisonDialog) == [second])
    assert second.isVisible()


def test_the_actions_are_there_while_a_comparison_is_open(compare: Compare, window: MainWindow, qtbot: QtBot) -> None:
    def actions() -> dict[str, tuple[str, bool]]:
        every = [each for each in named_actions(window) if "Comparison" in each.menus]
        return {each.name: (each.keys, each.action.isEnabled()) for each in every}

    closed = {
        "Next difference": ("F7", False),
        "Previous difference": ("Shift+F7", False),
        "Only differences": ("Ctrl+Shift+D", False),
        "Copy the comparison as text": ("", False),
    }
    assert actions() == closed
    dialog = compare(completion({"content": "a b"}), completion({"content": "c b"}))
    assert all(enabled for _, enabled in actions().values())
    read(dialog, qtbot, "ac b")
    (copy,) = (each.action for each in named_actions(window) if each.name == "Copy the comparison as text")
    copy.trigger()
    qtbot.waitUntil(lambda: "    [-a-]{+c+} b\n" in QGuiApplication.clipboard().text())
    press(dialog, Qt.Key.Key_Escape)
    assert actions() == closed


def test_escape_gives_up_a_comparison_that_is_being_made(
    program: Program, session: Session, window: MainWindow, monkeypatch: pytest.MonkeyPatch, qtbot: QtBot
) -> None:
    fetched(session, qtbot, PLAIN, CALLS)
    qtbot.waitUntil(lambda: not program.jobs.is_busy(f"keep {PLAIN}"))
    qtbot.waitUntil(lambda: not session.is_checking)
    may_compare = Event()
    monkeypatch.setattr(compared, "compared", lambda *_sides: may_compare.wait(20))
    program.comparisons.compare()
    chooser = window.findChild(ComparisonChooser)
    assert chooser is not None
    QTest.keyClick(chooser, Qt.Key.Key_Return)
    assert window.statusBar().currentMessage() == f"Comparing with {PLAIN} …"
    cancel = next(each for each in window.menus["Edit"].actions() if each.text() == "&Cancel")
    cancel.trigger()
    assert window.statusBar().currentMessage() == "Cancelled. Nothing was compared."
    assert not program.jobs.is_busy("compare")
    may_compare.set()


def test_alone_there_is_nothing_to_compare_with(program: Program, session: Session, qtbot: QtBot) -> None:
    program.comparisons.compare()
    session.fetch(PLAIN)
    shown(session, qtbot)
    program.comparisons.compare()
    assert program.window.statusBar().currentMessage().startswith("There is nothing to compare with yet")
    assert program.window.findChild(ComparisonChooser) is None


def test_what_is_not_kept_any_more_is_told(program: Program, session: Session, qtbot: QtBot) -> None:
    fetched(session, qtbot, PLAIN)
    program.comparisons._compare_with(session.inspection, PLAIN, "chatcmpl-gone")
    assert program.window.statusBar().currentMessage() == "Comparing with chatcmpl-gone …"
    qtbot.waitUntil(lambda: "is not kept any more" in program.window.statusBar().currentMessage())
