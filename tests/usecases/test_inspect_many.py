"""Many completions: each is asked for and told once, few at a time, again where that helps, and never for ever."""

import asyncio
from collections.abc import Callable

import pytest

from inspector.core.digest import Digest, digest_of
from inspector.core.exchange import FailureKind, FetchOutcome, Request
from inspector.core.inputs import BaseUrl, CompletionId
from inspector.core.rate_limiter import FIRST_WAIT, RateLimiter
from inspector.core.secret import Secret
from inspector.gateways.inspecting_here import InspectorHere
from inspector.usecases.inspect_completion import unread_outcome
from inspector.usecases.inspect_many import (
    MOST_ATTEMPTS,
    STREAK,
    WORKERS,
    Begun,
    Ended,
    Finished,
    ManyInspector,
    Order,
    Step,
)
from tests.usecases.many import NOW, FakeClock, FakeService, answer, failure, ids

HOME = BaseUrl("https://sudo.example", "/api")


def request_for(completion: CompletionId) -> Request:
    return Request(HOME, completion, Secret("sk-canary"), 5)


async def read(outcome: FetchOutcome, request: Request) -> Digest:
    unread = unread_outcome(outcome, request)
    if unread.problem is not None:
        return digest_of(unread)
    return await InspectorHere().digest(unread, None, NOW)


class Run:
    """One run, and what it told."""

    def __init__(self, service: FakeService, completions: list[CompletionId], reader: Callable = read) -> None:
        self.steps: list[Step] = []
        self.clock = FakeClock()
        self.limiter = RateLimiter()
        self.order = Order(completions)
        self.inspector = ManyInspector(
            self.order,
            request_for,
            api=service,
            read=reader,
            limiter=self.limiter,
            clock=self.clock,
            tell=self.steps.append,
        )

    def __call__(self) -> Finished:
        with asyncio.Runner() as runner:
            return runner.run(self.inspector.run())

    @property
    def ended(self) -> list[str]:
        return [step.subject for step in self.steps if isinstance(step, Ended)]

    def digest(self, subject: str) -> Digest:
        return next(step.digest for step in self.steps if isinstance(step, Ended) and step.subject == subject)


def test_each_is_asked_for_in_order_and_told_once() -> None:
    service = FakeService()
    run = Run(service, ids(100))
    assert run() == Finished(halted=False)
    names = [each.text for each in ids(100)]
    assert sorted(run.ended) == sorted(names)
    assert service.order == names
    assert service.most_at_once <= WORKERS
    assert [step.subject for step in run.steps if isinstance(step, Begun)] == names
    assert run.clock.slept == []


def test_an_empty_order_is_done_at_once() -> None:
    run = Run(FakeService(), [])
    assert run() == Finished()
    assert run.steps == []


def test_only_one_answer_is_read_at_a_time() -> None:
    inside, most = 0, 0

    async def slow_read(outcome: FetchOutcome, request: Request) -> Digest:
        nonlocal inside, most
        inside += 1
        most = max(most, inside)
        digest = await read(outcome, request)
        inside -= 1
        return digest

    assert Run(FakeService(), ids(30), slow_read)() == Finished()
    assert most == 1


@pytest.mark.fault(row="429, 503")
@pytest.mark.parametrize(
    "trouble", [answer(429, b"slow down"), answer(503, b"{}"), failure(), failure(FailureKind.CONNECT_TIMEOUT)]
)
def test_what_may_come_later_is_asked_for_again(trouble: FetchOutcome) -> None:
    service = FakeService(chatcmpl_1=[trouble, trouble, answer()])
    run = Run(service, ids(3))
    run()
    assert service.asked == {"chatcmpl-0": 1, "chatcmpl-1": 3, "chatcmpl-2": 1}
    assert run.digest("chatcmpl-1").problem is None
    assert sum(run.clock.slept) >= FIRST_WAIT


@pytest.mark.fault(row="429, 503")
def test_the_service_says_how_long_to_wait() -> None:
    run = Run(FakeService(chatcmpl_0=[answer(429, b"", retry_after="30"), answer()]), ids(1))
    run()
    assert run.clock.time >= 30.0
    assert max(run.clock.slept) <= 1.0, "it is looked at again each second"


def test_an_allowance_is_kept_to() -> None:
    told = answer(ratelimit_remaining="0", ratelimit_reset="20", ratelimit_limit="600")
    run = Run(FakeService(chatcmpl_0=[told], default=[answer()]), ids(20))
    run()
    assert run.clock.time >= 20.0


def test_attempts_are_bounded() -> None:
    service = FakeService(chatcmpl_0=[answer(429, b"no")])
    run = Run(service, ids(1))
    assert run() == Finished()
    assert service.asked["chatcmpl-0"] == MOST_ATTEMPTS
    assert run.digest("chatcmpl-0").status == 429


@pytest.mark.parametrize("final", [answer(404, b"{}"), answer(500, b""), failure(FailureKind.READ_TIMEOUT)])
def test_what_will_not_come_is_asked_for_once(final: FetchOutcome) -> None:
    service = FakeService(chatcmpl_0=[final])
    run = Run(service, ids(2))
    run()
    assert service.asked["chatcmpl-0"] == 1
    assert run.digest("chatcmpl-0").problem is not None
    assert run.digest("chatcmpl-1").problem is None


@pytest.mark.parametrize("end", [answer(401, b"{}"), answer(403, b"{}"), failure(FailureKind.REFUSED)])
def test_a_service_that_refuses_everything_is_left_alone(end: FetchOutcome) -> None:
    service = FakeService(default=[end])
    run = Run(service, ids(1000))
    assert run() == Finished(halted=True)
    assert STREAK <= len(run.ended) < STREAK + WORKERS
    assert run.order.take() is not None, "the rest is still to be asked for"


def test_unknown_ids_are_no_reason_to_stop() -> None:
    run = Run(FakeService(default=[answer(404, b"{}")]), ids(100))
    assert run() == Finished()
    assert len(run.ended) == 100


def test_an_order_takes_more_and_less_while_it_is_worked_off() -> None:
    order = Order(ids(3))
    assert order.drop("chatcmpl-1")
    assert not order.drop("chatcmpl-1")
    order.add([CompletionId("late")])
    taken = []
    while (each := order.take()) is not None:
        taken.append(each.text)
    assert taken == ["chatcmpl-0", "chatcmpl-2", "late"]


def test_cancelling_stops_at_once_and_gives_the_turns_back() -> None:
    class Hanging(FakeService):
        async def fetch(self, request: Request, on_progress: Callable) -> FetchOutcome:
            self.order.append(request.completion.text)
            if len(self.order) == WORKERS:
                everybody_waits.set()
            await asyncio.Event().wait()
            raise AssertionError

    everybody_waits = asyncio.Event()
    service = Hanging()
    run = Run(service, ids(100))

    async def cancelled() -> None:
        task = asyncio.create_task(run.inspector.run())
        await everybody_waits.wait()
        task.cancel()
        with pytest.raises(asyncio.CancelledError):
            await task

    with asyncio.Runner() as runner:
        runner.run(cancelled())
    assert run.ended == []
    assert run.limiter._under_way == 0
