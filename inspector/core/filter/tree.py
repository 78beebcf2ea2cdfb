"""A filter as a small tree. An `All` of nothing lets everything through."""

from dataclasses import dataclass
from decimal import Decimal
from enum import StrEnum


class Operator(StrEnum):
    """As they are written. `BEGINS` is a whole text, or its beginning up to a hyphen."""

    IS = "=="
    IS_NOT = "!="
    LESS = "<"
    AT_MOST = "<="
    MORE = ">"
    AT_LEAST = ">="
    CONTAINS = "~"
    LACKS = "!~"
    BEGINS = ":"


@dataclass(frozen=True, slots=True)
class Period:
    """A stretch of time in Unix seconds, up to and without its end: a year, a month, a day, a minute or a second."""

    start: int
    end: int


Value = str | Decimal | Period


@dataclass(frozen=True, slots=True)
class Has:
    """A field that has a value, a count above zero, or a flag that is up."""

    field: str


@dataclass(frozen=True, slots=True)
class Compare:
    """A field held against a value; of fields with several values one that fits is enough, except for `!=` and `!~`."""

    field: str
    operator: Operator
    value: Value


@dataclass(frozen=True, slots=True)
class Not:
    """What the part does not let through."""

    part: "Filter"


@dataclass(frozen=True, slots=True)
class All:
    """What every part lets through."""

    parts: tuple["Filter", ...] = ()


@dataclass(frozen=True, slots=True)
class AnyOf:
    """What one of the parts lets through."""

    parts: tuple["Filter", ...]


Filter = Has | Compare | Not | All | AnyOf


@dataclass(frozen=True, slots=True)
class FilterFault:
    """Why a text is no filter: a sentence, and the code points that it speaks of."""

    sentence: str
    start: int
    end: int
