"""Choices and calls find their partners."""

from typing import Any

import pytest

from inspector.core.comparison.pairs import paired_calls, paired_choices
from inspector.core.completion import Choice, ToolCall
from tests.inspections import call, completion, inspected


def choices_of(*choices: dict[str, Any]) -> tuple[Choice, ...]:
    found = inspected({"choices": list(choices)}).completion
    assert found is not None
    return found.choices


def calls_of(*calls: dict[str, Any]) -> list[ToolCall]:
    found = inspected(completion(tool_calls=list(calls))).completion
    assert found is not None
    return [each for _, each in found.tool_calls]


@pytest.mark.parametrize(
    ("left", "right", "pairs"),
    [
        ([{"index": 0}, {"index": 1}], [{"index": 1}, {"index": 0}], [(0, 1), (1, 0)]),
        ([{"index": 0}, {"index": 1}], [{"index": 1}, {"index": 2}], [(1, 0), (0, None), (None, 1)]),
        ([{"index": 0}, {"index": 0}], [{"index": 0}], [(0, 0), (1, None)]),
        ([{}, {"index": 0}], [{"index": 0}, {}], [(0, 0), (1, 1)]),
    ],
)
def test_choices_by_index_or_else_by_position(
    left: list[dict[str, Any]], right: list[dict[str, Any]], pairs: list[tuple[int | None, int | None]]
) -> None:
    ours, theirs = choices_of(*left), choices_of(*right)
    found = list(paired_choices(ours, theirs))
    assert [(ours.index(one) if one else None, theirs.index(other) if other else None) for one, other in found] == pairs


def test_calls_by_id_then_by_name_and_order() -> None:
    left = calls_of(call("1", "a", 1), call("2", "b", 2), call("3", "b", 3), call("4", "c", 4))
    right = calls_of(call("5", "b", 9), call("6", "a", 8), call("7", "x", 4), call("8", "b", 7), call("9", "z", 6))
    found = [(one and one.arguments.text, other and other.arguments.text) for one, other in paired_calls(left, right)]
    assert found == [("1", "6"), ("2", "5"), ("3", "8"), ("4", "7"), (None, "9")]


def test_calls_without_id_and_name_stand_alone() -> None:
    left, right = calls_of({"type": "function"}), calls_of({"type": "function"})
    assert list(paired_calls(left, right)) == [(left[0], None), (None, right[0])]
