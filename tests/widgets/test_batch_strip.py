"""The strip over the completions: what it says of a batch, and that each of its buttons does what it says."""

from collections.abc import Iterator

import pytest
from PySide6.QtCore import Qt
from pytestqt.qtbot import QtBot

from inspector.core.window_options import WindowOptions
from inspector.main import Program
from inspector.viewmodels.session_state import Entry
from inspector.widgets.batch_strip import BatchStrip
from inspector.widgets.named_actions import named_actions
from tests.many_server import Manner, many_server, names
from tests.viewmodels.test_batch import services_at
from tests.widgets.conftest import OpenProgram


@pytest.fixture
def program(open_program: OpenProgram) -> Iterator[Program]:
    with many_server(Manner(latency=0.05)) as service:
        program = open_program(lambda: services_at(service.url), WindowOptions())
        yield program
        program.window.close()


@pytest.fixture
def strip(program: Program) -> BatchStrip:
    return program.window.completions.strip


def click(button: object, qtbot: QtBot) -> None:
    qtbot.mouseClick(button, Qt.MouseButton.LeftButton)


def can(program: Program, name: str) -> bool:
    """Whether the action of that name makes sense now."""
    return next(entry.action.isEnabled() for entry in named_actions(program.window) if entry.name == name)


def test_a_batch_is_paused_goes_on_is_cancelled_and_retried(program: Program, strip: BatchStrip, qtbot: QtBot) -> None:
    batch = program.session.batch
    assert not can(program, "Retry what failed")
    program.session.fetch_all(names(40))
    qtbot.waitUntil(lambda: batch.course.settled >= 8)
    assert strip._course.text() == batch.course.sentence
    assert (strip.pause_button.text(), strip.pause_button.accessibleName()) == ("Pause", "Pause")
    assert strip._progress.isVisible()
    click(strip.pause_button, qtbot)
    assert strip.pause_button.text() == "Resume"
    assert strip._course.text().startswith("Paused at ")
    assert can(program, "Pause the batch, or go on")
    click(strip.pause_button, qtbot)
    assert batch.is_running
    click(strip.cancel_button, qtbot)
    assert strip._course.text().startswith("Cancelled at ")
    assert not strip.cancel_button.isVisible()
    assert not strip._progress.isVisible()
    assert strip.retry_button.isVisible()
    assert can(program, "Retry what failed")
    click(strip.retry_button, qtbot)
    qtbot.waitUntil(lambda: not batch.is_open)
    assert strip._course.text().endswith("none failed")
    assert not strip.retry_button.isVisible()
    assert not can(program, "Pause the batch, or go on")


def test_it_counts_what_is_hidden(program: Program, strip: BatchStrip, qtbot: QtBot) -> None:
    program.session.fetch_all(names(3))
    assert strip._count.text() == "Completions · 3", "before any answer has come"
    qtbot.waitUntil(lambda: not program.session.batch.is_open)
    assert strip._count.text() == "Completions · 3"
    program.window.completions.line.field.setText("tokens > 1000000")
    qtbot.waitUntil(lambda: strip._count.text() == "Completions · 0 of 3 shown")
    program.session.completions.put([Entry("one more")])
    assert strip._count.text() == "Completions · 0 of 4 shown"
