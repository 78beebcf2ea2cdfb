"""The network under plain http, mostly to this computer: sockets of asyncio, without a layer between.

Context: on loopback the time of a fetch is the time that Python takes, and httpcore's own network, made for several async
libraries, takes nearly half of it. Choice: httpcore can be given another one; this one knows asyncio alone. Price: these
lines. Over TLS the way is long and httpcore's own network does: it has seen more servers than this one will.
"""

import asyncio
from functools import partial
from typing import Any, cast

from inspector.core.inputs import is_loopback

_HIGH_WATER = 256 * 1024
_SECOND_ADDRESS_AFTER = 0.25


class PlainNetwork:
    """What httpcore asks of a network, as far as plain http needs it; `abort` closes all of its connections at once."""

    def __init__(self) -> None:
        self._streams: set[PlainStream] = set()

    def abort(self) -> None:
        """For the end of the program, when there may be no time left to take leave of each."""
        for stream in tuple(self._streams):
            stream.abort()

    async def connect_tcp(
        self,
        host: str,
        port: int,
        timeout: float | None = None,  # noqa: ASYNC109 - part of the interface
        local_address: str | None = None,  # noqa: ARG002 - part of the interface, never given
        socket_options: Any = None,  # noqa: ARG002 - as above
    ) -> "PlainStream":
        import httpcore

        loop = asyncio.get_running_loop()
        # A race of addresses loses the socket of its winner where all tasks are cancelled at that very moment; on loopback,
        # where every address answers at once, there is nothing to win.
        delay = None if is_loopback(host) else _SECOND_ADDRESS_AFTER
        connecting = loop.create_task(
            loop.create_connection(partial(PlainStream, self._streams), host, port, happy_eyeballs_delay=delay)
        )
        try:
            async with asyncio.timeout(timeout):
                _, stream = await asyncio.shield(connecting)
        except BaseException as error:
            connecting.add_done_callback(_let_go)  # asyncio leaves a socket open whose connecting is cut off
            if isinstance(error, TimeoutError):
                raise httpcore.ConnectTimeout(str(error)) from error
            if isinstance(error, OSError):
                raise httpcore.ConnectError(str(error)) from error
            raise
        return stream


def _let_go(connecting: "asyncio.Task[tuple[asyncio.Transport, PlainStream]]") -> None:
    """Closes a connection that nobody waits for any more."""
    if not connecting.cancelled() and connecting.exception() is None:
        connecting.result()[0].abort()


class PlainStream(asyncio.Protocol):
    """One connection. Little is read ahead, so that a large body waits in the kernel."""

    def __init__(self, open_streams: "set[PlainStream]") -> None:
        self._open_streams = open_streams
        self._came = bytearray()
        self._ended = False
        self._error: Exception | None = None
        self._waiter: asyncio.Future[None] | None = None

    def connection_made(self, transport: asyncio.BaseTransport) -> None:
        self._transport = cast("asyncio.Transport", transport)
        self._open_streams.add(self)

    def data_received(self, data: bytes) -> None:
        self._came += data
        if len(self._came) >= _HIGH_WATER:
            self._transport.pause_reading()
        self._wake()

    def eof_received(self) -> None:
        self._ended = True
        self._wake()

    def connection_lost(self, error: Exception | None) -> None:
        self._open_streams.discard(self)
        self._ended = True
        self._error = error
        self._wake()

    async def read(self, max_bytes: int, timeout: float | None = None) -> bytes:  # noqa: ASYNC109 - as above
        """The next bytes; none where the other side has ended."""
        import httpcore

        if not self._came and not self._ended:
            self._waiter = asyncio.get_running_loop().create_future()
            try:
                async with asyncio.timeout(timeout):
                    await self._waiter
            except TimeoutError as error:
                raise httpcore.ReadTimeout(str(error)) from error
            finally:
                self._waiter = None
        if not self._came and self._error is not None:
            raise httpcore.ReadError(str(self._error)) from self._error
        data = bytes(self._came[:max_bytes])
        del self._came[:max_bytes]
        if len(self._came) < _HIGH_WATER and not self._ended:
            self._transport.resume_reading()
        return data

    async def write(self, buffer: bytes, timeout: float | None = None) -> None:  # noqa: ARG002, ASYNC109 - as above
        import httpcore

        if self._ended:
            raise httpcore.WriteError(str(self._error or "")) from self._error
        if buffer:
            self._transport.write(buffer)

    async def aclose(self) -> None:
        self.abort()

    def abort(self) -> None:
        self._transport.abort()

    def get_extra_info(self, info: str) -> object:
        """httpcore asks of an idle connection whether something can be read: then the other side has closed it."""
        return self._ended or bool(self._came) if info == "is_readable" else None

    def _wake(self) -> None:
        if self._waiter is not None and not self._waiter.done():
            self._waiter.set_result(None)
