"""A comparison as rows and as a text."""

import json
from typing import Any

from inspector.core.comparison.compared import Compared, compared
from inspector.core.comparison.difference import Change
from inspector.core.comparison.rows import ComparedRow
from inspector.core.inputs import Refused
from tests.answers import Body, calling, completion, saved


def held(left: Body, right: Body) -> Compared:
    comparison = compared(saved(left), saved(right))
    assert isinstance(comparison, Compared)
    return comparison


def told(left: Body, right: Body) -> dict[str, ComparedRow]:
    return {row.place: row for row in held(left, right).differences}


def with_usage(total: int) -> dict[str, Any]:
    return completion({"content": "x"}, usage={"prompt_tokens": 7, "completion_tokens": 5, "total_tokens": total})


def test_the_same_differs_in_nothing() -> None:
    comparison = held(completion({"content": "x"}), completion({"content": "x"}))
    assert (comparison.differences, comparison.sentence) == ((), "Nothing differs.")


def test_what_differs_has_a_row_with_both_sides() -> None:
    row = told(completion({"content": "yes"}), completion({"content": "no"}))["choice 1 › message › content"]
    assert (row.told, *row.sides) == ("changed", '"yes"', '"no"')


def test_a_long_text_is_told_from_where_it_differs() -> None:
    row = told(completion({"content": "x" * 500 + "yes"}), completion({"content": "x" * 500 + "no"}))
    shown = row["choice 1 › message › content"]
    assert shown.sides == (f'…{"x" * 20}yes"', f'…{"x" * 20}no"')


def test_what_is_on_one_side_only() -> None:
    rows = told(completion({"content": "x"}), completion({"content": "x"}, seed=4944116822809979520))
    assert (rows["seed"].told, *rows["seed"].sides) == ("only right", "", "4944116822809979520")


def test_usage_has_its_figures() -> None:
    assert told(with_usage(12), with_usage(300))["usage › total_tokens"].told == "12 → 300 (+288)"


def test_findings_that_went_or_came() -> None:
    rows = told(calling('{"a": 1,}'), calling('{"a": 1}'))
    place = "finding arguments-invalid at /choices/0/message/tool_calls/0/function/arguments"
    assert rows[place].change == "only left"
    assert rows[place].sides[0].startswith("The call of “get_weather”")
    back = told(calling('{"a": 1}'), calling('{"a": 1,}'))
    assert (back[place].change, back[place].sides[0]) == ("only right", "")


def test_a_finding_on_the_whole_answer_says_so() -> None:
    rows = told({"choices": []}, {"choices": [], "x": 1})
    assert any(place.startswith("finding") for place in rows)
    assert any(place.endswith(" at the whole answer") for place in told({}, {"choices": []}))


def test_what_differs_as_expected_is_folded_into_one_row() -> None:
    left = calling("{}", system_fingerprint="fp_1")
    right = calling("{}", system_fingerprint="fp_2", id="chatcmpl-other")
    right["choices"][0]["message"]["tool_calls"][0]["id"] = "call_2"
    comparison = held(left, right)
    (row,) = comparison.differences
    assert (row.place, row.change, row.told) == ("As expected", Change.EXPECTED, "3: id, system_fingerprint")
    assert [(each.place, each.sides) for each in row.below] == [
        ("choice 1 › message › call 1 get_weather › id", ('"call_1"', '"call_2"')),
        ("id", ('"chatcmpl-asked"', '"chatcmpl-other"')),
        ("system_fingerprint", ('"fp_1"', '"fp_2"')),
    ]
    assert comparison.sentence == "Nothing differs but what is expected to: id, system_fingerprint."


def test_what_is_the_same_has_rows_too() -> None:
    rows = {
        row.place: row.told for row in held(completion({"content": "x"}), completion({"content": "x"}, seed=1)).rows
    }
    assert (rows["model"], rows["seed"]) == ("same", "only right")


def test_another_order_of_keys_is_a_row_of_its_own() -> None:
    rows = told(calling('{"a": 1, "b": 2}'), calling('{"b": 3, "a": 1}'))
    place = "choice 1 › message › call 1 get_weather › function › arguments"
    assert list(rows) == [place, f"{place} › b"]
    assert (rows[place].told, *rows[place].sides) == ("keys in another order", "a, b", "b, a")
    moved = calling("{}")
    calls = moved["choices"][0]["message"]["tool_calls"]
    calls.append({"id": "call_2", "type": "function", "function": {"name": "b", "arguments": "{}"}})
    back = json.loads(json.dumps(moved))
    back["choices"][0]["message"]["tool_calls"].reverse()
    assert told(moved, back)["choice 1 › message › tool_calls"].told == "in another order"


def test_bodies_of_other_kinds_differ_as_a_whole() -> None:
    assert told(b"[1]", b"2")["the whole answer"].change == "changed"


def test_a_key_without_characters_has_a_name_too() -> None:
    assert told(b'{"": 1, "a": 2}', b'{"": 2, "a": 2}')["“”"].sides == ("1", "2")


def test_every_row_is_there_and_nothing_in_the_text_is_shortened() -> None:
    left, right = ({f"k{at}": f"{at} {'x' * 500}{side}" for at in range(2_000)} for side in ("a", "b"))
    comparison = held(json.dumps(left).encode(), json.dumps(right).encode())
    assert len(comparison.differences) == 2_000
    text = comparison.text("one", "two")
    assert f"k1999: changed\n    1999 [-{'x' * 500}a-]{{+{'x' * 500}b+}}\n" in text


def test_the_text_names_both_and_tells_each_difference() -> None:
    one, other = completion({"content": "The cat\nsat."}), completion({"content": "The dog\nsat."}, seed=1, id="x")
    text = held(one, other).text("one", "two")
    assert text.startswith(
        "− one\n+ two\n\nMarks in texts: [-words-] only on the left, {+words+} only on the right.\n\n"
    )
    assert "choice 1 › message › content: changed\n    The [-cat-]{+dog+}\n    sat.\n" in text
    assert "seed: only right\n  + 1\n" in text
    assert text.endswith("3 differences, and 1 as expected: id.\n")


def test_figures_stand_in_the_text_once() -> None:
    text = held(with_usage(12), with_usage(300)).text("one", "two")
    assert "usage › total_tokens: 12 → 300 (+288)\n1 diff" in text.replace("\nfinding", "\n1 diff")


def test_values_that_were_laid_out_stand_in_one_line() -> None:
    row = told(b'{"a": 1}', b'{"a": 1, "b": {\n  "c": "x\\n  y",\n  "d": 1\n}}')["b"]
    assert row.sides == ("", r'{ "c": "x\n  y", "d": 1 }')


def test_marks_that_the_text_itself_has_are_told_apart() -> None:
    text = held(completion({"content": "a [-x-] b"}), completion({"content": "a [-x-] c"})).text("one", "two")
    assert "content: changed; marks here: [--words--] only on the left, {++words++} only on the right\n" in text
    assert "    a [-x-] [--b--]{++c++}\n" in text


def test_a_text_that_was_too_much_for_words_says_so() -> None:
    left, right = (" ".join(f"{side}{at % 700}" for at in range(20_000)) for side in "ab")
    text = held(completion({"content": left}), completion({"content": right})).text("one", "two")
    assert "content: changed; too much differs to match every word, so whole stretches are told as replaced\n" in text


def test_without_texts_nothing_is_said_of_marks() -> None:
    assert "Marks" not in held(completion({}), completion({}, seed=1)).text("one", "two")


def test_what_is_no_completion_cannot_be_compared() -> None:
    assert isinstance(compared(saved(b"nope"), saved(completion({}))), Refused)
    assert isinstance(compared(saved(completion({})), saved(b"nope")), Refused)
