"""The JSON report: every field of the contract, and nothing of the body respelled."""

import hashlib
import json
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from inspector.core.exchange import Failed, FailureKind
from inspector.core.inspection import Inspection, inspect_failure
from inspector.core.json.text import parse_text
from inspector.core.report.json import compact, in_ascii, is_deep, json_report, laid_out
from inspector.core.schemas.tool_schemas import ToolSchemas
from tests.report_bodies import NOW, SAMPLES, URL, answered, calling, completion, of_sample, received, saved
from tests.report_contract import check_report, read_spelled

ODD = b"""{"id":"x", "seed": 4944116822809979520, "a":1.10,"a":1E400, "m": -0.0, "choices":[{"message":
  {"role":"assistant","content":"\\ud83d \\u00e9 \xc3\xa9 \xff \\/"}}], "usage":{"total_tokens":12.0,"total_tokens":1e1}}"""
NUMBERS = st.from_regex(r"\A-?(0|[1-9][0-9]{0,40})(\.[0-9]{1,9})?([eE][+-]?[0-9]{1,4})?\Z")
VALUES = st.recursive(
    st.one_of(NUMBERS, st.sampled_from(["true", "false", "null"]), st.text().map(json.dumps)),
    lambda inner: st.one_of(
        st.lists(inner, max_size=4).map(lambda items: f"[ {' , '.join(items)}\n]"),
        st.lists(st.tuples(st.sampled_from("abc").map(json.dumps), inner), max_size=4).map(
            lambda pairs: "{" + ",\t".join(f"{key}\r\n:{value}" for key, value in pairs) + "}"
        ),
    ),
    max_leaves=12,
)


def reported(inspection: Inspection) -> dict[str, Any]:
    """The report, the same in both of its layouts."""
    report = check_report(json_report(inspection))
    line = json_report(inspection, indented=False)
    assert "\n" not in line
    assert check_report(line) == report
    return report


@pytest.mark.parametrize("name", SAMPLES)
def test_the_report_of_every_sample_keeps_the_contract(name: str) -> None:
    inspection = of_sample(name)
    report = reported(inspection)
    assert report["id"] == name
    assert report["source"]["bytes"] == len(inspection.body)
    assert report["source"]["sha256"] == hashlib.sha256(inspection.body).hexdigest()
    if inspection.document is not None:
        spelled = dict(read_spelled(json_report(inspection))[1])
        assert spelled["completion"] == read_spelled(inspection.body.decode("utf-8", "surrogateescape"))
    else:
        assert report["completion"] is None
    assert (report["error"] is None) == (inspection.problem is None)


def test_every_number_is_spelled_as_sent_and_repeated_keys_stay() -> None:
    report = json_report(saved(ODD))
    for spelled in (
        "4944116822809979520",
        '"a": 1.10,',
        '"a": 1E400,',
        "-0.0",
        '"total_tokens": 12.0,',
        '"total_tokens": 1e1',
    ):
        assert spelled in report
    assert report.count('"total_tokens"') == 4  # in the completion and in the usage


def test_text_that_is_not_fit_for_utf_8_is_written_as_escapes() -> None:
    report = json_report(saved(ODD))
    assert json.loads(report)["completion"]["choices"][0]["message"]["content"] == "\ud83d é é \udcff /"
    assert report.encode()
    assert '"\\ud83d \\u00e9 é \\udcff \\/"' in report


def test_the_source_of_an_answer() -> None:
    report = reported(answered(completion({"content": "hi"}), x_request_id="req_9"))
    assert report["source"] == {
        "kind": "service",
        "url": f"{URL}chatcmpl-asked",
        "path": None,
        "status": 200,
        "elapsed_ms": 57.25,
        "bytes": len(json.dumps(completion({"content": "hi"}))),
        "sha256": hashlib.sha256(json.dumps(completion({"content": "hi"})).encode()).hexdigest(),
        "request_id": "req_9",
        "fetched_at": "2026-11-24T06:00:00.000Z",
    }
    assert report["error"] is None
    assert report["messages"] is None
    assert report["usage"] == {"prompt_tokens": 7, "completion_tokens": 5, "total_tokens": 12}


def test_the_source_of_a_file() -> None:
    report = reported(saved(completion({}), "a/b.json"))
    source = report["source"]
    assert (source["kind"], source["path"], source["url"], source["status"]) == ("file", "a/b.json", None, None)
    assert (source["elapsed_ms"], source["fetched_at"], source["request_id"]) == (None, None, None)
    assert report["id"] == "chatcmpl-asked"


@pytest.mark.parametrize("body", [{"id": 5}, {"choices": []}, {"id": None}])
def test_a_file_without_an_id(body: dict[str, Any]) -> None:
    assert reported(saved(body))["id"] is None


@pytest.mark.parametrize("usage", ["null", "[]", '"12"', "7"])
def test_usage_that_is_no_object_is_null(usage: str) -> None:
    assert reported(saved(b'{"usage": %s}' % usage.encode()))["usage"] is None


@pytest.mark.parametrize(
    ("arguments", "verdict", "text"),
    [
        ('{"a": 1}', "object", '{"a": 1}'),
        ("[1]", "not-object", "[1]"),
        ('{"a": 1', "invalid", '{"a": 1'),
        (" \n", "empty", " \n"),
        ({"a": 1}, "not-a-string", None),
        (None, "not-a-string", None),
    ],
)
def test_a_tool_call(arguments: Any, verdict: str, text: str | None) -> None:
    (call,) = reported(answered(calling(arguments)))["tool_calls"]
    assert call["pointer"] == "/choices/0/message/tool_calls/0"
    assert (call["id"], call["type"], call["name"]) == ("call_1", "function", "get_weather")
    assert (call["arguments"]["verdict"], call["arguments"]["text"]) == (verdict, text)


def test_where_arguments_stop_being_json() -> None:
    (call,) = reported(answered(calling('{"é😀":\n tru}')))["tool_calls"]
    error = call["arguments"]["error"]
    assert (error["offset"], error["line"], error["column"]) == (11, 2, 5)
    assert error["message"].endswith(".")


def test_odd_calls_are_told_as_they_are() -> None:
    calls: list[Any] = [
        None,
        {"id": {"a": [1.50]}, "type": 7, "function": {"arguments": "{}"}},
        {"type": "custom", "custom": {"name": "sql", "input": "select 1"}},
        {},
    ]
    legacy = {"name": "old", "arguments": "{}"}
    report = reported(answered(completion({"tool_calls": calls, "function_call": legacy})))
    told = [
        (
            call["pointer"].rpartition("message/")[2],
            call["id"],
            call["type"],
            call["name"],
            call["arguments"]["verdict"],
        )
        for call in report["tool_calls"]
    ]
    assert told == [
        ("tool_calls/1", {"a": [1.5]}, 7, None, "object"),
        ("tool_calls/2", None, "custom", "sql", "free-text"),
        ("tool_calls/3", None, None, None, "absent"),
        ("function_call", None, None, "old", "object"),
    ]


def test_schemas_are_told() -> None:
    tools = ToolSchemas.read(
        '[{"name": "get_weather", "parameters": {"type": "object", "properties": {"place": {"type": "integer"}}}}]'
    )
    assert isinstance(tools, ToolSchemas)
    (call,) = reported(saved(calling('{"place": "Oslo"}'), tools=tools))["tool_calls"]
    assert call["arguments"]["schema"]["verdict"] == "fails"
    assert [one["pointer"] for one in call["arguments"]["schema"]["violations"]] == ["/place"]
    (call,) = reported(saved(calling('{"place": 7}'), tools=tools))["tool_calls"]
    assert call["arguments"]["schema"] == {"verdict": "passes", "violations": []}


def test_findings_are_told_with_their_place() -> None:
    findings = reported(answered(calling('{"a":')))["findings"]
    found = next(one for one in findings if one["rule"] == "arguments-invalid")
    assert (found["severity"], found["pointer"]) == ("error", "/choices/0/message/tool_calls/0/function/arguments")


def test_an_error_of_the_service() -> None:
    report = reported(answered(b'{"error": {"message": "no such thing"}}', status=404, x_request_id="req_7"))
    assert report["completion"] == {"error": {"message": "no such thing"}}
    assert (report["tool_calls"], report["findings"], report["usage"]) == ([], [], None)
    error = report["error"]
    assert (error["kind"], error["status"], error["request_id"]) == ("not-found", 404, "req_7")
    assert "no such thing" in error["message"]
    assert error["hint"]
    assert report["source"]["request_id"] == "req_7"


def test_a_fetch_without_an_answer() -> None:
    report = reported(inspect_failure(Failed(FailureKind.REFUSED, f"{URL}x", "no luck"), "x"))
    assert (report["id"], report["source"]["url"], report["source"]["status"]) == ("x", f"{URL}x", None)
    assert (report["error"]["kind"], report["error"]["status"]) == ("refused", None)
    assert report["completion"] is None


def test_a_fetch_that_broke_off_tells_what_had_come() -> None:
    part = received(b'{"id"', x_request_id="req_8")
    report = reported(inspect_failure(Failed(FailureKind.DISCONNECTED, f"{URL}x", partial=part), "x"))
    assert (report["source"]["bytes"], report["source"]["status"], report["error"]["request_id"]) == (5, 200, "req_8")


def test_a_file_that_is_not_json() -> None:
    report = reported(saved(b'\xef\xbb\xbf{"a":\n oops}'))
    assert report["error"]["kind"] == "not-json"
    assert "line 2, column 2" in report["error"]["message"]
    assert report["completion"] is None


def test_what_could_steer_a_terminal_or_end_a_line_is_escaped() -> None:
    nasty = "".join(map(chr, (0x7F, 0x85, 0x9B, 0x61C, 0x200E, 0x2028, 0x2029, 0x202E, 0x2066, 0xFEFF)))
    report = json_report(answered(completion({"content": nasty}), asked=f"a{nasty}"), indented=False)
    raw = json_report(saved(json.dumps(completion({"content": nasty}), ensure_ascii=False).encode()), indented=False)
    for text in (report, raw):
        assert not set(nasty) & set(text)
        assert len(text.splitlines()) == 1
        assert json.loads(text)["completion"]["choices"][0]["message"]["content"] == nasty


def test_in_ascii_says_the_same() -> None:
    report = json_report(answered(completion({"content": "é 😀 \ud83d"})))
    assert in_ascii(report).isascii()
    assert json.loads(in_ascii(report)) == json.loads(report)


@settings(deadline=None)
@given(VALUES)
def test_a_value_is_the_same_in_every_layout(text: str) -> None:
    node = parse_text(text).root  # type: ignore[union-attr]
    line = compact(node)
    assert "\n" not in line
    assert read_spelled(line) == read_spelled(laid_out(node)) == read_spelled(text)


def test_deep_nesting_is_not_indented_beyond_measure() -> None:
    levels = 100_000
    body = b'{"id": "x", "deep": ' + b'{"a": [' * levels + b"1" + b"]}" * levels + b"}"
    report = json_report(saved(body))
    assert len(report) < 4 * len(body)
    assert '{"a":[{"a":[' in report


@pytest.mark.parametrize(("depth", "deep"), [(39, False), (40, True)])
def test_the_depth_from_which_a_value_stays_in_one_line(depth: int, deep: bool) -> None:
    document = parse_text("[" * depth + "1" + "]" * depth)
    assert is_deep(document, 0) is deep  # type: ignore[arg-type]


def test_the_time_of_fetching_is_utc_to_the_millisecond() -> None:
    assert NOW == 1_795_500_000.0
    assert reported(answered(completion({})))["source"]["fetched_at"] == "2026-11-24T06:00:00.000Z"
