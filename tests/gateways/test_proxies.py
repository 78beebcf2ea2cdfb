"""Proxies: a real one on loopback, which sees a tunnel and no key; and those of the environment, only where wanted."""

import socket
import ssl
from collections.abc import Iterator
from contextlib import suppress
from threading import Thread

import pytest
import trustme

from inspector.core.exchange import Failed, FailureKind
from inspector.core.proxy import STRAIGHT, SYSTEM, Proxy
from inspector.gateways.http_failures import RefusedError
from inspector.gateways.proxies import proxy_for
from tests.fault_server import FaultServer
from tests.fetching import CANARY, Fetch, MakeApi, MakeServer, failed, received

ANYWHERE = "https://sudoapp.dev"
BY_SYSTEM = Proxy(SYSTEM)


class TunnelProxy:
    """Takes CONNECT and passes bytes on, wherever it is told to. `seen` is all that its clients said to itself."""

    def __init__(self, target: tuple[str, int], answer: bytes = b"HTTP/1.1 200 OK\r\n\r\n") -> None:
        self.seen = b""
        self._target = target
        self._answer = answer
        self._sockets: list[socket.socket] = []
        self._listener = socket.create_server(("127.0.0.1", 0))
        self.url = "http://{}:{}".format(*self._listener.getsockname())
        self._threads = [Thread(target=self._take, daemon=True)]
        self._threads[0].start()

    def close(self) -> None:
        for each in (self._listener, *self._sockets):
            with suppress(OSError):
                each.shutdown(socket.SHUT_RDWR)
            each.close()
        for thread in self._threads:
            thread.join(5)

    def _take(self) -> None:
        with suppress(OSError):
            while True:
                client, _ = self._listener.accept()
                self._sockets.append(client)
                self._serve(client)

    def _serve(self, client: socket.socket) -> None:
        head = b""
        while b"\r\n\r\n" not in head and (more := client.recv(65536)):
            head += more
        self.seen += head
        client.sendall(self._answer)
        if not self._answer.startswith(b"HTTP/1.1 200"):
            client.shutdown(socket.SHUT_RDWR)
            return
        server = socket.create_connection(self._target)
        self._sockets.append(server)
        for source, sink in ((client, server), (server, client)):
            thread = Thread(target=_pass_on, args=(source, sink), daemon=True)
            self._threads.append(thread)
            thread.start()


def _pass_on(source: socket.socket, sink: socket.socket) -> None:
    with suppress(OSError):
        while data := source.recv(65536):
            sink.sendall(data)
        sink.shutdown(socket.SHUT_WR)


@pytest.fixture
def server(make_server: MakeServer, authority: trustme.CA) -> FaultServer:
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    authority.issue_cert("127.0.0.1", "behind.example").configure_cert(context)
    return make_server(tls=context)


@pytest.fixture
def proxy(server: FaultServer) -> Iterator[TunnelProxy]:
    made = TunnelProxy(("127.0.0.1", server.port))
    yield made
    made.close()


@pytest.fixture
def trusting(authority: trustme.CA) -> ssl.SSLContext:
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_CLIENT)
    authority.configure_trust(context)
    return context


def test_a_request_goes_by_the_proxy_which_sees_a_name_and_no_key(
    fetch: Fetch, make_api: MakeApi, proxy: TunnelProxy, trusting: ssl.SSLContext
) -> None:
    api = make_api(proxy=Proxy(proxy.url), ssl_context=lambda: trusting)
    received(fetch("https://behind.example", api=api))
    received(fetch("https://behind.example", api=api))
    assert proxy.seen.count(b"CONNECT behind.example:443 HTTP/1.1\r\n") == 1
    assert CANARY.encode() not in proxy.seen
    assert b"uthorization" not in proxy.seen


def test_plain_http_goes_straight(fetch: Fetch, make_api: MakeApi, make_server: MakeServer, proxy: TunnelProxy) -> None:
    received(fetch(make_server(), api=make_api(proxy=Proxy(proxy.url))))
    assert proxy.seen == b""


@pytest.mark.fault(row="a proxy that refuses or is of no use")
def test_a_proxy_that_refuses_is_told_as_such(
    fetch: Fetch, make_api: MakeApi, server: FaultServer, trusting: ssl.SSLContext
) -> None:
    refusing = TunnelProxy(("127.0.0.1", server.port), b"HTTP/1.1 403 Forbidden\r\nContent-Length: 0\r\n\r\n")
    try:
        api = make_api(proxy=Proxy(refusing.url), ssl_context=lambda: trusting)
        failed(fetch("https://behind.example", api=api), FailureKind.PROXY)
    finally:
        refusing.close()


def test_a_proxy_that_is_not_there_is_a_refused_connection(
    fetch: Fetch, make_api: MakeApi, trusting: ssl.SSLContext
) -> None:
    with socket.create_server(("127.0.0.1", 0)) as gone:
        url = f"http://127.0.0.1:{gone.getsockname()[1]}"
    api = make_api(proxy=Proxy(url), ssl_context=lambda: trusting)
    failed(fetch("https://behind.example", api=api), FailureKind.REFUSED)


@pytest.mark.fault(row="a proxy that refuses or is of no use")
def test_a_proxy_of_the_environment_that_is_of_no_use_is_told_without_its_password(
    fetch: Fetch, make_api: MakeApi, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("HTTPS_PROXY", "socks5://user:pass-canary@127.0.0.1:9")
    failure = fetch("https://behind.example", api=make_api(proxy=BY_SYSTEM))
    failed(failure, FailureKind.BAD_INPUT)
    assert isinstance(failure, Failed)
    assert failure.detail == "the environment names a proxy of the kind socks5://, which is not supported"


@pytest.mark.parametrize(
    ("environment", "origin", "expected"),
    [
        ({}, ANYWHERE, None),
        ({"HTTPS_PROXY": "http://proxy.example:3128"}, ANYWHERE, "http://proxy.example:3128"),
        ({"https_proxy": "proxy.example:3128"}, ANYWHERE, "http://proxy.example:3128"),
        ({"ALL_PROXY": "http://all.example:1"}, ANYWHERE, "http://all.example:1"),
        ({"HTTP_PROXY": "http://plain.example:1"}, ANYWHERE, None),
        ({"HTTPS_PROXY": "http://u:p@proxy.example:1"}, ANYWHERE, "http://u:p@proxy.example:1"),
        ({"HTTPS_PROXY": "http://proxy.example:1", "NO_PROXY": "sudoapp.dev"}, ANYWHERE, None),
        ({"HTTPS_PROXY": "http://proxy.example:1", "NO_PROXY": ".dev"}, ANYWHERE, None),
        ({"HTTPS_PROXY": "http://proxy.example:1", "NO_PROXY": "*"}, "https://other.example:8443", None),
    ],
)
def test_the_proxy_of_the_environment(
    environment: dict[str, str], origin: str, expected: str | None, monkeypatch: pytest.MonkeyPatch
) -> None:
    for name in ("http_proxy", "https_proxy", "all_proxy", "no_proxy"):
        monkeypatch.delenv(name, raising=False)
        monkeypatch.delenv(name.upper(), raising=False)
    for name, value in environment.items():
        monkeypatch.setenv(name, value)
    assert proxy_for(origin, BY_SYSTEM) == expected
    assert proxy_for(origin, STRAIGHT) is None
    assert proxy_for(origin, Proxy("http://mine.example:1")) == "http://mine.example:1"


@pytest.mark.parametrize("url", ["http://[::1", "http://x:99999", "http://"])
def test_a_proxy_that_cannot_be_read(url: str, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("HTTPS_PROXY", url)
    monkeypatch.delenv("NO_PROXY", raising=False)
    with pytest.raises(RefusedError, match=r"the environment names|cannot be read"):
        proxy_for(ANYWHERE, BY_SYSTEM)
