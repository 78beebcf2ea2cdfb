"""What was found comes into a window that shows the answer already: it is coloured, and nothing that was looked at moves."""

from collections.abc import Callable, Iterator
from functools import partial
from pathlib import Path

import pytest
from PySide6.QtCore import QEvent, QObject, Qt
from PySide6.QtGui import QPaintEvent, QRegion
from PySide6.QtWidgets import QApplication, QToolButton, QWidget
from pytestqt.qtbot import QtBot

from inspector.core.window_options import WindowOptions
from inspector.main import Program
from inspector.viewmodels.outline_model import NAME, SEVERITY_ROLE, STATE
from inspector.widgets.named_actions import named_actions
from tests.live_services import demo_services, sample
from tests.sessions import prompted
from tests.slow_inspector import SlowInspector
from tests.widgets.conftest import OpenProgram

CUT_OFF = sample("cut-off-by-length.json").id
ARGUMENTS = "/choices/0/message/tool_calls/0/function/arguments"


class Painted(QObject):
    """What of a widget has been painted since this was made."""

    def __init__(self, widget: QWidget) -> None:
        super().__init__(widget)
        self.region = QRegion()
        widget.installEventFilter(self)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if isinstance(event, QPaintEvent):
            self.region += event.region()
        return super().eventFilter(watched, event)


@pytest.fixture
def inspector() -> Iterator[SlowInspector]:
    made = SlowInspector()
    yield made
    made.may_judge.set()


@pytest.fixture
def program(open_program: OpenProgram, inspector: SlowInspector, qtbot: QtBot) -> Program:
    """The program, showing an answer that is being checked."""
    program = open_program(partial(demo_services, inspector=inspector))
    with qtbot.waitSignal(program.presenter.filled):
        program.session.fetch(CUT_OFF)
    assert program.session.is_checking
    return program


def root_severity(program: Program) -> int:
    model = program.window.structure.model()
    return int(model.index(0, NAME).data(SEVERITY_ROLE))


def title(program: Program) -> str:
    return program.window.findings._title.text()


def test_the_window_says_that_it_is_being_checked(program: Program) -> None:
    window = program.window
    assert title(program) == "Findings · being checked …"
    assert "being checked …" in window.statusBar().currentMessage()
    assert window.id_bar.cancel_button.isEnabled()
    assert window.detail.summary.isVisible()
    assert root_severity(program) == 0


def test_what_was_found_colours_the_rows_that_are_there(
    program: Program, inspector: SlowInspector, qtbot: QtBot
) -> None:
    window, outline = program.window, program.window.structure.outline
    assert outline is not None
    arguments = outline.find(ARGUMENTS)
    window.structure.select(arguments)
    window.structure.select(outline.find("/usage"))
    with qtbot.waitSignal(program.presenter.checked):
        inspector.may_judge.set()
    assert window.structure.outline is outline
    assert window.structure.current_row is outline.find("/usage")
    assert outline.find(ARGUMENTS) is arguments
    model = window.structure.model()
    call = window.structure._model.index_of(arguments.parent, STATE)  # type: ignore[arg-type]
    assert "inside" in model.data(call)
    assert root_severity(program) == 3
    assert not window.id_bar.cancel_button.isEnabled()
    assert title(program).split(" · ")[1].isdecimal()
    assert "worst finding" in window.statusBar().currentMessage()
    assert window.findings._model.findings == sorted(
        program.session.inspection.findings, key=lambda found: found.severity, reverse=True
    )


def test_the_colours_are_painted_at_once(program: Program, inspector: SlowInspector, qtbot: QtBot) -> None:
    structure = program.window.structure
    arguments = structure.outline.find(ARGUMENTS)
    structure.select(arguments)
    structure.select(structure.outline.find("/usage"))
    place = structure.visualRect(structure._model.index_of(arguments, STATE)).center()
    assert structure.viewport().rect().contains(place)
    QApplication.processEvents()  # what is to be painted of the selection is
    painted = Painted(structure.viewport())
    with qtbot.waitSignal(program.presenter.checked):
        inspector.may_judge.set()
    qtbot.waitUntil(lambda: painted.region.contains(place))


def test_the_worst_place_is_shown_where_nobody_had_chosen_another(
    program: Program, inspector: SlowInspector, qtbot: QtBot
) -> None:
    with qtbot.waitSignal(program.presenter.checked):
        inspector.may_judge.set()
    assert program.window.structure.current_row.pointer == ARGUMENTS


def click_root(program: Program, qtbot: QtBot) -> None:
    structure = program.window.structure
    place = structure.visualRect(structure.model().index(0, NAME)).center()
    qtbot.mouseClick(structure.viewport(), Qt.MouseButton.LeftButton, pos=place)


def press_home(program: Program, qtbot: QtBot) -> None:
    qtbot.keyClick(program.window.structure, Qt.Key.Key_Home)


def come_back(program: Program, qtbot: QtBot) -> None:
    for key in (Qt.Key.Key_Down, Qt.Key.Key_Up):
        qtbot.keyClick(program.window.structure, key)


def find_it(program: Program, _qtbot: QtBot) -> None:
    program.window.structure.select(program.window.structure.outline.root)


@pytest.mark.parametrize("choose", [click_root, press_home, come_back, find_it])
def test_the_root_stays_where_somebody_chose_it(
    program: Program, inspector: SlowInspector, qtbot: QtBot, choose: Callable[[Program, QtBot], None]
) -> None:
    structure = program.window.structure
    choose(program, qtbot)
    assert structure.current_row is structure.outline.root
    with qtbot.waitSignal(program.presenter.checked):
        inspector.may_judge.set()
    assert structure.current_row is structure.outline.root


def test_checks_that_were_stopped_choose_nothing_for_anybody(program: Program, qtbot: QtBot) -> None:
    with qtbot.waitSignal(program.presenter.checked):
        program.session.cancel()
    with qtbot.waitSignal(program.presenter.checked):
        program.session.tool_desk.paste('[{"type": "function", "function": {"name": "of_another_kind"}}]')
    assert program.window.structure.current_row.pointer.startswith("/choices/0/message/tool_calls/0")


def test_a_key_that_is_no_choice_leaves_the_way_to_the_worst_place(
    program: Program, inspector: SlowInspector, qtbot: QtBot
) -> None:
    qtbot.keyClick(program.window.structure, Qt.Key.Key_Control)
    with qtbot.waitSignal(program.presenter.checked):
        inspector.may_judge.set()
    assert program.window.structure.current_row.pointer == ARGUMENTS


def test_what_is_said_of_the_chosen_row_is_said_anew(program: Program, inspector: SlowInspector, qtbot: QtBot) -> None:
    structure, detail = program.window.structure, program.window.detail
    outline = structure.outline
    structure.select(outline.find("/choices"))
    before = detail.view.source
    with qtbot.waitSignal(program.presenter.checked):
        inspector.may_judge.set()
    assert structure.current_row is outline.find("/choices")
    assert detail.view.source == before
    structure.select(outline.root)
    assert "arguments" in detail.view.source


def test_stopped_checks_are_told_as_such(program: Program, qtbot: QtBot) -> None:
    with qtbot.waitSignal(program.presenter.checked):
        qtbot.mouseClick(program.window.id_bar.cancel_button, Qt.MouseButton.LeftButton)
    prompted(program.session, qtbot)
    assert title(program) == "Findings · not checked"
    assert {button.text() for button in program.window.findings.findChildren(QToolButton)} == {"–"}
    assert "not checked: fetch" in program.window.statusBar().currentMessage()
    assert root_severity(program) == 0
    assert program.window.structure.outline is not None


def test_a_picture_waits_for_the_checks(
    open_program: OpenProgram, inspector: SlowInspector, qtbot: QtBot, tmp_path: Path
) -> None:
    picture = tmp_path / "window.png"
    options = WindowOptions(demo=True, screenshot=str(picture))
    program = open_program(partial(demo_services, inspector=inspector), options)
    with qtbot.waitSignal(program.presenter.filled):
        program.session.fetch(CUT_OFF)
    qtbot.wait(0)
    assert not picture.exists()
    inspector.may_judge.set()
    qtbot.waitUntil(picture.exists)


def test_two_are_compared_once_both_are_checked(program: Program, inspector: SlowInspector, qtbot: QtBot) -> None:
    compare = next(entry.action for entry in named_actions(program.window) if entry.name == "Compare with…")
    assert not compare.isEnabled()
    with qtbot.waitSignal(program.presenter.checked):
        inspector.may_judge.set()
    assert compare.isEnabled()
