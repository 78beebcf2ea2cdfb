"""A fetch that hangs: cancelled at once, and never longer than its deadline."""

import asyncio
import gc
import time
from concurrent.futures import CancelledError
from threading import Event

import pytest

from inspector.core.exchange import Failed, FailureKind
from inspector.gateways.background import BackgroundLoop
from inspector.gateways.completions_api import HttpCompletionsApi
from tests.fault_server import FaultServer, Link
from tests.fetching import Fetch, MakeApi, MakeServer, failed, received, request_for, unheard

HANGS = ["hang", "hang-after-head", "hang-mid-body", "slow-head", "dripping-body", "endless-hints"]


@pytest.mark.fault(row="silence, dripping, no end")
@pytest.mark.parametrize("name", [*HANGS, "endless-body"])
def test_cancelling_stops_the_transfer_at_once(
    background: BackgroundLoop, api: HttpCompletionsApi, server: FaultServer, name: str
) -> None:
    ended = Event()

    async def fetch() -> None:
        try:
            await api.fetch(request_for(server, name, deadline=30), unheard)
        finally:
            ended.set()

    future = background.submit(fetch())
    assert server.reached.wait(5)
    started = time.monotonic()
    future.cancel()
    assert ended.wait(5)
    assert server.hung_up.wait(5)
    assert time.monotonic() - started < 0.25
    with pytest.raises(CancelledError):
        future.result(0)


def test_a_cancelled_fetch_leaves_the_next_one_alone(
    background: BackgroundLoop, api: HttpCompletionsApi, fetch: Fetch, server: FaultServer
) -> None:
    hanging = background.submit(api.fetch(request_for(server, "hang"), unheard))
    assert server.reached.wait(5)
    hanging.cancel()
    assert not isinstance(fetch(server), Failed)


@pytest.mark.parametrize("is_first", [True, False])
@pytest.mark.parametrize("name", ["ok", "hang"])
def test_wherever_a_fetch_is_cancelled_the_next_one_goes_through(
    background: BackgroundLoop, api: HttpCompletionsApi, server: FaultServer, name: str, is_first: bool
) -> None:
    async def fetch_after_cancelling(turns: int) -> bool:
        """Cancels after so many turns of the loop; tells whether the first fetch had ended by then."""
        if is_first:
            await api.close()
        cut_off = asyncio.create_task(api.fetch(request_for(server, name), unheard))
        for _ in range(turns):
            await asyncio.sleep(0)
        had_ended = cut_off.done()
        cut_off.cancel()
        await asyncio.wait([cut_off])
        received(await api.fetch(request_for(server, "ok"), unheard))
        return had_ended

    async def everywhere() -> None:
        for turns in range(40):
            if await fetch_after_cancelling(turns):
                break

    background.submit(everywhere()).result(30)
    gc.collect()


def test_a_fetch_may_be_cancelled_while_everything_is_closed(
    background: BackgroundLoop, api: HttpCompletionsApi, server: FaultServer
) -> None:
    async def both() -> None:
        cut_off = asyncio.create_task(api.fetch(request_for(server, "hang"), unheard))
        await asyncio.to_thread(server.reached.wait, 5)
        closing = asyncio.create_task(api.close())
        cut_off.cancel()
        await asyncio.wait([closing, cut_off])
        received(await api.fetch(request_for(server, "ok"), unheard))

    background.submit(both()).result(10)


@pytest.mark.fault(row="silence, dripping, no end")
@pytest.mark.parametrize("name", HANGS)
def test_the_deadline_is_kept(fetch: Fetch, server: FaultServer, name: str) -> None:
    started = time.monotonic()
    outcome = fetch(server, name, deadline=0.4)
    took = time.monotonic() - started
    assert isinstance(outcome, Failed)
    assert outcome.kind is FailureKind.DEADLINE
    assert 0.4 <= took < 0.7
    assert (outcome.partial is not None) is (name in ("hang-after-head", "hang-mid-body", "dripping-body"))
    assert server.hung_up.wait(5)


def test_the_deadline_covers_a_name_that_is_never_resolved(
    fetch: Fetch, make_api: MakeApi, monkeypatch: pytest.MonkeyPatch
) -> None:
    release = Event()
    monkeypatch.setattr("socket.getaddrinfo", lambda *_, **__: release.wait(30) and [])
    outcomes = [
        fetch("https://service.example", deadline=0.3),
        fetch("https://service.example", api=make_api(connect_timeout=0.2)),
    ]
    release.set()
    kinds = [outcome.kind for outcome in outcomes if isinstance(outcome, Failed)]
    assert kinds == [FailureKind.DEADLINE, FailureKind.CONNECT_TIMEOUT]
    assert all(outcome.elapsed_ms < 600 for outcome in outcomes if isinstance(outcome, Failed))


def test_the_deadline_covers_the_wait_for_a_free_connection(
    background: BackgroundLoop, api: HttpCompletionsApi, fetch: Fetch, make_server: MakeServer
) -> None:
    server = make_server(default=Link.hang)
    requests = [request_for(server, f"id-{number}", deadline=30) for number in range(16)]
    hanging = [background.submit(api.fetch(request, unheard)) for request in requests]
    outcome = failed(fetch(server, "the-17th", deadline=0.3), FailureKind.DEADLINE)
    assert outcome.elapsed_ms < 600
    assert (server.connections, "/v1/chat/completions/the-17th" in server.targets()) == (16, False)
    for future in hanging:
        future.cancel()


def test_stopping_the_loop_ends_a_hanging_fetch(
    background: BackgroundLoop, api: HttpCompletionsApi, server: FaultServer
) -> None:
    future = background.submit(api.fetch(request_for(server, "hang-mid-body"), unheard))
    assert server.reached.wait(5)
    started = time.monotonic()
    background.stop()
    assert time.monotonic() - started < 0.3
    assert future.cancelled()
    assert server.hung_up.wait(5)


def test_what_is_on_a_kept_connection_is_not_sent_again_once_everything_is_closed(
    background: BackgroundLoop, api: HttpCompletionsApi, fetch: Fetch, server: FaultServer
) -> None:
    received(fetch(server))
    hanging = background.submit(api.fetch(request_for(server, "hang"), unheard))
    assert server.reached.wait(5)
    background.submit(api.close()).result(5)
    failed(hanging.result(5), FailureKind.DISCONNECTED)
    assert (len(server.requests), server.connections) == (2, 1)
