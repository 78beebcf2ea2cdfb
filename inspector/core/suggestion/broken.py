"""The place at which a text stops being JSON, as those look at it who would mend it."""

import re
from dataclasses import dataclass

from inspector.core.json.fault import code_points
from inspector.core.json.viable_prefix import Expecting, JsonFault
from inspector.core.suggestion.suggestion import Edit, NoSuggestion, Step

_NUMBER_BEHIND = re.compile(r"[-+]?[\d.]+\Z")
_NUMBER_LIMIT = 100
_JOINS = re.compile(r"[\w.+\-\"']")
_AFTER_VALUE = (Expecting.COMMA_OR_BRACE, Expecting.COMMA_OR_BRACKET, Expecting.END)


@dataclass(frozen=True, slots=True)
class Broken:
    """Offsets are code points of `text`: `offset` that of the fault, `token` where the broken string, number or word starts."""

    text: str
    offset: int
    token: int
    fault: JsonFault

    @property
    def expecting(self) -> Expecting:
        return self.fault.expecting

    @property
    def last(self) -> int:
        """Where the last character before the fault stands that is no white space; -1 without one."""
        return len(self.text[: self.offset].rstrip(" \t\n\r")) - 1

    @property
    def value_start(self) -> int:
        """Where that begins which stands in place of a value; a number that goes on as something else is part of it."""
        if self.token < self.offset or self.expecting not in _AFTER_VALUE:
            return self.token
        end = self.last + 1
        number = _NUMBER_BEHIND.search(self.text[max(0, end - _NUMBER_LIMIT) : end])
        return end - len(number[0]) if number is not None else self.token

    @property
    def closers(self) -> str:
        """What closes the containers that are open at the fault, innermost first."""
        source = self.text.encode("utf-8", "surrogatepass")
        return "".join("}" if source[start] == ord("{") else "]" for start in reversed(self.fault.opened))


def taken_out(text: str, start: int, end: int, why: str) -> Step:
    """Takes out what stands between two tokens, unless they would become one: 1 and 2 are not 12."""
    if _JOINS.match(text[start - 1 : start]) and _JOINS.match(text[end : end + 1]):
        return NoSuggestion("What stands between two values would have to go, and they would run together.")
    return (Edit(start, end, "", why),)


def broken_at(text: str, fault: JsonFault) -> Broken:
    """The fault that the strict parser found in `text`."""
    offset, token = code_points(text, fault.offset, fault.token)
    return Broken(text, offset, token, fault)
