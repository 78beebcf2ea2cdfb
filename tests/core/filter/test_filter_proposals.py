"""What can be written at the caret of a filter."""

from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from inspector.core.filter.fields import FIELDS
from inspector.core.filter.parse import LONGEST, parse
from inspector.core.filter.proposals import MOST, completions, values_seen
from inspector.core.filter.tree import FilterFault
from tests.filters import PLAIN

LIST = [
    replace(PLAIN, model="gpt-4o-mini", tools=("get_time",), status=404),
    replace(PLAIN, model="gpt-4o", tools=("get_weather", "a b")),
    replace(PLAIN, model="gpt-4o", status=None, rules=frozenset({"cut-off-by-limit"})),
]


def seen(name: str) -> tuple[str, ...]:
    return values_seen(name, LIST)


def proposed(text: str) -> list[str]:
    """What is proposed at the bar in the text."""
    caret = text.index("|")
    return [item.text for item in completions(text.replace("|", ""), caret, seen).items]


def test_values_are_those_seen_commonest_first() -> None:
    assert seen("model") == ("gpt-4o", "gpt-4o-mini")
    assert seen("rule") == ("cut-off-by-limit",)
    assert seen("status") == ("404", "200")
    assert seen("id") == seen("tokens") == seen("invalid") == ()


@pytest.mark.parametrize("text", ["|", "  |", "(|", "not |", "invalid and |", "invalid or ( |"])
def test_every_field_can_begin_a_condition(text: str) -> None:
    found = proposed(text)
    assert len(found) == len(FIELDS) + 1
    assert {"invalid", "error", "model ~ ", "tool:", "tokens > ", "not "} <= set(found)


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("to|", ["tool:", "tokens > ", "prompt_tokens > ", "completion_tokens > "]),
        ("FIN|", ["finish_reason == "]),
        ("inv|alid", ["invalid"]),
        ("no|", ["not "]),
        ("zzz|", []),
        ("tool|", ["tool:", "tool == ", "tool != ", "tool ~ ", "tool !~ "]),
        ("status|", ["status == ", "status != ", "status > ", "status >= ", "status < ", "status <= "]),
        ("invalid|", ["invalid"]),
        ("invalid |", ["and ", "or "]),
        ("invalid o|", ["or "]),
        ("invalid and|", ["and "]),
        ("(invalid) |", ["and ", "or "]),
        ("model ~ x |", ["and ", "or "]),
        ("tool |", [": ", "== ", "!= ", "~ ", "!~ ", "and ", "or "]),
        ("model ~ |", ["gpt-4o", "gpt-4o-mini"]),
        ("model ~ MIN|", ["gpt-4o-mini"]),
        ("tool:|", ["get_weather", "get_time", '"a b"']),
        ("tool:get|", ["get_weather", "get_time"]),
        ('tool:"a|', ['"a b"', "get_weather"]),
        ("schema:|", ["not-checked", "passes", "fails"]),
        ("schema:s|", ["passes", "fails"]),
        ("finish_reason == nu|", ["null"]),
        ("status == 4|", ["404"]),
        ("tokens > |", []),
        ("invalid == |", []),
        ("nothing ~ |", []),
        ("== |", []),
        ("'a' |", ["and ", "or "]),
        (", |", []),
    ],
)
def test_what_is_proposed(text: str, found: list[str]) -> None:
    assert proposed(text) == found


def test_the_whole_word_under_the_caret_is_replaced() -> None:
    found = completions("invalid and mod > 3", 14, seen)
    assert (found.start, found.end) == (12, 15)
    assert [item.text for item in found.items] == ["model ~ "]
    assert found.items[0].why == "the model"


def test_few_are_proposed_and_nothing_for_a_text_that_is_too_long() -> None:
    many = [f"m-{number}" for number in range(200)]
    assert len(completions("model ~ m", 9, lambda _name: many).items) == MOST
    assert completions("i" * (LONGEST + 1), 3, seen).items == ()


@given(st.text() | st.lists(st.sampled_from([*FIELDS, " ", ":", "==", "(", '"', "and"])).map("".join), st.data())
def test_any_caret_in_any_text(text: str, data: st.DataObject) -> None:
    caret = data.draw(st.integers(0, len(text)))
    found = completions(text, caret, seen)
    assert 0 <= found.start <= caret <= found.end <= len(text)
    assert len(found.items) == len(set(found.items)) <= MOST


@given(st.sampled_from(sorted(FIELDS)), st.data())
def test_following_the_proposals_leads_to_a_filter(begun: str, data: st.DataObject) -> None:
    text = begun[:2]
    first = completions(text, 2, seen)
    text = data.draw(st.sampled_from(first.items)).text
    values = completions(text, len(text), seen)
    if text.endswith(("~ ", "== ", ":")) and values.items:
        text += data.draw(st.sampled_from(values.items)).text
        assert not isinstance(parse(text), FilterFault)
