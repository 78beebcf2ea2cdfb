"""The background loop: what it runs, what it cancels, and that nothing keeps a process alive."""

import asyncio
import subprocess
import sys
import time
from collections.abc import AsyncIterator
from concurrent.futures import CancelledError, Future
from threading import Event, current_thread

import pytest

from inspector.gateways.background import BackgroundLoop, _settle


async def thread_name() -> str:
    return current_thread().name


async def for_ever(begun: Event, ended: Event) -> None:
    begun.set()
    try:
        await asyncio.Event().wait()
    finally:
        ended.set()


def test_jobs_share_one_daemon_thread(background: BackgroundLoop) -> None:
    async def thread() -> object:
        return current_thread()

    background.start()
    background.start()
    first, second = (background.submit(thread()).result(5) for _ in range(2))
    assert first is second is not current_thread()
    assert first.daemon  # type: ignore[attr-defined]


def test_an_exception_reaches_the_future(background: BackgroundLoop) -> None:
    async def fails() -> None:
        raise LookupError("no such thing")

    with pytest.raises(LookupError, match="no such thing"):
        background.submit(fails()).result(5)


def test_cancelling_the_future_cancels_the_task(background: BackgroundLoop) -> None:
    begun, ended = Event(), Event()
    future = background.submit(for_ever(begun, ended))
    assert begun.wait(5)
    future.cancel()
    assert ended.wait(5)


def test_blocking_calls_get_a_daemon_thread_each(background: BackgroundLoop) -> None:
    both, names = Event(), []

    def meet() -> bool:
        names.append(current_thread())
        if len(names) == 2:
            both.set()
        return both.wait(5)

    async def two() -> bool:
        return all(await asyncio.gather(asyncio.to_thread(meet), asyncio.to_thread(meet)))

    assert background.submit(two()).result(10)
    assert all(thread.daemon for thread in names)


def test_a_blocking_calls_exception_comes_back(background: BackgroundLoop) -> None:
    with pytest.raises(ValueError, match="invalid literal"):
        background.submit(asyncio.to_thread(int, "x")).result(5)


def test_a_blocking_call_that_was_given_up_before_its_start_is_not_made() -> None:
    made: list[int] = []
    future: Future[None] = Future()
    future.cancel()
    _settle(future, lambda: made.append(1))
    assert not made


def test_stop_cancels_what_runs(background: BackgroundLoop) -> None:
    begun, ended = Event(), Event()
    future = background.submit(for_ever(begun, ended))
    assert begun.wait(5)
    background.stop()
    assert ended.is_set()
    with pytest.raises(CancelledError):
        future.result(0)
    assert background._thread is not None
    assert not background._thread.is_alive()


def test_stop_right_after_submit_cancels_too(background: BackgroundLoop) -> None:
    futures = [background.submit(for_ever(Event(), Event())) for _ in range(20)]
    background.stop()
    assert all(future.cancelled() for future in futures)


def test_tasks_begun_while_stopping_are_cancelled_as_well(background: BackgroundLoop) -> None:
    begun, ended, late_begun, late_ended = (Event() for _ in range(4))
    kept = []

    async def leaves_a_task_behind() -> None:
        try:
            await for_ever(begun, ended)
        finally:
            kept.append(asyncio.create_task(for_ever(late_begun, late_ended)))
            await asyncio.sleep(0)

    background.submit(leaves_a_task_behind())
    assert begun.wait(5)
    background.stop()
    assert late_begun.is_set()
    assert late_ended.is_set()


def test_an_abandoned_generator_is_closed_before_the_loop_is(background: BackgroundLoop) -> None:
    closed = []

    async def layer(depth: int) -> AsyncIterator[int]:
        try:
            if depth:
                async for number in layer(depth - 1):
                    yield number
            else:
                yield 1
        finally:
            closed.append(depth)

    async def abandons() -> None:
        background.stop()
        async for _ in layer(5):
            break

    background.submit(abandons())
    assert background._thread is not None
    background._thread.join(5)
    assert closed == [5, 4, 3, 2, 1, 0]


def test_stop_before_any_start_and_again_does_nothing() -> None:
    loop = BackgroundLoop()
    loop.stop()
    loop.stop()
    loop.start()
    assert loop._thread is None


def test_after_stop_a_job_is_cancelled_from_the_start(background: BackgroundLoop) -> None:
    background.submit(thread_name()).result(5)
    background.stop()
    assert background.submit(thread_name()).cancelled()


def test_stop_from_the_loops_own_thread_does_not_wait_for_itself(background: BackgroundLoop) -> None:
    async def stops() -> None:
        background.stop()

    background.submit(stops()).result(5)
    assert background._thread is not None
    background._thread.join(5)
    assert not background._thread.is_alive()


def test_stop_does_not_wait_for_a_job_that_will_not_end(background: BackgroundLoop) -> None:
    begun, release = Event(), Event()

    async def stubborn() -> None:
        begun.set()
        release.wait(10)

    background.submit(stubborn())
    assert begun.wait(5)
    started = time.monotonic()
    background.stop()
    took = time.monotonic() - started
    release.set()
    assert took < 0.6
    assert background._thread is not None
    background._thread.join(5)


HANGING_LOOKUP = """
import socket, threading, time
looked_up = threading.Event()
def hang(*_, **__):
    looked_up.set()
    threading.Event().wait()
socket.getaddrinfo = hang

from inspector.core.exchange import Request
from inspector.core.inputs import BaseUrl, CompletionId
from inspector.core.secret import Secret
from inspector.gateways.background import BackgroundLoop
from inspector.gateways.completions_api import HttpCompletionsApi

loop = BackgroundLoop()
request = Request(BaseUrl("https://service.example", "/api"), CompletionId("x"), Secret("key"))
fetch = loop.submit(HttpCompletionsApi().fetch(request, print))
assert looked_up.wait(20)
print(time.monotonic(), flush=True)
loop.stop()
assert fetch.cancelled()
"""

HANGING_CALL = """
import asyncio, threading, time
from inspector.gateways.background import BackgroundLoop
begun = threading.Event()
def hang():
    begun.set()
    threading.Event().wait()
loop = BackgroundLoop()
loop.submit(asyncio.to_thread(hang))
assert begun.wait(20)
print(time.monotonic(), flush=True)
"""


@pytest.mark.parametrize(
    "program", [HANGING_LOOKUP, HANGING_LOOKUP.replace("loop.stop()", "fetch.cancel()"), HANGING_CALL]
)
def test_a_hanging_call_does_not_delay_the_end_of_the_process(program: str) -> None:
    ended = subprocess.run([sys.executable, "-c", program], capture_output=True, text=True, timeout=30, check=False)
    since_the_hang = time.monotonic() - float(ended.stdout)
    assert (ended.returncode, ended.stderr) == (0, "")
    assert since_the_hang < 2
