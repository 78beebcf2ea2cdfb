"""The key goes to the service's origin in one header, and is found nowhere else."""

import gc
import io
import logging
import traceback
from collections.abc import Iterator

import pytest

from inspector.core.exchange import Failed, FailureKind, Received
from tests.fault_server import FAULTS, FaultServer
from tests.fetching import CANARY, Fetch, MakeApi, MakeServer, failed


@pytest.fixture
def log() -> Iterator[io.StringIO]:
    """All that any logger hands to a root logger set to DEBUG."""
    text = io.StringIO()
    handler, root = logging.StreamHandler(text), logging.getLogger()
    level = root.level
    root.addHandler(handler)
    root.setLevel(logging.DEBUG)
    yield text
    root.setLevel(level)
    root.removeHandler(handler)


@pytest.mark.parametrize("name", sorted(FAULTS.keys() - {"reset-mid-body"}))
def test_no_outcome_and_no_log_holds_the_key(
    fetch: Fetch, make_api: MakeApi, server: FaultServer, log: io.StringIO, name: str
) -> None:
    api = make_api(limit_bytes=100_000, read_timeout=0.1)
    outcomes = [fetch(server, name, api=api, deadline=0.2) for _ in range(2)]
    assert server.requests, "the key must have been sent for this to prove anything"
    assert CANARY.encode() in server.requests[0]
    logging.getLogger().debug("the log is listened to")
    assert CANARY not in repr((outcomes, api, vars(api))) + log.getvalue()
    assert "listened" in log.getvalue()


def test_what_a_server_repeats_is_masked_but_in_the_body(fetch: Fetch, server: FaultServer) -> None:
    answer = fetch(server, "echo-key")
    assert isinstance(answer, Received)
    assert answer.reason == "No ***"
    assert (answer.header("X-Echo"), answer.header("Set-Cookie")) == ("Bearer ***", "***")
    assert answer.body == f'{{"error":"bad {CANARY}"}}'.encode()


@pytest.mark.parametrize("key", [CANARY, "back\\slash", "quote'mark", "both'\"marks\\"])
def test_what_a_library_quotes_from_a_server_is_masked(fetch: Fetch, server: FaultServer, key: str) -> None:
    outcome = fetch(server, "echo-key-as-status-line", key=key)
    assert isinstance(outcome, Failed)
    assert "What is Bearer ***?" in outcome.detail


@pytest.mark.parametrize(("name", "key"), [(CANARY, CANARY), (f"chatcmpl-{CANARY}", CANARY), ("a1b2", "a1b2")])
def test_a_key_that_was_typed_as_an_id_is_not_sent(fetch: Fetch, server: FaultServer, name: str, key: str) -> None:
    outcome = failed(fetch(server, name, key=key), FailureKind.BAD_INPUT)
    assert "holds the API key itself" in outcome.detail
    assert CANARY not in repr(outcome)
    assert server.requests == []


@pytest.mark.parametrize("key", [f"{CANARY} ", f"{CANARY}\n", f"{CANARY}\r\nX-Evil: 1", f"{CANARY}\x00"])
def test_a_key_that_no_header_can_carry_is_not_repeated(fetch: Fetch, server: FaultServer, key: str) -> None:
    outcome = failed(fetch(server, key=key), FailureKind.BAD_INPUT)
    assert CANARY not in repr(outcome)
    assert server.requests == []


@pytest.mark.fault(row="a redirect")
def test_a_redirect_takes_the_key_nowhere(fetch: Fetch, make_server: MakeServer) -> None:
    sink = make_server()
    server = make_server(
        default=lambda link: link.reply(b"", f"Location: {sink.url()}/x", status="307 Temporary Redirect")
    )
    answer = fetch(server, "any")
    assert isinstance(answer, Received)
    assert answer.status == 307
    assert sink.connections == 0


def test_no_exception_that_holds_the_key_is_left_behind(fetch: Fetch, server: FaultServer) -> None:
    key = "sk-of-this-test-alone"
    for name in ("not-http", "no-answer", "long-length", "echo-key-as-status-line"):
        fetch(server, name, key=key)
    fetch(server, key=f"{key}\n")
    gc.collect()
    left = [thing for thing in gc.get_objects() if isinstance(thing, Exception)]
    assert key not in "".join(line for error in left for line in traceback.format_exception(error))
