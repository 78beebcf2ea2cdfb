"""A filter made into one test of a digest. Ten thousand digests are asked at every key, so the tree is walked once, beforehand.

What is not known is neither more nor less than anything: `tokens > 5` and `tokens <= 5` are both false of it, and `tokens != 5`
is true, being `not tokens == 5`.
"""

import operator
from collections.abc import Callable
from decimal import Decimal
from typing import assert_never

from inspector.core.digest import Digest
from inspector.core.filter.fields import FIELDS, AmountField, Flag, Measure, TextField
from inspector.core.filter.tree import All, AnyOf, Compare, Filter, Has, Not, Operator, Period, Value

Matcher = Callable[[Digest], bool]
_TESTS: dict[Operator, Callable[[float, float], bool]] = {
    Operator.IS: operator.eq,
    Operator.LESS: operator.lt,
    Operator.AT_MOST: operator.le,
    Operator.MORE: operator.gt,
    Operator.AT_LEAST: operator.ge,
}
_IN_PERIOD: dict[Operator, Callable[[float, Period], bool]] = {
    Operator.IS: lambda at, period: period.start <= at < period.end,
    Operator.LESS: lambda at, period: at < period.start,
    Operator.AT_MOST: lambda at, period: at < period.end,
    Operator.MORE: lambda at, period: at >= period.end,
    Operator.AT_LEAST: lambda at, period: at >= period.start,
}
_OPPOSITES = {Operator.IS_NOT: Operator.IS, Operator.LACKS: Operator.CONTAINS}


def matcher(wanted: Filter) -> Matcher:
    """Whether a digest is let through."""
    match wanted:
        case Has(field):
            return _having(field)
        case Compare(field, sign, value):
            return _comparing(field, sign, value)
        case Not(part):
            return _opposite(matcher(part))
        case All(parts):
            return _all(tuple(map(matcher, parts)))
        case AnyOf(parts):
            return _any(tuple(map(matcher, parts)))
        case _:
            assert_never(wanted)


def _having(name: str) -> Matcher:
    about = FIELDS[name]
    match about:
        case Flag(read=is_so):
            return is_so
        case TextField(read=texts):
            return lambda digest: any(texts(digest))
        case AmountField(read=amount, measure=Measure.COUNT):
            return lambda digest: bool(amount(digest))
        case AmountField(read=amount):
            return lambda digest: amount(digest) is not None
        case _:
            assert_never(about)


def _comparing(name: str, sign: Operator, value: Value) -> Matcher:
    if sign in _OPPOSITES:
        return _opposite(_comparing(name, _OPPOSITES[sign], value))
    about = FIELDS[name]
    if isinstance(about, TextField):
        return _about_text(about, sign, str(value))
    assert isinstance(about, AmountField)  # noqa: S101 - a flag is never held against a value
    return _about_amount(about, sign, value)


def _about_text(about: TextField, sign: Operator, value: str) -> Matcher:
    texts = about.read
    if sign is Operator.IS:
        return lambda digest: value in texts(digest)
    plain, beginning = value.casefold(), f"{value.casefold()}-"

    def contains(digest: Digest) -> bool:
        for text in texts(digest):  # noqa: SIM110 - a generator for each digest takes as long again
            if plain in text.casefold():
                return True
        return False

    def begins(digest: Digest) -> bool:
        for text in texts(digest):
            said = text.casefold()
            if said == plain or said.startswith(beginning):
                return True
        return False

    return contains if sign is Operator.CONTAINS else begins


def _about_amount(about: AmountField, sign: Operator, value: Value) -> Matcher:
    read = about.read
    if isinstance(value, Period):
        lies = _IN_PERIOD[sign]
        return lambda digest: (at := read(digest)) is not None and lies(at, value)
    assert isinstance(value, Decimal)  # noqa: S101 - text is never held against an amount
    test, figure = _TESTS[sign], int(value) if value == int(value) else float(value)
    return lambda digest: (amount := read(digest)) is not None and test(amount, figure)


def _opposite(test: Matcher) -> Matcher:
    return lambda digest: not test(digest)


def _all(tests: tuple[Matcher, ...]) -> Matcher:
    def holds(digest: Digest) -> bool:
        for test in tests:  # noqa: SIM110 - as in `contains`
            if not test(digest):
                return False
        return True

    return holds


def _any(tests: tuple[Matcher, ...]) -> Matcher:
    def holds(digest: Digest) -> bool:
        for test in tests:  # noqa: SIM110 - as in `contains`
            if test(digest):
                return True
        return False

    return holds
