"""Fetch and read many completions: a few workers share one order and one pace, and tell each step as it happens.

One answer is read at a time, however many are on their way: reading is Python and would only wait for itself in more
threads, while the window that shares the interpreter had to wait for all of them.
"""

import asyncio
from collections import deque
from collections.abc import Awaitable, Callable, Iterable
from dataclasses import dataclass
from http import HTTPStatus
from threading import Lock

from inspector.core.digest import Digest
from inspector.core.exchange import Failed, FailureKind, FetchOutcome, Received, Request
from inspector.core.inputs import CompletionId
from inspector.core.problems.retry_after import retry_after
from inspector.core.rate_headers import allowance_in
from inspector.core.rate_limiter import Heard, RateLimiter
from inspector.usecases.ports import Clock, CompletionsApi

WORKERS = 8
MOST_ATTEMPTS = 5
STREAK = 24
"""So many failures in a row that have nothing to do with the completion asked for end the whole run."""
_TOO_MUCH = (HTTPStatus.TOO_MANY_REQUESTS, HTTPStatus.SERVICE_UNAVAILABLE)
_REFUSED = (HTTPStatus.UNAUTHORIZED, HTTPStatus.FORBIDDEN)
_WORTH_ANOTHER = (
    FailureKind.DISCONNECTED,
    FailureKind.CONNECT_TIMEOUT,
    FailureKind.REFUSED,
    FailureKind.UNREACHABLE,
    FailureKind.DNS,
)


@dataclass(frozen=True, slots=True)
class Begun:
    """`subject` is asked for now."""

    subject: str


@dataclass(frozen=True, slots=True)
class Ended:
    """What came back for `subject`."""

    subject: str
    digest: Digest


Step = Begun | Ended
Reader = Callable[[FetchOutcome, Request], Awaitable[Digest]]


class Order:
    """What is still to be asked for. Any thread may take from it."""

    def __init__(self, completions: Iterable[CompletionId]) -> None:
        self._lock = Lock()
        self._waiting = deque(completions)

    def add(self, completions: Iterable[CompletionId]) -> None:
        with self._lock:
            self._waiting.extend(completions)

    def take(self) -> CompletionId | None:
        with self._lock:
            return self._waiting.popleft() if self._waiting else None

    def drop(self, subject: str) -> bool:
        """Takes one out that is not wanted any more; whether it was still waiting."""
        with self._lock:
            found = next((each for each in self._waiting if each.text == subject), None)
            if found is not None:
                self._waiting.remove(found)
        return found is not None


@dataclass(frozen=True, slots=True)
class Finished:
    """The order is done; or, with `halted`, given up because the service refused or failed every request of late."""

    halted: bool = False


class ManyInspector:
    """One run. `read` does all that is to be done with an answer, and `tell` is called on the loop."""

    def __init__(
        self,
        order: Order,
        request_for: Callable[[CompletionId], Request],
        *,
        api: CompletionsApi,
        read: Reader,
        limiter: RateLimiter,
        clock: Clock,
        tell: Callable[[Step], None],
    ) -> None:
        self._order = order
        self._request_for = request_for
        self._api = api
        self._read = read
        self._limiter = limiter
        self._clock = clock
        self._tell = tell
        self._reading = asyncio.Lock()
        self._streak = 0

    async def run(self, workers: int = WORKERS) -> Finished:
        """Ends when the order is done. Cancelling it stops every transfer at once."""
        async with asyncio.TaskGroup() as group:
            for _ in range(workers):
                group.create_task(self._work())
        return Finished(halted=self._streak >= STREAK)

    async def _work(self) -> None:
        while self._streak < STREAK and (completion := self._order.take()) is not None:
            self._tell(Begun(completion.text))
            request = self._request_for(completion)
            outcome = await self._fetch(request)
            self._streak = self._streak + 1 if _has_nothing_to_do_with_the_id(outcome) else 0
            async with self._reading:
                digest = await self._read(outcome, request)
            self._tell(Ended(completion.text, digest))

    async def _fetch(self, request: Request) -> FetchOutcome:
        """Asks, and asks again where the service had too much to do; the last answer counts."""
        outcome = await self._ask(request)
        for _ in range(MOST_ATTEMPTS - 1):
            if not _may_come_later(outcome) or self._streak >= STREAK:
                break
            outcome = await self._ask(request)
        return outcome

    async def _ask(self, request: Request) -> FetchOutcome:
        await self._turn()
        sent = self._clock.now()
        try:
            outcome = await self._api.fetch(request, _nobody_listens)
        except BaseException:
            self._limiter.given_up()
            raise
        received = outcome if isinstance(outcome, Received) else None
        heard = Heard.TOO_MUCH if _may_come_later(outcome) else Heard.GOOD
        self._limiter.hear(
            self._clock.now(),
            sent,
            heard,
            allowance_in(received) if received is not None else None,
            retry_after(received) if received is not None and heard is Heard.TOO_MUCH else None,
        )
        return outcome

    async def _turn(self) -> None:
        """Waits until a request may go. An answer to another one may change that: it is looked at again each second."""
        while (wait := self._limiter.turn(self._clock.now())) > 0:
            await self._clock.sleep(min(wait, 1.0))


def _may_come_later(outcome: FetchOutcome) -> bool:
    if isinstance(outcome, Failed):
        return outcome.kind in _WORTH_ANOTHER
    return outcome.status in _TOO_MUCH


def _has_nothing_to_do_with_the_id(outcome: FetchOutcome) -> bool:
    return isinstance(outcome, Failed) or outcome.status in (*_TOO_MUCH, *_REFUSED)


def _nobody_listens(_progress: object) -> None:
    """Of many completions nobody follows the bytes of one."""
