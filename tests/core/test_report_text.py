"""The text report: what a person reads in a terminal of eighty columns."""

import re
import time
import unicodedata
from dataclasses import replace

import pytest

from inspector.core.exchange import Failed, FailureKind
from inspector.core.inspection import Inspection, inspect_failure
from inspector.core.report.layout import WIDTH, display_width
from inspector.core.report.text import beginning_of_report, text_report
from inspector.core.schemas.tool_schemas import ToolSchemas
from tests.report_bodies import NOW, SAMPLES, URL, answered, calling, completion, of_sample, received, saved

STEERING = {"Cc", "Cs", "Zl", "Zp"}
ESCAPE = re.compile("\x1b\\[[0-9;]*m")


def lines_of(inspection: Inspection) -> list[str]:
    return text_report(inspection, NOW).split("\n")


def section(inspection: Inspection, title: str) -> str:
    """The lines from a heading to the next blank line."""
    report = text_report(inspection, NOW)
    begin = report.index(f"\n{title}")
    return report[begin + 1 :].partition("\n\n")[0]


@pytest.mark.parametrize("name", SAMPLES)
def test_every_sample_fits_eighty_columns_and_steers_no_terminal(name: str) -> None:
    report = text_report(of_sample(name), NOW)
    assert max(map(display_width, report.split("\n"))) <= WIDTH
    assert not {char for char in report if unicodedata.category(char) in STEERING} - {"\n"}
    assert report.endswith("\n")
    assert "\n\n\n" not in report


def test_the_head_names_the_completion_and_its_fields() -> None:
    body = completion({"content": "hi"}, created=1_795_410_000, seed=4944116822809979520, model="gpt\x1b[31m")
    lines = lines_of(answered(body, x_request_id="req_5"))
    assert lines[:2] == ["Chat completion chatcmpl-asked", "=" * 30]
    head = "\n".join(lines[2:12])
    assert re.search(r"^  created +2026-11-23 05:00:00 UTC · .*1 day ago", head, re.MULTILINE)
    assert re.search(r"^  seed +4944116822809979520$", head, re.MULTILINE)
    assert re.search(r"^  model +gpt␛\[31m$", head, re.MULTILINE)
    assert re.search(r"^  answer +status 200, \d+ bytes in 57 ms$", head, re.MULTILINE)
    assert re.search(r"^  request ID +req_5$", head, re.MULTILINE)


def test_the_content_is_told_in_full_behind_a_gutter() -> None:
    shown = section(answered(completion({"content": "one\n\ntwo " + "x" * 90})), "content")
    assert shown == "content\n  | one\n  |\n  | two " + "x" * 72 + "\n  : " + "x" * 18


def test_findings_come_before_the_content_worst_first() -> None:
    report = text_report(answered(calling('{"a": 1,}')), NOW)
    assert report.index("Findings (") < report.index("Choice 1")
    words = re.findall(r"^  (error|warning|info) ", report, re.MULTILINE)
    assert words == sorted(words, key=["error", "warning", "info"].index)
    assert "  error    The call of “get_weather”" in report
    assert "/choices/0/message/tool_calls/0/function/arguments" in report
    assert "[arguments-invalid]" in report


def test_an_answer_in_order_has_no_findings() -> None:
    body = completion({"content": "hi"})
    assert "Findings" not in text_report(answered(body, content_type="application/json"), NOW)


def test_broken_arguments_carry_a_caret_and_an_explanation() -> None:
    shown = section(answered(calling('{"a": 1,}')), "Tool call 1: get_weather")
    lines = shown.split("\n")
    assert lines[1].split() == ["id", "call_1"]
    assert lines[2].startswith("  arguments  not JSON: ")
    assert lines[4:6] == ['  | {"a": 1,}', "            ^"]
    assert "comma" in lines[6]


@pytest.mark.parametrize(
    ("arguments", "quoted"),
    [
        ('{"a":1.50,"a":[]}', ["  | {", '  |   "a": 1.50,', '  |   "a": []', "  | }"]),
        ({"b": 2}, ["  | {", '  |   "b": 2', "  | }"]),
        ("", []),
        ("[1]", ["  | [", "  |   1", "  | ]"]),
        ('{"a":"\u200b"}', ["  | {", '  |   "a": "⟦ZWSP⟧"', "  | }"]),
    ],
)
def test_other_arguments_are_laid_out_as_spelled(arguments: object, quoted: list[str]) -> None:
    lines = section(answered(calling(arguments)), "Tool call 1").split("\n")
    assert [line for line in lines if line.startswith("  |")] == quoted


def test_calls_without_a_name_or_arguments_say_so() -> None:
    calls = [{"id": 7, "type": "function"}, {"function": {"name": "", "arguments": "{}"}}]
    report = text_report(answered(completion({"tool_calls": calls})), NOW)
    assert "Tool call 1: without a name" in report
    assert "Tool call 2: with an empty name" in report
    assert "  id         absent" in report


def test_a_custom_tool_shows_its_free_text() -> None:
    call = {"id": "", "type": "custom", "custom": {"name": "sql", "input": "select *\nfrom t"}}
    shown = section(answered(completion({"tool_calls": [call]})), "Tool call 1: sql")
    assert "  id         “”" in shown
    assert "  | select *\n  | from t" in shown


def test_why_nothing_was_checked_is_said_once() -> None:
    calls = [{"id": f"c{n}", "type": "function", "function": {"name": "a", "arguments": "{}"}} for n in range(3)]
    report = text_report(answered(completion({"tool_calls": calls})), NOW)
    assert report.count("No arguments were checked against a schema.") == 1
    assert "Not checked against a schema" not in report


def test_eight_times_the_calls_do_not_take_much_more_than_eight_times_as_long() -> None:
    def seconds(count: int) -> float:
        calls = [{"id": "c", "type": "function", "function": {"name": "a", "arguments": "{}"}}] * count
        inspection = answered(completion({"tool_calls": calls}))
        begin = time.process_time()
        assert text_report(inspection, NOW).count("\nTool call ") == count
        return time.process_time() - begin

    assert seconds(3200) < 24 * min(seconds(400) for _ in range(3))


def test_schemas_are_told_call_by_call() -> None:
    tools = ToolSchemas.read(
        '[{"name": "a", "parameters": {"type": "object", "properties": {"n": {"type": "integer"}}, "required": ["n"]}}]'
    )
    assert isinstance(tools, ToolSchemas)
    texts = [("a", '{"n": 1}'), ("a", '{"n": "x"}'), ("a", "{}"), ("a", '{"n":')]
    calls = [
        {"id": f"c{at}", "type": "function", "function": {"name": name, "arguments": text}}
        for at, (name, text) in enumerate(texts)
    ]
    inspection = saved(completion({"tool_calls": calls}), tools=tools)
    told = [section(inspection, f"Tool call {number}:") for number in range(1, 5)]
    assert "The arguments pass the schema of the function." in told[0]
    assert "break the schema of the function:\n  - /n: " in told[1]
    assert "  - the arguments: " in told[2]
    assert "Not checked against a schema." in told[3]


def test_citations_are_facts_and_no_links() -> None:
    cited = {"start_index": 0, "end_index": 4, "title": "Winter", "url": "https://ferries.example/"}
    message = {"content": "Hello", "annotations": [{"type": "url_citation", "url_citation": cited}, {"type": "other"}]}
    shown = section(answered(completion(message)), "annotations")
    assert "  1. url_citation\n  title  Winter\n  host   ferries.example\n  url    https://ferries.example/\n" in shown
    assert "  range  characters 0 to 4\n  cited  Hell\n  2. other\n" in shown


def test_what_was_said_in_parts() -> None:
    parts = [
        {"type": "text", "text": "hello"},
        {"type": "image_url", "image_url": {"url": "x"}},
        {"type": "thinking", "thinking": 7},
        {"text": "?"},
    ]
    shown = section(answered(completion({"content": parts})), "content").split("\n")
    assert shown[1:3] == ["  1. text", "  | hello"]
    assert shown[3:5] == ["  2. image_url", "  | {"]
    assert '  |   "thinking": 7' in shown
    assert "  4. part without a type" in shown


def test_content_that_is_an_object_or_a_number() -> None:
    assert '  |   "a": 1' in section(answered(completion({"content": {"a": 1}})), "content")
    assert re.search(r"^  content +7$", text_report(answered(completion({"content": 7})), NOW), re.MULTILINE)


def test_reasoning_refusal_and_transcript_are_read_too() -> None:
    message = {"refusal": "no", "reasoning_content": "hm", "audio": {"transcript": "spoken", "data": "AAAA"}}
    report = text_report(answered(completion(message)), NOW)
    for name, said in (("refusal", "no"), ("reasoning_content", "hm"), ("audio: transcript", "spoken")):
        assert f"\n{name}\n  | {said}\n" in report


def test_a_choice_says_its_index_where_the_order_does_not() -> None:
    body = completion({"content": "a"})
    body["choices"] = [dict(body["choices"][0], index=index, finish_reason=None) for index in (1, 0)]
    body["choices"].append({"index": 2})
    report = text_report(answered(body), NOW)
    assert re.findall(r"^  index +(\d)$", report, re.MULTILINE) == ["1", "0"]
    assert re.search(r"^  finish_reason +null$", report, re.MULTILINE)
    assert "This choice holds no message." in report


@pytest.mark.parametrize("usage", [None, [], "12"])
def test_usage_that_is_not_reported(usage: object) -> None:
    assert "does not report any usage" in section(answered(completion({}, usage=usage)), "Usage")


def test_usage_with_its_details() -> None:
    usage = {
        "prompt_tokens": 7,
        "total_tokens": None,
        "prompt_tokens_details": {"cached_tokens": 0, "odd": None},
        "completion_tokens_details": None,
        "cost": 0.5,
        "a_name_that_is_longer_than_the_column": {},
    }
    shown = section(answered(completion({}, usage=usage)), "Usage").split("\n")[2:]
    assert [line.split(maxsplit=1) for line in shown[:3]] == [
        ["prompt_tokens", "7"],
        ["completion_tokens", "not reported"],
        ["total_tokens", "not reported"],
    ]
    assert "  prompt: cached_tokens      0" in shown
    assert "  completion_tokens_details  null · not reported" in shown
    assert shown[-3:-1] == ["  a_name_that_is_longer_than_the_column", " " * 29 + "{}"]


def test_a_problem_has_the_sentence_the_words_the_hint_and_the_causes() -> None:
    shown = text_report(answered(b'{"error": {"message": "no such thing"}}', status=404), NOW)
    for part in (
        "What went wrong",
        "It said: “no such thing”",
        "Check the ID",
        "Possible causes:",
        "  - The completion was",
    ):
        assert part in shown
    assert "The server said:" not in shown
    assert '  |     "message": "no such thing"' in shown


def test_long_words_of_the_server_are_quoted_in_full() -> None:
    said = "very " * 300 + "end"
    shown = text_report(answered(b'{"error": {"message": "%s"}}' % said.encode(), status=500), NOW)
    assert "The server said:\n  | very very" in shown


def test_a_page_in_place_of_json_shows_its_beginning() -> None:
    page = b"<!doctype html><title>x</title>" + b"<p>" * 3_000
    shown = text_report(answered(page, status=502), NOW)
    assert "The body, its first 4,000 characters" in shown
    assert shown.count("<p>") < 1_400


def test_a_body_that_breaks_off_is_marked_where() -> None:
    shown = text_report(answered(b'{"choices": [' + b"1, " * 3_000), NOW)
    assert re.search(r"^The body, around the place\n(  .*1, .*\n|  \(.* are not shown\)\n)+ +\^$", shown, re.MULTILINE)


def test_an_error_under_status_200_shows_the_body() -> None:
    shown = text_report(answered({"choices": None, "error": {"message": "no"}}), NOW)
    assert '\nThe body\n  | {\n  |   "choices": null,\n' in shown


def test_a_file_that_is_not_json_is_marked_where() -> None:
    shown = text_report(saved(b'\xef\xbb\xbf{"a": oops}', "x.json"), NOW)
    assert "This is not JSON from line 1, column 7 on." in shown
    assert '  | {"a": oops}\n          ^' in shown
    assert re.search(r"^  file +x\.json$", shown, re.MULTILINE)


def test_an_empty_file_has_no_body_to_show() -> None:
    shown = text_report(saved(b""), NOW)
    assert shown.startswith("Saved response without an ID\n")
    assert "\nThe body" not in shown


def test_json_that_is_no_object_is_shown_too() -> None:
    assert "Saved response without an ID" in text_report(saved(b"[]"), NOW)


def test_a_fetch_without_an_answer() -> None:
    shown = text_report(inspect_failure(Failed(FailureKind.REFUSED, f"{URL}x", "no luck"), "x"), NOW)
    assert shown.startswith("Chat completion x\n")
    assert "no luck" in shown
    assert "status" not in shown


def test_without_any_id() -> None:
    failed = inspect_failure(Failed(FailureKind.BAD_INPUT, URL), None)
    assert text_report(failed, NOW).startswith("Chat completion without an ID\n")


def test_notes_about_the_transport_are_told() -> None:
    inspection = answered(completion({}))
    noted = replace(inspection, received=replace(received(b""), notes=("The length was wrong.",)))
    assert "  The length was wrong.\n" in text_report(noted, NOW)


def test_colour_is_only_around_our_own_words() -> None:
    inspection = answered(calling('{"a": 1,}', content="\x1b[31m"))
    coloured = text_report(inspection, NOW, colour=True)
    assert ESCAPE.sub("", coloured) == text_report(inspection, NOW)
    assert "\x1b[31merror   \x1b[0m" in coloured
    assert "\x1b[1mUsage\x1b[0m" in coloured


def test_a_deep_value_stays_in_one_line_of_its_own() -> None:
    deep = "[" * 60 + "]" * 60
    lines = section(answered(calling(deep)), "Tool call 1").split("\n")
    assert "  | " + "[" * 60 + "]" * 16 in lines


def test_a_cancelled_fetch_has_no_more_to_say() -> None:
    shown = text_report(inspect_failure(Failed(FailureKind.CANCELLED, f"{URL}x"), "x"), NOW)
    assert shown.endswith(
        "What went wrong\n---------------\n  The fetch was cancelled before the answer was complete.\n"
    )


def test_a_beginning_ends_behind_the_line_that_passes_the_limit() -> None:
    inspection = of_sample(next(iter(SAMPLES)))
    whole = text_report(inspection, NOW, width=60)
    beginning = beginning_of_report(inspection, NOW, 60, 200)
    assert whole.startswith(beginning)
    assert 200 < len(beginning) <= 200 + 62
    assert beginning_of_report(inspection, NOW, 60, len(whole)) == whole
    assert max(map(display_width, whole.split("\n"))) <= 60
