"""One exchange: what its parts tell, and what they keep to themselves."""

import re
from dataclasses import FrozenInstanceError, fields

import pytest

from inspector.core.exchange import Failed, FailureKind, MessagesPage, Progress, Received, Request, Timings
from inspector.core.inputs import BaseUrl, CompletionId
from inspector.core.profile import Profile
from inspector.core.secret import Secret

HOME = BaseUrl("https://sudo.example", "/api")
ANSWER = Received(
    url="https://sudo.example/api/v1/chat/completions/a",
    status=200,
    reason="OK",
    http_version="HTTP/1.1",
    headers=(("Content-Type", "application/json"), ("X-Request-ID", "first"), ("x-request-id", "second")),
    body=b'{"content": "somebody\'s words"}',
    wire_bytes=31,
    timings=Timings(1.0, 2.0, 3.0),
)


def test_a_header_is_found_by_name_in_any_case_and_the_first_counts() -> None:
    assert ANSWER.header("content-type") == "application/json"
    assert ANSWER.header("X-REQUEST-ID") == "first"
    assert ANSWER.header("content") is None


def test_neither_the_key_nor_the_body_shows_when_printed() -> None:
    request = Request(HOME, CompletionId("a"), Secret("sk-canary-0123456789"))
    failed = Failed(FailureKind.READ_TIMEOUT, ANSWER.url, partial=ANSWER)
    assert "canary" not in repr(request)
    assert "somebody" not in repr(ANSWER) + repr(failed)


def test_a_request_has_a_minute_unless_told_otherwise() -> None:
    assert Request(HOME, CompletionId("a"), Secret("x")).deadline == 60


@pytest.mark.parametrize(
    "value", [ANSWER, Timings(1, 2, 3), Failed(FailureKind.DNS, ""), Progress(1, None), Profile("default", HOME)]
)
def test_what_passes_between_threads_cannot_be_changed(value: object) -> None:
    name = fields(value)[0].name  # type: ignore[arg-type]
    with pytest.raises(FrozenInstanceError):
        setattr(value, name, None)
    assert not hasattr(value, "__dict__")


def test_kinds_of_failure_are_names_for_programs() -> None:
    assert all(re.fullmatch(r"[a-z]+(-[a-z]+)*", kind) for kind in FailureKind)
    assert str(FailureKind.TLS_NOT_YET_VALID) == "tls-not-yet-valid"


@pytest.mark.parametrize(
    ("page", "rest"),
    [
        (None, ""),
        (MessagesPage(), "/messages?order=asc&limit=100"),
        (MessagesPage("m 1/ü&limit=9", 20), "/messages?order=asc&limit=20&after=m%201%2F%C3%BC%26limit%3D9"),
    ],
)
def test_a_request_says_what_it_asks_for_in_its_address(page: MessagesPage | None, rest: str) -> None:
    request = Request(HOME, CompletionId("a/b"), Secret("x"), page=page)
    assert request.url == f"{HOME}/v1/chat/completions/a%2Fb{rest}"
