"""A small HTTP/1.1 server on loopback: keep-alive, one thread per connection, answers of exactly the given bytes.

Written on plain sockets because the window starts it before its first frame: the standard library's `http.server` takes
longer to import than everything here together, polls twice a second to stop, and cannot break off half-way through a
body. The price is that only what a client of the demo sends is understood: requests whose body, if any, has a length.
"""

import re
import socket
import time
from collections.abc import Callable, Mapping
from contextlib import suppress
from dataclasses import dataclass, field
from http import HTTPStatus
from threading import Event, Lock, Thread
from typing import BinaryIO

_LINE_LIMIT = 65_536
_HEADER_LIMIT = 100
_SOME_DIGITS = re.compile(r"[0-9]{1,7}")
_DAYS = ("Mon", "Tue", "Wed", "Thu", "Fri", "Sat", "Sun")
_MONTHS = ("Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec")
_REASONS = {status.value: status.phrase for status in HTTPStatus}


@dataclass(frozen=True, slots=True)
class HttpRequest:
    """One request without its body. `target` is as sent; header names are lower case, of repeated ones the last counts."""

    method: str
    target: str
    headers: Mapping[str, str] = field(repr=False)
    keep_alive: bool


@dataclass(frozen=True, slots=True)
class Drip:
    """A body sent `size` bytes at a time, `pause` seconds apart."""

    size: int
    pause: float


@dataclass(frozen=True, slots=True)
class HttpAnswer:
    """What to send. `delay` is seconds before the first byte; `ends_after` breaks the body off after so many bytes."""

    status: int
    headers: tuple[tuple[str, str], ...]
    body: bytes = field(repr=False)
    delay: float = 0.0
    drip: Drip | None = None
    ends_after: int | None = None


class HttpServer:
    """Listens on a free port of 127.0.0.1 from construction until `close()`, which ends every connection at once."""

    def __init__(self, answer: Callable[[HttpRequest], HttpAnswer]) -> None:
        self._answer = answer
        self._stopping = Event()
        self._lock = Lock()
        self._open: dict[socket.socket, Thread] = {}
        self._listener = socket.create_server(("127.0.0.1", 0), backlog=128)
        self.port: int = self._listener.getsockname()[1]
        self._acceptor = Thread(target=self._accept, name="demo-accept", daemon=True)
        self._acceptor.start()

    def close(self) -> None:
        self._stopping.set()
        # A connection of our own wakes accept() on every system; closing the listener does so only on some.
        with suppress(OSError):
            socket.create_connection(("127.0.0.1", self.port), timeout=1).close()
        self._acceptor.join()
        self._listener.close()
        with self._lock:
            still_open = dict(self._open)
        for connection in still_open:
            with suppress(OSError):
                connection.shutdown(socket.SHUT_RDWR)
        for thread in still_open.values():
            thread.join(timeout=1)

    def _accept(self) -> None:
        while True:
            connection, _ = self._listener.accept()
            if self._stopping.is_set():
                connection.close()
                return
            thread = Thread(target=self._converse, args=(connection,), name="demo-connection", daemon=True)
            with self._lock:
                self._open[connection] = thread
            thread.start()

    def _converse(self, connection: socket.socket) -> None:
        """Answers requests until the client or `close()` ends the connection; a client that vanishes is no fault."""
        with suppress(OSError), connection, connection.makefile("rb") as reader:
            connection.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)
            while request := read_request(reader):
                answer = self._answer(request)
                self._send(connection, request, answer)
                if not request.keep_alive or answer.ends_after is not None:
                    break
        with self._lock:
            del self._open[connection]

    def _send(self, connection: socket.socket, request: HttpRequest, answer: HttpAnswer) -> None:
        """Sends the whole answer in one piece, unless it drips or breaks off."""
        self._pause(answer.delay)
        head = _head(answer, keep_alive=request.keep_alive)
        body = b"" if request.method == "HEAD" else answer.body[: answer.ends_after]
        if answer.drip is None:
            connection.sendall(head + body)
            return
        connection.sendall(head)
        for start in range(0, len(body), answer.drip.size):
            self._pause(answer.drip.pause)
            connection.sendall(body[start : start + answer.drip.size])

    def _pause(self, seconds: float) -> None:
        """Waits, unless `close()` is called meanwhile: then the answer under way is given up."""
        if self._stopping.wait(seconds):
            raise ConnectionAbortedError("the server was closed")


def read_request(reader: BinaryIO) -> HttpRequest | None:
    """The next request, its body read and dropped; None where the client has closed or does not speak HTTP/1."""
    parts = reader.readline(_LINE_LIMIT).decode("latin-1").split()
    if len(parts) != 3 or not parts[2].startswith("HTTP/1."):
        return None
    method, target, version = parts
    headers = _read_headers(reader)
    if headers is None:
        return None
    length = headers.get("content-length", "0")
    whole = bool(_SOME_DIGITS.fullmatch(length)) and "transfer-encoding" not in headers
    if whole:
        reader.read(int(length))
    stays = version == "HTTP/1.1" and headers.get("connection", "").lower() != "close"
    return HttpRequest(method, target, headers, keep_alive=whole and stays)


def _read_headers(reader: BinaryIO) -> dict[str, str] | None:
    """The header lines up to the empty one; None where they do not end in time."""
    headers: dict[str, str] = {}
    for _ in range(_HEADER_LIMIT):
        line = reader.readline(_LINE_LIMIT).decode("latin-1")
        if line in ("\r\n", "\n"):
            return headers
        name, _, value = line.partition(":")
        headers[name.strip().lower()] = value.strip()
    return None


def _head(answer: HttpAnswer, *, keep_alive: bool) -> bytes:
    """Status line and headers; the length announced is the whole body's, also where the body will break off."""
    lines = [
        f"HTTP/1.1 {answer.status} {_REASONS.get(answer.status, '')}",
        f"Date: {_http_date(time.time())}",
        *(f"{name}: {value}" for name, value in answer.headers),
        f"Content-Length: {len(answer.body)}",
        f"Connection: {'keep-alive' if keep_alive else 'close'}",
    ]
    return ("\r\n".join(lines) + "\r\n\r\n").encode("latin-1")


def _http_date(seconds: float) -> str:
    """The HTTP form of Unix `seconds`, in English whatever the locale is (`time.strftime` follows it)."""
    now = time.gmtime(seconds)
    day, month = _DAYS[now.tm_wday], _MONTHS[now.tm_mon - 1]
    return f"{day}, {now.tm_mday:02} {month} {now.tm_year} {now.tm_hour:02}:{now.tm_min:02}:{now.tm_sec:02} GMT"
