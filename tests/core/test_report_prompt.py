"""The prompt in every report: all messages as they came, one line where there are none, and nothing of it when redacted."""

import json
from typing import Any

import pytest

from inspector.core.conversation.prompt import NotAsked, Prompt, PromptMessages, PromptUnavailable, Waiting
from inspector.core.inspection import Inspection, with_prompt
from inspector.core.moment import Moment
from inspector.core.outline.outline import Outline
from inspector.core.readings.detail import text_reading
from inspector.core.report.html import html_report
from inspector.core.report.json import json_report
from inspector.core.report.markdown import markdown_report
from inspector.core.report.redaction import redacted
from inspector.core.report.text import text_report
from tests.conversations import calling, document, prompt, result
from tests.report_bodies import NOW, answered, completion
from tests.report_contract import check_report

CANARY = "Kanarienvogel"
PICTURE = "data:image/png;base64,QUJDRA=="
PARTS = [
    {"type": "text", "text": "Look:"},
    {"type": "image_url", "image_url": {"url": "https://a.example/dog.jpg"}},
    {"type": "image_url", "image_url": {"url": PICTURE}},
    {"type": "input_image", "file_id": "file-7"},
    {"type": "file", "file": {"filename": "a.pdf", "file_data": "data:application/pdf,x"}},
    {"type": "input_file", "filename": "b.pdf"},
    {"type": "input_audio", "input_audio": {"data": "QQ==", "format": "wav", "transcript": "Woof"}},
    {"type": "input_audio", "input_audio": {}},
    {"type": "refusal", "refusal": "Not that."},
    {"type": "thinking", "thinking": "Let me see."},
    {"type": "hologram", "payload": 1.0},
    {"payload": None},
]
BROKEN = {"id": "call_2", "type": "function", "function": {"name": "f", "arguments": "{'a': 1}"}}


def telling(told: Prompt, **body: Any) -> Inspection:
    return with_prompt(answered(completion({"content": "Hi"}, **body)), told)


def text_of(told: Prompt, **body: Any) -> str:
    return text_report(telling(told, **body), NOW)


def test_json_has_every_message_of_every_page_as_it_was_spelled() -> None:
    first = document(b'{"data": [ {"role":"user", "n":1.10, "n":1E400, "s":"\\u00e9\\ud83d"}, null ]}')
    inspection = telling(PromptMessages((first, document(b"[7e0]"))))
    assert check_report(json_report(inspection))["messages"] is not None
    line = json_report(inspection, indented=False)
    assert '"messages": [{"role":"user","n":1.10,"n":1E400,"s":"\\u00e9\\ud83d"}, null, 7e0], ' in line


@pytest.mark.parametrize("told", [NotAsked(), Waiting(), PromptUnavailable("No.")])
def test_json_has_null_where_the_service_told_none(told: Prompt) -> None:
    assert check_report(json_report(telling(told)))["messages"] is None


def test_json_has_an_empty_list_where_the_service_told_that_there_are_none() -> None:
    assert check_report(json_report(telling(prompt([]))))["messages"] == []


def test_the_text_report_tells_the_prompt_before_the_answer() -> None:
    report = text_of(prompt([{"role": "system", "content": "Be\nkind."}, {"content": "Hello", "name": "ann"}]))
    assert report.index("Prompt (2 messages)") < report.index("Choice 1")
    assert "Message 1: system\n  | Be\n  | kind.\n" in report
    assert "Message 2: without a role\n  name  ann\n  | Hello\n" in report


def test_calls_and_results_are_told_with_their_ids() -> None:
    call = calling("call_1")
    call["tool_calls"] += [BROKEN, {"function": {"name": "", "arguments": 1}}, {}]
    report = text_of(prompt([call, result("call_1", "42")]))
    assert "  Tool call 1: look_up\n  id         call_1\n  arguments  valid JSON object\n  | {}\n" in report
    assert "  Tool call 2: f\n" in report
    assert "  | {'a': 1}\n     ^\n" in report
    assert "Tool call 3: with an empty name" in report
    assert "Tool call 4: without a name" in report
    assert "Message 2: tool\n  tool_call_id  call_1\n  | 42\n" in report


def test_every_sort_of_part_is_told() -> None:
    report = text_of(prompt([{"role": "user", "content": PARTS}]))
    for words in (
        "  | Look:\n",
        "  image  https://a.example/dog.jpg\n",
        "  image  in the message: image/png, 4 bytes\n",
        "  image  ID file-7\n",
        "  file  in the message: application/pdf, size not known\n  name  a.pdf\n",
        "  file  not in the message\n  name  b.pdf\n",
        "  audio  wav, 1 byte\n  Transcript:\n  | Woof\n",
        "  audio  type not said, size not known\n",
        "  Refusal:\n  | Not that.\n",
        "  Reasoning:\n  | Let me see.\n",
        '  hologram\n  | {\n  |   "type": "hologram",\n  |   "payload": 1.0\n  | }\n',
        '  part without a type\n  | {\n  |   "payload": null\n  | }\n',
    ):
        assert words in report, words


def test_one_quiet_line_tells_why_there_is_none() -> None:
    report = text_of(PromptUnavailable("The service has none."))
    assert "Prompt\n------\n  The service has none.\n" in report
    assert "What went wrong" not in report


@pytest.mark.parametrize("told", [NotAsked(), Waiting()])
def test_nothing_is_said_of_what_nobody_knows(told: Prompt) -> None:
    assert "Prompt" not in text_of(told)


def test_what_the_body_carries_is_told_as_such() -> None:
    report = text_of(NotAsked(), input_messages=[{"role": "user", "content": "Hello"}])
    assert "Prompt (1 message)\n" in report
    assert "  The prompt is the one that the body itself carries, in “input_messages”.\n" in report


def test_markdown_and_html_tell_it_too_and_escape_it() -> None:
    inspection = telling(prompt([{"role": "<b>user</b>", "content": "```\n<script>alert(1)</script>"}]))
    markdown, page = markdown_report(inspection, NOW), html_report([inspection], NOW)
    assert "## Prompt (1 message)" in markdown
    assert "````\n```\n<script>alert(1)</script>\n````" in markdown
    assert "<h2>Prompt (1 message)</h2>" in page
    assert "<script>" not in page
    assert "<b>user</b>" not in page


SECRETS = {
    "id": "msg_1",
    "role": "user",
    "name": CANARY,
    "content": f"{CANARY} 4711",
    "content_parts": [
        {"type": "text", "text": CANARY},
        {"type": "image_url", "image_url": {"url": f"https://{CANARY}/"}},
    ],
    "tool_calls": [
        {"id": "call_1", "type": "function", "function": {"name": "f", "arguments": f'{{"a": "{CANARY}", "b": 4711}}'}}
    ],
    CANARY + " said": 4711,
}


@pytest.mark.parametrize("bare", [False, True])
def test_a_redacted_report_keeps_the_shape_of_the_prompt_and_nothing_of_what_it_says(bare: bool) -> None:
    pages = PromptMessages((document([SECRETS]),)) if bare else prompt([SECRETS, result("call_1", CANARY)])
    inspection = redacted(telling(pages, input_messages=[SECRETS]))
    reports = [
        json_report(inspection),
        text_report(inspection, NOW),
        markdown_report(inspection, NOW),
        html_report([inspection], NOW),
    ]
    for report in reports:
        assert CANARY not in report
        assert "4711" not in report
    told = check_report(reports[0])
    for message in (told["messages"][0], told["completion"]["input_messages"][0]):
        assert (message["id"], message["role"], message["content"]) == ("msg_1", "user", "‹redacted: 18 characters›")
        assert message["content_parts"][0]["type"] == "text"
        call = message["tool_calls"][0]
        assert (call["id"], call["function"]["name"]) == ("call_1", "f")
        assert json.loads(call["function"]["arguments"]) == {"a": "‹redacted: 13 characters›", "b": 1111}
    if not bare:
        assert told["messages"][1]["tool_call_id"] == "call_1"


def test_a_redacted_report_keeps_the_sentence_about_a_prompt_that_is_not_there() -> None:
    assert "The service has none." in text_report(redacted(telling(PromptUnavailable("The service has none."))), NOW)


def test_the_text_of_the_whole_answer_tells_the_prompt_once_it_has_come() -> None:
    outline = Outline(telling(Waiting()), Moment(NOW))
    assert "Prompt" not in text_reading(outline, outline.root).text
    outline.learn_prompt(telling(prompt([{"role": "user", "content": "Hello"}])))
    assert "Prompt (1 message)" in text_reading(outline, outline.root).text
