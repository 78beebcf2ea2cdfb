"""Completions over HTTP: the one module that knows httpx.

One client is kept per scheme, so that connections stay warm, and nothing that a client does by itself is left on: no
redirect is followed, no cookie kept, no environment variable read, no log written. httpx is imported on first use: it
costs a tenth of a second that the window's first paint must not pay.
"""

import asyncio
import logging
import ssl
from collections.abc import AsyncGenerator, Callable
from contextlib import aclosing
from http.cookiejar import CookieJar, DefaultCookiePolicy
from typing import TYPE_CHECKING, Any, cast

from inspector import __version__
from inspector.core.exchange import FailureKind, FetchOutcome, Received, Request
from inspector.core.inputs import BaseUrl, is_loopback
from inspector.core.secret import Secret
from inspector.gateways.http_failures import RefusedError, failure_of
from inspector.gateways.http_transfer import Head, OnProgress, Transfer
from inspector.gateways.tls import trusting_nobody, verifying_context

if TYPE_CHECKING:
    import httpx

_HEADERS = {
    "User-Agent": f"sudo-inspector/{__version__}",
    "Accept": "application/json",
    "Accept-Encoding": "gzip, identity",
}
_WARM_SECONDS = 60
_MOST_CONNECTIONS = 16
_HEADERS_AS_SENT = "headers_as_sent"


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
    ) -> None:
        """`limit_bytes` counts the decoded body; the timeouts are seconds of silence, within the request's own deadline."""
        self._limit_bytes = limit_bytes
        self._connect_timeout = connect_timeout
        self._read_timeout = read_timeout
        self._ssl_context = ssl_context
        self._clients: dict[bool, httpx.AsyncClient] = {}

    async def warm(self, base_url: BaseUrl) -> None:
        """Does the slow first work for `base_url` ahead, imports above all; nothing is sent."""
        self._client_for(base_url)

    async def fetch(self, request: Request, on_progress: OnProgress) -> FetchOutcome:
        """One GET; `on_progress` is called on the loop's thread, first when the head has come. Raises only CancelledError."""
        transfer = Transfer(request, on_progress, self._limit_bytes)
        deadline = asyncio.timeout(request.deadline)
        try:
            async with deadline:
                return await self._exchange(transfer)
        except Exception as error:  # noqa: BLE001 (the port gives a value whatever happens)
            return transfer.failed(*((FailureKind.DEADLINE, "") if deadline.expired() else failure_of(error)))

    async def close(self) -> None:
        """Closes the connections; a later fetch opens new ones."""
        clients, self._clients = self._clients, {}
        for client in clients.values():
            await client.aclose()

    async def _exchange(self, transfer: Transfer) -> Received:
        response = await _answer(self._client_for(transfer.request.base_url), transfer)
        try:
            arrival = transfer.head_arrived(_head(response))
            async with aclosing(cast("AsyncGenerator[bytes, None]", response.aiter_raw())) as body:
                async for wire in body:
                    arrival.feed(wire)
            return arrival.finish()
        finally:
            await response.aclose()

    def _client_for(self, base_url: BaseUrl) -> "httpx.AsyncClient":
        """The client for https or for plain http: only the former pays for a trust store."""
        secure = base_url.origin.startswith("https:")
        if secure not in self._clients:
            self._clients[secure] = self._new_client(self._ssl_context() if secure else trusting_nobody())
        return self._clients[secure]

    def _new_client(self, context: ssl.SSLContext) -> "httpx.AsyncClient":
        import httpx

        _quieten()
        return httpx.AsyncClient(
            verify=context,
            headers=_HEADERS,
            timeout=httpx.Timeout(self._read_timeout, connect=self._connect_timeout, pool=None),
            limits=httpx.Limits(max_connections=_MOST_CONNECTIONS, keepalive_expiry=_WARM_SECONDS),
            follow_redirects=False,
            trust_env=False,
            cookies=CookieJar(DefaultCookiePolicy(allowed_domains=())),
            event_hooks={"response": [_set_aside_location]},
        )


async def _answer(client: "httpx.AsyncClient", transfer: Transfer) -> "httpx.Response":
    """Sends the request; a second time where a connection kept from before proves dead before any answer.

    A server may close an idle connection just as the request goes out. A GET may then be sent again (RFC 9110, 9.2.2);
    where the connection was a new one the failure is the truth.
    """
    import httpx

    opened = False

    async def watch(event: str, _: dict[str, Any]) -> None:
        nonlocal opened
        opened = opened or event == "connection.connect_tcp.started"

    request = _outgoing(client, transfer, watch)
    auth = _bearer(transfer.request.key)
    try:
        return await client.send(request, stream=True, auth=auth)
    except (httpx.RemoteProtocolError, httpx.ReadError, httpx.WriteError):
        if opened:
            raise
    return await client.send(request, stream=True, auth=auth)


def _outgoing(client: "httpx.AsyncClient", transfer: Transfer, trace: Callable[..., Any]) -> "httpx.Request":
    """The request without its key; refuses plain http to another machine, and a path that httpx would rewrite."""
    origin = transfer.request.base_url.origin
    request = client.build_request("GET", transfer.url, extensions={"trace": trace})
    if request.url.scheme != "https" and not is_loopback(request.url.host):
        raise RefusedError("the key would travel in the clear")
    if request.url.raw_path != transfer.url.removeprefix(origin).encode():
        raise RefusedError("the base URL's path is not in its normal form")
    return request


def _bearer(key: Secret) -> "Callable[[httpx.Request], httpx.Request]":
    """What httpx calls to authorise a request: the only place where the key is unwrapped."""

    def authorise(request: "httpx.Request") -> "httpx.Request":
        request.headers["Authorization"] = f"Bearer {key.reveal()}"
        return request

    return authorise


async def _set_aside_location(response: "httpx.Response") -> None:
    """httpx builds the next request even where it may not follow, and raises on a Location like `javascript:`."""
    response.extensions[_HEADERS_AS_SENT] = response.headers.raw
    response.headers.pop("location", None)


def _head(response: "httpx.Response") -> Head:
    return Head(
        status=response.status_code,
        reason=_text(response.extensions["reason_phrase"]),
        http_version=response.http_version,
        headers=tuple((_text(name), _text(value)) for name, value in response.extensions[_HEADERS_AS_SENT]),
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
