"""The network under plain http: what httpcore relies on and no fetch shows."""

import asyncio
import gc
import socket

import httpcore
import pytest

from inspector.core.exchange import FailureKind
from inspector.gateways.background import BackgroundLoop
from inspector.gateways.completions_api import HttpCompletionsApi
from inspector.gateways.plain_network import PlainNetwork
from tests.fault_server import FaultServer
from tests.fetching import Fetch, failed, received, request_for, unheard


async def connected() -> tuple[socket.socket, httpcore.AsyncNetworkStream]:
    """The server's end of a connection, and ours."""
    with socket.create_server(("127.0.0.1", 0)) as listener:
        stream = await PlainNetwork().connect_tcp("127.0.0.1", listener.getsockname()[1], 5)
        return listener.accept()[0], stream  # type: ignore[return-value]


def test_an_idle_connection_tells_when_the_other_side_has_left() -> None:
    async def left() -> None:
        theirs, ours = await connected()
        assert ours.get_extra_info("is_readable") is False
        assert ours.get_extra_info("ssl_object") is None
        theirs.close()
        assert await ours.read(100, 5) == b""
        assert ours.get_extra_info("is_readable") is True
        with pytest.raises(httpcore.WriteError):
            await ours.write(b"too late")
        await ours.aclose()

    with asyncio.Runner() as runner:
        runner.run(left())


def test_much_is_read_in_pieces_and_waits_in_the_kernel() -> None:
    much = bytes(range(256)) * 8000

    async def taken() -> None:
        theirs, ours = await connected()
        with theirs:
            sending = asyncio.get_running_loop().run_in_executor(None, theirs.sendall, much)
            came = b""
            while len(came) < len(much):
                piece = await ours.read(10_000, 5)
                assert 0 < len(piece) <= 10_000
                came += piece
            await sending
            assert came == much
            await ours.aclose()

    with asyncio.Runner() as runner:
        runner.run(taken())


def test_silence_ends_a_read() -> None:
    async def silent() -> None:
        theirs, ours = await connected()
        with theirs, pytest.raises(httpcore.ReadTimeout):
            await ours.read(100, 0.01)
        await ours.aclose()

    with asyncio.Runner() as runner:
        runner.run(silent())


def test_closing_ends_what_is_under_way_and_a_later_fetch_is_made_anew(
    background: BackgroundLoop, api: HttpCompletionsApi, fetch: Fetch, server: FaultServer
) -> None:
    hanging = background.submit(api.fetch(request_for(server, "hang"), unheard))
    assert server.reached.wait(5)
    background.submit(api.close()).result(5)
    failed(hanging.result(5), FailureKind.DISCONNECTED)
    received(fetch(server))
    assert server.connections == 2


def test_all_connections_are_closed_at_once() -> None:
    async def closed() -> None:
        network = PlainNetwork()
        with socket.create_server(("127.0.0.1", 0)) as listener:
            for _ in range(3):
                await network.connect_tcp("127.0.0.1", listener.getsockname()[1], 5)
            network.abort()
            theirs = [listener.accept()[0] for _ in range(3)]
            for _ in range(2):
                await asyncio.sleep(0)
            for each in theirs:
                with each:
                    assert each.recv(1) == b""

    with asyncio.Runner() as runner:
        runner.run(closed())


@pytest.mark.fault(row="Ctrl+C, SIGTERM, closing")
@pytest.mark.parametrize("host", ["127.0.0.1", "localhost"])
def test_at_the_end_of_everything_no_socket_is_left_however_far_it_had_come(host: str) -> None:
    """Every task is cancelled, as a loop does that stops; what is then left open the garbage collector would tell."""

    async def ended(port: int, turns: int) -> None:
        network = PlainNetwork()
        asking = asyncio.create_task(network.connect_tcp(host, port, 5))
        for _ in range(turns):
            await asyncio.sleep(0.0005 if host == "localhost" else 0)
        others = asyncio.all_tasks() - {asyncio.current_task()}
        for task in others:
            task.cancel()
        await asyncio.wait({asking, *others})
        network.abort()
        for _ in range(2):
            await asyncio.sleep(0)

    with socket.create_server(("127.0.0.1", 0), backlog=100) as listener, asyncio.Runner() as runner:
        for turns in range(16):
            runner.run(ended(listener.getsockname()[1], turns))
    gc.collect()
