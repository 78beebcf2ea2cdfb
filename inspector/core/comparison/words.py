"""What was taken out of a text and what was put in, word by word.

Myers' greedy search over lines, and over the words of the lines that differ. Its cost grows with the square of the number of
edits, so all searches of one text share a budget; where that is spent, the rest is told as replaced and the result says so.
"""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from enum import Enum, auto
from itertools import groupby
from math import isqrt

BUDGET = 400_000
_LINES = re.compile(r"[^\n]*\n|[^\n]+")
_WORDS = re.compile(r"\w+|\s+|[^\w\s]")


class Edit(Enum):
    """What became of a piece."""

    KEPT = auto()
    REMOVED = auto()
    ADDED = auto()


@dataclass(frozen=True, slots=True)
class Piece:
    """Some characters: those kept and removed make the left text, those kept and added the right one."""

    edit: Edit
    text: str


@dataclass(frozen=True, slots=True)
class TextDiff:
    """`is_coarse` tells that the texts differ in too much for every word to be matched."""

    pieces: tuple[Piece, ...]
    is_coarse: bool = False


def text_diff(left: str, right: str, budget: int = BUDGET) -> TextDiff:
    """How `left` became `right`."""
    search = _Search(budget)
    lines = search.edits(_LINES.findall(left), _LINES.findall(right))
    pieces: list[tuple[Edit, str]] = []
    for is_kept, group in groupby(lines, key=lambda edit: edit[0] is Edit.KEPT):
        edits = list(group)
        pieces += edits if is_kept else search.edits(_words(edits, Edit.REMOVED), _words(edits, Edit.ADDED))
    return TextDiff(tuple(_joined(pieces)), search.is_coarse)


def _words(edits: list[tuple[Edit, str]], wanted: Edit) -> list[str]:
    return _WORDS.findall("".join(text for edit, text in edits if edit is wanted))


def _joined(edits: list[tuple[Edit, str]]) -> Iterator[Piece]:
    """Neighbours of one kind as one piece; between two that are kept, what went stands before what came."""
    for is_kept, group in groupby(edits, key=lambda edit: edit[0] is Edit.KEPT):
        parts = list(group)
        for wanted in (Edit.KEPT,) if is_kept else (Edit.REMOVED, Edit.ADDED):
            text = "".join(part for edit, part in parts if edit is wanted)
            if text:
                yield Piece(wanted, text)


class _Search:
    """Finds edits as long as the budget lasts."""

    def __init__(self, budget: int) -> None:
        self._budget = budget
        self.is_coarse = False

    def edits(self, left: Sequence[str], right: Sequence[str]) -> list[tuple[Edit, str]]:
        """The shortest way from left to right, beginning and end compared first."""
        most = min(len(left), len(right))
        head = next((at for at in range(most) if left[at] != right[at]), most)
        most -= head
        tail = next((at for at in range(most) if left[-1 - at] != right[-1 - at]), most)
        inner_left, inner_right = left[head : len(left) - tail], right[head : len(right) - tail]
        kept_tail = left[len(left) - tail :]
        return [
            *((Edit.KEPT, part) for part in left[:head]),
            *self._inner(inner_left, inner_right),
            *((Edit.KEPT, part) for part in kept_tail),
        ]

    def _inner(self, left: Sequence[str], right: Sequence[str]) -> list[tuple[Edit, str]]:
        trace = self._trace(left, right) if left and right else None
        if trace is not None:
            return _walked_back(trace, left, right)
        return [*((Edit.REMOVED, part) for part in left), *((Edit.ADDED, part) for part in right)]

    def _trace(self, left: Sequence[str], right: Sequence[str]) -> list[dict[int, int]] | None:
        """How far each diagonal reaches after each number of edits; None where the budget does not last."""
        reach, trace = {1: 0}, []
        for edits in range(min(len(left) + len(right), isqrt(max(self._budget, 0))) + 1):
            trace.append(reach)
            reach = dict(reach)
            for diagonal in range(-edits, edits + 1, 2):
                at = _start(reach, diagonal, edits)
                begun = at
                while at < len(left) and at - diagonal < len(right) and left[at] == right[at - diagonal]:
                    at += 1
                self._budget -= 1 + (at - begun) // 16
                reach[diagonal] = at
                if at >= len(left) and at - diagonal >= len(right):
                    return trace
        self.is_coarse = True
        return None


def _start(reach: dict[int, int], diagonal: int, edits: int) -> int:
    goes_down = diagonal == -edits or (diagonal != edits and reach[diagonal - 1] < reach[diagonal + 1])
    return reach[diagonal + 1] if goes_down else reach[diagonal - 1] + 1


def _walked_back(trace: list[dict[int, int]], left: Sequence[str], right: Sequence[str]) -> list[tuple[Edit, str]]:
    found: list[tuple[Edit, str]] = []
    x, y = len(left), len(right)
    for edits in range(len(trace) - 1, -1, -1):
        reach, diagonal = trace[edits], x - y
        goes_down = diagonal == -edits or (diagonal != edits and reach[diagonal - 1] < reach[diagonal + 1])
        before = diagonal + 1 if goes_down else diagonal - 1
        from_x = reach[before]
        from_y = from_x - before
        while x > max(from_x, 0) and y > max(from_y, 0):
            x, y = x - 1, y - 1
            found.append((Edit.KEPT, left[x]))
        if edits:
            found.append((Edit.ADDED, right[from_y]) if goes_down else (Edit.REMOVED, left[from_x]))
            x, y = from_x, from_y
    return found[::-1]
