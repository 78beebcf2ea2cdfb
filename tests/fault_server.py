"""A raw-socket HTTP server on loopback that can go wrong in every way that a name in `FAULTS` says.

The last segment of the path names the fault; any other path gets the server's `default`. Nothing here sleeps: what goes on
for ever waits on the server's own stopping, and a test waits on `reached` and `hung_up`.
"""

import gzip
import json
import socket
import ssl
import struct
from collections.abc import Callable
from contextlib import suppress
from dataclasses import dataclass, field
from threading import Event, Lock, Thread
from types import TracebackType
from typing import Self

BODY = json.dumps({"id": "chatcmpl-1", "object": "chat.completion", "choices": []}).encode()
Fault = Callable[["Link"], None]


@dataclass
class Link:
    """One request on one connection, as a fault sees it. `nth` counts the requests on this connection from 1."""

    server: "FaultServer"
    sock: socket.socket
    raw: bytes
    nth: int
    open: bool = True

    @property
    def path(self) -> str:
        return self.raw.split(b" ", 2)[1].decode()

    def header(self, name: str) -> str | None:
        lines = self.raw.decode("latin-1").split("\r\n")[1:]
        pairs = (line.partition(": ")[::2] for line in lines)
        return next((value for key, value in pairs if key.lower() == name.lower()), None)

    def send(self, data: bytes) -> None:
        self.sock.sendall(data)

    def head(self, *headers: str, status: str = "200 OK") -> None:
        self.send("\r\n".join((f"HTTP/1.1 {status}", *headers, "", "")).encode())

    def reply(self, body: bytes = BODY, *headers: str, status: str = "200 OK") -> None:
        self.head(f"Content-Length: {len(body)}", *headers, status=status)
        self.send(body)

    def close(self) -> None:
        self.open = False

    def reset(self) -> None:
        """Closes so that the peer gets RST instead of FIN."""
        self.sock.setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, struct.pack("ii", 1, 0))
        self.close()

    def hang(self) -> None:
        """Says nothing more until the peer leaves or the server stops."""
        self.server.reached.set()
        while self.sock.recv(65536):
            pass

    def drip(self, data: bytes) -> None:
        """Sends `data` every 20 ms until the peer leaves or the server stops."""
        self.server.reached.set()
        while not self.server.stopping.wait(0.02):
            self.send(data)

    def flood(self, data: bytes) -> None:
        """Sends `data` as fast as it goes until the peer leaves or the server stops."""
        self.server.reached.set()
        while not self.server.stopping.is_set():
            self.send(data)


@dataclass
class FaultServer:
    """`with FaultServer() as server:`; `requests` are the raw heads that came, `connections` the TCP connections taken.

    `reached` is set once an endless fault has begun, `hung_up` once a connection is over; a test sets `may_go_on`.
    """

    default: Fault = Link.reply
    tls: ssl.SSLContext | None = None
    requests: list[bytes] = field(default_factory=list)
    connections: int = 0
    reached: Event = field(default_factory=Event)
    may_go_on: Event = field(default_factory=Event)
    hung_up: Event = field(default_factory=Event)
    stopping: Event = field(default_factory=Event)

    def __post_init__(self) -> None:
        self._listener = socket.create_server(("127.0.0.1", 0))
        self._lock = Lock()
        self._live: set[socket.socket] = set()
        self._threads = [Thread(target=self._accept, daemon=True)]

    @property
    def port(self) -> int:
        port: int = self._listener.getsockname()[1]
        return port

    def url(self, host: str = "127.0.0.1") -> str:
        return f"{'https' if self.tls else 'http'}://{host}:{self.port}"

    def targets(self) -> list[str]:
        """The request targets that came, exactly as they stood on the wire."""
        return [raw.split(b" ", 2)[1].decode() for raw in self.requests]

    def __enter__(self) -> Self:
        self._threads[0].start()
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.stopping.set()
        with suppress(OSError):
            socket.create_connection(("127.0.0.1", self.port)).close()
        with self._lock:
            for sock in self._live:
                with suppress(OSError):
                    sock.shutdown(socket.SHUT_RDWR)
        for thread in self._threads:
            thread.join(5)
        self._listener.close()

    def _accept(self) -> None:
        while True:
            sock, _ = self._listener.accept()
            if self.stopping.is_set():
                sock.close()
                return
            sock.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)
            with self._lock:
                self.connections += 1
                self._live.add(sock)
            thread = Thread(target=self._serve, args=(sock,), daemon=True)
            self._threads.append(thread)
            thread.start()

    def _serve(self, sock: socket.socket) -> None:
        with suppress(OSError):
            if self.tls:
                sock = self._wrapped(sock)
            self._talk(sock)
        with self._lock:
            self._live.discard(sock)
        sock.close()
        self.hung_up.set()

    def _wrapped(self, sock: socket.socket) -> ssl.SSLSocket:
        """The TLS side of `sock`, which hands its descriptor over; a failed handshake closes it."""
        assert self.tls
        with self._lock:
            self._live.discard(sock)
        wrapped = self.tls.wrap_socket(sock, server_side=True, do_handshake_on_connect=False)
        with self._lock:
            self._live.add(wrapped)
        try:
            wrapped.do_handshake()
        except OSError:
            wrapped.close()
            raise
        return wrapped

    def _talk(self, sock: socket.socket) -> None:
        nth = 0
        while raw := _request(sock):
            nth += 1
            link = Link(self, sock, raw, nth)
            self.requests.append(raw)
            FAULTS.get(link.path.rsplit("/", 1)[-1], self.default)(link)
            if not link.open:
                return


def _request(sock: socket.socket) -> bytes:
    """One request head; a TLS hello sent to plain http gets the answer that web servers give."""
    raw = b""
    while not raw.endswith(b"\r\n\r\n"):
        data = sock.recv(65536)
        raw += data
        if raw.startswith(b"\x16\x03"):
            sock.sendall(b"HTTP/1.1 400 Bad Request\r\nConnection: close\r\nContent-Length: 0\r\n\r\n")
            return b""
        if not data:
            return b""
    return raw


def _chunk(data: bytes) -> bytes:
    return b"%x\r\n%s\r\n" % (len(data), data)


def _slow_head(link: Link) -> None:
    link.send(b"HTTP/1.1 200 OK\r\nX-Slow: ")
    link.drip(b"x")


def _dripping_body(link: Link) -> None:
    link.head("Content-Length: 1000000")
    link.drip(b"x")


def _endless_body(link: Link) -> None:
    link.head("Transfer-Encoding: chunked")
    link.flood(_chunk(b"x" * 65536))


def _hang_after_head(link: Link) -> None:
    link.head("Content-Length: 100")
    link.hang()


def _hang_mid_body(link: Link) -> None:
    link.head("Content-Length: 100")
    link.send(b'{"id"')
    link.hang()


def _long_length(link: Link) -> None:
    link.head(f"Content-Length: {len(BODY) + 10}", "X-Request-Id: req-1")
    link.send(BODY)
    link.close()


def _cut_chunks(link: Link) -> None:
    link.head("Transfer-Encoding: chunked")
    link.send(_chunk(BODY))
    link.close()


def _bad_chunk(link: Link) -> None:
    link.head("Transfer-Encoding: chunked")
    link.send(_chunk(BODY) + b"zz\r\n")


def _reset_mid_body(link: Link) -> None:
    """The reset waits for the test's word that the head was read: an RST overtakes what was sent before it."""
    link.head("Content-Length: 100")
    link.send(b'{"id"')
    link.server.may_go_on.wait(5)
    link.reset()


def _silent_on_second(link: Link) -> None:
    if link.nth > 1:
        link.close()
    else:
        link.reply()


def _reset_on_second(link: Link) -> None:
    if link.nth > 1:
        link.reset()
    else:
        link.reply()


def _hangs_on_second(link: Link) -> None:
    """As a connection that a router forgot while the computer slept."""
    if link.nth > 1:
        link.hang()
    else:
        link.reply()


def _closed_when_idle(link: Link) -> None:
    link.reply()
    link.close()


def _short_length(link: Link) -> None:
    link.send(b"HTTP/1.1 200 OK\r\nContent-Length: 4\r\n\r\n" + BODY)


def _no_length(link: Link) -> None:
    link.head()
    link.send(BODY)
    link.close()


def _two_lengths(link: Link) -> None:
    link.head("Transfer-Encoding: chunked", "Content-Length: 5")
    link.send(_chunk(BODY) + _chunk(b""))


def _echo_key(link: Link) -> None:
    """The server repeats the key: in the reason, in headers and in the body."""
    sent = link.header("Authorization") or ""
    secret = sent.removeprefix("Bearer ")
    link.reply(
        f'{{"error":"bad {secret}"}}'.encode(), f"X-Echo: {sent}", f"Set-Cookie: s={secret}", status=f"401 No {secret}"
    )


def _echo_key_as_status_line(link: Link) -> None:
    link.send(f"What is {link.header('Authorization')}?\r\n\r\n".encode())
    link.close()


def _ends(data: bytes) -> Fault:
    """A fault that sends `data` and hangs up."""

    def fault(link: Link) -> None:
        link.send(data)
        link.close()

    return fault


def _replies(body: bytes, *headers: str, status: str = "200 OK") -> Fault:
    return lambda link: link.reply(body, *headers, status=status)


def _redirect(location: str) -> Fault:
    return _replies(b"", f"Location: {location}", status="302 Found")


_GZIPPED = gzip.compress(BODY, mtime=0)
_GZIP = "Content-Encoding: gzip"

FAULTS: dict[str, Fault] = {
    "ok": Link.reply,
    "not-found": _replies(b'{"error":{"message":"no"}}', "X-Request-Id: req-404", status="404 Not Found"),
    "no-content": lambda link: link.head(status="204 No Content"),
    "slow-head": _slow_head,
    "dripping-body": _dripping_body,
    "endless-body": _endless_body,
    "endless-hints": lambda link: link.drip(b"HTTP/1.1 103 Early Hints\r\n\r\n"),
    "hang": Link.hang,
    "hang-after-head": _hang_after_head,
    "hang-mid-body": _hang_mid_body,
    "long-length": _long_length,
    "short-length": _short_length,
    "no-length": _no_length,
    "two-lengths": _two_lengths,
    "disagreeing-lengths": _ends(b"HTTP/1.1 200 OK\r\nContent-Length: 5\r\nContent-Length: 6\r\n\r\nhello!"),
    "negative-length": _ends(b"HTTP/1.1 200 OK\r\nContent-Length: -1\r\n\r\nhello!"),
    "cut-chunks": _cut_chunks,
    "bad-chunk": _bad_chunk,
    "reset-mid-body": _reset_mid_body,
    "no-answer": Link.close,
    "reset": Link.reset,
    "silent-on-second": _silent_on_second,
    "reset-on-second": _reset_on_second,
    "hangs-on-second": _hangs_on_second,
    "closed-when-idle": _closed_when_idle,
    "not-http": _ends(b"SSH-2.0-OpenSSH_9.2\r\n\r\n"),
    "much-nonsense": _ends(b"nonsense " * 5000 + b"\r\n\r\n"),
    "huge-head": _ends(b"HTTP/1.1 200 OK\r\nX-Huge: " + b"x" * 1_000_000),
    "gzip": _replies(_GZIPPED, _GZIP),
    "gzip-cut": _replies(_GZIPPED[:-12], _GZIP),
    "gzip-damaged": _replies(_GZIPPED[:-8] + bytes(8), _GZIP),
    "gzip-bomb": _replies(gzip.compress(bytes(20_000_000)), _GZIP),
    "gzip-in-name-only": _replies(BODY, _GZIP),
    "gzip-and-more": _replies(_GZIPPED + b"more", _GZIP),
    "brotli": _replies(b"\x8b\x02\x80[]\n\x03", "Content-Encoding: br"),
    "echo-key": _echo_key,
    "echo-key-as-status-line": _echo_key_as_status_line,
    "cookie": _replies(BODY, "Set-Cookie: session=abc; Path=/"),
    "latin-1": _ends(b"HTTP/1.1 200 OK\r\nContent-Length: 2\r\nX-Name: caf\xe9\r\n\r\n{}"),
    "utf-8": _replies(BODY, "X-Name: caf\u00e9"),
    "redirect-away": _redirect("https://elsewhere.example/v1/chat/completions/ok"),
    "redirect-here": _redirect("/v1/chat/completions/ok"),
    "redirect-javascript": _redirect("javascript:alert(1)"),
    "redirect-broken": _redirect("https://[half"),
}
