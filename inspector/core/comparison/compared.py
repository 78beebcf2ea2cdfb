"""A comparison as rows to read, and as a text to pass on: what differs, where, and how it stands on either side."""

from collections.abc import Iterator
from dataclasses import dataclass

from inspector.core.comparison.completions import compare_completions, findings_between
from inspector.core.comparison.difference import Change, Difference
from inspector.core.findings import Finding
from inspector.core.inputs import Refused
from inspector.core.inspection import Inspection
from inspector.core.json.document import JsonNode
from inspector.core.visible_text import one_line

MOST_ROWS = 1_000
_LOOKED_AT = 64 * 1024
_LEAD, _SHOWN = 20, 160
_TOLD_ABOVE = (Change.INSIDE, Change.SAME)


@dataclass(frozen=True, slots=True)
class ComparedRow:
    """One difference: its place, what became of it in words, and both sides in one line each."""

    place: str
    change: str
    left: str
    right: str


@dataclass(frozen=True, slots=True)
class Compared:
    """`left_out` counts the differences beyond the first thousand; `expected` tells what always differs, "" where nothing does."""

    rows: tuple[ComparedRow, ...]
    left_out: int
    expected: str

    def text(self, left: str, right: str) -> str:
        """The comparison of two completions that are called so."""
        lines = [f"− {left}", f"+ {right}", ""]
        for row in self.rows:
            lines.append(f"{row.place}: {row.change}")
            lines += [f"  − {row.left}"] if row.left else []
            lines += [f"  + {row.right}"] if row.right else []
        lines += [self.sentence]
        return "\n".join(lines) + "\n"

    @property
    def sentence(self) -> str:
        """How much differs, in words."""
        count = len(self.rows) + self.left_out
        told = "Nothing differs" if not count else f"{count:,} difference{'' if count == 1 else 's'}"
        more = f"; the last {self.left_out:,} are not listed" if self.left_out else ""
        return f"{told}{more}.{f' As expected: {self.expected}.' if self.expected else ''}"


def compared(left: Inspection, right: Inspection) -> Compared | Refused:
    """Two answers held against each other; refused where one of them is no completion."""
    if left.completion is None or right.completion is None:
        return Refused("Only completions can be compared, and one of the two answers is none.")
    whole = compare_completions(left.completion, right.completion)
    went, came = findings_between(left.findings, right.findings)
    rows = [*_rows(whole, ""), *_finding_rows(went, Change.REMOVED), *_finding_rows(came, Change.ADDED)]
    return Compared(tuple(rows[:MOST_ROWS]), max(0, len(rows) - MOST_ROWS), whole.note)


def _rows(difference: Difference, place: str) -> Iterator[ComparedRow]:
    """The differences that have none below them, in order."""
    if difference.change is Change.SAME:
        return
    deeper = [part for part in difference.below if part.change is not Change.SAME]
    if not deeper:
        told = difference.note or str(difference.change)
        yield ComparedRow(place or "the whole answer", told, *_sides(difference.left, difference.right))
    for part in deeper:
        name = one_line(part.name, 60) or "“”"
        yield from _rows(part, f"{place} › {name}" if place else name)


def _finding_rows(findings: tuple[Finding, ...], change: Change) -> Iterator[ComparedRow]:
    for finding in findings:
        sides = (one_line(finding.message), "") if change is Change.REMOVED else ("", one_line(finding.message))
        yield ComparedRow(
            f"finding {finding.rule} at {one_line(finding.pointer) or 'the whole answer'}", change, *sides
        )


def _sides(left: JsonNode | None, right: JsonNode | None) -> tuple[str, str]:
    """Both values from a little before the first character that differs."""
    one, other = (node.sent(_LOOKED_AT) if node is not None else "" for node in (left, right))
    shared = next((at for at, (a, b) in enumerate(zip(one, other, strict=False)) if a != b), min(len(one), len(other)))
    first = max(0, shared - _LEAD) if shared > _SHOWN // 2 else 0
    return _from(one, first), _from(other, first)


def _from(text: str, first: int) -> str:
    return one_line(f"…{text[first : first + _SHOWN + 1]}" if first and text else text[: _SHOWN + 1], _SHOWN)
