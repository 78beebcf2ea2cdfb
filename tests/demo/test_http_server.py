"""The small server on the wire: what ends a connection, what keeps it, and what a request may look like."""

import io
import re
import socket
import struct
from collections.abc import Iterator

import pytest

from inspector.demo.http_server import Drip, HttpAnswer, HttpRequest, HttpServer, read_request


class Echo:
    """Answers with the request's target, after the behaviour that a test sets."""

    def __init__(self) -> None:
        self.seen: list[HttpRequest] = []
        self.status = 200
        self.drip: Drip | None = None
        self.ends_after: int | None = None

    def __call__(self, request: HttpRequest) -> HttpAnswer:
        self.seen.append(request)
        return HttpAnswer(
            self.status, (("x-own", "1"),), request.target.encode(), drip=self.drip, ends_after=self.ends_after
        )


@pytest.fixture
def echo() -> Echo:
    return Echo()


@pytest.fixture
def server(echo: Echo) -> Iterator[HttpServer]:
    running = HttpServer(echo)
    yield running
    running.close()


@pytest.fixture
def wire(server: HttpServer) -> Iterator[socket.socket]:
    with socket.create_connection(("127.0.0.1", server.port), timeout=10) as raw:
        yield raw


def _rest(raw: socket.socket) -> bytes:
    return b"".join(iter(lambda: raw.recv(65536), b""))


def test_an_answer_is_spelled_as_http(wire):
    wire.sendall(b"GET /a HTTP/1.1\r\nConnection: close\r\n\r\n")
    head, _, body = _rest(wire).partition(b"\r\n\r\n")
    first, date, *others = head.decode().split("\r\n")
    assert first == "HTTP/1.1 200 OK"
    assert re.fullmatch(r"Date: (Mon|Tue|Wed|Thu|Fri|Sat|Sun), \d\d [A-Z][a-z]{2} \d{4} \d\d:\d\d:\d\d GMT", date)
    assert others == ["x-own: 1", "Content-Length: 2", "Connection: close"]
    assert body == b"/a"


def test_a_status_without_a_name_has_an_empty_one(wire, echo):
    echo.status = 524
    wire.sendall(b"GET /a HTTP/1.0\r\n\r\n")
    assert _rest(wire).startswith(b"HTTP/1.1 524 \r\n")


def test_head_has_the_length_but_not_the_body(wire):
    wire.sendall(b"HEAD /abc HTTP/1.1\r\nConnection: close\r\n\r\n")
    answer = _rest(wire)
    assert b"Content-Length: 4\r\n" in answer
    assert answer.endswith(b"\r\n\r\n")


def test_two_requests_at_once_are_answered_in_order(wire):
    wire.sendall(b"GET /first HTTP/1.1\r\n\r\nGET /second HTTP/1.1\r\nConnection: Close\r\n\r\n")
    answers = _rest(wire)
    assert answers.index(b"keep-alive\r\n\r\n/first") < answers.index(b"close\r\n\r\n/second")


def test_a_body_that_breaks_off_ends_the_connection(wire, echo):
    echo.ends_after = 3
    wire.sendall(b"GET /123456 HTTP/1.1\r\n\r\n")
    head, _, body = _rest(wire).partition(b"\r\n\r\n")
    assert b"Content-Length: 7" in head
    assert body == b"/12"


def test_a_dripping_body_arrives_whole(wire, echo):
    echo.drip = Drip(size=3, pause=0)
    wire.sendall(b"GET /123456 HTTP/1.1\r\nConnection: close\r\n\r\n")
    assert _rest(wire).endswith(b"\r\n\r\n/123456")


@pytest.mark.parametrize(
    "noise", [b"\x16\x03\x01\x02\x00\x01\x00\x01\n", b"hello\r\n", b"GET / HTTP/2.0\r\n\r\n", b"\r\n"]
)
def test_what_is_not_http_1_ends_the_connection_in_silence(wire, echo, noise):
    wire.sendall(noise)
    assert (_rest(wire), echo.seen) == (b"", [])


def test_a_connection_reset_before_its_request_is_no_fault(server, echo, capfd):
    raw = socket.create_connection(("127.0.0.1", server.port), timeout=10)
    raw.setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, struct.pack("ii", 1, 0))
    raw.close()
    with socket.create_connection(("127.0.0.1", server.port), timeout=10) as wire:
        wire.sendall(b"GET /a HTTP/1.1\r\nConnection: close\r\n\r\n")
        assert _rest(wire).endswith(b"/a")
    server.close()
    assert capfd.readouterr() == ("", "")


def test_close_may_be_called_again(server):
    server.close()
    with pytest.raises(ConnectionRefusedError):
        socket.create_connection(("127.0.0.1", server.port), timeout=10).close()
    server.close()


# Reading requests


def test_a_request_is_read_with_its_headers_and_without_its_body():
    text = b"POST /x?y=1 HTTP/1.1\r\nHost: a\r\nX-Odd :  b: c \r\nContent-Length: 4\r\n\r\nbodyGET"
    reader = io.BytesIO(text)
    expected = {"host": "a", "x-odd": "b: c", "content-length": "4"}
    assert read_request(reader) == HttpRequest("POST", "/x?y=1", expected, keep_alive=True)
    assert reader.read() == b"GET"


@pytest.mark.parametrize(
    ("lines", "keep_alive"),
    [
        (b"GET / HTTP/1.1\r\n\r\n", True),
        (b"GET / HTTP/1.1\n\n", True),
        (b"GET / HTTP/1.0\r\n\r\n", False),
        (b"GET / HTTP/1.1\r\nConnection: close\r\n\r\n", False),
        (b"POST / HTTP/1.1\r\nTransfer-Encoding: chunked\r\n\r\n", False),
        (b"POST / HTTP/1.1\r\nContent-Length: 12345678\r\n\r\n", False),
        (b"POST / HTTP/1.1\r\nContent-Length: -1\r\n\r\n", False),
    ],
)
def test_a_connection_stays_where_the_next_request_can_be_found(lines, keep_alive):
    request = read_request(io.BytesIO(lines))
    assert request is not None
    assert request.keep_alive is keep_alive


@pytest.mark.parametrize(
    "lines", [b"", b"GET / HTTP/1.1\r\n" + b"a: b\r\n" * 101 + b"\r\n", b"GET / HTTP/1.1\r\nHost: a"]
)
def test_an_unfinished_request_is_none(lines):
    assert read_request(io.BytesIO(lines)) is None


def test_the_authorization_does_not_show_in_a_request():
    request = read_request(io.BytesIO(b"GET / HTTP/1.1\r\nAuthorization: Bearer canary-1234\r\n\r\n"))
    assert request is not None
    assert "canary-1234" in request.headers["authorization"]
    assert "canary" not in repr(request)
