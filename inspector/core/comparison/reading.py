"""A difference as a text to look at: both sides in one, each change marked where it stands."""

from collections.abc import Iterator
from dataclasses import dataclass
from itertools import pairwise

from inspector.core.comparison.marked_text import marked, marks_for
from inspector.core.comparison.rows import ComparedRow
from inspector.core.comparison.words import COARSE, Edit, Piece, TextDiff
from inspector.core.readings.detail import Reading, TextChange
from inspector.core.visible_text import invisible_count

PART = 32 * 1024
"""Characters of a part, which are shown at once."""
_LINE_BREAK = "⏎"
"""Stands before a line break that went or came: it could not be seen else."""


@dataclass(frozen=True, slots=True)
class DiffReading(Reading):
    """A part of a difference. `line_breaks` are the places in `text` that only stand for the line break behind them."""

    line_breaks: tuple[int, ...] = ()

    def sent(self, start: int, end: int) -> str:
        """What is copied of a range of `text`: with the changes marked, since it is on neither side as it stands."""
        pieces = list(self._pieces(start, end))
        return marked(pieces, marks_for(pieces))

    def _pieces(self, start: int, end: int) -> Iterator[Piece]:
        at = start
        for change in self.changes:
            first, last = max(start, change.start), min(end, change.end)
            if first < last:
                yield Piece(Edit.KEPT, self.text[at:first])
                yield Piece(Edit.ADDED if change.inserted else Edit.REMOVED, self._own(first, last))
                at = last
        yield Piece(Edit.KEPT, self.text[at:end])

    def _own(self, first: int, last: int) -> str:
        places = [first - 1, *(at for at in self.line_breaks if first <= at < last), last]
        return "".join(self.text[one + 1 : other] for one, other in pairwise(places))


@dataclass(frozen=True, slots=True)
class RowReading:
    """All of a row in parts. `stops` are the places of its changes, to step from one to the next: part, first and last character.

    `is_revealing` tells that something that cannot be seen went or came, and is to be shown by stand-ins.
    """

    parts: tuple[DiffReading, ...]
    stops: tuple[tuple[int, int, int], ...]
    note: str
    is_revealing: bool


def reading_of(row: ComparedRow) -> RowReading:
    """The difference that a row tells, however long its sides are."""
    diff = row.diff
    changed = [piece for piece in diff.pieces if piece.edit is not Edit.KEPT]
    parts = _Parts(diff)
    notes = (
        f"{row.place}: {row.told}.",
        "Struck out is only left, underlined only right." if parts.stops else "",
        f"{COARSE[0].upper()}{COARSE[1:]}." if diff.is_coarse else "",
    )
    is_revealing = any(
        invisible_count(piece.text[at : at + PART]) for piece in changed for at in range(0, len(piece.text), PART)
    )
    return RowReading(tuple(parts.done), tuple(parts.stops), " ".join(filter(None, notes)), is_revealing)


class _Parts:
    """Writes one part after the other."""

    def __init__(self, diff: TextDiff) -> None:
        self.done: list[DiffReading] = []
        self.stops: list[tuple[int, int, int]] = []
        self._begin()
        before = Edit.KEPT
        for piece in diff.pieces:
            self._write(piece, is_new=before is Edit.KEPT)
            before = piece.edit
        self._end()

    def _begin(self) -> None:
        self._texts: list[str] = []
        self._length = 0
        self._changes: list[TextChange] = []
        self._line_breaks: list[int] = []

    def _end(self) -> None:
        text = "".join(self._texts)
        self.done.append(DiffReading(text, changes=tuple(self._changes), line_breaks=tuple(self._line_breaks)))
        self._begin()

    def _write(self, piece: Piece, *, is_new: bool) -> None:
        """Some characters; a change that follows another in the same part is one with it."""
        for at in range(0, len(piece.text), PART):
            text = piece.text[at : at + PART]
            if self._texts and self._length + len(text) > PART:
                self._end()
                is_new = is_new or at == 0
            if piece.edit is Edit.KEPT:
                self._add(text)
            else:
                self._add_change(text, inserted=piece.edit is Edit.ADDED, is_stop=is_new and at == 0)

    def _add(self, text: str) -> None:
        self._texts.append(text)
        self._length += len(text)

    def _add_change(self, text: str, *, inserted: bool, is_stop: bool) -> None:
        start = self._length
        for line in text.splitlines(keepends=True) if "\n" in text else [text]:
            if line.endswith("\n"):
                self._add(line[:-1])
                self._line_breaks.append(self._length)
                self._add(f"{_LINE_BREAK}\n")
            else:
                self._add(line)
        self._changes.append(TextChange(start, self._length, inserted))
        if is_stop:
            self.stops.append((len(self.done), start, self._length))
        elif self.stops and self.stops[-1][0] == len(self.done):
            self.stops[-1] = (*self.stops[-1][:2], self._length)
