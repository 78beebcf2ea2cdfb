"""A service on loopback that has every completion one can ask for, quick enough to be no measure's limit.

With `faults`, one ID in a hundred each begins with 429, 503, a reset connection or a slow answer, and one has a body that
is no JSON; asked for a second time, all but the last are there. Which IDs those are is told by the number they end in.
"""

import asyncio
import json
import multiprocessing
import socket
import struct
from collections import Counter
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from multiprocessing.connection import Connection
from threading import Thread

FAULTS = ("429", "503", "reset", "slow", "invalid")
_KINDS = dict(zip((7, 27, 47, 67, 87), FAULTS, strict=True))
_SLOW_SECONDS = 0.3


def names(count: int) -> list[str]:
    return [f"chatcmpl-many-{at:06}" for at in range(count)]


def fault_of(name: str) -> str:
    """The fault of an ID; empty for most."""
    digits = name[-2:]
    return _KINDS.get(int(digits), "") if digits.isdigit() else ""


def completion_body(size: int) -> bytes:
    """A completion of about `size` bytes with one tool call; the ID is left to be filled in."""
    call = {"id": "call_1", "type": "function", "function": {"name": "get_weather", "arguments": '{"city": "Oslo"}'}}
    message = {
        "role": "assistant",
        "content": "A line of the answer.\n" * max(1, (size - 600) // 23),
        "tool_calls": [call],
    }
    choice = {"index": 0, "finish_reason": "tool_calls", "message": message, "logprobs": None}
    usage = {"prompt_tokens": 100, "completion_tokens": 900, "total_tokens": 1000}
    head = {"id": "@", "object": "chat.completion", "created": 1_750_000_000, "model": "gpt-4.1"}
    return json.dumps({**head, "choices": [choice], "usage": usage}).encode()


@dataclass(frozen=True)
class Manner:
    """How the service behaves: seconds before each answer, bytes in each body, and whether there are faults."""

    latency: float = 0.0
    size: int = 1_000
    faults: bool = False


class _Conversation(asyncio.Protocol):
    """One connection; answers in the order of the requests."""

    def __init__(self, manner: Manner, asked: Counter[str], live: set[asyncio.Transport]) -> None:
        self._live = live
        self._manner = manner
        self._asked = asked
        self._body = completion_body(manner.size)
        self._came = b""

    def connection_made(self, transport: asyncio.BaseTransport) -> None:
        assert isinstance(transport, asyncio.Transport)
        transport.get_extra_info("socket").setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)
        self._transport = transport
        self._live.add(transport)

    def connection_lost(self, _error: Exception | None) -> None:
        self._live.discard(self._transport)

    def data_received(self, data: bytes) -> None:
        self._came += data
        while b"\r\n\r\n" in self._came:
            head, self._came = self._came.split(b"\r\n\r\n", 1)
            name = head.split(b" ", 2)[1].rsplit(b"/", 1)[-1].decode()
            self._asked[name] += 1
            self._answer(name, fault_of(name) if self._manner.faults else "", first=self._asked[name] == 1)

    def _answer(self, name: str, fault: str, *, first: bool) -> None:
        body, status, delay = self._body.replace(b'"@"', b'"%s"' % name.encode(), 1), b"200 OK", self._manner.latency
        extra = b""
        if fault == "invalid":
            body = b'{"id": "' + name.encode() + b'", "choices": [{'
        elif first and fault == "429":
            body, status, extra = b'{"error": "slow down"}', b"429 Too Many Requests", b"Retry-After: 0.2\r\n"
        elif first and fault == "503":
            body, status = b"{}", b"503 Service Unavailable"
        elif first and fault == "slow":
            delay += _SLOW_SECONDS
        elif first and fault == "reset":
            sock = self._transport.get_extra_info("socket")
            sock.setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, struct.pack("ii", 1, 0))
            self._transport.abort()
            return
        head = b"HTTP/1.1 %s\r\nContent-Type: application/json\r\n%sContent-Length: %d\r\n\r\n" % (
            status,
            extra,
            len(body),
        )
        if delay:
            asyncio.get_running_loop().call_later(delay, self._transport.write, head + body)
        else:
            self._transport.write(head + body)


async def _serve(manner: Manner, told: Connection) -> None:
    asked: Counter[str] = Counter()
    live: set[asyncio.Transport] = set()
    loop = asyncio.get_running_loop()
    server = await loop.create_server(lambda: _Conversation(manner, asked, live), "127.0.0.1", 0, backlog=512)
    told.send(server.sockets[0].getsockname()[1])
    while await loop.run_in_executor(None, told.recv) == "count":
        told.send(dict(asked))
    server.close()
    accepting = asyncio.all_tasks() - {asyncio.current_task()}
    if accepting:
        await asyncio.wait(accepting)
    for _ in range(3):  # a protocol hears of its transport a turn later
        await asyncio.sleep(0)
    while live:
        for transport in tuple(live):
            transport.abort()
        await asyncio.sleep(0)  # each transport closes its socket in a turn of its own
    told.close()


def _run(manner: Manner, told: Connection) -> None:
    asyncio.run(_serve(manner, told))


class ManyServer:
    """`url` while it runs; after `count`, `asked` tells how often each ID was asked for."""

    def __init__(self, ours: Connection) -> None:
        self._ours = ours
        self.url = f"http://127.0.0.1:{ours.recv()}"
        self.asked: dict[str, int] = {}

    def count(self) -> None:
        """Takes over how often each ID was asked for until now."""
        self._ours.send("count")
        self.asked = self._ours.recv()

    def stop(self) -> None:
        self._ours.send("stop")


@contextmanager
def many_server(manner: Manner, *, own_process: bool = False) -> Iterator[ManyServer]:
    """Runs it in a thread, or, where something is to be measured, in a process of its own."""
    ours, theirs = multiprocessing.Pipe()
    if own_process:
        worker = multiprocessing.get_context("spawn").Process(target=_run, args=(manner, theirs), daemon=True)
    else:
        worker = Thread(target=_run, args=(manner, theirs), daemon=True)
    worker.start()
    server = ManyServer(ours)
    try:
        yield server
    finally:
        server.stop()
        worker.join(5)
        ours.close()
