"""One answer read as a whole: what is kept of it, and what becomes of answers that are none."""

import hashlib
import json
from collections.abc import Callable
from dataclasses import replace
from typing import Any

import pytest

from inspector.core.exchange import Failed, FailureKind
from inspector.core.findings import Severity
from inspector.core.inputs import Refused
from inspector.core.inspection import Inspection, Source, inspect_again, inspect_failure, inspect_file
from inspector.core.json.text import LARGE, Expecting
from inspector.core.schemas.tool_schemas import ToolSchemas
from inspector.core.schemas.verdict import SchemaVerdict
from tests.answers import NOW, SAMPLES, URL, answered, calling, completion, of_sample, received, saved

WHOLE = json.dumps(completion({"content": "Hello"})).encode()
TOOLS = ToolSchemas.read(
    '[{"type":"function","function":{"name":"get_weather","parameters":{"type":"object","required":["city"]}}}]'
)


def test_a_completion_from_the_service() -> None:
    found = answered(WHOLE)
    assert found.requested == "chatcmpl-asked"
    assert found.source == Source("service", url=f"{URL}chatcmpl-asked", fetched_at=NOW)
    assert found.body == WHOLE
    assert found.problem is None
    assert found.fault is None
    assert found.completion is not None
    assert found.document is found.completion.document
    assert found.received is not None


def test_a_file_is_a_completion_whatever_it_holds() -> None:
    found = inspect_file(b'{"error": {"message": "No"}}', "/tmp/saved.json", NOW)
    assert found.source == Source("file", path="/tmp/saved.json")
    assert (found.requested, found.received, found.problem) == (None, None, None)
    assert found.completion is not None
    assert found.worst is not None


def test_size_and_hash_are_those_of_the_bytes_as_they_came() -> None:
    found = saved(WHOLE)
    assert found.size == len(WHOLE)
    assert found.sha256 == hashlib.sha256(WHOLE).hexdigest()
    changed = replace(found, body=b"{}", source=replace(found.source, size=found.size, sha256=found.sha256))
    assert (changed.size, changed.sha256) == (found.size, found.sha256)
    emptied = replace(found, body=b"", source=replace(found.source, size=0))
    assert emptied.size == 0


@pytest.mark.fault(row="bytes that are no UTF-8")
def test_the_body_keeps_a_byte_order_mark_that_the_document_is_read_without() -> None:
    found = saved(b"\xef\xbb\xbf" + WHOLE)
    assert found.document is not None
    assert found.document.source == WHOLE
    assert found.body == b"\xef\xbb\xbf" + WHOLE
    assert found.sha256 == hashlib.sha256(b"\xef\xbb\xbf" + WHOLE).hexdigest()
    assert "byte-order-mark" in {finding.rule for finding in found.findings}


def test_a_body_that_is_not_json_has_a_fault_and_no_completion() -> None:
    found = saved(b'{"id": "a", "choices": [')
    assert (found.document, found.completion, found.schemas) == (None, None, {})
    assert found.fault is not None
    assert (found.fault.offset, found.fault.expecting) == (24, Expecting.VALUE_OR_CLOSE)
    assert found.worst is Severity.ERROR


def test_an_error_of_the_service_is_a_problem_and_is_not_judged_as_a_completion() -> None:
    found = answered(b'{"error": {"message": "No", "type": "t"}}', status=404)
    assert found.problem is not None
    assert found.problem.status == 404
    assert found.document is not None
    assert (found.completion, found.findings, found.worst) == (None, (), None)


@pytest.mark.fault(row="JSON that breaks off or is none")
def test_a_body_that_is_not_json_under_a_good_status_is_a_problem_with_its_place() -> None:
    found = answered(WHOLE[:-9])
    assert found.problem is not None
    assert found.fault is not None
    assert found.fault.offset == len(WHOLE) - 9


@pytest.mark.parametrize("had_headers", [True, False])
def test_a_failure_keeps_what_had_arrived(had_headers: bool) -> None:
    partial = received(WHOLE[:9]) if had_headers else None
    found = inspect_failure(Failed(FailureKind.READ_TIMEOUT, URL, partial=partial), "chatcmpl-asked")
    assert found.problem is not None
    assert found.problem.kind == "read-timeout"
    assert found.received is partial
    assert found.body == (WHOLE[:9] if had_headers else b"")
    assert found.source == Source("service", url=URL)
    assert (found.document, found.completion, found.findings) == (None, None, ())


def test_the_users_own_tools_come_before_those_in_the_body() -> None:
    assert not isinstance(TOOLS, Refused)
    body = calling("{}")
    (pointer,) = saved(body).schemas
    assert saved(body).schemas[pointer].verdict is SchemaVerdict.NOT_CHECKED
    found = saved(body, tools=TOOLS)
    assert found.schemas[pointer].verdict is SchemaVerdict.FAILS
    own_words = {"tools": [{"type": "function", "function": {"name": "get_weather", "parameters": {"type": "object"}}}]}
    assert saved(body | own_words).schemas[pointer].verdict is SchemaVerdict.PASSES
    assert saved(body | own_words, tools=TOOLS).schemas[pointer].verdict is SchemaVerdict.FAILS


@pytest.mark.parametrize("read", [saved, answered])
def test_other_tools_give_other_verdicts_and_leave_the_rest(read: Callable[[dict[str, Any]], Inspection]) -> None:
    assert not isinstance(TOOLS, Refused)
    first = read(calling("{}", created=NOW + 10**6))
    again = inspect_again(first, TOOLS, NOW)
    (pointer,) = first.schemas
    assert again.schemas[pointer].verdict is SchemaVerdict.FAILS
    assert set(first.findings) < set(again.findings)
    assert again.tally == replace(first.tally, faulty=1, unchecked=None) != first.tally
    own = {name: getattr(first, name) for name in ("schemas", "findings", "completion", "tally")}
    assert replace(again, **own) == first
    assert inspect_again(again, None, NOW).findings == first.findings


def test_what_is_no_completion_is_not_held_against_tools() -> None:
    assert not isinstance(TOOLS, Refused)
    found = answered(b'{"error": {"message": "No"}}', status=404)
    assert inspect_again(found, TOOLS, NOW) is found


def test_the_worst_finding_is_the_most_severe() -> None:
    found = saved(calling("{'city': 'Ulm'}", object="chat.completion.chunk"))
    severities = {finding.severity for finding in found.findings}
    assert len(severities) > 1
    assert found.worst is Severity.ERROR


def test_the_body_is_never_printed() -> None:
    assert "Hello" not in repr(answered(WHOLE))


@pytest.mark.parametrize("name", SAMPLES)
def test_every_sample_is_a_completion_or_a_problem(name: str) -> None:
    found = of_sample(name)
    assert found.completion is not None or found.problem is not None
    assert found.sha256 == hashlib.sha256(found.body).hexdigest()


def test_the_digest_of_a_large_body_is_reckoned_where_nobody_waits() -> None:
    for body, is_known in ((b'{"a": 1}', False), (b'{"a": "' + b"x" * LARGE + b'"}', True)):
        found = inspect_file(body, "answer.json", 0)
        assert found.sha256 == hashlib.sha256(body).hexdigest()
        assert (found.source.sha256 is not None) is is_known
