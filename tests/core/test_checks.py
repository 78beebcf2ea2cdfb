"""What is said of an answer before its checks are done never sounds as if nothing had been found."""

from dataclasses import replace

import pytest

from inspector.core.findings import Severity
from inspector.core.inspection import Checks, Inspection, Source, inspect, judge, read
from inspector.core.moment import Moment
from inspector.core.outline.showing import showing_of
from inspector.core.report.text import text_report
from tests.answers import as_bytes
from tests.report_bodies import NOW, calling

UNREAD = Inspection(None, Source("file", path="/tmp/a.json"), as_bytes(calling('{"city": "Oslo",}')))
ARGUMENTS = "/choices/0/message/tool_calls/0/function/arguments"


def test_reading_and_judging_is_inspecting() -> None:
    reading = read(UNREAD)
    assert (reading.checks, reading.findings, reading.tally, reading.schemas) == (Checks.RUNNING, (), None, {})
    judged, inspected = judge(reading, None, NOW), inspect(UNREAD, None, NOW)
    assert judged.document is reading.document
    assert (judged.findings, judged.tally, judged.checks) == (inspected.findings, inspected.tally, Checks.DONE)


@pytest.mark.parametrize(
    ("checks", "status", "told"),
    [
        (Checks.RUNNING, "being checked …", "This is still being checked"),
        (Checks.STOPPED, "not checked: fetch or open it again", "This was not checked to the end"),
    ],
)
def test_what_is_told_of_it(checks: Checks, status: str, told: str) -> None:
    reading = replace(read(UNREAD), checks=checks)
    showing = showing_of(reading, Moment(NOW))
    assert status in showing.status
    assert "nothing found" not in showing.status
    assert showing.summary is not None
    assert not any("tool call" in fact for fact in showing.summary.facts)
    report = text_report(reading, NOW)
    assert told in report
    assert "Tool call 1" in report
    assert told not in text_report(judge(reading, None, NOW), NOW)


def test_the_rows_learn_what_was_found() -> None:
    reading = read(UNREAD)
    judged = judge(reading, None, NOW)
    outline = showing_of(reading, Moment(NOW)).outline
    row = outline.find(ARGUMENTS)
    above = outline.words(outline.root)
    assert (outline.severity(outline.root), outline.severity(row)) == (None, None)
    outline.learn_checks(showing_of(judged, Moment(NOW)).outline)
    assert outline.find(ARGUMENTS) is row
    assert (outline.severity(outline.root), outline.severity(row)) == (Severity.ERROR, Severity.ERROR)
    assert outline.words(outline.root) != above
    assert outline.inspection is judged
