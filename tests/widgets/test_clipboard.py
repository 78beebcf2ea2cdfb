"""A clipboard that has nothing, has something else, has too much, or takes nothing."""

import time
from collections.abc import Callable

import pytest
from PySide6.QtCore import QMimeData, Qt
from PySide6.QtGui import QGuiApplication, QImage
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from inspector.main import Program
from inspector.viewmodels.session import Session
from inspector.viewmodels.session_state import Idle, Working
from inspector.widgets.confirmation_dialog import ConfirmationDialog
from inspector.widgets.detail_pane import CONVERSATION
from inspector.widgets.main_window import MainWindow
from inspector.widgets.plain import copy_text, hand_over_clipboard
from tests.live_services import sample
from tests.sessions import shown, under_way

CALLS = sample("two-tool-calls.json").id
DRIPPING = sample("slow-body.json").id


def nothing() -> None:
    """As after its owner has gone."""
    QGuiApplication.clipboard().clear()


def picture() -> None:
    QGuiApplication.clipboard().setImage(QImage(64, 64, QImage.Format.Format_RGB32))


def foreign() -> None:
    data = QMimeData()
    data.setData("application/x-somebody-elses", b"\x00\xff" * 1_000_000)
    data.setData("application/x-qabstractitemmodeldatalist", b"\x80\x04" * 100)
    data.setHtml("<img src=canary.png>")
    QGuiApplication.clipboard().setMimeData(data)


def white_space() -> None:
    QGuiApplication.clipboard().setText(" \n\u2003\t" * 100_000)


@pytest.mark.fault(row="no text to paste, or too much of it")
@pytest.mark.parametrize("fill", [nothing, picture, foreign, white_space])
@pytest.mark.parametrize("keys", ["Ctrl+V", "Ctrl+Shift+T"])
def test_where_there_is_no_text_this_is_said_and_nothing_else_happens(
    window: MainWindow, session: Session, qtbot: QtBot, fill: Callable[[], None], keys: str
) -> None:
    under_way(session, qtbot, DRIPPING)
    fill()
    window.completions.table.setFocus()
    QTest.keySequence(window, keys)
    assert window.statusBar().currentMessage().startswith("There is no text in the clipboard")
    assert isinstance(session.state, Working)


@pytest.mark.fault(row="no text to paste, or too much of it")
def test_fifty_megabytes_hold_nothing_up_and_are_searched_to_the_end(program: Program, qtbot: QtBot) -> None:
    copy_text("ab cd " * 8_000_000 + CALLS)
    program.window.completions.table.setFocus()
    begin = time.thread_time()
    program.commands.paste_and_fetch()
    assert time.thread_time() - begin < 0.6, "most of it is Qt handing the text over"
    assert len(program.window.id_bar.field.text()) <= 2000
    qtbot.waitUntil(lambda: shows(program.session, CALLS), timeout=60_000)


def shows(session: Session, completion: str) -> bool:
    """Whether it is shown: that it is fetched may be over before anybody looks."""
    return session.inspection is not None and session.inspection.requested == completion


@pytest.mark.fault(row="no text to paste, or too much of it")
def test_what_the_field_would_cut_is_searched_as_a_whole(window: MainWindow, session: Session, qtbot: QtBot) -> None:
    field = window.id_bar.field
    text = "a log\n" * field.maxLength() + f"chatcmpl-first {CALLS}"
    QGuiApplication.clipboard().setText(text)
    field.setFocus()
    QTest.keySequence(field, "Ctrl+V")
    qtbot.waitUntil(lambda: isinstance(QApplication.activeWindow(), ConfirmationDialog))
    QTest.keyClick(QApplication.activeWindow(), Qt.Key.Key_Escape)
    field.clear()
    QGuiApplication.clipboard().setText("see")
    QTest.keySequence(field, "Ctrl+V")
    assert field.text() == "see"
    assert isinstance(session.state, Idle)


class Deaf:
    """A clipboard that another program holds: Qt says nothing, and nothing is taken."""

    def setMimeData(self, data: QMimeData) -> None:
        """Not taken."""

    def setText(self, text: str) -> None:
        """Not taken."""

    def ownsClipboard(self) -> bool:
        return False

    def mimeData(self) -> QMimeData:
        return QMimeData()

    def text(self) -> str:
        return ""


@pytest.mark.fault(row="nothing can be copied")
def test_a_clipboard_that_takes_nothing_is_told(
    program: Program, qtbot: QtBot, monkeypatch: pytest.MonkeyPatch
) -> None:
    program.session.fetch(CALLS)
    shown(program.session, qtbot)
    program.commands.copy_view()
    assert program.window.statusBar().currentMessage().startswith("Copied")
    monkeypatch.setattr(QGuiApplication, "clipboard", Deaf)
    program.commands.copy_view()
    assert program.window.statusBar().currentMessage().startswith("Nothing was copied")
    assert copy_text("", "Copied.") == "Copied."
    hand_over_clipboard()


@pytest.mark.parametrize("is_deaf", [False, True])
def test_each_way_to_copy_tells_what_became_of_it(
    program: Program, qtbot: QtBot, monkeypatch: pytest.MonkeyPatch, *, is_deaf: bool
) -> None:
    program.session.fetch(CALLS)
    shown(program.session, qtbot)
    program.window.detail.show_tab(CONVERSATION)
    qtbot.waitUntil(lambda: program.window.detail.conversation.view.current_turn is not None)
    if is_deaf:
        monkeypatch.setattr(QGuiApplication, "clipboard", Deaf)
    detail, bar = program.window.detail, program.window.statusBar()
    message = next(each for each in detail.conversation.menu().actions() if "message" in each.text())
    for copy in (detail.copy_button.click, message.trigger):
        bar.clearMessage()
        copy()
        assert bar.currentMessage().startswith("Nothing was copied" if is_deaf else "Copied")


def test_what_is_copied_is_told_to_be(qapp: QApplication) -> None:
    for text in ("", "a", "\ufeffa\ud800\u2028", "x" * 1_000_000):
        assert copy_text(text, "Copied.") == "Copied."
    assert len(qapp.clipboard().text()) == 1_000_000
