"""Work away from the GUI thread: network, keyring and parsing run as coroutines on the background loop.

A job belongs to a lane; a new job in a lane cancels the one before, so that the newest request wins and what comes late of
an older one, an answer or a word on the way, never reaches anybody. Both come back over queued signals: workers touch no
QObject but this one's signals.
Making the services (httpx and keyring take long to import) is itself work, started after the first paint; jobs asked
for before that wait for it.
"""

from __future__ import annotations

import threading
from collections.abc import Callable, Coroutine
from dataclasses import replace
from functools import partial
from typing import TYPE_CHECKING, Any

from PySide6.QtCore import QObject, Qt, Signal, Slot

from inspector.viewmodels.short_turns import ShortTurns

if TYPE_CHECKING:
    from concurrent.futures import Future

    from inspector.core.profile import Profile
    from inspector.viewmodels.services import Services

Receiver = Callable[[Any], None]
Tell = Callable[[Receiver, object], None]
"""Hands something to a receiver in the GUI thread, as long as the job is wanted; may be called from any thread."""

Work = Callable[["Services"], Coroutine[Any, Any, object]]
TellingWork = Callable[["Services", Tell], Coroutine[Any, Any, object]]


class _Job:
    """One piece of work and where its result goes."""

    __slots__ = ("future", "lane", "on_done", "work")

    def __init__(self, lane: str, work: TellingWork, on_done: Receiver) -> None:
        self.lane = lane
        self.work = work
        self.on_done = on_done
        self.future: Future[object] | None = None


class JobRunner(QObject):
    """Starts, replaces and cancels jobs. `failed` tells of a bug in a job: the exception itself."""

    ready = Signal()
    failed = Signal(object)
    _made = Signal(object)
    _ended = Signal(object)
    _told = Signal(object, object, object)

    def __init__(self, make_services: Callable[[], Services], parent: QObject | None = None) -> None:
        super().__init__(parent)
        self.short_turns = ShortTurns()
        self._make_services = make_services
        self._services: Services | None = None
        self._jobs: dict[str, _Job] = {}
        self._arrived: Services | None = None  # made, and perhaps never told of, where the end comes between
        self._handing_over = threading.Lock()
        self._closed = False
        self._starting = False
        for signal, slot in (
            (self._made, self._on_made),
            (self._ended, self._on_ended),
            (self._told, self._on_told),
        ):
            signal.connect(slot, Qt.ConnectionType.QueuedConnection)

    @property
    def services(self) -> Services | None:
        """What jobs run on; None until it has been made."""
        return self._services

    def work_under(self, profile: Profile) -> None:
        """Jobs that start from now on find this of their profile."""
        if self._services is not None:
            self._services = replace(self._services, profile=profile)

    def warm_up(self) -> None:
        """Makes the services in the background; call it once the first frame is on the screen."""
        if not self._starting:
            self._starting = True
            threading.Thread(target=self._make, name="services", daemon=True).start()

    def start(self, lane: str, work: Work, on_done: Receiver) -> None:
        """Runs `work` in place of what runs in `lane`; `on_done` is called with its result in the GUI thread."""

        def silent(services: Services, _tell: Tell) -> Coroutine[Any, Any, object]:
            return work(services)

        self.start_telling(lane, silent, on_done)

    def start_telling(self, lane: str, work: TellingWork, on_done: Receiver) -> None:
        """As `start`, for work that has something to tell on its way."""
        self.cancel(lane)
        if self._closed:
            return
        job = self._jobs[lane] = _Job(lane, work, on_done)
        self.warm_up()
        if self._services is not None:
            self._submit(job)

    def cancel(self, lane: str) -> None:
        """Stops the job in `lane`, if there is one; its receivers are not called any more."""
        job = self._jobs.pop(lane, None)
        if job is not None and job.future is not None:
            job.future.cancel()

    def is_busy(self, lane: str) -> bool:
        return lane in self._jobs

    def close(self) -> None:
        """Cancels everything and lets the services go; no receiver is called afterwards."""
        with self._handing_over:
            self._closed = True
            arrived, self._arrived = self._arrived, None
        for lane in tuple(self._jobs):
            self.cancel(lane)
        if arrived is not None:
            arrived.close()

    def _make(self) -> None:
        made: Services | Exception
        try:
            made = self._make_services()
        except Exception as error:  # noqa: BLE001 - told to the person by `failed`
            made = error
        with self._handing_over:
            is_late = self._closed
            if not is_late and not isinstance(made, Exception):
                self._arrived = made
        if not is_late:
            self._made.emit(made)
        elif not isinstance(made, Exception):
            made.close()

    def _submit(self, job: _Job) -> None:
        assert self._services is not None  # noqa: S101 - jobs wait until the services are there
        job.future = self._services.submit(job.work(self._services, partial(self._tell, job)))
        job.future.add_done_callback(lambda _future: self._tell_end(job))

    def _tell(self, job: _Job, receiver: Receiver, value: object) -> None:
        if not self._closed:
            self._told.emit(job, receiver, value)

    def _tell_end(self, job: _Job) -> None:
        if not self._closed:
            self._ended.emit(job)

    @Slot(object)
    def _on_made(self, made: Services | Exception) -> None:
        if isinstance(made, Exception):
            self._starting = False  # the next job tries again
            self._jobs.clear()
            self.failed.emit(made)
            return
        if self._closed:
            return
        self._services = made
        self.ready.emit()
        for job in tuple(self._jobs.values()):
            self._submit(job)

    @Slot(object)
    def _on_ended(self, job: _Job) -> None:
        if not self._is_wanted(job) or job.future is None or job.future.cancelled():
            return
        del self._jobs[job.lane]
        error = job.future.exception()
        if error is not None:
            self.failed.emit(error)
        else:
            job.on_done(job.future.result())

    @Slot(object, object, object)
    def _on_told(self, job: _Job, receiver: Receiver, value: object) -> None:
        if self._is_wanted(job):
            receiver(value)

    def _is_wanted(self, job: _Job) -> bool:
        return self._jobs.get(job.lane) is job
