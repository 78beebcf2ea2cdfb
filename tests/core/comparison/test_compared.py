"""A comparison as rows and as a text."""

import json
from typing import Any

from inspector.core.comparison.compared import MOST_ROWS, Compared, ComparedRow, compared
from inspector.core.inputs import Refused
from tests.answers import Body, calling, completion, saved


def held(left: Body, right: Body) -> Compared:
    comparison = compared(saved(left), saved(right))
    assert isinstance(comparison, Compared)
    return comparison


def told(left: Body, right: Body) -> dict[str, ComparedRow]:
    return {row.place: row for row in held(left, right).rows}


def with_usage(total: int) -> dict[str, Any]:
    return completion({"content": "x"}, usage={"prompt_tokens": 7, "completion_tokens": 5, "total_tokens": total})


def test_the_same_differs_in_nothing() -> None:
    comparison = held(completion({"content": "x"}), completion({"content": "x"}))
    assert (comparison.rows, comparison.sentence) == ((), "Nothing differs.")


def test_what_differs_has_a_row_with_both_sides() -> None:
    row = told(completion({"content": "yes"}), completion({"content": "no"}))["choices › choice › message › content"]
    assert (row.change, row.left, row.right) == ("changed", '"yes"', '"no"')


def test_a_long_text_is_told_from_where_it_differs() -> None:
    row = told(completion({"content": "x" * 500 + "yes"}), completion({"content": "x" * 500 + "no"}))
    shown = row["choices › choice › message › content"]
    assert (shown.left, shown.right) == (f'…{"x" * 20}yes"', f'…{"x" * 20}no"')


def test_what_is_on_one_side_only() -> None:
    rows = told(completion({"content": "x"}), completion({"content": "x"}, seed=4944116822809979520))
    assert (rows["seed"].change, rows["seed"].left, rows["seed"].right) == ("only right", "", "4944116822809979520")


def test_usage_has_its_figures() -> None:
    assert told(with_usage(12), with_usage(300))["usage › total_tokens"].change == "12 → 300 (+288)"


def test_findings_that_went_or_came() -> None:
    rows = told(calling('{"a": 1,}'), calling('{"a": 1}'))
    place = "finding arguments-invalid at /choices/0/message/tool_calls/0/function/arguments"
    assert rows[place].change == "only left"
    assert rows[place].left.startswith("The call of “get_weather”")
    back = told(calling('{"a": 1}'), calling('{"a": 1,}'))
    assert (back[place].change, back[place].left) == ("only right", "")


def test_a_finding_on_the_whole_answer_says_so() -> None:
    rows = told({"choices": []}, {"choices": [], "x": 1})
    assert any(place.startswith("finding") for place in rows)
    assert any(place.endswith(" at the whole answer") for place in told({}, {"choices": []}))


def test_volatile_fields_are_one_sentence() -> None:
    comparison = held(completion({"content": "x"}), completion({"content": "x"}, id="chatcmpl-other"))
    assert comparison.rows == ()
    assert comparison.sentence == "Nothing differs. As expected: id: differs as expected."


def test_bodies_of_other_kinds_differ_as_a_whole() -> None:
    assert told(b"[1]", b"2")["the whole answer"].change == "changed"


def test_no_more_than_a_thousand_rows_and_the_rest_counted() -> None:
    left, right = ({f"k{at}": side for at in range(MOST_ROWS + 5)} for side in (1, 2))
    comparison = held(json.dumps(left | {"": 0}).encode(), json.dumps(right | {"": 1}).encode())
    assert len(comparison.rows) == MOST_ROWS
    assert comparison.left_out >= 6
    assert f"the last {comparison.left_out:,} are not listed" in comparison.sentence


def test_the_text_names_both_and_tells_each_difference() -> None:
    text = held(completion({"content": "yes"}), completion({"content": "no"}, seed=1)).text("one", "two")
    assert text.startswith("− one\n+ two\n\n")
    assert 'choices › choice › message › content: changed\n  − "yes"\n  + "no"\n' in text
    assert "seed: only right\n  + 1\n" in text
    assert text.endswith("2 differences.\n") or "differences." in text


def test_what_is_no_completion_cannot_be_compared() -> None:
    assert isinstance(compared(saved(b"nope"), saved(completion({}))), Refused)
    assert isinstance(compared(saved(completion({})), saved(b"nope")), Refused)
