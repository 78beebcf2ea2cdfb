"""The filter over the list: what it lets through while it is typed, and what a cell offers."""

from dataclasses import replace
from decimal import Decimal

import pytest
from pytestqt.qtbot import QtBot

from inspector.core.filter.tree import Compare, Has, Operator
from inspector.core.findings import Severity
from inspector.viewmodels.completion_columns import CALLS, ENDS, LATENCY, MODEL, STATUS, SUBJECT, WORST
from inspector.viewmodels.completion_filter import CompletionFilter, conditions_of
from inspector.viewmodels.completion_list import CompletionList, ended
from inspector.viewmodels.session_state import Entry, Stage
from tests.filters import PLAIN

GOOD = ended("good", replace(PLAIN, id="good", tools=("get_weather", "", "get_weather", "get_time")))
BAD = ended("bad", replace(PLAIN, id="bad", verdicts=("invalid",), worst=Severity.ERROR, counts=(0, 0, 2), model=None))
WAITING = Entry("waiting", stage=Stage.WAITING)
NO_ID = Entry(".", stage=Stage.FAILED, sentence="This is no ID.")


@pytest.fixture
def completions(qtbot: QtBot) -> CompletionList:
    made = CompletionList()
    made.put([GOOD, BAD, WAITING, NO_ID])
    return made


@pytest.fixture
def wish(completions: CompletionList) -> CompletionFilter:
    return CompletionFilter(completions, completions)


def let_through(wish: CompletionFilter, completions: CompletionList) -> list[str]:
    wanted = wish.wanted
    return [entry.subject for entry in completions.entries if wanted is None or wanted(entry)]


@pytest.mark.parametrize(
    ("text", "seen"),
    [
        ("", ["good", "bad", "waiting", "."]),
        ("  ", ["good", "bad", "waiting", "."]),
        ("invalid", ["bad"]),
        ("tool:get_time", ["good"]),
        ("id ~ wait", ["waiting"]),
        ("failed", ["."]),
        ("not status", ["waiting", "."]),
    ],
)
def test_what_is_let_through(wish: CompletionFilter, completions: CompletionList, text: str, seen: list[str]) -> None:
    wish.write(text)
    assert let_through(wish, completions) == seen
    assert wish.fault is None


def test_what_lets_everything_through_is_no_filter(wish: CompletionFilter) -> None:
    wish.write("invalid")
    assert wish.wanted is not None
    wish.write("")
    assert wish.wanted is None


def test_a_fault_leaves_the_last_filter_in_force(
    wish: CompletionFilter, completions: CompletionList, qtbot: QtBot
) -> None:
    wish.write("invalid")
    with qtbot.assertNotEmitted(wish.changed):
        wish.write("invalid and ")
    assert wish.fault is not None
    assert let_through(wish, completions) == ["bad"]
    with qtbot.waitSignal(wish.changed):
        wish.write("invalid and failed")
    assert wish.fault is None
    assert let_through(wish, completions) == []


def test_proposals_know_the_values_of_the_list(wish: CompletionFilter) -> None:
    assert [item.text for item in wish.proposals("tool:get_t", 10).items] == ["get_time"]


@pytest.mark.parametrize(
    ("before", "after"),
    [
        ("", "invalid"),
        ("nonsense", "invalid"),
        ("failed", "failed and invalid"),
        ("failed and error", "failed and error and invalid"),
        ("failed or error", "(failed or error) and invalid"),
    ],
)
def test_one_more_condition(wish: CompletionFilter, before: str, after: str) -> None:
    wish.write(before)
    assert wish.narrowed(Has("invalid")) == after


@pytest.mark.parametrize(
    ("entry", "column", "conditions"),
    [
        (GOOD, ENDS, [Compare("finish_reason", Operator.IS, "stop")]),
        (GOOD, CALLS, [Compare("tool", Operator.IS, "get_weather"), Compare("tool", Operator.IS, "get_time")]),
        (GOOD, MODEL, [Compare("model", Operator.IS, "gpt-4o")]),
        (BAD, MODEL, []),
        (GOOD, STATUS, [Compare("status", Operator.IS, Decimal(200))]),
        (BAD, WORST, [Has("error")]),
        (GOOD, WORST, []),
        (GOOD, SUBJECT, []),
        (GOOD, LATENCY, []),
        (WAITING, STATUS, []),
    ],
)
def test_what_a_cell_offers(entry: Entry, column: int, conditions: list[object]) -> None:
    assert conditions_of(entry, column) == conditions
