"""A batch that a run did not end is offered by the next, whether the run was closed or killed."""

import gc
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from pytestqt.qtbot import QtBot

from inspector.core.preferences import Preferences
from inspector.core.unfinished_batch import UnfinishedBatch, read_unfinished
from inspector.core.window_options import WindowOptions
from inspector.gateways.unfinished_file import NAME, UnfinishedFile
from inspector.main import Program
from inspector.viewmodels.session_state import Stage
from tests.live_services import DEMO, NOWHERE
from tests.many_server import Manner, ManyServer, many_server, names
from tests.viewmodels.test_batch import services_at

Start = Callable[[], Program]


@pytest.fixture
def path(tmp_path: Path) -> Path:
    return tmp_path / "config" / NAME


@pytest.fixture
def service() -> Iterator[ManyServer]:
    with many_server(Manner(latency=0.05)) as running:
        yield running


@pytest.fixture
def start(service: ManyServer, path: Path, qtbot: QtBot) -> Iterator[Start]:
    """Starts the program as a person does, with settings of its own."""
    started: list[Program] = []

    class OwnProgram(Program):
        def _make_services(self) -> object:  # type: ignore[override]
            return services_at(service.url)

    def begin() -> Program:
        program = OwnProgram(WindowOptions(), DEMO, NOWHERE, Preferences(theme="light"))
        started.append(program)
        qtbot.addWidget(program.window)
        program.window.closing.connect(program.close)
        program.remember_at(path.with_name("preferences.json"))
        program.start("")
        qtbot.waitUntil(lambda: hasattr(program, "jobs") and program.jobs.services is not None)
        return program

    yield begin
    for program in started:
        program.window.close()
        program.theme.deleteLater()
    started.clear()
    gc.collect()  # here, and not in a worker of a later test, which must not end the timers of this thread


def left_by(path: Path) -> UnfinishedBatch | None:
    return read_unfinished(path.read_bytes()) if path.exists() else None


def test_a_batch_is_kept_while_it_runs_and_gone_when_it_ends(start: Start, path: Path, qtbot: QtBot) -> None:
    program = start()
    program.session.fetch_all(names(20))
    qtbot.waitUntil(path.exists)
    assert left_by(path) == UnfinishedBatch("demo", 20, tuple(names(20)))
    assert b"choices" not in path.read_bytes()
    qtbot.waitUntil(lambda: not program.session.batch.is_open)
    qtbot.waitUntil(lambda: not path.exists())


@pytest.mark.fault(row="a batch cut short")
def test_closed_half_way_it_goes_on_in_the_next_run(start: Start, path: Path, qtbot: QtBot) -> None:
    program = start()
    program.session.fetch_all(names(60))
    qtbot.waitUntil(lambda: program.session.batch.course.settled >= 8)
    settled = program.session.batch.course.settled
    program.window.close()
    left = left_by(path)
    assert left is not None
    assert left.total == 60
    assert len(left.left) == 60 - settled
    program = start()
    qtbot.waitUntil(program.window.offer.isVisible)
    assert program.window.offer._words.text() == f"A batch of 60 completions was interrupted at {settled}."
    qtbot.mouseClick(program.window.offer.accept_button, Qt.MouseButton.LeftButton)
    assert not program.window.offer.isVisible()
    qtbot.waitUntil(lambda: not program.session.batch.is_open)
    assert [entry.subject for entry in program.session.entries] == list(left.left)
    assert {entry.stage for entry in program.session.entries} == {Stage.DONE}
    qtbot.waitUntil(lambda: not path.exists())


def test_what_is_forgotten_does_not_come_back(start: Start, path: Path, qtbot: QtBot) -> None:
    file = UnfinishedFile(path)
    file.want(UnfinishedBatch("demo", 9, ("a", "b")))
    file.settle()
    file.close()
    program = start()
    qtbot.waitUntil(program.window.offer.isVisible)
    qtbot.mouseClick(program.window.offer.decline_button, Qt.MouseButton.LeftButton)
    qtbot.waitUntil(lambda: not path.exists())
    assert program.session.entries == []


def test_what_nobody_took_up_outlives_another_batch(start: Start, path: Path, qtbot: QtBot) -> None:
    file = UnfinishedFile(path)
    file.want(UnfinishedBatch("demo", 9, ("a", "b")))
    file.settle()
    file.close()
    program = start()
    qtbot.waitUntil(program.window.offer.isVisible)
    program.session.fetch_all(names(3))
    qtbot.waitUntil(lambda: not program.session.batch.is_open)
    program.window.close()
    assert left_by(path) == UnfinishedBatch("demo", 9, ("a", "b"))


def test_a_batch_of_another_profile_is_not_offered_and_stays(start: Start, path: Path, qtbot: QtBot) -> None:
    file = UnfinishedFile(path)
    other = UnfinishedBatch("production", 9, ("a", "b"))
    file.want(other)
    file.settle()
    file.close()
    program = start()
    qtbot.waitUntil(lambda: not program.jobs.is_busy("unfinished"))
    assert not program.window.offer.isVisible()
    program.window.close()
    assert left_by(path) == other


def test_a_cancelled_batch_is_not_offered(start: Start, path: Path, qtbot: QtBot) -> None:
    program = start()
    program.session.fetch_all(names(60))
    qtbot.waitUntil(path.exists)
    program.session.batch.cancel()
    program.window.close()
    assert not path.exists()
