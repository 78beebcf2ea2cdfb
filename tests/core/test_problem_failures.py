"""Every kind of failure as a person reads it."""

from dataclasses import fields

import pytest

from inspector.core.exchange import Failed, FailureKind, Received, Timings
from inspector.core.inspection import inspect_failure
from inspector.core.preferences import Preferences
from inspector.core.problems.problem import Problem, problem_of_failure

URL = "https://sudoapp.dev:444/api/v1/chat/completions/x"


def failed(kind: FailureKind, *, detail: str = "", length: str | None = None, body: bytes | None = None) -> Problem:
    headers = (("x-request-id", "req-1"), *((("Content-Length", length),) if length else ()))
    partial = None
    if body is not None:
        partial = Received(URL, 200, "OK", "HTTP/1.1", headers, body, len(body), Timings(1.0, 2.0, 3.0))
    return problem_of_failure(Failed(kind, URL, detail, elapsed_ms=60_004.0, partial=partial))


PHRASES = {
    FailureKind.NO_KEY: "no API key",
    FailureKind.BAD_INPUT: "what was typed",
    FailureKind.DNS: "name lookup, DNS",
    FailureKind.REFUSED: "sudoapp.dev:444 refused the connection",
    FailureKind.UNREACHABLE: "cannot be reached",
    FailureKind.CONNECT_TIMEOUT: "did not accept a connection within 60 s",
    FailureKind.READ_TIMEOUT: "fell silent (read timeout after 60 s)",
    FailureKind.DEADLINE: "not complete after 60 s, the limit for the whole request. Nothing had arrived by then.",
    FailureKind.TLS_UNTRUSTED: "not signed by anyone this computer trusts",
    FailureKind.TLS_EXPIRED: "has expired",
    FailureKind.TLS_NOT_YET_VALID: "not valid yet",
    FailureKind.TLS_WRONG_HOST: "another name than sudoapp.dev:444",
    FailureKind.TLS_NOT_TLS: "often plain http",
    FailureKind.TLS_OTHER: "No secure connection",
    FailureKind.DISCONNECTED: "broke before the answer was complete",
    FailureKind.PROTOCOL: "not proper HTTP",
    FailureKind.TOO_LARGE: "larger than this program takes",
    FailureKind.BAD_ENCODING: "could not be unpacked (Content-Encoding)",
    FailureKind.PROXY: "The proxy on the way",
    FailureKind.KEYRING: "keyring did not give out the API key",
    FailureKind.CANCELLED: "was cancelled",
    FailureKind.INTERNAL: "a fault in this program",
}


@pytest.mark.parametrize("kind", FailureKind)
def test_every_kind_has_its_phrase_and_the_detail_after_it(kind: FailureKind) -> None:
    found = failed(kind, detail="errno 111")
    assert found.kind == kind.value
    assert PHRASES[kind] in found.message
    assert found.message.endswith(" (errno 111)")
    assert (found.hint is None) is (kind is FailureKind.CANCELLED)


def test_no_two_kinds_read_the_same() -> None:
    assert len({failed(kind).message for kind in FailureKind}) == len(FailureKind)


def test_the_limit_can_be_raised_by_its_name() -> None:
    hint = str(failed(FailureKind.TOO_LARGE).hint)
    assert any(f"“{each.name}”" in hint for each in fields(Preferences))


def test_hints_that_people_need() -> None:
    assert "company" in str(failed(FailureKind.TLS_UNTRUSTED).hint)
    assert "date and time" in str(failed(FailureKind.TLS_EXPIRED).hint)
    assert "date and time" in str(failed(FailureKind.TLS_NOT_YET_VALID).hint)


def test_tls_problems_before_the_request_say_that_the_key_stayed() -> None:
    stayed = [kind for kind in FailureKind if "The key was not sent." in (failed(kind).hint or "")]
    assert stayed == [kind for kind in FailureKind if kind.startswith("tls-") and kind is not FailureKind.TLS_OTHER]


def test_what_had_arrived_is_told() -> None:
    partial = failed(FailureKind.DEADLINE, body=b"x" * 1500, length="4096")
    assert "1,500 of 4,096 bytes of the body had arrived" in partial.message
    assert (partial.status, partial.request_id) == (200, "req-1")
    for length in (None, "many", "9" * 5000):
        assert "1 bytes of the body" in failed(FailureKind.DISCONNECTED, body=b"x", length=length).message
    assert failed(FailureKind.DEADLINE).status is None


@pytest.mark.parametrize("url", ["", "https://[half", "nonsense"])
def test_a_url_without_a_host_still_reads_well(url: str) -> None:
    assert problem_of_failure(Failed(FailureKind.REFUSED, url)).message.startswith("The server refused")
    assert " of the server " in problem_of_failure(Failed(FailureKind.DNS, url)).message


def test_a_failure_reaches_the_inspection() -> None:
    inspection = inspect_failure(Failed(FailureKind.DNS, URL), "x")
    assert inspection.problem is not None
    assert inspection.problem.kind == "dns"
