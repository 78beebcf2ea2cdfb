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
    here = f"{way}/{difference.name}" if difference.name else way
    if not difference.below and difference.change is not Change.SAME:
        yield here, difference.change, difference.note
    for below in difference.below:
        yield from told(below, here)


def every(difference: Difference) -> Iterator[Difference]:
    yield difference
    for below in difference.below:
        yield from every(below)


def test_usage_is_told_in_figures() -> None:
    left, right = completion(), completion()
    right["usage"]["completion_tokens"] = 300
    assert list(told(compared(left, right))) == [("/usage/completion_tokens", Change.CHANGED, "2 → 300 (+298)")]


def test_what_differs_as_expected_is_told_in_one_line() -> None:
    difference = compared(completion(), completion() | {"id": "chatcmpl-2", "created": 1})
    assert difference.change is Change.SAME
    assert list(told(difference)) == [("/id", Change.EXPECTED, ""), ("/created", Change.EXPECTED, "")]
    assert list(told(compared(completion(), completion()))) == []


def test_an_id_that_one_side_lacks_is_not_expected() -> None:
    right = completion()
    del right["id"]
    assert list(told(compared(completion(), right))) == [("/id", Change.REMOVED, "")]


def test_calls_that_are_paired_by_name_have_another_id_as_expected() -> None:
    left, right = completion(tool_calls=[call("{}")]), completion(tool_calls=[call("{}", number=7)])
    assert list(told(compared(left, right))) == [("/choice 1/message/call 1 look_up/id", Change.EXPECTED, "")]


def test_calls_and_choices_in_another_order_are_told() -> None:
    left = completion(tool_calls=[call("{}", "a", 0), call("{}", "b", 1)])
    right = completion(tool_calls=[call("{}", "b", 1), call("{}", "a", 0)])
    (found,) = [each for each in every(compared(left, right)) if each.orders is not None]
    assert (found.name, found.change, found.orders) == (
        "tool_calls",
        Change.REORDERED,
        ("call 1 a, call 2 b", "call 2 b, call 1 a"),
    )
    two = {"choices": [{"index": 0}, {"index": 1}]}
    (moved,) = [each for each in every(compared(two, {"choices": two["choices"][::-1]})) if each.orders is not None]
    assert moved.orders == ("choice 1, choice 2", "choice 2, choice 1")


def test_a_choice_is_counted_by_its_place_whatever_its_index_says() -> None:
    left, right = ({"choices": [{"index": 5, "finish_reason": reason}]} for reason in ("stop", "length"))
    assert list(told(compared(left, right))) == [("/choice 1/finish_reason", Change.CHANGED, "")]


def test_keys_in_another_order_are_told_wherever_they_are_and_whatever_else_differs() -> None:
    left, right = completion(), completion()
    right["choices"][0]["message"] = {"content": "Ho", "role": "assistant"}
    right["usage"] = dict(reversed(right["usage"].items()))
    right = dict(reversed(right.items()))
    orders = {each.name: each.orders for each in every(compared(left, right)) if each.orders is not None}
    assert orders == {
        "": ("id, object, created, model, choices, usage", "usage, choices, model, created, object, id"),
        "message": ("role, content", "content, role"),
        "usage": ("prompt_tokens, completion_tokens, total_tokens", "total_tokens, completion_tokens, prompt_tokens"),
    }


def test_keys_of_one_side_only_do_not_make_another_order() -> None:
    assert [each for each in every(compared(completion(), {"x": 1} | completion())) if each.orders is not None] == []


def test_arguments_are_compared_by_path() -> None:
    left = completion(tool_calls=[call('{"n": 1.10, "city": "Bonn"}'), call("{}", number=1)])
    right = completion(tool_calls=[call("{}", number=1), call('{"city": "Ulm", "n": 1.1}')])
    way = "/choice 1/message/call 1 look_up/function/arguments"
    found = compared(left, right)
    assert [each for each in told(found) if "arguments" in each[0]] == [
        (f"{way}/n", Change.RESPELLED, ""),
        (f"{way}/city", Change.CHANGED, ""),
    ]
    assert [each.orders for each in every(found) if each.name == "arguments"] == [("n, city", "city, n")]


def test_calls_choices_and_messages_may_be_missing_or_broken() -> None:
    left = completion(tool_calls=[call("{}"), call("not JSON", number=1)])
    right = completion(tool_calls=[call("{", number=1)])
    changes = {change for _, change, _ in told(compared(left, right))}
    assert changes == {Change.REMOVED, Change.CHANGED}
    (found,) = told(compared(completion(), completion() | {"choices": []}))
    assert found == ("/choice 1", Change.REMOVED, "")


def test_findings_that_went_and_came() -> None:
    one, other = inspected(completion(tool_calls=[call("{")])).findings, inspected(completion()).findings
    went, came = findings_between(one, other)
    assert {finding.rule for finding in went} == {finding.rule for finding in one} - {finding.rule for finding in other}
    assert findings_between(one, one) == ((), ())
    assert findings_between(other, one) == (came, went)


def test_places_of_calls_and_choices_that_hold_none_are_compared_as_values() -> None:
    found = list(told(compared(completion(tool_calls=None), completion(tool_calls=[]))))
    assert found == [("/choice 1/message/tool_calls", Change.CHANGED, "")]
    assert list(told(compared({"choices": 1}, {"choices": []}))) == [("/choices", Change.CHANGED, "")]
