"""Completions held against each other."""

from collections.abc import Iterator
from typing import Any

from inspector.core.comparison.completions import compare_completions, findings_between
from inspector.core.comparison.difference import Change, Difference
from tests.inspections import call, completion, inspected


def compared(left: dict[str, Any], right: dict[str, Any]) -> Difference:
    one, other = inspected(left).completion, inspected(right).completion
    assert one is not None
    assert other is not None
    return compare_completions(one, other)


def told(difference: Difference, way: str = "") -> Iterator[tuple[str, Change, str]]:
    here = f"{way}/{difference.name}"
    if not difference.below and difference.change is not Change.SAME:
        yield here, difference.change, difference.note
    for below in difference.below:
        yield from told(below, here)


def test_usage_is_told_in_figures() -> None:
    left, right = completion(), completion()
    right["usage"]["completion_tokens"] = 300
    assert list(told(compared(left, right))) == [("/answer/usage/completion_tokens", Change.CHANGED, "2 → 300 (+298)")]


def test_what_differs_as_expected_is_told_in_one_line() -> None:
    difference = compared(completion(), completion() | {"id": "chatcmpl-2", "created": 1})
    assert difference.change is Change.SAME
    assert difference.note == "id, created: differs as expected"
    assert compared(completion(), completion()).note == ""


def test_arguments_are_compared_by_path() -> None:
    left = completion(tool_calls=[call('{"n": 1.10, "city": "Bonn"}'), call("{}", number=1)])
    right = completion(tool_calls=[call("{}", number=1), call('{"city": "Ulm", "n": 1.1}')])
    way = "/answer/choices/choice/message/call/function/arguments"
    assert list(told(compared(left, right))) == [
        (f"{way}/n", Change.RESPELLED, ""),
        (f"{way}/city", Change.CHANGED, ""),
    ]


def test_calls_choices_and_messages_may_be_missing_or_broken() -> None:
    left = completion(tool_calls=[call("{}"), call("not JSON", number=1)])
    right = completion(tool_calls=[call("{", number=1)])
    changes = {change for _, change, _ in told(compared(left, right))}
    assert changes == {Change.REMOVED, Change.CHANGED}
    (found,) = told(compared(completion(), completion() | {"choices": []}))
    assert found == ("/answer/choices/choice", Change.REMOVED, "")


def test_findings_that_went_and_came() -> None:
    one, other = inspected(completion(tool_calls=[call("{")])).findings, inspected(completion()).findings
    went, came = findings_between(one, other)
    assert {finding.rule for finding in went} == {finding.rule for finding in one} - {finding.rule for finding in other}
    assert findings_between(one, one) == ((), ())
    assert findings_between(other, one) == (came, went)


def test_places_of_calls_and_choices_that_hold_none_are_compared_as_values() -> None:
    found = list(told(compared(completion(tool_calls=None), completion(tool_calls=[]))))
    assert found == [("/answer/choices/choice/message/tool_calls", Change.CHANGED, "")]
    assert list(told(compared({"choices": 1}, {"choices": []}))) == [("/answer/choices", Change.CHANGED, "")]
