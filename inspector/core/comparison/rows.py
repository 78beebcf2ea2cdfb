"""A comparison as rows to read: where something differs, how, and both sides."""

import re
from collections.abc import Iterator
from dataclasses import dataclass

from inspector.core.comparison.difference import Change, Difference
from inspector.core.comparison.words import TextDiff, replaced, shared_beginning, text_diff
from inspector.core.findings import Finding
from inspector.core.json.document import JsonNode, Kind
from inspector.core.visible_text import one_line

_NAME_LIMIT = 60
_LOOKED_AT = 64 * 1024
_LEAD, _SHOWN = 20, 160
_LAID_OUT = re.compile(r"[\r\n]\s*")
Side = JsonNode | str | None
"""A value, words of ours, or nothing."""


@dataclass(frozen=True, slots=True)
class ComparedRow:
    """`told` says in words what became of the value at `place`; `below` are rows that are folded into this one."""

    place: str
    change: Change
    told: str
    left: Side = None
    right: Side = None
    below: tuple["ComparedRow", ...] = ()

    @property
    def name(self) -> str:
        """The last part of the place."""
        return self.place.rpartition(" › ")[2]

    @property
    def sides(self) -> tuple[str, str]:
        """Both sides in one line each, from a little before the first character that differs."""
        one, other = (_beginning(side) for side in (self.left, self.right))
        shared = shared_beginning(one, other) if self.change is not Change.SAME else 0
        first = max(0, shared - _LEAD) if shared > _SHOWN // 2 else 0
        return _from(one, first), _from(other, first)

    @property
    def is_text(self) -> bool:
        """Whether both sides are strings that differ once they are decoded: they are told by word."""
        return self.change is Change.CHANGED and all(
            isinstance(side, JsonNode) and side.kind is Kind.STRING for side in (self.left, self.right)
        )

    @property
    def whole_sides(self) -> tuple[str, str]:
        """All of both sides, whatever their length: texts decoded, other values as spelled."""
        return _all(self.left, decoded=self.is_text), _all(self.right, decoded=self.is_text)

    @property
    def diff(self) -> TextDiff:
        """How one side became the other: texts and orders by word, other values as a whole."""
        is_by_word = self.is_text or self.change in (Change.REORDERED, Change.SAME)
        return text_diff(*self.whole_sides) if is_by_word else replaced(*self.whole_sides)


def rows_of(difference: Difference, place: str = "") -> Iterator[ComparedRow]:
    """A row for each value that has no others below it, and for each order that is another one."""
    if difference.orders is not None:
        told = "keys in another order" if difference.left is not None else "in another order"
        yield ComparedRow(place or "the whole answer", Change.REORDERED, told, *difference.orders)
    elif not difference.below:
        told = difference.note or str(difference.change)
        yield ComparedRow(place or "the whole answer", difference.change, told, difference.left, difference.right)
    for part in difference.below:
        name = one_line(part.name, _NAME_LIMIT) or "“”"
        yield from rows_of(part, f"{place} › {name}" if place else name)


def finding_rows(findings: tuple[Finding, ...], change: Change) -> Iterator[ComparedRow]:
    """Findings that are on one side only."""
    for finding in findings:
        place = f"finding {finding.rule} at {one_line(finding.pointer) or 'the whole answer'}"
        sides = (finding.message, None) if change is Change.REMOVED else (None, finding.message)
        yield ComparedRow(place, change, str(change), *sides)


def _all(side: Side, *, decoded: bool) -> str:
    if not isinstance(side, JsonNode):
        return side or ""
    return side.string if decoded else side.text


def _beginning(side: Side) -> str:
    """Without the line breaks between the values of an object or an array: none stands in a string."""
    if not isinstance(side, JsonNode):
        return side or ""
    text = side.sent(_LOOKED_AT)
    return text if side.kind is Kind.STRING else _LAID_OUT.sub(" ", text)


def _from(text: str, first: int) -> str:
    return one_line(f"…{text[first : first + _SHOWN + 1]}" if first and text else text[: _SHOWN + 1], _SHOWN)
