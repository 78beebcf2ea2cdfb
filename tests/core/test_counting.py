"""In words people count from 1, wherever they read; addresses count from 0."""

import re

import pytest

from inspector.core.comparison.compared import compared
from inspector.core.counting import nth
from inspector.core.inspection import Inspection, with_prompt
from inspector.core.moment import Moment
from inspector.core.notations import json_pointer, path_of
from inspector.core.outline.outline import Outline
from inspector.core.readings.shown_conversation import shown_conversation
from inspector.core.report.markdown import markdown_report
from inspector.core.report.text import text_report
from inspector.demo.samples import Sample, load_samples
from tests.conversations import prompt, result
from tests.inspections import NOW, call, completion, inspected
from tests.outline_rows import rows_of

SECOND_CALL = "/choices/1/message/tool_calls/1"
FROM_ZERO = re.compile(r"\b(choice|call|message|turn|part|entry|citation|token) 0\b", re.IGNORECASE)
LOST = [{"role": "system", "content": "Be kind."}, result("lost")]


def second_is_faulty(**changes: object) -> Inspection:
    """Two choices, of which the second has two calls: the second repeats the ID of the first."""
    body = completion()
    calls = [call("{}", number=7), call('{"a": 1}', name="f", number=7) | changes]
    second = body["choices"][0] | {"index": 1, "message": {"role": "assistant", "content": None, "tool_calls": calls}}
    body["choices"].append(second)
    return with_prompt(inspected(body), prompt(LOST))


def test_the_first_is_1() -> None:
    assert [nth(place) for place in (0, 1, 999)] == ["1", "2", "1,000"]


def test_the_tree_counts_from_1_and_its_addresses_from_0() -> None:
    outline = Outline(second_is_faulty(), Moment(NOW))
    row = outline.find(SECOND_CALL)
    above = row.parent.parent.parent if row.parent is not None and row.parent.parent is not None else None
    assert above is not None
    assert (outline.words(above).name, outline.words(row).name) == ("Choice 2", "Call 2")
    assert json_pointer(path_of(row)) == row.pointer == SECOND_CALL


def test_elements_of_other_lists_stand_under_their_address_in_brackets() -> None:
    outline = Outline(inspected(completion(annotations=[{"type": "x"}, 7])), Moment(NOW))
    rows = outline.children(outline.find("/choices/0/message/annotations"))
    assert [outline.words(row).name for row in rows] == ["[0]", "[1]"]


def test_findings_count_from_1_and_name_a_pointer() -> None:
    found = {finding.rule: finding for finding in second_is_faulty().findings}
    repeated = found["repeated-call-id"]
    assert repeated.message == "Call 2 has the ID “call_7” of call 1."
    assert repeated.pointer == f"{SECOND_CALL}/id"
    assert found["result-without-call"].message.startswith("Message 2 of the prompt is a tool result")


@pytest.mark.parametrize("report", [text_report, markdown_report])
def test_reports_count_as_the_tree_does(report: object) -> None:
    told = report(second_is_faulty(), NOW)  # type: ignore[operator]
    assert [
        name for name in ("Choice 1", "Choice 2", "Tool call 2", "Message 1", "Message 2") if name not in told
    ] == []
    assert "Choice 3" not in told


def test_the_conversation_counts_messages_as_the_findings_do() -> None:
    conversation = shown_conversation(second_is_faulty())
    assert len(conversation) == 4
    assert "answer 1 of 2" in conversation.turn(2).facts
    assert "answer 2 of 2" in conversation.turn(3).facts


def test_comparisons_count_as_the_tree_does() -> None:
    text = compared(second_is_faulty(), second_is_faulty(type="other")).text("left", "right")
    assert "choice 2 › message › call 2 f › type" in text


@pytest.mark.parametrize("sample", load_samples(), ids=[each.file for each in load_samples()])
def test_nothing_is_called_0_in_any_words(sample: Sample) -> None:
    messages = sample.prompt()
    inspection = with_prompt(inspected(sample.body()), prompt(messages or []))
    outline = Outline(inspection, Moment(NOW))
    names = [outline.words(row).name for row, _ in zip(rows_of(outline), range(300), strict=False)]
    told = [text_report(inspection, NOW), *names, *(finding.message for finding in inspection.findings)]
    assert [match[0] for text in told for match in FROM_ZERO.finditer(text)] == []
