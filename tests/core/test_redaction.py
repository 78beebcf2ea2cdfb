"""What --redact promises: a canary in every place where a stranger's words can stand, and none of them in any report."""

import json
from collections.abc import Iterator
from dataclasses import replace
from typing import Any

import pytest

from inspector.core.case_file import cases_in, inspect_cases
from inspector.core.exchange import Failed, FailureKind
from inspector.core.findings import Finding, Severity
from inspector.core.inspection import Inspection, inspect_failure
from inspector.core.json.document import JsonDocument, Kind
from inspector.core.json.text import JsonFault, parse_body
from inspector.core.report.html import html_report
from inspector.core.report.json import in_ascii, json_report
from inspector.core.report.markdown import markdown_report
from inspector.core.report.redaction import redacted
from inspector.core.report.text import text_report
from inspector.core.schemas.tool_schemas import SchemaCheck, SchemaVerdict, ToolSchemas
from tests.report_bodies import NOW, SAMPLES, URL, answered, calling, completion, of_sample, received, saved
from tests.report_contract import check_report

CANARY = "Kanarienvogel"
DIGITS = "4711081542"


def reports(inspection: Inspection) -> dict[str, str]:
    """Every form of the redacted report."""
    told = redacted(inspection)
    return {
        "json": json_report(told),
        "line": json_report(told, indented=False),
        "ascii": in_ascii(json_report(told)),
        "text": text_report(told, NOW),
        "markdown": markdown_report(told, NOW),
        "html": html_report([told], NOW),
    }


def assert_silent(inspection: Inspection) -> dict[str, Any]:
    """No canary in any form; gives the JSON report."""
    told = reports(inspection)
    for form, report in told.items():
        for canary in (CANARY, CANARY.lower(), CANARY[:5], DIGITS):
            assert canary not in report, f"{canary} in {form}"
    return check_report(told["json"])


def strewn(body: bytes) -> bytes | None:
    """The body with a canary added to every string and key, and to every number outside of usage; None if it is no JSON."""
    document = parse_body(body)
    if isinstance(document, JsonFault):
        return None
    pieces, done = [], 0
    for node in _nodes(document):
        key_start, key_end = document.key_starts[node.index], document.key_ends[node.index]
        if node.kind is Kind.STRING:
            strewed = json.dumps(_with_canary(node.string)).encode()
            pieces += [document.source[done : node.start], strewed]
            done = node.end
        elif node.kind is Kind.NUMBER and key_start >= 0 and document.source[key_start:key_end] == b'"seed"':
            pieces += [document.source[done : node.start], DIGITS.encode()]
            done = node.end
    return b"".join([*pieces, document.source[done:]])


def _nodes(document: JsonDocument) -> Iterator[Any]:
    waiting = [document.root]
    while waiting:
        node = waiting.pop()
        yield node
        waiting += reversed(list(node.children()))


def _with_canary(text: str) -> str:
    """Arguments keep their form: the canary goes into their strings, or to the end of what is not JSON."""
    try:
        value = json.loads(text)
    except (ValueError, RecursionError):
        return f"{text} {CANARY}"
    return json.dumps(_into(value)) if isinstance(value, dict | list) else f"{text} {CANARY}"


def _into(value: Any) -> Any:
    match value:
        case dict():
            return {key: _into(member) for key, member in value.items()} | {f"{CANARY} of {DIGITS}": int(DIGITS)}
        case list():
            return [*map(_into, value), CANARY]
        case str():
            return f"{value} {CANARY}"
    return value


@pytest.mark.parametrize("name", SAMPLES)
def test_no_canary_of_any_sample_survives_in_any_form(name: str) -> None:
    body = strewn(SAMPLES[name].body())
    if body is None:
        body = SAMPLES[name].body().replace(b"e", CANARY.encode())
    assert CANARY.encode() in body or not SAMPLES[name].body()
    status = SAMPLES[name].status
    assert_silent(answered(body, asked=f"{CANARY} {name}", status=status, server=CANARY, x_request_id=f"{CANARY} x"))
    assert_silent(saved(body, f"/home/{CANARY}/{DIGITS}.json"))


@pytest.mark.parametrize("name", SAMPLES)
def test_the_shape_of_every_sample_survives(name: str) -> None:
    inspection = of_sample(name)
    plain, told = check_report(json_report(inspection)), assert_silent(inspection)
    assert told["id"] == name
    for key in ("bytes", "sha256", "status", "elapsed_ms", "url", "fetched_at"):
        assert told["source"][key] == plain["source"][key]
    assert told["source"]["request_id"] == plain["source"]["request_id"]
    assert [found["rule"] for found in told["findings"]] == [found["rule"] for found in plain["findings"]]
    for call, original in zip(told["tool_calls"], plain["tool_calls"], strict=True):
        assert (call["pointer"], call["id"], call["type"]) == (original["pointer"], original["id"], original["type"])
        assert call["arguments"]["verdict"] == original["arguments"]["verdict"]
        assert call["arguments"]["cause"] == original["arguments"]["cause"]
        assert _place(call) == _place(original)
    if plain["usage"] is not None:
        assert {key: told["usage"][key] for key in plain["usage"]} == plain["usage"]
    if plain["error"] is not None:
        for key in ("kind", "status", "hint", "request_id"):
            assert told["error"][key] == plain["error"][key]


def _place(call: dict[str, Any]) -> tuple[int, int, int] | None:
    error = call["arguments"]["error"]
    return (error["offset"], error["line"], error["column"]) if error else None


def test_keys_and_numbers_of_arguments() -> None:
    text = json.dumps({"name": CANARY, f"{CANARY} x": 1, "order": int(DIGITS), "open": True})
    (call,) = assert_silent(answered(calling(text)))["tool_calls"]
    assert json.loads(call["arguments"]["text"]) == {
        "name": f"‹redacted: {len(CANARY)} characters›",
        "‹redacted key: 15 characters›": 1,
        "order": 1111111111,
        "open": True,
    }


def test_broken_arguments_keep_their_shape_and_verdict() -> None:
    (call,) = assert_silent(answered(calling(f'{{"{CANARY}": {DIGITS},}}')))["tool_calls"]
    arguments = call["arguments"]
    assert arguments["text"] == f'{{"{"x" * len(CANARY)}": {"1" * len(DIGITS)},}}'
    assert (arguments["verdict"], arguments["cause"]) == ("invalid", "trailing-comma")
    assert arguments["text"][arguments["error"]["offset"]] == "}"
    assert arguments["error"]["message"] == "From this character on the text is not JSON."


def test_what_masking_makes_valid_stays_invalid() -> None:
    (call,) = assert_silent(answered(calling('{"a": 007}')))["tool_calls"]
    assert (call["arguments"]["text"], call["arguments"]["verdict"]) == ('{"x": 111}', "invalid")
    shown = text_report(redacted(answered(calling('{"a": 007}'))), NOW)
    assert '  | {"x": 111}\n           ^' in shown


def test_double_encoding_stays_a_diagnosis() -> None:
    (call,) = assert_silent(answered(calling(json.dumps(json.dumps({"a": CANARY})))))["tool_calls"]
    assert (call["arguments"]["verdict"], call["arguments"]["cause"]) == ("not-object", "double-encoded")


@pytest.mark.parametrize("arguments", [{"a": CANARY}, [CANARY], None, f"  {CANARY}"])
def test_arguments_of_other_kinds(arguments: Any) -> None:
    assert_silent(answered(calling(arguments)))


@pytest.mark.parametrize("arguments", ["", " \n\t", "\u3000\x85"])
def test_empty_arguments_stay_empty(arguments: str) -> None:
    (call,) = assert_silent(answered(calling(arguments)))["tool_calls"]
    assert (call["arguments"]["text"], call["arguments"]["verdict"]) == (arguments, "empty")


def test_a_name_that_is_a_sentence_goes() -> None:
    (call,) = assert_silent(answered(calling("{}", name=f"call {CANARY}")))["tool_calls"]
    assert call["name"] == "‹redacted: 18 characters›"


def test_schema_violations_are_told_without_values() -> None:
    tools = ToolSchemas.read(
        '[{"name": "f", "parameters": {"type": "object", "additionalProperties": {"enum": ["a"]}, '
        f'"properties": {{"{CANARY} x": {{"type": "integer"}}}}}}}}]'
    )
    assert isinstance(tools, ToolSchemas)
    body = calling(json.dumps({f"{CANARY} x": CANARY, "b": CANARY}), name="f")
    (call,) = assert_silent(saved(body, tools=tools))["tool_calls"]
    schema = call["arguments"]["schema"]
    assert schema["verdict"] == "fails"
    assert {one["message"] for one in schema["violations"]} == {"The value here does not fit the schema."}
    assert "/‹redacted key: 15 characters›" in {one["pointer"] for one in schema["violations"]}


def test_why_nothing_was_checked_is_not_told() -> None:
    inspection = answered(calling("{}"))
    (pointer,) = inspection.schemas
    check = SchemaCheck(SchemaVerdict.NOT_CHECKED, reason=f"No tool {CANARY} is known.")
    told = replace(inspection, schemas={pointer: check})
    assert_silent(told)
    assert "No arguments were checked against a schema.\n" in text_report(redacted(told), NOW)


def test_findings_are_told_by_their_title() -> None:
    inspection = answered(completion({"content": f"{CANARY}\u202e"}))
    found = [
        Finding("bidi-control", Severity.WARNING, f"/metadata/{CANARY} x", f"It says {CANARY}."),
        Finding("unheard-of", Severity.INFO, "", CANARY),
    ]
    told = assert_silent(replace(inspection, findings=tuple(found)))["findings"]
    assert told[0]["pointer"] == "/metadata/‹redacted key: 15 characters›"
    assert told[0]["message"]
    assert told[1]["message"] == "unheard-of"


def test_a_refused_fetch_is_told_without_the_servers_words() -> None:
    body = json.dumps(
        {"error": {"message": f"No {CANARY} here", "type": f"x {CANARY}", "request_id": f"{CANARY} 1"}}
    ).encode()
    error = assert_silent(answered(body, status=404))["error"]
    assert (
        error["message"]
        == "The server has no completion with this ID, or none that this key may see (HTTP 404 Not Found)."
    )
    assert error["hint"]
    assert error["request_id"] == "‹redacted: 15 characters›"


def test_an_error_under_status_200_is_told_without_the_servers_words() -> None:
    error = assert_silent(answered({"choices": None, "error": {"message": CANARY}}))["error"]
    assert error["message"] == "No completion came back (HTTP 200 OK)."


def test_a_fetch_without_an_answer_is_told_without_its_detail() -> None:
    failed = Failed(FailureKind.PROTOCOL, f"{URL}x", f"got {CANARY}", partial=received(CANARY.encode()))
    error = assert_silent(inspect_failure(failed, "x"))["error"]
    assert error["message"] == "No completion came back (HTTP 200 OK)."
    bare = assert_silent(inspect_failure(Failed(FailureKind.DNS, f"{URL}x", CANARY), "x"))["error"]
    assert bare["message"] == "No completion came back (dns)."


def test_the_id_that_was_asked_for_stays_where_it_looks_like_one() -> None:
    kept = assert_silent(answered(completion({}), asked="chatcmpl-1"))
    assert (kept["id"], kept["source"]["url"]) == ("chatcmpl-1", f"{URL}chatcmpl-1")
    gone = assert_silent(answered(completion({}), asked=f"a {CANARY}"))
    assert gone["id"] == "‹redacted: 15 characters›"
    assert gone["source"]["url"].startswith(URL.rstrip("/"))


def test_a_path_goes() -> None:
    report = assert_silent(saved(completion({}), f"/home/{CANARY}/x.json"))
    assert report["source"]["path"] == "‹redacted: 26 characters›"


def test_a_body_that_is_not_json_keeps_only_its_shape() -> None:
    report = reports(answered(f'{{"a": "{CANARY}", '.encode()))["text"]
    assert '  | {"x": "xxxxxxxxxxxxx",' in report
    assert_silent(saved(f"<p>{CANARY}</p>".encode()))


@pytest.mark.parametrize("body", ["nope", '{"a": trux}', "[fals", "\ufeffnil"])
def test_a_literal_that_is_none_has_lost_its_letters(body: str) -> None:
    report = reports(saved(body.encode()))["text"]
    assert "the rest of a literal as" in report
    assert_silent(answered(body.encode(), status=502))


def test_the_cases_of_a_file_are_redacted_too() -> None:
    file = saved({"cases": [{"id": "a", "arguments": f"{{{CANARY}"}]}, f"{CANARY}.json")
    cases = cases_in(file.document)
    assert cases is not None
    (case,) = inspect_cases(file, cases, NOW)
    report = assert_silent(case)
    assert report["source"]["sha256"] == file.sha256
    assert report["source"]["bytes"] == len(file.body)


def test_choices_without_a_message_are_no_trouble() -> None:
    report = assert_silent(answered({"choices": [{"index": 0}, {"message": 7}], "id": "x"}))
    assert report["completion"]["choices"] == [{"index": 0}, {"message": 1}]


def test_a_report_for_people_says_that_it_is_redacted() -> None:
    inspection = saved(calling("{}"))
    assert "Redacted: every text is replaced" in text_report(redacted(inspection), NOW)
    assert "Redacted" in markdown_report(redacted(inspection), NOW)
    assert "Redacted" in html_report([redacted(inspection)], NOW)
    assert "Redacted" not in text_report(inspection, NOW)
