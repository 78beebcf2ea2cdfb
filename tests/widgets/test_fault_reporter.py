"""An exception that nobody expected ends in one dialog, wherever it came from, and gives nothing away."""

import sys
import threading
from collections.abc import Callable, Iterator

import pytest
from PySide6.QtCore import QTimer
from PySide6.QtGui import QPaintEvent
from PySide6.QtWidgets import QApplication, QMessageBox, QWidget
from pytestqt.qtbot import QtBot

from inspector.core.outline.outline import Outline
from inspector.main import Program
from inspector.viewmodels.services import Services
from inspector.widgets.fault_reporter import FaultReporter, where_it_happened
from inspector.widgets.main_window import TITLE
from tests.live_services import sample
from tests.sessions import shown

CANARY = "sk-canary-0123456789"


@pytest.fixture
def faults(program: Program) -> Iterator[FaultReporter]:
    program.faults.watch()
    yield program.faults
    program.faults.rest()


def boxes(program: Program) -> list[QMessageBox]:
    return program.window.findChildren(QMessageBox)


def the_box(program: Program, qtbot: QtBot) -> QMessageBox:
    qtbot.waitUntil(lambda: len(boxes(program)) > 0)
    (box,) = boxes(program)
    return box


def fail() -> None:
    secret_local = CANARY
    raise RuntimeError(f"the key is {secret_local}")


def in_a_slot(program: Program) -> None:
    QTimer.singleShot(0, fail)


def in_a_thread(program: Program) -> None:
    threading.Thread(target=fail).start()


class Falling:
    def __del__(self) -> None:
        fail()


def at_the_end_of_an_object(program: Program) -> None:
    Falling()


def in_a_job(program: Program) -> None:
    async def work(_services: Services) -> object:
        fail()
        return None

    program.jobs.start("test", work, [].append)  # type: ignore[arg-type]


def in_the_receiver_of_a_job(program: Program) -> None:
    async def work(_services: Services) -> object:
        return CANARY

    program.jobs.start("test", work, lambda _answer: fail())


PLACES = (in_a_slot, in_a_thread, at_the_end_of_an_object, in_a_job, in_the_receiver_of_a_job)


@pytest.mark.fault(row="a fault of this program")
@pytest.mark.parametrize("happen", PLACES)
def test_a_fault_ends_in_a_dialog_that_says_where_and_nothing_else(
    program: Program,
    faults: FaultReporter,
    qtbot: QtBot,
    capfd: pytest.CaptureFixture[str],
    happen: Callable[[Program], None],
) -> None:
    happen(program)
    box = the_box(program, qtbot)
    assert box.windowTitle() == TITLE
    assert box.text().startswith("Something in this program went wrong.")
    assert box.detailedText().startswith("RuntimeError\n")
    assert box.detailedText().endswith("in fail")
    said = capfd.readouterr()
    assert "RuntimeError" in said.err
    assert CANARY not in box.text() + box.detailedText() + said.err + said.out


class Flickering(QWidget):
    """Fails at every repaint."""

    times = 0

    def paintEvent(self, _event: QPaintEvent) -> None:
        self.times += 1
        fail()


def test_a_fault_in_what_a_view_asks_its_model_has_one_dialog(
    program: Program, faults: FaultReporter, qtbot: QtBot, monkeypatch: pytest.MonkeyPatch
) -> None:
    program.session.fetch(sample("plain-answer.json").id)
    shown(program.session, qtbot)
    with monkeypatch.context() as broken:
        broken.setattr(Outline, "words", lambda *_: fail())
        program.window.structure.reset()
        box = the_box(program, qtbot)
    assert "in fail" in box.detailedText()
    with qtbot.waitSignal(box.destroyed):
        box.accept()
    structure = program.window.structure
    assert structure.model().index(0, 0).data() == "Completion"


def test_a_fault_at_every_repaint_has_one_dialog(program: Program, faults: FaultReporter, qtbot: QtBot) -> None:
    broken = Flickering(program.window)
    broken.show()
    box = the_box(program, qtbot)
    for _ in range(2):
        times = broken.times
        broken.update()
        qtbot.waitUntil(lambda: broken.times > times)  # noqa: B023 - called before the next turn
    with qtbot.waitSignal(box.destroyed):
        box.accept()
    broken.hide()
    faults.report(ValueError())
    assert the_box(program, qtbot).detailedText() == "ValueError"


@pytest.mark.fault(row="a fault of this program")
def test_the_window_goes_on_working_after_a_fault(program: Program, faults: FaultReporter, qtbot: QtBot) -> None:
    faults.report(ValueError(CANARY))
    box = the_box(program, qtbot)
    with qtbot.waitSignal(box.destroyed):
        box.accept()
    assert program.window.isEnabled()
    assert program.window.isVisible()


def test_a_fault_while_closing_opens_nothing_that_would_have_to_be_closed_again(
    program: Program, faults: FaultReporter, qapp: QApplication
) -> None:
    program.window.close()
    faults.report(ValueError(CANARY))
    qapp.processEvents()
    assert boxes(program) == []


def test_what_ends_a_program_on_purpose_is_no_fault(
    program: Program, faults: FaultReporter, capfd: pytest.CaptureFixture[str]
) -> None:
    sys.excepthook(KeyboardInterrupt, KeyboardInterrupt(), None)
    assert boxes(program) == []
    assert "KeyboardInterrupt" in capfd.readouterr().err


def test_hooks_are_put_back(program: Program) -> None:
    before = sys.excepthook, threading.excepthook, sys.unraisablehook
    program.faults.watch()
    assert sys.excepthook is not before[0]
    program.window.close()
    assert (sys.excepthook, threading.excepthook, sys.unraisablehook) == before
    program.faults.rest()
    assert (sys.excepthook, threading.excepthook, sys.unraisablehook) == before


def test_where_it_happened_names_lines_not_values() -> None:
    with pytest.raises(RuntimeError) as raised:
        fail()
    words = where_it_happened(raised.value)
    assert words.splitlines()[0] == "RuntimeError"
    assert words.splitlines()[-1].endswith(" in fail")
    assert CANARY not in words
    assert where_it_happened(None) == "NoneType"
