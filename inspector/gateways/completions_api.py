"""Completions over HTTP: the one module that knows httpx.

Requests go through httpx's transports, without a client above them, so that nothing is done that a client does by itself:
no redirect is followed, no cookie kept, no environment variable read, no log written. Each connection has a transport of its
own, and the one that was used last is used first: httpcore's pool looks at every connection and every waiting request
whenever one comes or goes, which made eight at once slower than one after the other (measured: 1.5 ms for an answer of
10 KB, against 0.6 ms so). httpx is imported on first use: it costs a tenth of a second that the window's first paint must
not pay.
"""

import asyncio
import logging
import ssl
from collections.abc import AsyncGenerator, Callable, Mapping
from contextlib import aclosing, suppress
from typing import TYPE_CHECKING, Any, cast

from inspector import __version__
from inspector.core.exchange import AnyRequest, FailureKind, FetchOutcome, Received, Request
from inspector.core.inputs import BaseUrl, is_loopback
from inspector.core.proxy import STRAIGHT, Proxy
from inspector.gateways.http_failures import RefusedError, failure_of
from inspector.gateways.http_transfer import Head, OnProgress, Transfer
from inspector.gateways.plain_network import PlainNetwork
from inspector.gateways.proxies import proxy_for
from inspector.gateways.steady_clock import steady_seconds
from inspector.gateways.tls import trusting_nobody, verifying_context

if TYPE_CHECKING:
    import httpx

_HEADERS = {
    "User-Agent": f"sudo-inspector/{__version__}",
    "Accept": "application/json",
    "Accept-Encoding": "gzip, identity",
    "Connection": "keep-alive",
}
_WARM_SECONDS = 60
_MOST_CONNECTIONS = 16


class HttpCompletionsApi:
    """Fetches completions and their prompts over at most 16 connections, which are kept warm; waiting for a free one counts
    as time of the request. Every call belongs on one and the same event loop.
    """

    def __init__(
        self,
        *,
        limit_bytes: int = 256 * 2**20,
        connect_timeout: float = 10,
        read_timeout: float = 30,
        ssl_context: Callable[[], ssl.SSLContext] = verifying_context,
        proxy: Proxy = STRAIGHT,
        now: Callable[[], float] = steady_seconds,
    ) -> None:
        """`limit_bytes` counts the decoded body; the timeouts are seconds of silence, within the request's own deadline.
        `now` tells, in seconds, how long a connection was left alone.

        Requests over https go by `proxy`, in a tunnel that it cannot look into.
        """
        self._limit_bytes = limit_bytes
        self._ssl_context = ssl_context
        self._proxy = proxy
        self._timeout = {"connect": connect_timeout, "read": read_timeout, "write": read_timeout, "pool": None}
        self._room = asyncio.Semaphore(_MOST_CONNECTIONS)
        self._network = PlainNetwork()
        self._lines: list[httpx.AsyncHTTPTransport] = []
        self._now = now
        self._idle: dict[bool, list[tuple[float, httpx.AsyncHTTPTransport]]] = {True: [], False: []}
        self._closing: set[asyncio.Task[None]] = set()
        self._context: ssl.SSLContext | None = None

    async def warm(self, base_url: BaseUrl) -> None:
        """Does the slow first work for `base_url` ahead, imports above all; nothing is sent."""
        secure = _is_secure(base_url)
        with suppress(RefusedError):  # told when something is fetched
            self._hang_up(secure, self._line(secure, base_url))

    async def fetch(self, request: AnyRequest, on_progress: OnProgress) -> FetchOutcome:
        """One GET; `on_progress` is called on the loop's thread, first when the head has come. Raises only CancelledError."""
        transfer = Transfer(request, on_progress, self._limit_bytes)
        if isinstance(request, Request) and request.names_its_key:
            return transfer.failed(FailureKind.BAD_INPUT, "the ID holds the API key itself, which is never sent as one")
        deadline = asyncio.timeout(request.deadline)
        try:
            async with deadline:
                return await self._exchange(transfer)
        except Exception as error:  # noqa: BLE001 (the port gives a value whatever happens)
            return transfer.failed(*((FailureKind.DEADLINE, "") if deadline.expired() else failure_of(error)))

    async def close(self) -> None:
        """Closes the connections; a later fetch opens new ones."""
        self._network.abort()
        lines, self._lines = self._lines, []
        self._idle = {True: [], False: []}
        for line in lines:
            await line.aclose()
        await asyncio.gather(*self._closing)

    async def _exchange(self, transfer: Transfer) -> Received:
        secure = _is_secure(transfer.request.base_url)
        async with self._room:
            line = self._line(secure, transfer.request.base_url)
            try:
                return await self._exchange_on(line, transfer)
            except asyncio.CancelledError:
                self._give_up(line)
                raise
            finally:
                self._hang_up(secure, line)

    async def _exchange_on(self, line: "httpx.AsyncHTTPTransport", transfer: Transfer) -> Received:
        response = await _answer(line, transfer, self._timeout, is_open=lambda: line in self._lines)
        try:
            arrival = transfer.head_arrived(_head(response))
            async with aclosing(cast("AsyncGenerator[bytes, None]", aiter(cast("Any", response.stream)))) as body:
                async for wire in body:
                    arrival.feed(wire)
            return arrival.finish()
        finally:
            await response.aclose()

    def _line(self, secure: bool, base_url: BaseUrl) -> "httpx.AsyncHTTPTransport":  # noqa: FBT001 - the key of a table
        """The line that was used last, or a new one. Only one to an https address pays for a trust store.

        httpcore, whose clock stands still while the computer sleeps, would take a connection of hours ago for a fresh one,
        and nobody answers on it.
        """
        while self._idle[secure]:
            since, kept = self._idle[secure].pop()
            if self._now() - since <= _WARM_SECONDS:
                return kept
            self._give_up(kept)
        line = self._new_secure_line(base_url) if secure else _new_plain_line(self._network)
        self._lines.append(line)
        return line

    def _new_secure_line(self, base_url: BaseUrl) -> "httpx.AsyncHTTPTransport":
        proxy = proxy_for(base_url.origin, self._proxy)
        if self._context is None:
            self._context = self._ssl_context()
        return _new_line(self._context, proxy)

    def _give_up(self, line: "httpx.AsyncHTTPTransport") -> None:
        """Closes a line that is too old, or was cut off: httpcore may count its connection as taken, and the next request would
        wait for ever.
        """
        if line in self._lines:
            self._lines.remove(line)
            closing = asyncio.create_task(line.aclose())
            self._closing.add(closing)
            closing.add_done_callback(self._closing.discard)

    def _hang_up(self, secure: bool, line: "httpx.AsyncHTTPTransport") -> None:  # noqa: FBT001 - as above
        """The line is free again, unless all have been closed meanwhile."""
        if line in self._lines:
            self._idle[secure].append((self._now(), line))


def _is_secure(base_url: BaseUrl) -> bool:
    return base_url.origin.startswith("https:")


def _new_line(context: ssl.SSLContext | None, proxy: str | None = None) -> "httpx.AsyncHTTPTransport":
    """A transport that keeps one connection, by the proxy at a URL where there is one."""
    import httpx

    _quieten()
    limits = httpx.Limits(max_connections=1, max_keepalive_connections=1, keepalive_expiry=_WARM_SECONDS)
    return httpx.AsyncHTTPTransport(verify=context or trusting_nobody(), limits=limits, trust_env=False, proxy=proxy)


def _new_plain_line(network: PlainNetwork) -> "httpx.AsyncHTTPTransport":
    """The same over our own network; httpx has no argument for that, and hands over to a pool that it makes itself."""
    import httpcore

    line = _new_line(None)
    line._pool = httpcore.AsyncConnectionPool(  # noqa: SLF001 - see above
        ssl_context=trusting_nobody(),
        max_connections=1,
        max_keepalive_connections=1,
        keepalive_expiry=_WARM_SECONDS,
        network_backend=cast("httpcore.AsyncNetworkBackend", network),
    )
    return line


async def _answer(
    line: "httpx.AsyncHTTPTransport",
    transfer: Transfer,
    limits: Mapping[str, float | None],
    *,
    is_open: Callable[[], bool],
) -> "httpx.Response":
    """Sends the request; a second time where a connection kept from before proves dead before any answer.

    A server may close an idle connection just as the request goes out. A GET may then be sent again (RFC 9110, 9.2.2);
    where the connection was a new one the failure is the truth, and so it is where the line was closed here.
    """
    import httpx

    opened = False

    async def watch(event: str, _: dict[str, Any]) -> None:
        nonlocal opened
        opened = opened or event == "connection.connect_tcp.started"

    request = _outgoing(transfer, {"trace": watch, "timeout": limits})
    try:
        return await line.handle_async_request(request)
    except (httpx.RemoteProtocolError, httpx.ReadError, httpx.WriteError):
        if opened or not is_open():
            raise
    return await line.handle_async_request(request)


def _outgoing(transfer: Transfer, extensions: dict[str, Any]) -> "httpx.Request":
    """The request, and the only place where the key is unwrapped.

    Refuses plain http to another machine, unless somebody agreed to it, and a path that httpx would rewrite.
    """
    import httpx

    origin = transfer.request.base_url.origin
    url = httpx.URL(transfer.url)
    if url.scheme != "https" and not is_loopback(url.host) and not transfer.request.base_url.in_clear:
        raise RefusedError("the key would travel in the clear")
    if url.raw_path != transfer.url.removeprefix(origin).encode():
        raise RefusedError("the base URL's path is not in its normal form")
    headers = {**_HEADERS, "Authorization": f"Bearer {transfer.request.key.reveal()}"}
    return httpx.Request("GET", url, headers=headers, extensions=extensions)


def _head(response: "httpx.Response") -> Head:
    return Head(
        status=response.status_code,
        reason=_text(response.extensions["reason_phrase"]),
        http_version=response.http_version,
        headers=tuple((_text(name), _text(value)) for name, value in response.headers.raw),
    )


def _text(raw: bytes) -> str:
    try:
        return raw.decode()
    except UnicodeDecodeError:
        return raw.decode("latin-1")


def _quieten() -> None:
    """These loggers print headers and URLs, which are nobody's business in a log file."""
    for name in ("httpx", "httpcore", "h11"):
        logger = logging.getLogger(name)
        logger.setLevel(logging.WARNING)
        logger.propagate = False
