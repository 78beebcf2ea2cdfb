"""The line above the detail, and what the status bar says."""

from dataclasses import replace
from typing import Any

import pytest

from inspector.core.findings import Finding, Severity
from inspector.core.inspection import Inspection
from inspector.core.moment import Moment
from inspector.core.outline.summary import Summary, UsageFigures, status_words, summarise
from inspector.core.schemas.verdict import fails
from inspector.core.tally import tally_of
from tests.answers import NOW, SAMPLES, answered, calling, completion, of_sample, saved


def summary_of(body: dict[str, Any]) -> Summary:
    found = saved(body).completion
    assert found is not None
    return summarise(found, Moment(NOW), tally_of(found, {}))


def choices(*reasons: object) -> list[dict[str, Any]]:
    return [{"index": at, "message": {}, "finish_reason": reason} for at, reason in enumerate(reasons)]


class TestFacts:
    def test_a_plain_answer(self) -> None:
        assert summary_of(completion({"content": "Hello"})).facts == ("gpt-4o", "5 days ago", "stop")

    def test_an_empty_object(self) -> None:
        assert summary_of({}) == Summary(("no model named", "no choices"), None)

    @pytest.mark.parametrize(
        ("change", "fact"),
        [
            ({"model": None}, "no model named"),
            ({"model": ""}, "no model named"),
            ({"model": 4}, "no model named"),
            ({"model": "a\nb" + "x" * 99}, "a⏎b" + "x" * 56 + "…"),
            ({"created": NOW}, "just now"),
            ({"created": NOW + 7200}, "in 2 hours"),
            ({"choices": []}, "no choices"),
            ({"choices": None}, "no choices"),
            ({"choices": choices("length")}, "length"),
            ({"choices": choices(None)}, "no finish reason"),
            ({"choices": choices("")}, "no finish reason"),
            ({"choices": choices(7)}, "no finish reason"),
            ({"choices": choices("stop", "length", "stop")}, "3 choices: 2 x stop, 1 x length"),
            ({"choices": choices("a", "b", "c", "d", "d", "d")}, "6 choices: 3 x d, 1 x a, 1 x b"),
            ({"choices": choices(None, "x" * 99)}, f"2 choices: 1 x no finish reason, 1 x {'x' * 29}…"),
        ],
    )
    def test_what_each_part_says(self, change: dict[str, Any], fact: str) -> None:
        assert fact in summary_of(completion({}) | change).facts

    @pytest.mark.parametrize("created", [None, "yesterday", "1795000000", -1, 1_795_000_000_000])
    def test_a_time_that_is_none_is_left_out(self, created: object) -> None:
        assert summary_of(completion({}, created=created)).facts == ("gpt-4o", "stop")

    @pytest.mark.parametrize(
        ("arguments", "fact"),
        [
            (["{}"], "1 tool call, nothing faulty"),
            (["{}", '{"a": 1}'], "2 tool calls, nothing faulty"),
            (["{}", "{", "[]", {}], "4 tool calls, 3 faulty"),
        ],
    )
    def test_calls_are_counted_with_the_faulty_ones(self, arguments: list[object], fact: str) -> None:
        calls = [{"id": "a", "type": "function", "function": {"name": "f", "arguments": each}} for each in arguments]
        assert summary_of(completion({"tool_calls": calls})).facts[-1] == fact


class TestUsage:
    @pytest.mark.parametrize(
        ("usage", "figures"),
        [
            (
                {"prompt_tokens": 30, "completion_tokens": 10, "total_tokens": 41},
                UsageFigures("30", "10", "41", 0.75),
            ),
            ({"prompt_tokens": 0, "completion_tokens": 1}, UsageFigures("0", "1", "not reported", 0.0)),
            ({}, UsageFigures("not reported", "not reported", "not reported", None)),
            (
                {"prompt_tokens": None, "completion_tokens": 10},
                UsageFigures("not reported", "10", "not reported", None),
            ),
            ({"prompt_tokens": 0, "completion_tokens": 0, "total_tokens": 0}, UsageFigures("0", "0", "0", None)),
            (
                {"prompt_tokens": 0, "completion_tokens": 5, "total_tokens": 5.0},
                UsageFigures("0", "5", "5.0", 0.0),
            ),
            (
                {"prompt_tokens": -1, "completion_tokens": 1.5, "total_tokens": "3"},
                UsageFigures("-1", "1.5", '"3"', None),
            ),
            (
                {"prompt_tokens": 10**14, "completion_tokens": 10**15, "total_tokens": 0},
                UsageFigures("1" + "0" * 14, "1" + "0" * 15, "0", None),
            ),
        ],
    )
    def test_counts_as_sent(self, usage: dict[str, Any], figures: UsageFigures) -> None:
        assert summary_of(completion({}, usage=usage)).usage == figures

    @pytest.mark.parametrize("usage", [None, [], "12", 12])
    def test_what_is_no_object_reports_nothing(self, usage: object) -> None:
        assert summary_of(completion({}, usage=usage)).usage is None

    def test_in_a_sentence(self) -> None:
        figures = UsageFigures("30", "not reported", "41", None)
        assert figures.sentence == "30 prompt tokens, not reported completion tokens, 41 in total"


class TestStatusBar:
    def test_an_answer_of_the_service(self) -> None:
        found = answered(completion({"content": "Hello"}))
        quiet = replace(found, findings=())
        assert status_words(quiet) == f"Received {found.size} bytes in 57 ms · nothing found"

    def test_a_file_and_how_often_the_worst_was_found(self) -> None:
        severities = (Severity.WARNING, Severity.ERROR, Severity.ERROR, Severity.INFO)
        found = saved(calling("{"))
        found = replace(found, findings=tuple(Finding("a-rule", severity, "", "Found.") for severity in severities))
        assert status_words(found) == f"Opened {found.size} bytes · worst finding: error (2)"

    def test_a_problem_in_one_line(self) -> None:
        found = answered(b'{"error": {"message": "No\\nsuch ' + b"x" * 300 + b'"}}', status=404)
        words = status_words(found)
        assert words.startswith("No completion: The server has no completion")
        assert "\n" not in words
        assert len(words) <= 165

    def test_the_size_is_that_of_the_bytes_as_they_came(self) -> None:
        found = saved(b"{}")
        changed: Inspection = replace(found, findings=(), source=replace(found.source, size=1234))
        assert status_words(changed) == "Opened 1,234 bytes · nothing found"

    def test_how_it_was_read_is_told_where_that_is_worth_a_word(self) -> None:
        found = replace(saved(b"{}"), findings=(), notice="Read by hand.")
        assert status_words(found) == "Opened 2 bytes · nothing found · Read by hand."


@pytest.mark.parametrize("name", SAMPLES)
def test_every_sample_has_its_lines(name: str) -> None:
    found = of_sample(name)
    assert "\n" not in status_words(found)
    if found.completion is not None:
        facts = summarise(found.completion, Moment(NOW), tally_of(found.completion, {})).facts
        assert len(facts) >= 2
        assert all("\n" not in fact and 0 < len(fact) < 200 for fact in facts)


def test_a_call_that_breaks_its_schema_is_faulty_too() -> None:
    found = saved(calling("{}")).completion
    assert found is not None
    schemas = {call.pointer: fails("", "It was not offered.") for _, call in found.tool_calls}
    assert "1 tool call, 1 faulty" in summarise(found, Moment(NOW), tally_of(found, schemas)).facts
    assert "1 tool call, nothing faulty" in summarise(found, Moment(NOW), tally_of(found, {})).facts
