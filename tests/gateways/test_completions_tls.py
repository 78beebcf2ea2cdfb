"""TLS: what is trusted, what is refused and why, and that no session key is ever written."""

import asyncio
import datetime as dt
import errno
import socket
import ssl
from collections.abc import Callable
from pathlib import Path
from threading import Thread
from typing import Any

import pytest
import trustme

from inspector.core.exchange import Failed, FailureKind, FetchOutcome
from inspector.gateways.background import BackgroundLoop
from inspector.gateways.completions_api import HttpCompletionsApi
from inspector.gateways.tls import tls_failure, trusting_nobody
from tests.fault_server import FaultServer
from tests.fetching import Fetch, MakeApi, MakeServer, failed, received, request_for, unheard

TODAY = dt.datetime.now(dt.UTC)
ADDRESS = "127.0.0.1"


@pytest.fixture
def trusting(authority: trustme.CA) -> Callable[[], ssl.SSLContext]:
    """Makes client contexts that trust `authority` and nobody else."""

    def context() -> ssl.SSLContext:
        made = ssl.SSLContext(ssl.PROTOCOL_TLS_CLIENT)
        authority.configure_trust(made)
        return made

    return context


@pytest.fixture
def fetch(background: BackgroundLoop, make_api: MakeApi, trusting: Callable[[], ssl.SSLContext]) -> Fetch:
    """Fetches with trust in `authority`."""
    return Fetch(background, make_api(ssl_context=trusting))


def serving(certificate: trustme.LeafCert) -> ssl.SSLContext:
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    certificate.configure_cert(context)
    return context


def test_a_trusted_server_is_talked_to_over_one_connection(
    fetch: Fetch, make_server: MakeServer, authority: trustme.CA
) -> None:
    server = make_server(tls=serving(authority.issue_cert(ADDRESS)))
    received(fetch(server))
    received(fetch(server))
    assert server.connections == 1


def test_connections_share_what_they_trust(
    background: BackgroundLoop, make_api: MakeApi, make_server: MakeServer, authority: trustme.CA
) -> None:
    asked: list[ssl.SSLContext] = []

    def trust() -> ssl.SSLContext:
        asked.append(ssl.SSLContext(ssl.PROTOCOL_TLS_CLIENT))
        authority.configure_trust(asked[-1])
        return asked[-1]

    server, api = make_server(tls=serving(authority.issue_cert(ADDRESS))), make_api(ssl_context=trust)

    async def two() -> list[FetchOutcome]:
        return await asyncio.gather(*(api.fetch(request_for(server, "ok"), unheard) for _ in range(2)))

    for outcome in background.submit(two()).result(10):
        received(outcome)
    assert (server.connections, len(asked)) == (2, 1)


@pytest.fixture
def key_log(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A file that `ssl.create_default_context` would make every connection write its session keys to."""
    monkeypatch.setenv("SSLKEYLOGFILE", str(tmp_path / "keys"))
    return tmp_path / "keys"


@pytest.mark.fault(row="a certificate that does not hold")
def test_the_systems_trust_store_decides_and_no_session_key_is_written(
    fetch: Fetch, api: HttpCompletionsApi, key_log: Path, authority: trustme.CA, monkeypatch: pytest.MonkeyPatch
) -> None:
    with FaultServer(tls=serving(authority.issue_cert(ADDRESS))) as server:
        failed(fetch(server, api=api), FailureKind.TLS_UNTRUSTED)
        authority.cert_pem.write_to_path(str(key_log.with_name("authority.pem")))
        monkeypatch.setenv("SSL_CERT_FILE", str(key_log.with_name("authority.pem")))
        received(fetch(server, api=api))
    assert not key_log.exists()


CERTIFICATES: dict[str, tuple[str, dict[str, Any], FailureKind]] = {
    "expired": (ADDRESS, {"not_after": TODAY - dt.timedelta(days=1)}, FailureKind.TLS_EXPIRED),
    "early": (ADDRESS, {"not_before": TODAY + dt.timedelta(days=1)}, FailureKind.TLS_NOT_YET_VALID),
    "other name": ("other.example", {}, FailureKind.TLS_WRONG_HOST),
}


@pytest.mark.fault(row="a certificate that does not hold")
@pytest.mark.parametrize("certificate", CERTIFICATES)
@pytest.mark.parametrize("host", [ADDRESS, "localhost"])
def test_a_certificate_that_does_not_hold_is_refused(
    fetch: Fetch, make_server: MakeServer, authority: trustme.CA, certificate: str, host: str
) -> None:
    name, validity, kind = CERTIFICATES[certificate]
    server = make_server(tls=serving(authority.issue_cert(name.replace(ADDRESS, host), **validity)))
    assert failed(fetch(server.url(host)), kind).detail
    assert server.requests == []


@pytest.mark.fault(row="a certificate that does not hold")
def test_a_self_signed_certificate_is_refused(fetch: Fetch, make_server: MakeServer, tmp_path: Path) -> None:
    own, pem = trustme.CA(), tmp_path / "own.pem"
    pem.write_bytes(own.private_key_pem.bytes() + own.cert_pem.bytes())
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    context.load_cert_chain(pem)
    server = make_server(tls=context)
    assert "self-signed" in failed(fetch(server), FailureKind.TLS_UNTRUSTED).detail
    assert server.requests == []


@pytest.mark.fault(row="no TLS, or an old one")
def test_plain_http_behind_https_is_told_apart(fetch: Fetch, server: FaultServer) -> None:
    failed(fetch(server.url().replace("http:", "https:")), FailureKind.TLS_NOT_TLS)


def test_https_behind_plain_http_is_no_answer(fetch: Fetch, make_server: MakeServer, authority: trustme.CA) -> None:
    server = make_server(tls=serving(authority.issue_cert(ADDRESS)))
    outcome = fetch(server.url().replace("https:", "http:"))
    assert isinstance(outcome, Failed)
    assert outcome.kind in (FailureKind.DISCONNECTED, FailureKind.PROTOCOL)


def take_and_leave(listener: socket.socket) -> None:
    taken, _ = listener.accept()
    taken.close()


def test_a_server_that_leaves_during_the_handshake_is_a_lost_connection(fetch: Fetch) -> None:
    with socket.create_server((ADDRESS, 0)) as leaving:
        Thread(target=take_and_leave, args=(leaving,)).start()
        failed(fetch(f"https://{ADDRESS}:{leaving.getsockname()[1]}"), FailureKind.DISCONNECTED)


@pytest.mark.fault(row="no TLS, or an old one")
def test_an_old_tls_version_is_refused(
    fetch: Fetch, make_api: MakeApi, authority: trustme.CA, trusting: Callable[[], ssl.SSLContext]
) -> None:
    def newest_only() -> ssl.SSLContext:
        context = trusting()
        context.minimum_version = ssl.TLSVersion.TLSv1_3
        return context

    old = serving(authority.issue_cert(ADDRESS))
    old.maximum_version = ssl.TLSVersion.TLSv1_2
    with FaultServer(tls=old) as server:
        outcome = failed(fetch(server, api=make_api(ssl_context=newest_only)), FailureKind.TLS_OTHER)
    assert "VERSION" in outcome.detail.upper()


def test_a_handshake_that_is_never_answered_times_out(fetch: Fetch, make_api: MakeApi) -> None:
    api = make_api(connect_timeout=0.2, ssl_context=trusting_nobody)
    with socket.create_server((ADDRESS, 0)) as silent:
        failed(fetch(f"https://{ADDRESS}:{silent.getsockname()[1]}", api=api), FailureKind.CONNECT_TIMEOUT)


def test_a_trust_store_that_cannot_be_read_is_an_outcome(fetch: Fetch, make_api: MakeApi) -> None:
    def broken() -> ssl.SSLContext:
        raise ssl.SSLError(errno.EIO, "no certificates could be loaded")

    outcome = failed(fetch("https://127.0.0.1:1", api=make_api(ssl_context=broken)), FailureKind.TLS_OTHER)
    assert outcome.detail == "no certificates could be loaded"


@pytest.mark.parametrize(
    ("code", "kind"),
    [
        (-67818, FailureKind.TLS_EXPIRED),
        (-67602, FailureKind.TLS_WRONG_HOST),
        (0x800B0101, FailureKind.TLS_EXPIRED),
        (0x800B010F, FailureKind.TLS_WRONG_HOST),
        (0x800B0109, FailureKind.TLS_UNTRUSTED),
    ],
)
def test_verdicts_of_other_systems(code: int, kind: FailureKind) -> None:
    error = ssl.SSLCertVerificationError("words of the system")
    error.verify_code, error.verify_message = code, "words of the system"
    assert tls_failure(error) == (kind, "words of the system")


def test_a_refusal_without_a_verdict_is_one_of_trust() -> None:
    kind, words = tls_failure(ssl.SSLCertVerificationError("no reason"))
    assert kind is FailureKind.TLS_UNTRUSTED
    assert "no reason" in words


@pytest.mark.parametrize("end", [ssl.SSLEOFError(8, "EOF occurred"), ssl.SSLZeroReturnError(6, "closed (EOF)")])
def test_either_end_of_a_handshake_is_a_lost_connection(end: ssl.SSLError) -> None:
    assert tls_failure(end)[0] is FailureKind.DISCONNECTED
