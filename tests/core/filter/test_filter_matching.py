"""What a filter lets through."""

from dataclasses import replace
from typing import Any

import pytest
from hypothesis import given

from inspector.core.digest import Digest
from inspector.core.filter.matching import matcher
from inspector.core.filter.tree import All, AnyOf, Compare, Filter, Has, Not, Operator
from tests.filters import CONDITIONS, DIGESTS, FILTERS, PLAIN, lets_through

NOON = 1_767_268_800.0


@pytest.mark.parametrize(
    ("text", "facts"),
    [
        ("", {}),
        ("invalid", {"verdicts": ("object", "invalid")}),
        ("faulty", {"verdicts": ("free-text", "empty")}),
        ("failed", {"problem": "not-found"}),
        ("error", {"counts": (0, 0, 1)}),
        ("warning > 1", {"counts": (0, 2, 0)}),
        ("info == 1", {"counts": (1, 0, 0)}),
        ("id ~ ABC", {"id": "chatcmpl-xabcx"}),
        ("id:chatcmpl", {"id": "CHATCMPL-7"}),
        ("model == gpt-4o", {"model": "gpt-4o"}),
        ("model:GPT-4o", {"model": "gpt-4o-mini"}),
        ("model !~ mini", {"model": None}),
        ("not model", {"model": None}),
        ("not model", {"model": ""}),
        ("finish_reason == length", {"finish_reasons": ("stop", "length")}),
        ("finish_reason == null", {"finish_reasons": ("null",)}),
        ("tool:get_weather", {"tools": ("x", "get_weather")}),
        ("calls == 2", {"tools": ("", "")}),
        ("calls and not tool", {"tools": ("", "")}),
        ("verdict:not-a", {"verdicts": ("not-a-string",)}),
        ("cause:cut-off", {"causes": ("cut-off",)}),
        ("schema:fails", {"schema": ("passes", "fails")}),
        ("rule:cut-off", {"rules": frozenset({"cut-off-by-limit"})}),
        ("problem:not-found", {"problem": "not-found"}),
        ("status == 404", {"status": 404}),
        ("not status", {"status": None}),
        ("tokens > 1000", {"total_tokens": 1_001}),
        ("tokens >= 1,000", {"total_tokens": 1_000}),
        ("tokens", {"total_tokens": 0}),
        ("prompt_tokens < 10", {"prompt_tokens": 9}),
        ("completion_tokens <= 10", {"completion_tokens": 10}),
        ("choices == 0", {"finish_reasons": ()}),
        ("latency > 2s", {"elapsed_ms": 2_000.5}),
        ("size <= 1kB", {"size": 1_000}),
        ("created == 2026-01-01", {"created": NOON}),
        ("created <= 2026-01-01", {"created": NOON}),
        ("created >= 2026-01-01", {"created": NOON}),
        ("created < 2026-01-02", {"created": NOON}),
        ("created > 2025", {"created": NOON}),
        ("created != 2025", {"created": NOON}),
        ("created != 2025", {"created": None}),
        ("fetched == 2026-01-01T12:00", {"fetched_at": NOON}),
        ("not (invalid or failed)", {}),
    ],
)
def test_lets_through(text: str, facts: dict[str, Any]) -> None:
    assert lets_through(text, **facts)


@pytest.mark.parametrize(
    ("text", "facts"),
    [
        ("invalid", {"verdicts": ("not-object",)}),
        ("faulty", {"verdicts": ("free-text", "object")}),
        ("failed", {}),
        ("error", {"counts": (1, 1, 0)}),
        ("model == gpt-4o", {"model": "GPT-4o"}),
        ("model:gpt-4o", {"model": "gpt-4o_x"}),
        ("model:gpt-4", {"model": "gpt-4o"}),
        ("model", {"model": None}),
        ("model != gpt-4o", {"model": "gpt-4o"}),
        ("finish_reason != length", {"finish_reasons": ("stop", "length")}),
        ("tool:get_weather", {"tools": ("get_weather_2",)}),
        ("calls", {"tools": ()}),
        ("tokens > 1000", {"total_tokens": 1_000}),
        ("tokens > 1000", {"total_tokens": None}),
        ("tokens <= 1000", {"total_tokens": None}),
        ("status", {"status": None}),
        ("created == 2026-01-01", {"created": None}),
        ("created > 2026-01-01", {"created": NOON}),
        ("created < 2026-01-01", {"created": NOON}),
        ("created == 2026-01-02", {"created": NOON}),
        ("created != 2026-01-01", {"created": NOON}),
        ("latency < 2s", {"elapsed_ms": 2_000.0}),
    ],
)
def test_holds_back(text: str, facts: dict[str, Any]) -> None:
    assert not lets_through(text, **facts)


@given(FILTERS, FILTERS, DIGESTS)
def test_de_morgan(first: Filter, second: Filter, digest: Digest) -> None:
    outer = matcher(Not(All((first, second))))(digest)
    assert outer == matcher(AnyOf((Not(first), Not(second))))(digest)
    outer = matcher(Not(AnyOf((first, second))))(digest)
    assert outer == matcher(All((Not(first), Not(second))))(digest)


@given(FILTERS, DIGESTS)
def test_a_filter_or_its_opposite(wanted: Filter, digest: Digest) -> None:
    assert matcher(wanted)(digest) != matcher(Not(wanted))(digest)
    assert matcher(AnyOf((wanted, Not(wanted))))(digest)
    assert not matcher(All((wanted, Not(wanted))))(digest)


@given(CONDITIONS, DIGESTS)
def test_a_comparison_that_holds_is_of_something_that_is_there(condition: Filter, digest: Digest) -> None:
    if not isinstance(condition, Compare):
        return
    opposites = {Operator.IS: Operator.IS_NOT, Operator.CONTAINS: Operator.LACKS}
    if condition.operator in opposites:
        other = replace(condition, operator=opposites[condition.operator])
        assert matcher(condition)(digest) != matcher(other)(digest)
    if condition.operator in (Operator.LESS, Operator.MORE) and matcher(condition)(digest):
        assert not matcher(replace(condition, operator=Operator.IS))(digest)
        widened = {Operator.LESS: Operator.AT_MOST, Operator.MORE: Operator.AT_LEAST}[condition.operator]
        assert matcher(replace(condition, operator=widened))(digest)


def test_all_of_nothing_lets_everything_through() -> None:
    assert matcher(All())(PLAIN)
    assert not matcher(AnyOf(()))(PLAIN)
    assert matcher(Has("model"))(PLAIN)
