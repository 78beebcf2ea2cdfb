"""Whenever the window is closed or its looks are changed while something is under way: nothing is left and nothing breaks."""

import gc
import random
import threading

import pytest
from PySide6.QtCore import QTimer
from pytestqt.qtbot import QtBot

from tests.live_services import sample
from tests.sessions import shown
from tests.widgets.conftest import OpenProgram

MOMENTS = [0, *random.Random(5).sample(range(1, 120), 7)]
"""Milliseconds; an answer is shown after some thirty."""
FILES = ("plain-answer.json", "two-tool-calls.json", "slow-start.json", "slow-body.json")


def loops() -> int:
    return sum(thread.name == "background-loop" for thread in threading.enumerate())


@pytest.mark.fault(row="Ctrl+C, SIGTERM, closing")
@pytest.mark.parametrize("moment", MOMENTS)
def test_it_is_closed_at_any_moment(open_program: OpenProgram, qtbot: QtBot, moment: int) -> None:
    before = loops()
    program = open_program()
    faults: list[object] = []
    program.jobs.failed.connect(faults.append)
    program.jobs.warm_up()
    ids = [sample(file).id for file in FILES]
    program.session.fetch_all(ids if moment % 2 else ids[moment % 4 : moment % 4 + 1])
    with qtbot.waitSignal(program.window.closing):
        QTimer.singleShot(moment, program.window.close)
    qtbot.waitUntil(lambda: loops() == before)
    gc.collect()
    assert faults == []
    assert not program.window.isVisible()


def test_looks_change_while_an_answer_comes(open_program: OpenProgram, qtbot: QtBot) -> None:
    program = open_program()
    for theme in ("dark", "light", "system"):
        program.session.fetch(sample("two-tool-calls.json").id)
        program.theme.prefer(theme)
        assert shown(program.session, qtbot).problem is None
        program.theme.prefer("light")
    assert program.window.detail.view.toPlainText()
