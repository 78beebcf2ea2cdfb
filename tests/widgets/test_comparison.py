"""Comparing what is shown with another completion of the run."""

from PySide6.QtCore import Qt
from PySide6.QtGui import QGuiApplication
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QTableWidget
from pytestqt.qtbot import QtBot

from inspector.main import Program
from inspector.viewmodels.session import Session
from inspector.widgets.comparison_dialog import ComparisonChooser, ComparisonDialog
from inspector.widgets.main_window import MainWindow
from tests.live_services import sample
from tests.sessions import shown

PLAIN = sample("plain-answer.json").id
CALLS = sample("two-tool-calls.json").id


def fetched(session: Session, qtbot: QtBot, *names: str) -> None:
    for name in names:
        session.fetch(name)
        qtbot.waitUntil(lambda name=name: session.inspection is not None and session.inspection.requested == name)


def test_two_completions_are_compared(program: Program, session: Session, window: MainWindow, qtbot: QtBot) -> None:
    fetched(session, qtbot, PLAIN, CALLS)
    qtbot.waitUntil(lambda: not program.jobs.is_busy(f"keep {PLAIN}"))
    program.commands.compare()
    chooser = window.findChild(ComparisonChooser)
    assert chooser is not None
    assert chooser.list.count() == 1
    QTest.keyClick(chooser, Qt.Key.Key_Return)
    qtbot.waitUntil(lambda: window.findChild(ComparisonDialog) is not None)
    dialog = window.findChild(ComparisonDialog)
    table = dialog.findChild(QTableWidget)
    told = {table.item(row, 0).text(): table.item(row, 1).text() for row in range(table.rowCount())}
    assert "usage › total_tokens" in told
    assert "→" in told["usage › total_tokens"]
    dialog.copy_button.click()
    assert QGuiApplication.clipboard().text().startswith(f"− {CALLS}\n+ {PLAIN}\n")
    dialog.close()


def test_alone_there_is_nothing_to_compare_with(program: Program, session: Session, qtbot: QtBot) -> None:
    program.commands.compare()
    session.fetch(PLAIN)
    shown(session, qtbot)
    program.commands.compare()
    assert program.window.statusBar().currentMessage().startswith("There is nothing to compare with yet")
    assert program.window.findChild(ComparisonChooser) is None


def test_what_is_not_kept_any_more_is_told(program: Program, session: Session, qtbot: QtBot) -> None:
    fetched(session, qtbot, PLAIN)
    program.commands._compare_with(session.inspection, PLAIN, "chatcmpl-gone")
    qtbot.waitUntil(lambda: "is not kept any more" in program.window.statusBar().currentMessage())
