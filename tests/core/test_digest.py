"""The one line on an inspection: what it keeps, and how little."""

from collections.abc import Callable
from dataclasses import fields
from typing import Any

import pytest

from inspector.core.digest import Digest, digest_of, nothing_yet
from inspector.core.exchange import Failed, FailureKind
from inspector.core.findings import Severity
from inspector.core.inputs import Refused
from inspector.core.inspection import Inspection, inspect_failure
from inspector.core.schemas.tool_schemas import ToolSchemas
from tests.answers import NOW, SAMPLES, URL, answered, calling, completion, of_sample, received, saved

WEATHER = ToolSchemas.read('{"name": "get_weather", "parameters": {"type": "object", "required": ["city"]}}')


def digest(body: bytes | dict[str, Any], **more: Any) -> Digest:
    return digest_of(answered(body, **more))


def test_a_completion_from_the_service() -> None:
    found = digest(calling("{'city': 'Ulm'}"), asked="chatcmpl-7")
    assert (found.id, found.status, found.problem) == ("chatcmpl-7", 200, None)
    assert (found.created, found.model) == (1_795_000_000, "gpt-4o")
    assert (found.finish_reasons, found.tools) == (("stop",), ("get_weather",))
    assert (found.verdicts, found.causes, found.schema) == (("invalid",), ("python-literal",), ("not-checked",))
    assert (found.prompt_tokens, found.completion_tokens, found.total_tokens) == (7, 5, 12)
    assert (found.elapsed_ms, found.fetched_at, found.size) == (
        57.25,
        NOW,
        len(answered(calling("{'city': 'Ulm'}")).body),
    )


def test_findings_are_counted_by_severity() -> None:
    inspection = answered(calling("{'city': 'Ulm'}", object="chat.completion.chunk"))
    found = digest_of(inspection)
    severities = [finding.severity for finding in inspection.findings]
    assert found.counts == tuple(severities.count(each) for each in Severity)
    assert sum(found.counts) == len(severities) > 1
    assert found.worst is Severity.ERROR
    assert found.rules == {finding.rule for finding in inspection.findings}


def test_a_file_goes_by_its_name() -> None:
    found = digest_of(saved(completion({"content": "Hello"}), "/tmp/of mine/saved.json"))
    assert (found.id, found.status, found.elapsed_ms, found.fetched_at) == ("saved.json", None, None, None)
    assert found.tools == ()


def test_an_error_of_the_service_is_a_problem_with_its_status() -> None:
    found = digest(b'{"error": {"message": "No", "type": "t"}}', status=404)
    assert (found.status, found.problem, found.worst) == (404, "not-found", None)
    assert (found.model, found.created, found.finish_reasons, found.total_tokens) == (None, None, (), None)
    assert found.counts == (0, 0, 0)


@pytest.mark.parametrize(("partial", "status"), [(None, None), (received(b"{"), 200)])
def test_a_fetch_without_an_answer_is_a_problem(partial: Any, status: int | None) -> None:
    found = digest_of(inspect_failure(Failed(FailureKind.READ_TIMEOUT, URL, partial=partial), "chatcmpl-7"))
    assert (found.id, found.status, found.problem) == ("chatcmpl-7", status, "read-timeout")


def test_an_error_in_a_good_body_is_a_problem_too() -> None:
    found = digest({"choices": None, "error": {"message": "Overloaded"}})
    assert (found.status, found.problem) == (200, "error-in-body")


def test_schema_verdicts_are_those_of_the_calls() -> None:
    assert not isinstance(WEATHER, Refused)
    assert digest_of(saved(calling("{}"), tools=WEATHER)).schema == ("fails",)
    assert digest_of(saved(calling('{"city": "Ulm"}'), tools=WEATHER)).schema == ("passes",)


@pytest.mark.parametrize(
    ("sent", "kept"),
    [
        ({"finish_reason": "length"}, "length"),
        ({"finish_reason": ""}, ""),
        ({"finish_reason": None}, "null"),
        ({}, "absent"),
        ({"finish_reason": 7}, "7"),
        ({"finish_reason": ["stop"]}, '["stop"]'),
        ({"finish_reason": ["stop"] * 100}, "an array"),
        ({"finish_reason": "x" * 300}, "x" * 200),
    ],
)
def test_a_finish_reason_is_kept_as_sent(sent: dict[str, Any], kept: str) -> None:
    found = digest({"choices": [sent | {"message": {}}, {"finish_reason": "stop"}]})
    assert found.finish_reasons == (kept, "stop")


@pytest.mark.parametrize(
    ("sent", "seconds"),
    [
        (1_763_700_000, 1_763_700_000),
        (1_763_700_000.5, 1_763_700_000.5),
        ("1763700000", 1_763_700_000),
        (1_763_700_000_000, 1_763_700_000),
        ("1763700000000000", 1_763_700_000),
        (0, 0),
        (-5, None),
        (10**30, None),
        ("yesterday", None),
        (None, None),
        ([1_763_700_000], None),
        ("9" * 50, None),
    ],
)
def test_the_time_of_creation_is_read_as_far_as_it_can_be(sent: object, seconds: float | None) -> None:
    assert digest(completion({}, created=sent)).created == seconds


@pytest.mark.parametrize("usage", [None, 7, {}, {"total_tokens": "12"}, {"total_tokens": 1.5}, {"total_tokens": -1}])
def test_what_is_no_count_is_not_known(usage: object) -> None:
    found = digest(completion({}, usage=usage))
    assert (found.prompt_tokens, found.completion_tokens, found.total_tokens) == (None, None, None)


def test_calls_of_all_choices_and_forms_stand_in_order() -> None:
    calls = [{"function": {"name": "a", "arguments": "{}"}}, {"function": {"arguments": ""}}]
    first = {"message": {"tool_calls": calls}}
    second = {"message": {"function_call": {"name": "b", "arguments": "[1"}}}
    found = digest({"choices": [first, second]})
    assert found.tools == ("a", "", "b")
    assert found.verdicts == ("object", "empty", "invalid")
    assert found.causes == ("cut-off",)
    assert found.schema == ("not-checked",) * 3


def test_texts_and_parts_are_bounded() -> None:
    calls = [{"function": {"name": "n" * 300, "arguments": "{}"}}] * 1_001
    choices = [{"message": {"tool_calls": calls}}, *[{"finish_reason": "stop"}] * 1_000]
    found = digest({"model": "m" * 300, "choices": choices}, asked="i" * 300)
    assert (found.id, found.model) == ("i" * 200, "m" * 200)
    assert found.tools == ("n" * 200,) * 1_000
    assert len(found.verdicts) == len(found.schema) == len(found.finish_reasons) == 1_000


def test_what_was_not_fetched_has_a_name_and_nothing_else() -> None:
    found = nothing_yet("i" * 300, "bad-input")
    assert (found.id, found.problem, found.size, found.counts) == ("i" * 200, "bad-input", 0, (0, 0, 0))
    rest = {each.name for each in fields(Digest)} - {"id", "problem", "size", "counts"}
    assert not any(getattr(found, name) for name in rest)


@pytest.mark.parametrize("read", [answered, saved])
@pytest.mark.parametrize("body", [b"", b"null", b"[1, 2]", b"{", b'"text"', b'{"choices": 7, "usage": []}'])
def test_no_body_fails(read: Callable[[bytes], Inspection], body: bytes) -> None:
    found = digest_of(read(body))
    assert (found.size, found.model, found.tools) == (len(body), None, ())


@pytest.mark.parametrize("name", SAMPLES)
def test_every_sample_has_a_line_without_a_reference_to_its_body(name: str) -> None:
    found = digest_of(of_sample(name))
    assert found.id == name[:200]
    assert found.problem is not None or found.finish_reasons != () or found.counts != (0, 0, 0)
    flat = (str, int, float, tuple, frozenset, type(None))
    assert all(isinstance(getattr(found, each.name), flat) for each in fields(Digest))
    assert hash(found) == hash(digest_of(of_sample(name)))
