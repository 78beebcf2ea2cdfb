"""Case files: each case a report of its one call, with the file as its source."""

import json
from pathlib import Path

import pytest

from inspector.core.case_file import cases_in, inspect_cases, inspect_saved_file, names_of
from inspector.core.inspection import Inspection
from inspector.core.report.json import json_report
from inspector.core.schemas.tool_schemas import ToolSchemas
from tests.report_bodies import NOW, saved
from tests.report_contract import check_report

FILE = b"""{"about": "x", "cases": [
  {"id": "good", "name": "f", "arguments": "{\\"n\\": 1.50}", "more": 7},
  {"id": 7, "arguments": {"n": 1.50}},
  {"arguments": "{'a'"},
  {},
  null
]}"""


def cases(body: bytes = FILE, tools: ToolSchemas | None = None) -> tuple[Inspection, list[Inspection]]:
    file = saved(body, "cases.json")
    found = cases_in(file.document)
    assert found is not None
    return file, list(inspect_cases(file, found, NOW, tools))


def test_each_case_is_a_report_of_one_call() -> None:
    file, inspections = cases()
    told = [check_report(json_report(inspection)) for inspection in inspections]
    assert [report["id"] for report in told] == ["good", None, None, None, None]
    assert [report["tool_calls"][0]["arguments"]["verdict"] for report in told] == [
        "object",
        "not-a-string",
        "invalid",
        "absent",
        "absent",
    ]
    assert [report["tool_calls"][0]["id"] for report in told] == ["good", 7, None, None, None]
    assert told[0]["tool_calls"][0]["name"] == "f"
    for report in told:
        assert report["source"]["kind"] == "file"
        assert report["source"]["path"] == "cases.json"
        assert report["source"]["sha256"] == file.sha256
        assert report["source"]["bytes"] == len(FILE)


def test_values_keep_their_spelling() -> None:
    _, inspections = cases()
    assert '"n": 1.50\n' in json_report(inspections[1])


def test_only_what_is_found_about_the_call_is_told() -> None:
    _, inspections = cases()
    call = "/choices/0/message/tool_calls/0"
    assert all(found.pointer.startswith(call) for inspection in inspections for found in inspection.findings)
    assert "arguments-invalid" in {found.rule for found in inspections[2].findings}


def test_schemas_are_held_against_the_cases() -> None:
    tools = ToolSchemas.read('[{"name": "f", "parameters": {"properties": {"n": {"type": "integer"}}}}]')
    assert isinstance(tools, ToolSchemas)
    _, inspections = cases(tools=tools)
    assert [check.verdict for check in inspections[0].schemas.values()] == ["fails"]


@pytest.mark.parametrize("body", [b'{"cases": []', b"[]", b'{"cases": 7}', b'{"choices": [], "cases": []}', b"{}"])
def test_other_files_are_no_case_files(body: bytes) -> None:
    assert cases_in(saved(body).document) is None


def test_an_empty_case_file_has_no_cases() -> None:
    assert cases(b'{"cases": []}')[1] == []


def test_the_arguments_seen_in_the_wild_are_judged_as_their_file_says() -> None:
    body = (Path(__file__).parent.parent / "data" / "argument_cases.json").read_bytes()
    expected = json.loads(body)["cases"]
    for case, inspection in zip(expected, cases(body)[1], strict=True):
        arguments = check_report(json_report(inspection))["tool_calls"][0]["arguments"]
        offset = arguments["error"]["offset"] if arguments["error"] else None
        assert (arguments["verdict"], offset) == (case["verdict"], case["offset"]), case["id"]


def test_a_file_and_its_cases_have_names() -> None:
    answer = saved(b'{"choices": []}', "/home/me/answer.json")
    assert names_of([answer], "answer.json") == ["answer.json"]
    body = json.dumps({"cases": [{"id": "one"}, *({} for _ in range(9))]}).encode()
    named = names_of(list(inspect_saved_file(body, "/home/me/cases.json", NOW)), "cases.json")
    assert (named[0], named[9]) == ("cases.json 01 one", "cases.json 10")


def test_a_saved_response_is_one_inspection() -> None:
    (inspection,) = inspect_saved_file(b'{"id": "chatcmpl-1", "choices": []}', "answer.json", NOW)
    assert (inspection.source.path, inspection.source.is_case) == ("answer.json", False)
