"""Short answers are made ready at once, long ones as a job."""

from pytestqt.qtbot import QtBot

from inspector.core.moment import Moment
from inspector.core.outline.showing import Showing
from inspector.viewmodels.job_runner import JobRunner
from inspector.viewmodels.showing_maker import LANE, ShowingMaker
from tests.answers import NOW, completion, saved

SHORT = saved(completion({"content": "short"}))
LONG = saved(completion({"content": "long"}, extra=list(range(20_000))))


def test_a_short_answer_is_there_before_the_call_returns(runner: JobRunner) -> None:
    came: list[Showing] = []
    assert ShowingMaker(runner).make(SHORT, Moment(NOW), came.append)
    assert [showing.outline.inspection for showing in came] == [SHORT]
    assert not runner.is_busy(LANE)


def test_a_long_answer_comes_later(runner: JobRunner, qtbot: QtBot) -> None:
    came: list[Showing] = []
    assert not ShowingMaker(runner).make(LONG, Moment(NOW), came.append)
    assert came == []
    qtbot.waitUntil(lambda: bool(came), timeout=20_000)
    assert came[0].outline.inspection is LONG


def test_a_newer_wish_wins(runner: JobRunner) -> None:
    came: list[Showing] = []
    maker = ShowingMaker(runner)
    maker.make(LONG, Moment(NOW), came.append)
    maker.make(SHORT, Moment(NOW), came.append)
    assert not runner.is_busy(LANE)
    assert [showing.outline.inspection for showing in came] == [SHORT]


def test_what_is_dropped_does_not_come(runner: JobRunner) -> None:
    maker = ShowingMaker(runner)
    maker.make(LONG, Moment(NOW), lambda _showing: None)
    assert runner.is_busy(LANE)
    maker.drop()
    assert not runner.is_busy(LANE)
