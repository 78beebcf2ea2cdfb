"""What is sent and what is received when all goes well, or nearly."""

import time
from itertools import cycle

import pytest

from inspector import __version__
from inspector.core.exchange import FailureKind, Progress
from inspector.gateways.background import BackgroundLoop
from inspector.gateways.completions_api import HttpCompletionsApi
from tests.fault_server import BODY, FaultServer
from tests.fetching import CANARY, Fetch, MakeApi, MakeServer, failed, received, request_for, unheard

PREFIX = "/v1/chat/completions/"


def test_an_answer_is_told_in_full(fetch: Fetch, server: FaultServer) -> None:
    before = time.time()
    answer = received(fetch(server, "not-found"))
    assert answer.url == f"{server.url()}{PREFIX}not-found"
    assert (answer.status, answer.reason, answer.http_version) == (404, "Not Found", "HTTP/1.1")
    assert answer.headers == (("Content-Length", "26"), ("X-Request-Id", "req-404"))
    assert answer.header("x-request-id") == "req-404"
    assert (answer.body, answer.wire_bytes, answer.notes) == (b'{"error":{"message":"no"}}', 26, ())
    assert 0 < answer.timings.first_byte_ms <= answer.timings.last_byte_ms < 5000
    assert before <= answer.timings.fetched_at <= time.time()


def test_the_request_says_who_asks_and_what_can_be_read(fetch: Fetch, server: FaultServer) -> None:
    received(fetch(server))
    line, *headers = server.requests[0].decode().strip().split("\r\n")
    assert line == f"GET {PREFIX}ok HTTP/1.1"
    assert dict(header.lower().split(": ", 1) for header in headers) == {
        "host": f"127.0.0.1:{server.port}",
        "accept": "application/json",
        "accept-encoding": "gzip, identity",
        "connection": "keep-alive",
        "user-agent": f"sudo-inspector/{__version__}",
        "authorization": f"bearer {CANARY}",
    }


@pytest.mark.parametrize(
    "name",
    [
        "chatcmpl-abc123",
        "a/b",
        "../../v1/models",
        "...",
        "a?b=c",
        "a#frag",
        "%2e%2e",
        "100%",
        "a%2Fb",
        "back\\slash",
        "with space",
        "plus+plus&more=;,:@!$'()*",
        '[x]{y}|z^`"<>',
        "é",
        "e\u0301",
        "日本",
        "😀",
        "~-._",
        "x" * 512,
    ],
)
def test_the_path_on_the_wire_is_the_percent_encoded_id(fetch: Fetch, server: FaultServer, name: str) -> None:
    answer = received(fetch(server, name))
    target = PREFIX + request_for(server, name).completion.segment
    assert server.targets() == [target]
    assert answer.url == server.url() + target


def test_a_base_path_is_kept(fetch: Fetch, server: FaultServer) -> None:
    received(fetch(f"{server.url()}/api/~team/a%2Fb"))
    assert server.targets() == [f"/api/~team/a%2Fb{PREFIX}ok"]


@pytest.mark.parametrize("path", ["/api/../secret", "/api/./x", "/api/#x", "/api/é"])
def test_a_path_that_would_be_rewritten_is_not_fetched(fetch: Fetch, server: FaultServer, path: str) -> None:
    failed(fetch(server.url() + path), FailureKind.BAD_INPUT)
    assert server.connections == 0


@pytest.mark.fault(row="plain http to elsewhere")
@pytest.mark.parametrize("origin", ["http://service.example", "http://192.0.2.1:80", "ftp://127.0.0.1"])
def test_the_key_never_travels_in_the_clear(fetch: Fetch, origin: str) -> None:
    failed(fetch(origin), FailureKind.BAD_INPUT)


def test_the_second_fetch_uses_the_same_connection(fetch: Fetch, server: FaultServer) -> None:
    received(fetch(server))
    received(fetch(server, "gzip"))
    received(fetch(server, "redirect-here"))
    received(fetch(server))
    assert (server.connections, len(server.requests)) == (1, 4)


def test_warming_sends_nothing(background: BackgroundLoop, api: HttpCompletionsApi, server: FaultServer) -> None:
    request = request_for(server, "ok")
    background.submit(api.warm(request.base_url)).result(5)
    assert server.connections == 0
    received(background.submit(api.fetch(request, unheard)).result(5))


def test_after_close_a_fetch_opens_a_new_connection(
    background: BackgroundLoop, api: HttpCompletionsApi, fetch: Fetch, server: FaultServer
) -> None:
    received(fetch(server))
    background.submit(api.close()).result(5)
    background.submit(api.close()).result(5)
    assert server.hung_up.wait(5)
    received(fetch(server))
    assert server.connections == 2


def test_gzip_is_undone_and_both_sizes_are_known(fetch: Fetch, server: FaultServer) -> None:
    answer = received(fetch(server, "gzip"))
    assert answer.body == BODY
    assert answer.wire_bytes == int(answer.header("content-length") or 0) != len(BODY)
    assert answer.notes == ()


@pytest.mark.parametrize(
    ("name", "words"),
    [
        ("gzip-in-name-only", "it is not"),
        ("gzip-and-more", "4 more bytes"),
        ("no-length", "announced no length"),
        ("two-lengths", "announced 5 bytes"),
    ],
)
def test_an_odd_transport_is_noted(fetch: Fetch, server: FaultServer, name: str, words: str) -> None:
    answer = received(fetch(server, name))
    assert answer.body == BODY
    assert len(answer.notes) == 1
    assert words in answer.notes[0]


def test_a_body_longer_than_announced_ends_where_announced(fetch: Fetch, server: FaultServer) -> None:
    assert received(fetch(server, "short-length")).body == BODY[:4]
    assert received(fetch(server)).body == BODY, "the surplus must not spoil the next answer"


def test_no_content_is_an_answer_without_notes(fetch: Fetch, server: FaultServer) -> None:
    answer = received(fetch(server, "no-content"))
    assert (answer.status, answer.body, answer.notes) == (204, b"", ())


@pytest.mark.parametrize("name", ["latin-1", "utf-8"])
def test_header_values_are_read_in_either_encoding(fetch: Fetch, server: FaultServer, name: str) -> None:
    assert received(fetch(server, name)).header("X-Name") == "café"


@pytest.mark.parametrize(
    ("name", "location"),
    [
        ("redirect-away", "https://elsewhere.example/v1/chat/completions/ok"),
        ("redirect-here", "/v1/chat/completions/ok"),
        ("redirect-javascript", "javascript:alert(1)"),
        ("redirect-broken", "https://[half"),
    ],
)
def test_a_redirect_is_an_answer_and_never_followed(
    fetch: Fetch, server: FaultServer, name: str, location: str
) -> None:
    answer = received(fetch(server, name))
    assert (answer.status, answer.header("Location")) == (302, location)
    assert server.targets() == [PREFIX + name]


def test_cookies_are_not_kept(fetch: Fetch, server: FaultServer) -> None:
    assert received(fetch(server, "cookie")).header("Set-Cookie") == "***"
    received(fetch(server))
    assert b"cookie" not in server.requests[1].lower()


def test_the_environment_does_not_reroute(
    fetch: Fetch, make_server: MakeServer, monkeypatch: pytest.MonkeyPatch
) -> None:
    server, proxy = make_server(), make_server()
    for name in ("HTTP_PROXY", "http_proxy", "ALL_PROXY", "all_proxy"):
        monkeypatch.setenv(name, proxy.url())
    monkeypatch.setenv("NO_PROXY", "")
    received(fetch(server))
    assert (server.connections, proxy.connections) == (1, 0)


class TestProgress:
    def test_goes_from_nothing_to_everything(self, fetch: Fetch, server: FaultServer) -> None:
        steps: list[Progress] = []
        received(fetch(server, on_progress=steps.append))
        assert steps == [Progress(0, len(BODY)), Progress(len(BODY), len(BODY))]

    def test_without_an_announced_length_has_no_total(self, fetch: Fetch, server: FaultServer) -> None:
        steps: list[Progress] = []
        received(fetch(server, "no-length", on_progress=steps.append))
        assert steps[-1] == Progress(len(BODY), None)

    def test_without_a_body_is_told_once(self, fetch: Fetch, server: FaultServer) -> None:
        steps: list[Progress] = []
        received(fetch(server, "no-content", on_progress=steps.append))
        assert steps == [Progress(0, None)]

    def test_is_reported_while_bytes_drip(self, fetch: Fetch, server: FaultServer) -> None:
        steps: list[Progress] = []
        fetch(server, "dripping-body", deadline=0.4, on_progress=steps.append)
        assert len(steps) > 3
        assert steps == sorted(steps, key=lambda step: step.received)

    def test_is_throttled(self, fetch: Fetch, make_api: MakeApi, server: FaultServer) -> None:
        steps: list[Progress] = []
        started = time.monotonic()
        fetch(server, "endless-body", api=make_api(limit_bytes=40_000_000), on_progress=steps.append)
        assert len(steps) <= 2 + (time.monotonic() - started) / 0.03

    def test_a_listener_that_breaks_ends_the_fetch_as_an_internal_failure(
        self, fetch: Fetch, server: FaultServer
    ) -> None:
        def breaks(_: Progress) -> None:
            raise LookupError("words that are not repeated")

        outcome = failed(fetch(server, "hang-after-head", on_progress=breaks), FailureKind.INTERNAL)
        assert outcome.detail == "LookupError"
        assert outcome.partial
        assert server.hung_up.wait(5), "the connection must not stay open for an answer that nobody reads"


@pytest.mark.fault(row="sleep, or a clock that is set")
def test_a_clock_that_is_set_changes_no_duration(
    fetch: Fetch, server: FaultServer, monkeypatch: pytest.MonkeyPatch
) -> None:
    jumps = cycle([1e9, 2e9, 0.0])
    monkeypatch.setattr(time, "time", lambda: next(jumps))
    timings = received(fetch(server)).timings
    assert 0 <= timings.first_byte_ms <= timings.last_byte_ms < 5000
    assert 300 < failed(fetch(server, "hang", deadline=0.3), FailureKind.DEADLINE).elapsed_ms < 5000


class TestStaleConnections:
    @pytest.mark.fault(row="a kept connection that died")
    @pytest.mark.parametrize("name", ["silent-on-second", "reset-on-second"])
    def test_a_request_on_a_dead_connection_is_sent_again(self, fetch: Fetch, server: FaultServer, name: str) -> None:
        received(fetch(server, name))
        received(fetch(server, name))
        assert (server.connections, len(server.requests)) == (2, 3)

    def test_a_connection_closed_while_idle_is_replaced(self, fetch: Fetch, server: FaultServer) -> None:
        received(fetch(server, "closed-when-idle"))
        assert server.hung_up.wait(5)
        received(fetch(server))
        assert server.connections == 2

    @pytest.mark.fault(row="sleep, or a clock that is set")
    def test_after_sleep_no_kept_connection_is_trusted(
        self, fetch: Fetch, make_api: MakeApi, server: FaultServer
    ) -> None:
        moments = iter([0.0])
        api = make_api(now=lambda: next(moments, 3600.0))
        received(fetch(server, "hangs-on-second", api=api))
        received(fetch(server, "hangs-on-second", api=api))
        assert (server.connections, len(server.requests)) == (2, 2)

    def test_a_connection_of_a_moment_ago_is(self, fetch: Fetch, make_api: MakeApi, server: FaultServer) -> None:
        moments = iter(range(0, 600, 30))
        api = make_api(now=lambda: float(next(moments)))
        for _ in range(3):
            received(fetch(server, api=api))
        assert server.connections == 1

    @pytest.mark.parametrize("name", ["no-answer", "reset"])
    def test_a_new_connection_that_dies_is_the_truth(self, fetch: Fetch, server: FaultServer, name: str) -> None:
        failed(fetch(server, name), FailureKind.DISCONNECTED)
        assert len(server.requests) == 1

    def test_only_once(self, fetch: Fetch, server: FaultServer) -> None:
        received(fetch(server))
        failed(fetch(server, "no-answer"), FailureKind.DISCONNECTED)
        assert server.targets() == [PREFIX + "ok", PREFIX + "no-answer", PREFIX + "no-answer"]


def test_many_at_once(background: BackgroundLoop, api: HttpCompletionsApi, server: FaultServer) -> None:
    names = [f"chatcmpl-{number}" for number in range(40)]
    futures = [background.submit(api.fetch(request_for(server, name), unheard)) for name in names]
    assert [received(future.result(10)).url.rpartition("/")[2] for future in futures] == names
