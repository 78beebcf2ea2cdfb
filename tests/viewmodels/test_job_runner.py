"""Jobs run away from the GUI thread and answer in it; the newest of a lane wins, and nothing comes after the end."""

import asyncio
import threading
from dataclasses import replace

import pytest
from pytestqt.qtbot import QtBot

from inspector.viewmodels.job_runner import JobRunner, Tell, Work
from inspector.viewmodels.services import Services
from tests.live_services import demo_services
from tests.viewmodels.conftest import MakeRunner


class Endless:
    """Work that goes on until it is cancelled; `begun` and `cancelled` are set by it."""

    def __init__(self) -> None:
        self.begun = threading.Event()
        self.cancelled = threading.Event()

    async def __call__(self, _services: Services) -> object:
        self.begun.set()
        try:
            await asyncio.Event().wait()
        except asyncio.CancelledError:
            self.cancelled.set()
            raise
        return "never"


def answering(answer: object) -> Work:
    async def work(_services: Services) -> object:
        return answer

    return work


def failing(error: Exception) -> Work:
    async def work(_services: Services) -> object:
        raise error

    return work


def ready(runner: JobRunner, qtbot: QtBot) -> JobRunner:
    with qtbot.waitSignal(runner.ready):
        runner.warm_up()
    return runner


def started(runner: JobRunner, work: Endless, answers: list[object]) -> None:
    """Starts the work in the lane `fetch` and waits until it runs."""
    runner.start("fetch", work, answers.append)
    assert work.begun.wait(10)


def test_an_answer_and_its_progress_arrive_in_the_gui_thread(runner: JobRunner, qtbot: QtBot) -> None:
    heard: list[tuple[object, bool]] = []

    def hear(value: object) -> None:
        heard.append((value, threading.current_thread() is threading.main_thread()))

    async def work(_services: Services, tell: Tell) -> object:
        tell(hear, "half-way")
        return threading.current_thread() is threading.main_thread()

    runner.start_telling("fetch", work, hear)
    qtbot.waitUntil(lambda: len(heard) == 2)
    assert heard == [("half-way", True), (False, True)]
    assert not runner.is_busy("fetch")


def test_the_newest_request_of_a_lane_wins(runner: JobRunner, qtbot: QtBot) -> None:
    answers: list[object] = []
    old = Endless()
    started(ready(runner, qtbot), old, answers)
    runner.start("fetch", answering("new"), answers.append)
    qtbot.waitUntil(lambda: answers == ["new"])
    assert old.cancelled.wait(10)


def test_an_answer_that_is_already_on_its_way_does_not_overtake_a_newer_request(
    runner: JobRunner, qtbot: QtBot
) -> None:
    answers: list[object] = []
    told = threading.Event()

    async def old(_services: Services) -> object:
        loop = asyncio.get_running_loop()
        loop.call_soon(loop.call_soon, told.set)  # two turns on, the end of this task has been told
        return "old"

    ready(runner, qtbot).start("fetch", old, answers.append)
    assert told.wait(10)
    runner.start("fetch", answering("new"), answers.append)
    qtbot.waitUntil(lambda: len(answers) > 0)
    assert answers == ["new"]


def test_a_word_that_is_already_on_its_way_reaches_nobody_once_another_request_took_the_lane(
    runner: JobRunner, qtbot: QtBot
) -> None:
    heard: list[object] = []
    told = threading.Event()

    async def old(_services: Services, tell: Tell) -> object:
        tell(heard.append, "half-way of the old one")
        told.set()
        return await asyncio.Event().wait()

    ready(runner, qtbot).start_telling("fetch", old, heard.append)
    assert told.wait(10)
    runner.start("fetch", answering("new"), heard.append)
    qtbot.waitUntil(lambda: "new" in heard)
    assert heard == ["new"]


def test_lanes_do_not_disturb_each_other(runner: JobRunner, qtbot: QtBot) -> None:
    answers: list[object] = []
    other = Endless()
    started(ready(runner, qtbot), other, answers)
    runner.start("save", answering("saved"), answers.append)
    qtbot.waitUntil(lambda: answers == ["saved"])
    assert runner.is_busy("fetch")
    assert not other.cancelled.is_set()


def test_a_cancelled_job_is_stopped_and_never_heard_of_again(runner: JobRunner, qtbot: QtBot) -> None:
    answers: list[object] = []
    work = Endless()
    started(ready(runner, qtbot), work, answers)
    runner.cancel("fetch")
    assert work.cancelled.wait(10)
    assert not runner.is_busy("fetch")
    runner.start("other", answering("end"), answers.append)
    qtbot.waitUntil(lambda: len(answers) > 0)
    assert answers == ["end"]


def test_cancelling_an_idle_lane_is_no_fault(runner: JobRunner) -> None:
    runner.cancel("fetch")
    assert not runner.is_busy("fetch")


def test_jobs_wait_for_the_services(make_runner: MakeRunner, qtbot: QtBot) -> None:
    may_make = threading.Event()
    answers: list[object] = []

    def make() -> Services:
        assert may_make.wait(10)
        return demo_services()

    runner = make_runner(make)
    for lane in ("fetch", "save", "given up"):
        runner.start(lane, answering(lane), answers.append)
    runner.cancel("given up")
    assert runner.services is None
    assert runner.is_busy("fetch")
    with qtbot.waitSignal(runner.ready):
        may_make.set()
    qtbot.waitUntil(lambda: len(answers) == 2)
    assert answers == ["fetch", "save"]


def test_the_services_are_made_once_and_in_another_thread(make_runner: MakeRunner, qtbot: QtBot) -> None:
    made_in: list[threading.Thread] = []

    def make() -> Services:
        made_in.append(threading.current_thread())
        return demo_services()

    runner = make_runner(make)
    runner.warm_up()
    ready(runner, qtbot).warm_up()
    assert len(made_in) == 1
    assert made_in[0] is not threading.main_thread()


def test_a_fault_in_a_job_is_told_as_the_exception_itself(runner: JobRunner, qtbot: QtBot) -> None:
    answers: list[object] = []
    error = RuntimeError("a bug")
    with qtbot.waitSignal(runner.failed) as told:
        runner.start("fetch", failing(error), answers.append)
    assert told.args == [error]
    assert answers == []
    assert not runner.is_busy("fetch")


def test_services_that_cannot_be_made_are_told_and_tried_again(make_runner: MakeRunner, qtbot: QtBot) -> None:
    error = OSError("no port left")
    answers: list[object] = []
    faults = [error]

    def make() -> Services:
        if faults:
            raise faults.pop()
        return demo_services()

    runner = make_runner(make)
    with qtbot.waitSignal(runner.failed) as told:
        runner.start("fetch", answering("lost"), answers.append)
    assert told.args == [error]
    assert not runner.is_busy("fetch"), "nothing is under way that could ever end"
    runner.start("fetch", answering("second attempt"), answers.append)
    qtbot.waitUntil(lambda: len(answers) > 0)
    assert answers == ["second attempt"]


def test_after_close_no_receiver_is_called_and_nothing_starts(runner: JobRunner, qtbot: QtBot) -> None:
    answers: list[object] = []
    told: list[Tell] = []
    work = Endless()

    async def telling(services: Services, tell: Tell) -> object:
        told.append(tell)
        return await work(services)

    ready(runner, qtbot).start_telling("fetch", telling, answers.append)
    assert work.begun.wait(10)
    runner.start("done", answering("just before"), answers.append)
    runner.close()
    assert work.cancelled.wait(10)
    with qtbot.assertNotEmitted(runner.failed):
        told[0](answers.append, "late")
        runner.start("fetch", answering("late"), answers.append)
        qtbot.wait(0)
    assert answers == []
    assert not runner.is_busy("fetch")


def test_closing_twice_is_no_fault(runner: JobRunner, qtbot: QtBot) -> None:
    ready(runner, qtbot)
    runner.close()
    runner.close()


@pytest.mark.parametrize("comes_first", ["the end of the making", "the close"])
def test_services_that_are_ready_only_after_close_are_closed(
    comes_first: str, make_runner: MakeRunner, qtbot: QtBot
) -> None:
    may_make, made, closed = threading.Event(), threading.Event(), threading.Event()

    def make() -> Services:
        assert may_make.wait(10)
        services = demo_services()

        def close() -> None:
            services.close()
            closed.set()

        made.set()
        return replace(services, close=close)

    runner = make_runner(make)
    runner.warm_up()
    if comes_first == "the close":
        runner.close()
        may_make.set()
    else:
        may_make.set()
        assert made.wait(10)
        runner.close()
    qtbot.waitUntil(closed.is_set)
    assert runner.services is None


def test_services_that_came_as_everything_ended_are_closed(make_runner: MakeRunner) -> None:
    closed: list[bool] = []

    def make() -> Services:
        services = demo_services()

        def close() -> None:
            closed.append(True)
            services.close()

        return replace(services, close=close)

    runner = make_runner(make)
    runner.warm_up()
    for thread in threading.enumerate():
        if thread.name == "services":
            thread.join(20)
    runner.close()  # before anybody was told that they are there
    assert closed == [True]
