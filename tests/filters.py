"""Digests and filters of any kind, for tests of the filter language."""

from dataclasses import replace
from decimal import Decimal
from typing import Any

from hypothesis import strategies as st

from inspector.core.digest import Digest, digest_of
from inspector.core.filter.fields import FIELDS, AmountField, Field, Flag, Measure, operators_of
from inspector.core.filter.matching import matcher
from inspector.core.filter.parse import parse
from inspector.core.filter.tree import All, AnyOf, Compare, Filter, FilterFault, Has, Not, Period
from inspector.core.filter.values import read_amount
from inspector.core.findings import Severity
from tests.answers import answered, calling

PLAIN = replace(
    digest_of(answered(calling("{}"), asked="chatcmpl-Abc")),
    worst=None,
    counts=(0, 0, 0),
    rules=frozenset(),
)
_TEXTS = st.sampled_from(
    ["", "stop", "length", "gpt-4o", "gpt-4o-mini", "GPT-4O", "a b", 'q"\\', "and", "é", "\ud800", "(x)"]
)
_TUPLES = st.lists(_TEXTS, max_size=3).map(tuple)
_COUNTS = st.none() | st.sampled_from([0, 1, 5, 1_000, 10**15])
DIGESTS = st.builds(
    Digest,
    id=_TEXTS,
    status=st.none() | st.sampled_from([200, 404, 503]),
    problem=st.none() | st.sampled_from(["not-found", "read-timeout"]),
    created=st.none() | st.floats(0, 2e9) | st.sampled_from([1_767_225_600.0, 1_767_311_999.5, 1_767_312_000.0]),
    model=st.none() | _TEXTS,
    finish_reasons=_TUPLES,
    tools=_TUPLES,
    verdicts=st.lists(st.sampled_from(["object", "invalid", "empty", "free-text"]), max_size=3).map(tuple),
    causes=_TUPLES,
    schema=_TUPLES,
    worst=st.none() | st.sampled_from(Severity),
    counts=st.tuples(*[st.integers(0, 3)] * 3),
    rules=st.frozensets(st.sampled_from(["cut-off-by-limit", "created-missing"])),
    prompt_tokens=_COUNTS,
    completion_tokens=_COUNTS,
    total_tokens=_COUNTS,
    elapsed_ms=st.none() | st.floats(0, 1e6),
    fetched_at=st.none() | st.floats(0, 2e9),
    size=st.integers(0, 10**9),
)


def _amounts(measure: Measure) -> st.SearchStrategy[Decimal | Period]:
    if measure is not Measure.TIME:
        return st.decimals(0, 10**15 - 1, places=6) | st.sampled_from([Decimal(1_000), Decimal("0.5"), Decimal(404)])
    spelled = st.datetimes().map(str) | st.integers(0, 10**11).map(str)
    cut = st.builds(lambda text, end: text[:end], spelled, st.sampled_from([4, 7, 10, 16, 19]))
    return cut.map(lambda text: read_amount(text, measure)).filter(lambda period: period is not None)  # type: ignore[return-value]


def _conditions(field: Field) -> st.SearchStrategy[Filter]:
    if isinstance(field, Flag):
        return st.just(Has(field.name))
    values: st.SearchStrategy[Any] = _amounts(field.measure) if isinstance(field, AmountField) else _TEXTS | st.text()
    compared = st.builds(Compare, st.just(field.name), st.sampled_from(operators_of(field)), values)
    return compared | st.just(Has(field.name))


CONDITIONS = st.sampled_from(list(FIELDS.values())).flatmap(_conditions)
FILTERS: st.SearchStrategy[Filter] = st.recursive(
    CONDITIONS,
    lambda inner: (
        st.builds(Not, inner)
        | st.builds(All, st.lists(inner, min_size=2, max_size=3).map(tuple))
        | st.builds(AnyOf, st.lists(inner, min_size=2, max_size=3).map(tuple))
    ),
    max_leaves=12,
)


def parsed(text: str) -> Filter:
    """The filter that a text is known to spell."""
    found = parse(text)
    assert not isinstance(found, FilterFault), found
    return found


def lets_through(text: str, **facts: Any) -> bool:
    """Whether a filter lets through a plain digest with these facts."""
    return matcher(parsed(text))(replace(PLAIN, **facts))
