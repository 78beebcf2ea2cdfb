"""A comparison as rows to read, and as a text to pass on: what differs, where, and how it stands on either side."""

from collections.abc import Iterator
from dataclasses import dataclass

from inspector.core.comparison.completions import compare_completions, findings_between
from inspector.core.comparison.difference import Change
from inspector.core.comparison.marked_text import USUAL, marked, marks_for, safe_text
from inspector.core.comparison.rows import ComparedRow, finding_rows, rows_of
from inspector.core.comparison.words import COARSE
from inspector.core.inputs import Refused
from inspector.core.inspection import Inspection

_INDENT = "    "


@dataclass(frozen=True, slots=True)
class Compared:
    """`rows` tell every value that was looked at; `differences` are those of them that are not the same.

    What is expected to differ is folded into the last of both. `sentence` says how much differs.
    """

    rows: tuple[ComparedRow, ...]
    differences: tuple[ComparedRow, ...]
    sentence: str

    def text(self, left: str, right: str) -> str:
        """The comparison of two completions that are called so; nothing in it is shortened."""
        rows = [row for row in self.differences if not row.below]
        legend = [f"Marks in texts: {USUAL.words}.", ""] if any(row.is_text for row in rows) else []
        lines = [f"− {safe_text(left)}", f"+ {safe_text(right)}", "", *legend]
        for row in rows:
            lines += _lines(row)
        return "\n".join([*lines, self.sentence]) + "\n"


def compared(left: Inspection, right: Inspection) -> Compared | Refused:
    """Two answers held against each other; refused where one of them is no completion."""
    if left.completion is None or right.completion is None:
        return Refused("Only completions can be compared, and one of the two answers is none.")
    went, came = findings_between(left.findings, right.findings)
    whole = list(rows_of(compare_completions(left.completion, right.completion)))
    expected = tuple(row for row in whole if row.change is Change.EXPECTED)
    rows = [row for row in whole if row.change is not Change.EXPECTED]
    rows += [*finding_rows(went, Change.REMOVED), *finding_rows(came, Change.ADDED)]
    differences = [row for row in rows if row.change is not Change.SAME]
    names = ", ".join(dict.fromkeys(row.name for row in expected))
    told = f"{len(expected):,}: {names}"
    folded = [ComparedRow("As expected", Change.EXPECTED, told, below=expected)] if expected else []
    sentence = _sentence(len(differences), len(expected), names)
    return Compared((*rows, *folded), (*differences, *folded), sentence)


def _sentence(count: int, expected: int, names: str) -> str:
    if not count:
        return f"Nothing differs but what is expected to: {names}." if expected else "Nothing differs."
    told = f"{count:,} difference{'' if count == 1 else 's'}"
    return f"{told}, and {expected:,} as expected: {names}." if expected else f"{told}."


def _lines(row: ComparedRow) -> Iterator[str]:
    if row.is_text:
        diff = row.diff
        marks = marks_for(diff.pieces)
        other = f"; marks here: {marks.words}" if marks != USUAL else ""
        coarse = f"; {COARSE}" if diff.is_coarse else ""
        yield f"{row.place}: {row.told}{other}{coarse}"
        yield _INDENT + marked(diff.pieces, marks).replace("\n", f"\n{_INDENT}")
        return
    yield f"{row.place}: {row.told}"
    sides = (
        row.whole_sides if row.told == row.change or row.change is Change.REORDERED else ("", "")
    )  # or told in figures
    for sign, side in zip("−+", sides, strict=True):
        if side:
            yield f"  {sign} " + safe_text(side).replace("\n", f"\n{_INDENT}")
