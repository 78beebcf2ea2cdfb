"""Tool schemas out of the clipboard, what is dropped on the window, and the menu that remembers."""

import json
from pathlib import Path

import pytest
from PySide6.QtCore import QMimeData, QPointF, Qt, QUrl
from PySide6.QtGui import QDragEnterEvent, QDropEvent, QGuiApplication
from PySide6.QtWidgets import QAbstractItemView
from pytestqt.qtbot import QtBot

from inspector.core.schemas.loaded_tools import Memory
from inspector.gateways.tools_file import ToolsFile
from inspector.main import Program
from inspector.viewmodels.session import Session
from inspector.viewmodels.tools_keeper import ToolsKeeper
from inspector.widgets.main_window import MainWindow
from inspector.widgets.named_actions import named_actions
from inspector.widgets.tools_menu import ToolsMenu
from tests.live_services import sample
from tests.sessions import shown

TOOLS = json.dumps(
    {"tools": [{"type": "function", "function": {"name": "get_order", "parameters": {"type": "object"}}}]}
)
PLAIN = sample("plain-answer.json").id


def drop(window: MainWindow, *, paths: tuple[Path, ...] = (), text: str = "") -> None:
    data = QMimeData()
    if paths:
        data.setUrls([QUrl.fromLocalFile(str(path)) for path in paths])
    if text:
        data.setText(text)
    buttons, modifiers = Qt.MouseButton.LeftButton, Qt.KeyboardModifier.NoModifier
    entering = QDragEnterEvent(QPointF(9, 9).toPoint(), Qt.DropAction.CopyAction, data, buttons, modifiers)
    window.dragEnterEvent(entering)
    assert entering.isAccepted()
    window.dropEvent(QDropEvent(QPointF(9, 9), Qt.DropAction.CopyAction, data, buttons, modifiers))


@pytest.fixture
def tools(tmp_path: Path) -> Path:
    path = tmp_path / "request.json"
    path.write_text(TOOLS)
    return path


def test_tools_are_pasted(program: Program, session: Session, qtbot: QtBot) -> None:
    QGuiApplication.clipboard().setText(TOOLS)
    with qtbot.waitSignal(session.tool_desk.changed):
        program.commands.paste_tools()
    assert session.tool_desk.loaded is not None
    assert session.tool_desk.loaded.path is None
    assert program.window.statusBar().currentMessage() == "Calls are checked against 1 loaded tools."


def test_an_empty_clipboard_is_told(program: Program) -> None:
    QGuiApplication.clipboard().clear()
    program.commands.paste_tools()
    assert program.window.statusBar().currentMessage().startswith("There is no text in the clipboard")


def test_a_request_body_that_is_dropped_is_loaded(
    window: MainWindow, session: Session, qtbot: QtBot, tools: Path
) -> None:
    with qtbot.waitSignal(session.tool_desk.changed):
        drop(window, paths=(tools,))
    assert session.tool_desk.loaded is not None
    assert session.tool_desk.loaded.path == str(tools)


def test_a_response_that_is_dropped_is_opened(
    window: MainWindow, session: Session, qtbot: QtBot, tmp_path: Path
) -> None:
    path = tmp_path / "answer.json"
    path.write_bytes(sample("two-tool-calls.json").body())
    drop(window, paths=(path,))
    assert shown(session, qtbot).source.path == str(path)


def test_the_ids_of_a_text_that_is_dropped_are_fetched(
    window: MainWindow, session: Session, qtbot: QtBot, tmp_path: Path
) -> None:
    path = tmp_path / "app.log"
    path.write_text(f"ERROR while reading {PLAIN} again\n")
    drop(window, paths=(path,))
    assert shown(session, qtbot).requested == PLAIN


def test_dropped_words_are_taken_like_pasted_ones(window: MainWindow, session: Session, qtbot: QtBot) -> None:
    drop(window, text=PLAIN)
    assert shown(session, qtbot).requested == PLAIN


def test_a_dropped_folder_is_told(window: MainWindow, qtbot: QtBot, tmp_path: Path) -> None:
    drop(window, paths=(tmp_path,))
    qtbot.waitUntil(lambda: "is not a regular file" in window.statusBar().currentMessage())


def test_what_holds_neither_files_nor_words_is_not_taken(window: MainWindow) -> None:
    data = QMimeData()
    data.setData("application/x-qabstractitemmodeldatalist", b"\x80\x04.")
    event = QDragEnterEvent(
        QPointF(9, 9).toPoint(),
        Qt.DropAction.CopyAction,
        data,
        Qt.MouseButton.LeftButton,
        Qt.KeyboardModifier.NoModifier,
    )
    event.ignore()
    window.dragEnterEvent(event)
    assert not event.isAccepted()


def test_the_menu_follows_what_is_remembered(
    program: Program, session: Session, window: MainWindow, qtbot: QtBot, tmp_path: Path, tools: Path
) -> None:
    keeper = ToolsKeeper(session, program.jobs, ToolsFile(tmp_path / "settings", "work"), window)
    ToolsMenu(session.tool_desk, keeper, window)
    choices = {entry.name: entry.action for entry in named_actions(window) if "Remember" in entry.path}
    assert [action.isEnabled() for action in choices.values()] == [False, False, False]
    with qtbot.waitSignal(session.tool_desk.changed):
        session.tool_desk.load(str(tools))
    assert [action.isEnabled() for action in choices.values()] == [True, True, True]
    choices["Where their file is"].trigger()
    assert keeper.memory is Memory.PATH
    assert [action.isChecked() for action in choices.values()] == [False, True, False]
    with qtbot.waitSignal(session.tool_desk.changed):
        session.tool_desk.forget()
    assert [action.isChecked() for action in choices.values()] == [True, False, False]


def test_nothing_can_be_dropped_on_a_view_of_items(window: MainWindow) -> None:
    """Qt's own would unpickle what is dropped on it: whoever made it could run any code."""
    views = window.findChildren(QAbstractItemView)
    assert len(views) >= 3
    for view in views:
        assert view.dragDropMode() is QAbstractItemView.DragDropMode.NoDragDrop, view.accessibleName()
        assert not view.acceptDrops(), view.accessibleName()
        assert not view.viewport().acceptDrops(), view.accessibleName()
