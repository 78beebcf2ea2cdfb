"""One thread with an asyncio event loop, for everything that waits on the outside world.

A transfer can only be cancelled at once, and held to a total deadline, as a task of a running loop; and a window may only
close at once if no thread is waited for. So there is one loop that outlives single jobs, on a daemon thread, and even the
blocking calls that it hands out (name resolution, the keyring) run on daemon threads, since neither can be interrupted.
The price: at exit such a call is dropped wherever it is, so it must not hold anything that needs putting away.
"""

import asyncio
from collections.abc import Callable, Coroutine
from concurrent.futures import Future, ThreadPoolExecutor
from functools import partial
from threading import Lock, Thread, current_thread
from typing import Any, ParamSpec, TypeVar

_JOIN_SECONDS = 0.3
_QUIET_TURNS = 2
P = ParamSpec("P")
T = TypeVar("T")


class BackgroundLoop:
    """Runs coroutines off the GUI thread, from the first `submit` or `start` until `stop`, which is final."""

    def __init__(self) -> None:
        self._lock = Lock()
        self._loop: asyncio.AbstractEventLoop | None = None
        self._thread: Thread | None = None
        self._asked_to_stop = asyncio.Event()
        self._stopped = False

    def start(self) -> None:
        """Starts the thread, unless it runs already or was stopped."""
        with self._lock:
            if not self._stopped:
                self._running()

    def submit(self, coroutine: Coroutine[Any, Any, T]) -> Future[T]:
        """Runs `coroutine` on the loop. Cancelling the future cancels the task; after `stop` it is cancelled from the start."""
        with self._lock:
            if not self._stopped:
                return asyncio.run_coroutine_threadsafe(coroutine, self._running())
        coroutine.close()
        refused: Future[T] = Future()
        refused.cancel()
        refused.set_running_or_notify_cancel()
        return refused

    def stop(self) -> None:
        """Cancels all tasks and ends the thread; waits for it 0.3 s at most. Any thread may call it, any number of times."""
        with self._lock:
            thread, loop = self._thread, self._loop
            if loop is not None and not self._stopped:
                loop.call_soon_threadsafe(self._asked_to_stop.set)
            self._stopped = True
        if thread is not None and thread is not current_thread():
            thread.join(_JOIN_SECONDS)

    def _running(self) -> asyncio.AbstractEventLoop:
        if self._loop is None:
            self._loop = asyncio.new_event_loop()
            self._loop.set_default_executor(_DaemonExecutor())
            self._thread = Thread(target=self._run, args=(self._loop,), name="background-loop", daemon=True)
            self._thread.start()
        return self._loop

    def _run(self, loop: asyncio.AbstractEventLoop) -> None:
        loop.run_until_complete(self._until_stopped())
        loop.close()

    async def _until_stopped(self) -> None:
        """Ends once two turns of the loop brought no task: what a task leaves behind is put away by tasks begun later.

        Each task may take a step before it is cancelled, since one that is cancelled before its first cannot clean up.
        """
        await self._asked_to_stop.wait()
        quiet_turns = 0
        while quiet_turns < _QUIET_TURNS:
            others = asyncio.all_tasks() - {asyncio.current_task()}
            await asyncio.sleep(0)
            for task in others:
                task.cancel()
            if others:
                await asyncio.wait(others)
            quiet_turns = 0 if others else quiet_turns + 1
        await asyncio.get_running_loop().shutdown_asyncgens()


class _DaemonExecutor(ThreadPoolExecutor):
    """Gives every call a daemon thread of its own; the interpreter joins the threads of an ordinary pool at exit."""

    def submit(self, fn: Callable[P, T], /, *args: P.args, **kwargs: P.kwargs) -> Future[T]:
        future: Future[T] = Future()
        Thread(target=_settle, args=(future, partial(fn, *args, **kwargs)), name="blocking-call", daemon=True).start()
        return future


def _settle(future: Future[T], call: Callable[[], T]) -> None:
    if not future.set_running_or_notify_cancel():
        return
    try:
        result = call()
    except BaseException as error:  # noqa: BLE001 (it belongs to whoever awaits the future)
        future.set_exception(error)
    else:
        future.set_result(result)
