"""Every way in which there is no complete answer: its kind, and what is kept of what had come."""

import errno
import inspect
import socket
import ssl
import zlib
from collections.abc import Iterator

import httpx
import pytest

from inspector.core.exchange import FailureKind
from inspector.gateways.http_failures import KINDS_BY_NAME, failure_of
from inspector.gateways.network_causes import network_failure
from tests.fault_server import BODY, FaultServer
from tests.fetching import CANARY, Fetch, MakeApi, failed


@pytest.mark.fault(row="no proper HTTP")
@pytest.mark.parametrize(
    ("name", "kind", "words"),
    [
        ("not-http", FailureKind.PROTOCOL, "SSH-2.0-OpenSSH_9.2"),
        ("disagreeing-lengths", FailureKind.PROTOCOL, "Content-Length"),
        ("negative-length", FailureKind.PROTOCOL, "Content-Length"),
        ("huge-head", FailureKind.PROTOCOL, "too long"),
        ("no-answer", FailureKind.DISCONNECTED, "without sending a response"),
        ("reset", FailureKind.DISCONNECTED, ""),
    ],
)
def test_without_a_head_nothing_is_kept(
    fetch: Fetch, server: FaultServer, name: str, kind: FailureKind, words: str
) -> None:
    outcome = failed(fetch(server, name), kind)
    assert outcome.partial is None
    assert words in outcome.detail
    assert outcome.url == f"{server.url()}/v1/chat/completions/{name}"
    assert 0 < outcome.elapsed_ms < 5000


@pytest.mark.fault(row="a connection that breaks")
@pytest.mark.parametrize(
    ("name", "kind", "words"),
    [
        ("long-length", FailureKind.DISCONNECTED, "expected 74"),
        ("cut-chunks", FailureKind.DISCONNECTED, "incomplete"),
        ("bad-chunk", FailureKind.PROTOCOL, "chunk"),
        ("gzip-damaged", FailureKind.BAD_ENCODING, "damaged"),
    ],
)
def test_what_came_is_kept(fetch: Fetch, server: FaultServer, name: str, kind: FailureKind, words: str) -> None:
    outcome = failed(fetch(server, name), kind)
    assert outcome.partial
    assert (outcome.partial.status, outcome.partial.body) == (200, BODY)
    assert words in outcome.detail


@pytest.mark.fault(row="packed otherwise, or damaged")
def test_an_encoding_that_was_not_asked_for_is_kept_undecoded(fetch: Fetch, server: FaultServer) -> None:
    outcome = failed(fetch(server, "brotli"), FailureKind.BAD_ENCODING)
    assert outcome.partial
    assert outcome.partial.body == b"\x8b\x02\x80[]\n\x03"
    assert "br" in outcome.detail


def test_the_words_for_a_failure_are_kept_short(fetch: Fetch, server: FaultServer) -> None:
    detail = failed(fetch(server, "much-nonsense"), FailureKind.PROTOCOL).detail
    assert "nonsense nonsense" in detail
    assert len(detail) == 500


@pytest.mark.fault(row="packed otherwise, or damaged")
def test_a_cut_gzip_body_is_a_lost_connection(fetch: Fetch, server: FaultServer) -> None:
    outcome = failed(fetch(server, "gzip-cut"), FailureKind.DISCONNECTED)
    assert outcome.partial
    assert BODY.startswith(outcome.partial.body)
    assert len(outcome.partial.body) > 30


def test_headers_and_missing_bytes_of_a_partial_answer_are_told(fetch: Fetch, server: FaultServer) -> None:
    partial = failed(fetch(server, "long-length"), FailureKind.DISCONNECTED).partial
    assert partial
    assert partial.header("x-request-id") == "req-1"
    assert partial.notes == ("The server announced 74 bytes (Content-Length), but 64 came.",)


@pytest.mark.fault(row="a connection that breaks")
def test_a_reset_in_the_body_keeps_its_beginning(fetch: Fetch, server: FaultServer) -> None:
    outcome = fetch(server, "reset-mid-body", on_progress=lambda _: server.may_go_on.set())
    assert failed(outcome, FailureKind.DISCONNECTED).partial is not None


@pytest.mark.fault(row="a body beyond the limit, a bomb")
@pytest.mark.parametrize("name", ["endless-body", "gzip-bomb"])
def test_a_body_over_the_limit_is_cut_at_the_limit(
    fetch: Fetch, make_api: MakeApi, server: FaultServer, name: str
) -> None:
    outcome = failed(fetch(server, name, api=make_api(limit_bytes=200_000)), FailureKind.TOO_LARGE)
    assert outcome.partial
    assert len(outcome.partial.body) == 200_000
    assert "200,000" in outcome.detail
    assert outcome.elapsed_ms < 1000
    assert server.hung_up.wait(5)


@pytest.mark.fault(row="silence, dripping, no end")
@pytest.mark.parametrize(("name", "has_head"), [("hang", False), ("hang-after-head", True), ("hang-mid-body", True)])
def test_silence_is_a_read_timeout(
    fetch: Fetch, make_api: MakeApi, server: FaultServer, name: str, *, has_head: bool
) -> None:
    outcome = failed(fetch(server, name, api=make_api(read_timeout=0.2)), FailureKind.READ_TIMEOUT)
    assert (outcome.partial is not None) is has_head
    assert 200 <= outcome.elapsed_ms < 500


class TestConnecting:
    @pytest.fixture
    def deaf_port(self) -> Iterator[int]:
        """A port that is taken but not listened on: connections to it are refused."""
        with socket.socket() as taken:
            taken.bind(("127.0.0.1", 0))
            yield taken.getsockname()[1]

    @pytest.mark.fault(row="refused, or never accepted")
    @pytest.mark.parametrize("host", ["127.0.0.1", "localhost"])
    def test_refused(self, fetch: Fetch, deaf_port: int, host: str) -> None:
        assert failed(fetch(f"http://{host}:{deaf_port}"), FailureKind.REFUSED).detail

    @pytest.mark.fault(row="no such host, or offline")
    def test_unreachable(self, fetch: Fetch) -> None:
        """TCP to the broadcast address fails in the kernel; nothing leaves the machine."""
        failed(fetch("https://255.255.255.255"), FailureKind.UNREACHABLE)

    @pytest.mark.fault(row="no such host, or offline")
    def test_unknown_host(self, fetch: Fetch, monkeypatch: pytest.MonkeyPatch) -> None:
        def unknown(*_: object, **__: object) -> None:
            raise socket.gaierror(socket.EAI_NONAME, "Name or service not known")

        monkeypatch.setattr(socket, "getaddrinfo", unknown)
        outcome = failed(fetch("https://service.invalid"), FailureKind.DNS)
        assert outcome.detail == "Name or service not known"

    @pytest.mark.fault(row="refused, or never accepted")
    def test_a_connection_that_is_never_taken_times_out(self, fetch: Fetch, make_api: MakeApi) -> None:
        with socket.create_server(("127.0.0.1", 0), backlog=0) as full, socket.socket() as first:
            first.connect(full.getsockname())
            origin = f"http://127.0.0.1:{full.getsockname()[1]}"
            outcome = failed(fetch(origin, api=make_api(connect_timeout=0.2)), FailureKind.CONNECT_TIMEOUT)
        assert 200 <= outcome.elapsed_ms < 500


class TestTranslation:
    @pytest.mark.parametrize(
        "public",
        [thing for _, thing in inspect.getmembers(httpx, inspect.isclass) if issubclass(thing, BaseException)],
        ids=lambda public: public.__name__,
    )
    def test_every_exception_that_httpx_publishes_is_in_the_tree(self, public: type[BaseException]) -> None:
        assert public.__name__ in KINDS_BY_NAME
        drawn = inspect.getdoc(inspect.getmodule(failure_of)) or ""
        short = public.__name__.removesuffix("Error").removesuffix("Timeout") + "-"
        stream_errors = "StreamError …" if issubclass(public, httpx.StreamError) else "?"
        assert any(word in drawn for word in (public.__name__, short, stream_errors))

    @pytest.mark.parametrize(
        ("error", "kind", "words"),
        [
            (
                httpx.LocalProtocolError(f"Illegal header value b'Bearer {CANARY} '"),
                FailureKind.BAD_INPUT,
                "LocalProtocolError",
            ),
            (UnicodeEncodeError("ascii", CANARY, 0, 1, "no"), FailureKind.BAD_INPUT, "UnicodeEncodeError"),
            (httpx.InvalidURL("x"), FailureKind.BAD_INPUT, "InvalidURL"),
            (httpx.PoolTimeout(""), FailureKind.CONNECT_TIMEOUT, ""),
            (
                httpx.ProxyError("407 Proxy Authentication Required"),
                FailureKind.PROXY,
                "407 Proxy Authentication Required",
            ),
            (httpx.DecodingError("bad"), FailureKind.BAD_ENCODING, "bad"),
            (MemoryError(), FailureKind.TOO_LARGE, ""),
            (
                ConnectionResetError(errno.ECONNRESET, "Connection reset by peer"),
                FailureKind.DISCONNECTED,
                "Connection reset by peer",
            ),
            (TimeoutError(errno.ETIMEDOUT, "Connection timed out"), FailureKind.UNREACHABLE, "Connection timed out"),
            (zlib.error("odd"), FailureKind.INTERNAL, "error"),
            (RecursionError(CANARY), FailureKind.INTERNAL, "RecursionError"),
        ],
    )
    def test_what_a_server_cannot_provoke(self, error: Exception, kind: FailureKind, words: str) -> None:
        assert failure_of(error) == (kind, words)

    def test_the_most_telling_of_several_attempts_counts(self) -> None:
        attempts = [
            OSError(errno.ENETUNREACH, "Network is unreachable"),
            ConnectionRefusedError(errno.ECONNREFUSED, "no"),
        ]
        outer = OSError("all attempts failed")
        outer.__cause__ = ExceptionGroup("attempts", attempts)
        assert network_failure(outer) == (FailureKind.REFUSED, "no")

    def test_tls_is_more_telling_than_what_closing_it_caused(self) -> None:
        outer = ConnectionResetError(errno.ECONNRESET, "reset")
        outer.__context__ = ssl.SSLError(1, "alert")
        assert network_failure(outer) == (FailureKind.TLS_OTHER, "alert")

    def test_a_hidden_cause_counts_too(self) -> None:
        outer = ValueError()
        outer.__context__ = ConnectionRefusedError()
        outer.__suppress_context__ = True
        assert network_failure(outer) == (FailureKind.REFUSED, "")
