"""A filter spelled out, so that reading the words gives the same filter."""

import re
from decimal import Decimal
from typing import assert_never

from inspector.core.filter.fields import FIELDS, AmountField
from inspector.core.filter.tree import All, AnyOf, Compare, Filter, Has, Not, Operator, Period, Value
from inspector.core.filter.values import amount_words

_BARE = re.compile(r"(?!(?i:and|or|not)\Z)[\w./@+%*:-]+")


def words(wanted: Filter) -> str:
    """The filter as somebody could have typed it."""
    match wanted:
        case Has(field):
            return field
        case Compare(field, Operator.BEGINS, value):
            return f"{field}:{_value_words(field, value)}"
        case Compare(field, operator, value):
            return f"{field} {operator} {_value_words(field, value)}"
        case Not(part):
            return f"not {_nested(part)}"
        case All(parts):
            return " and ".join(map(_nested, parts))
        case AnyOf(parts):
            return " or ".join(map(_nested, parts))
        case _:
            assert_never(wanted)


def value_text(text: str) -> str:
    """A text as it is written behind an operator: in quotes where it would be read otherwise."""
    if _BARE.fullmatch(text):
        return text
    escaped = text.replace("\\", "\\\\").replace('"', '\\"')
    return f'"{escaped}"'


def _value_words(field: str, value: Value) -> str:
    about = FIELDS[field]
    if isinstance(value, Decimal | Period) and isinstance(about, AmountField):
        return amount_words(value, about.measure)
    return value_text(str(value))


def _nested(part: Filter) -> str:
    return f"({words(part)})" if isinstance(part, All | AnyOf) else words(part)
