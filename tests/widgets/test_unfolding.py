"""All below a row is opened without stopping the window, and so much of it as a person can look at."""

import json
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from pytestqt.qtbot import QtBot

from inspector.main import Program
from inspector.viewmodels.session import Session
from inspector.widgets import unfolding
from inspector.widgets.main_window import MainWindow
from inspector.widgets.named_actions import named_actions
from tests.live_services import sample
from tests.sessions import opened, shown

CALLS = sample("two-tool-calls.json").id


def open_rows(window: MainWindow) -> int:
    """How many rows can be seen when one scrolls."""
    tree, count = window.structure, 0
    index = tree.model().index(0, 0)
    while index.isValid():
        count += 1
        index = tree.indexBelow(index)
    return count


def all_rows(window: MainWindow) -> int:
    outline = window.structure.outline
    assert outline is not None
    waiting, count = [outline.root], 0
    while waiting:
        waiting += outline.children(waiting.pop())
        count += 1
    return count


def test_the_key_opens_all_below_the_row(session: Session, window: MainWindow, qtbot: QtBot) -> None:
    session.fetch(CALLS)
    shown(session, qtbot)
    tree = window.structure
    tree.select(tree.outline.root)
    tree.collapseAll()
    with qtbot.waitSignal(tree.unfolding.ended):
        qtbot.keyClick(tree, Qt.Key.Key_Asterisk)
    assert open_rows(window) == all_rows(window)
    assert window.statusBar().currentMessage() == f"{all_rows(window) - 1} rows below are open."


def test_a_row_without_any_is_told_as_such(session: Session, window: MainWindow, qtbot: QtBot) -> None:
    session.fetch(CALLS)
    shown(session, qtbot)
    window.structure.select(window.structure.outline.find("/id"))
    before = open_rows(window)
    action = next(entry.action for entry in named_actions(window) if entry.name == "Open all below the row")
    with qtbot.waitSignal(window.structure.unfolding.ended, check_params_cb=lambda told: told.startswith("0 rows")):
        action.trigger()
    assert open_rows(window) == before


def test_of_very_many_some_are_opened_and_the_rest_is_told_of(
    session: Session, window: MainWindow, qtbot: QtBot, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(unfolding, "MOST_ROWS", 300)
    path = tmp_path / "many.json"
    path.write_text(json.dumps({"choices": [], "many": [[[], []]] * 3000}))
    opened(session, qtbot, path)
    tree = window.structure
    tree.select(tree.outline.root)
    with qtbot.waitSignal(tree.unfolding.ended, check_params_cb=lambda told: "left closed" in told):
        tree.unfold()
    assert 300 <= open_rows(window) < 2000
    assert tree.currentIndex() == tree.model().index(0, 0)


def test_it_is_done_a_little_at_a_time_and_ends_with_the_answer(
    program: Program, qtbot: QtBot, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(unfolding, "_SLICE", 0.0)
    path, session, tree = tmp_path / "many.json", program.session, program.window.structure
    path.write_text(json.dumps({"choices": [], "many": [[1]] * 500}))
    opened(session, qtbot, path)
    tree.unfold()
    assert tree.unfolding.is_under_way
    session.fetch(CALLS)
    qtbot.waitUntil(lambda: session.subject == CALLS)
    assert not tree.unfolding.is_under_way
    assert tree.unfolding._waiting == unfolding.deque()
