"""The service as a client meets it: auth, routes, bytes, and how it starts and stops."""

import socket
import struct
import threading
from collections.abc import Iterator
from http.client import HTTPConnection, IncompleteRead
from statistics import median
from time import perf_counter
from urllib.parse import quote, urlsplit

import pytest

from inspector.core.inputs import BaseUrl, CompletionId, read_base_url
from inspector.demo.samples import Sample, load_samples
from inspector.demo.service import DemoService

PATH = "/v1/chat/completions"
SAMPLES = load_samples()


@pytest.mark.parametrize("sample", [sample for sample in SAMPLES if sample.ends_after is None], ids=lambda s: s.file)
def test_a_sample_comes_with_its_status_headers_and_exact_bytes(caller, sample: Sample):
    answer = caller.ask(f"{PATH}/{sample.id}")
    assert (answer.status, answer.body) == (sample.status, sample.body())
    assert answer.headers["content-type"] == sample.content_type
    assert answer.headers["content-length"] == str(len(answer.body))
    assert {name: answer.headers.get(name) for name in sample.headers} == dict(sample.headers)


@pytest.mark.parametrize(
    "sample", [sample for sample in SAMPLES if sample.ends_after is not None], ids=lambda s: s.file
)
def test_a_sample_that_breaks_off_announces_more_than_it_sends(caller, sample: Sample):
    with pytest.raises(IncompleteRead) as lost:
        caller.ask(f"{PATH}/{sample.id}")
    assert lost.value.partial == sample.body()[: sample.ends_after]
    assert lost.value.expected == len(sample.body()) - len(lost.value.partial) > 0


def test_the_base_url_is_one_that_a_profile_takes_and_builds_on(caller):
    base = read_base_url(caller.service.base_url)
    assert isinstance(base, BaseUrl)
    url = base.completion_url(CompletionId(caller.sample("plain-answer").id))
    assert caller.ask(urlsplit(url).path).status == 200


@pytest.mark.parametrize("authorization", [None, "", "Bearer", "Bearer  ", "Basic YTpi", "Token abc"], ids=repr)
def test_no_key_is_a_401_that_says_how_to_send_one(caller, authorization):
    headers = {} if authorization is None else {"Authorization": authorization}
    answer = caller.ask(PATH, key=None, headers=headers)
    assert answer.status == 401
    assert answer.json["error"] == {
        "message": "No API key was sent. Expected the header 'Authorization: Bearer <key>'.",
        "type": "authentication_error",
    }


def test_a_wrong_key_is_a_401_that_does_not_repeat_it(caller):
    answer = caller.ask(PATH, key="0" * 64)
    assert (answer.status, answer.json["error"]["type"]) == (401, "authentication_error")
    assert b"0000" not in answer.body


def test_the_scheme_may_be_spelled_in_any_case(caller):
    headers = {"Authorization": f"bearer {caller.service.key.reveal()}"}
    assert caller.ask(PATH, key=None, headers=headers).status == 200


def test_an_unknown_id_is_not_found_whole_and_decoded(caller):
    answer = caller.ask(f"{PATH}/{quote('a/b c?d', safe='')}")
    assert answer.status == 404
    assert answer.json["error"] == {
        "message": "No chat completion is stored under 'a/b c?d'.",
        "type": "not_found_error",
    }


@pytest.mark.parametrize("path", ["/", "/v1", "/v1/models", f"{PATH}/", "/api/v1/chat/completions/x", "*"])
def test_any_other_path_is_not_found(caller, path):
    answer = caller.ask(path)
    assert (answer.status, answer.json["error"]["message"]) == (404, f"There is nothing at '{path}'.")


def test_a_deeper_path_below_a_known_id_is_not_found(caller):
    assert caller.ask(f"{PATH}/{caller.sample('plain-answer').id}/messages/more").status == 404


@pytest.mark.parametrize("method", ["POST", "DELETE", "PUT", "PATCH", "OPTIONS"])
def test_the_service_only_reads(caller, method):
    answer = caller.ask(f"{PATH}/{caller.sample('plain-answer').id}", method=method, body=b'{"metadata":{}}')
    assert (answer.status, answer.headers["allow"]) == (405, "GET")
    assert answer.json["error"]["message"] == f"{method} is not allowed: this service only reads."
    assert caller.ask(PATH).status == 200, "the body of the refused request was taken for the next one"


def test_head_is_refused_too(caller):
    answer = caller.ask(PATH, method="HEAD")
    assert (answer.status, answer.headers["allow"]) == (405, "GET")
    assert caller.ask(PATH).status == 200


def test_every_answer_has_its_own_request_id_unless_the_edge_answered(caller):
    plain, edge = (f"{PATH}/{caller.sample(stem).id}" for stem in ("plain-answer", "error-524"))
    first, second = caller.ask(plain).headers["x-request-id"], caller.ask(plain).headers["x-request-id"]
    assert first != second
    assert first.startswith("req_")
    assert "x-request-id" not in caller.ask(edge).headers


def test_a_kept_alive_connection_is_quicker_than_a_new_one(caller):
    """Delayed acknowledgements meeting Nagle's algorithm would cost a kept-alive request 40 ms, and a new one nothing."""
    path = f"{PATH}/{caller.sample('plain-answer').id}"
    headers = {"Authorization": f"Bearer {caller.service.key.reveal()}"}

    def timed(connection: HTTPConnection) -> float:
        start = perf_counter()
        connection.request("GET", path, headers=headers)
        connection.getresponse().read()
        return perf_counter() - start

    kept, fresh = [], []
    timed(caller.connection)
    for _ in range(60):
        kept.append(timed(caller.connection))
        with_new = HTTPConnection(caller.connection.host, caller.connection.port, timeout=10)
        fresh.append(timed(with_new))
        with_new.close()
    assert median(kept) < median(fresh)


# Starting and stopping


@pytest.fixture
def slow() -> Iterator[DemoService]:
    """A service whose pauses take minutes, so that whatever waits for one is still waiting when the test goes on."""
    with DemoService(pace=1000) as running:
        yield running


def _connected(service: DemoService) -> socket.socket:
    """A plain connection on which one answer has come already."""
    raw = socket.create_connection(("127.0.0.1", urlsplit(service.base_url).port or 0), timeout=10)
    _ask(raw, service, "plain-answer")
    assert raw.recv(65536).endswith(b"}\n")
    return raw


def _ask(raw: socket.socket, service: DemoService, stem: str) -> None:
    sample = next(sample for sample in service.samples if sample.file == f"{stem}.json")
    key = service.key.reveal()
    raw.sendall(f"GET {PATH}/{sample.id} HTTP/1.1\r\nAuthorization: Bearer {key}\r\n\r\n".encode())


def _threads() -> set[threading.Thread]:
    return {thread for thread in threading.enumerate() if thread.name.startswith("demo-")}


def _rest(raw: socket.socket) -> bytes:
    return b"".join(iter(lambda: raw.recv(65536), b""))


def test_a_dripping_body_pauses_before_each_piece_and_stop_ends_it(slow):
    with _connected(slow) as raw:
        _ask(raw, slow, "slow-body")
        head = raw.recv(65536)
        assert head.startswith(b"HTTP/1.1 200 OK\r\n")
        assert head.endswith(b"\r\n\r\n")
        slow.stop()
        assert _rest(raw) == b""


def test_stop_leaves_no_thread_and_does_not_wait_for_a_slow_start():
    others = _threads()
    slow = DemoService(pace=1000)
    slow.start()
    with _connected(slow) as raw:
        assert {thread.name for thread in _threads() - others} == {"demo-accept", "demo-connection"}
        _ask(raw, slow, "slow-start")
        slow.stop()
        assert _threads() - others == set()
        assert _rest(raw) == b""


def test_a_client_that_vanishes_disturbs_nobody(service, capfd):
    others = _threads()
    raw = _connected(service)
    (talking,) = _threads() - others
    _ask(raw, service, "slow-body")
    raw.setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, struct.pack("ii", 1, 0))  # close by reset
    raw.close()
    talking.join(timeout=10)
    assert not talking.is_alive()
    _connected(service).close()
    assert capfd.readouterr() == ("", "")


def test_start_and_stop_may_be_repeated():
    service = DemoService()
    service.stop()
    service.start()
    url, key = service.base_url, service.key
    service.start()
    assert (service.base_url, service.key) == (url, key)
    service.stop()
    service.stop()
    with pytest.raises(ConnectionRefusedError):
        socket.create_connection(("127.0.0.1", urlsplit(url).port or 0), timeout=10).close()
    with service:
        assert service.key != key
        assert len(service.key.reveal()) == 64


@pytest.mark.parametrize("name", ["base_url", "key"])
def test_before_the_start_there_is_no_address_and_no_key(name):
    with pytest.raises(RuntimeError, match="before start"):
        getattr(DemoService(), name)


def test_the_key_does_not_show(service):
    assert service.key.reveal() not in repr(vars(service))
