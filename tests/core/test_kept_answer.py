"""An answer that was kept is the same when it is read again."""

from dataclasses import replace

import pytest

from inspector.core.exchange import Failed, FailureKind
from inspector.core.inspection import Inspection, inspect_failure
from inspector.core.kept_answer import packed, unpacked
from inspector.core.report.json import json_report
from inspector.core.schemas.tool_schemas import ToolSchemas
from tests.answers import NOW, SAMPLES, URL, answered, calling, of_sample, received, saved

TOOLS = ToolSchemas.read('[{"type":"function","function":{"name":"get_weather","parameters":{"required":["city"]}}}]')


def again(inspection: Inspection, tools: ToolSchemas | None = None) -> Inspection:
    return unpacked(packed(inspection), tools, NOW)


def alike(one: Inspection, other: Inspection) -> bool:
    """Whether all that can be told of them is the same."""
    fields = ("requested", "source", "body", "received", "fault", "findings", "problem")
    return all(getattr(one, name) == getattr(other, name) for name in fields) and json_report(one) == json_report(other)


@pytest.mark.parametrize("name", SAMPLES)
def test_every_sample_comes_back_as_it_was(name: str) -> None:
    assert alike(again(of_sample(name)), of_sample(name))


@pytest.mark.parametrize("body", [b"", b"\n\n{", b"\xff\xfe\n{}", b'{"a": "\\ud83d"}'])
def test_any_body_comes_back_byte_for_byte(body: bytes) -> None:
    assert again(answered(body)).body == body
    assert alike(again(saved(body)), saved(body))


def test_headers_and_notes_come_back(tmp_path: object) -> None:
    inspection = answered(calling("{}"), x_request_id="req-1", x_name="caf\u00e9")
    assert inspection.received is not None
    noted = replace(inspection, received=replace(inspection.received, notes=("Odd.",)))
    assert again(noted).received == noted.received


@pytest.mark.parametrize("partial", [None, received(b'{"id"', x_request_id="req-9")])
def test_a_failure_comes_back_with_what_had_arrived(partial: object) -> None:
    failed = Failed(FailureKind.DISCONNECTED, URL, "gone", 12.0, partial)  # type: ignore[arg-type]
    inspection = inspect_failure(failed, "chatcmpl-1")
    assert alike(again(inspection), inspection)
    assert inspection.problem is not None


def test_what_comes_back_is_held_against_the_tools_of_now() -> None:
    inspection = answered(calling("{}"))
    assert isinstance(TOOLS, ToolSchemas)
    assert {check.verdict for check in inspection.schemas.values()} == {"not-checked"}
    assert {check.verdict for check in again(inspection, TOOLS).schemas.values()} == {"fails"}
    assert {check.verdict for check in again(saved(calling("{}")), TOOLS).schemas.values()} == {"fails"}
