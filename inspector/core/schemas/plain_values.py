"""A document's values as plain Python, for libraries that take nothing else; what such a library cannot take is said.

Integers become `int`, all other numbers `Decimal`, so nothing is rounded. Of repeated keys the last wins. The limits are
those of the schema validator at hand: it reads 255 levels, numbers of 4,300 digits, and no lone surrogates, and keeps with each
error all names on the way to it.
"""

import re
from dataclasses import dataclass, field
from decimal import Decimal
from typing import TypeAlias

from inspector.core.json.document import JsonNode, Kind

PlainValue: TypeAlias = "dict[str, PlainValue] | list[PlainValue] | str | int | Decimal | bool | None"

_DEEPEST = 200
_LONGEST_WAYS = 50_000_000
"""Characters of all names on the way to each value, summed up over all values."""
_MOST_DIGITS = 4_000
_LARGEST_EXPONENT = 10_000
_EXPONENT = re.compile(r"[eE]([+-]?\d+)")
_HALF_CHARACTER = re.compile("[\ud800-\udfff]")
_WORDS = {Kind.TRUE: True, Kind.FALSE: False, Kind.NULL: None}


@dataclass(slots=True)
class Plain:
    """`value` is of use only where `obstacle`, which names what cannot be converted, is empty.

    `repeated` are the members whose keys were given before in the same object; `mended` tells that lone surrogates
    inside strings became U+FFFD. `ways` is how long all names on the way to each value are, summed up.
    """

    value: PlainValue = None
    obstacle: str = ""
    repeated: list[JsonNode] = field(default_factory=list)
    mended: bool = False
    ways: int = field(default=0, repr=False)


def plain(node: JsonNode) -> Plain:
    """The value of `node` and all below it."""
    result = Plain()
    result.value = _value(node, result, 0, 0)
    return result


def _value(node: JsonNode, result: Plain, depth: int, way: int) -> PlainValue:
    result.ways += way
    if result.ways > _LONGEST_WAYS:
        result.obstacle = "too many values behind names that are too long"
    if node.kind is Kind.STRING:
        return _string(node.string, result)
    if node.kind is Kind.NUMBER:
        return _number(node.text, result)
    if node.kind in _WORDS:
        return _WORDS[node.kind]
    if depth == _DEEPEST:
        result.obstacle = f"values nested more than {_DEEPEST} levels deep"
    if result.obstacle:
        return None
    if node.kind is Kind.ARRAY:
        return [_value(item, result, depth + 1, way) for item in node.children()]
    return _object(node, result, depth, way)


def _object(node: JsonNode, result: Plain, depth: int, way: int) -> PlainValue:
    members: dict[str, PlainValue] = {}
    for member in node.children():
        key = member.key or ""
        if key in members:
            result.repeated.append(member)
        if _HALF_CHARACTER.search(key):
            result.obstacle = "a name with half of a character (a lone surrogate)"
        members[key] = _value(member, result, depth + 1, way + len(key))
    return members


def _string(text: str, result: Plain) -> str:
    mended = _HALF_CHARACTER.sub("\ufffd", text)
    result.mended = result.mended or mended != text
    return mended


def _number(text: str, result: Plain) -> PlainValue:
    exponent = _EXPONENT.search(text)
    if len(text) > _MOST_DIGITS or (exponent and abs(int(exponent[1])) > _LARGEST_EXPONENT):
        result.obstacle = f"a number too large or too long to be compared ({text[:12]}…)"
        return None
    return int(text) if text.lstrip("-").isdigit() else Decimal(text)
