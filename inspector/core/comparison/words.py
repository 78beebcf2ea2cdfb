"""What was taken out of a text and what was put in, word by word."""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from enum import Enum, auto

from inspector.core.comparison.matching import BUDGET, Match, matches

MOST_CHARACTERS = 1 << 22
"""Characters, on both sides together, of the middle that differs: more than that is not divided into words."""
COARSE = "too much differs to match every word, so whole stretches are told as replaced"
_STEP = 1 << 16
_NEAR = 1_000
_SPACES = " \n"
_LETTERS_ALONE = (
    "\u2e80-\u2fff\u3005-\u3007\u3021-\u3029\u3031-\u3035\u303b-\u31ff\u3400-\u9fff\uf900-\ufaff\U00020000-\U0003ffff"
)
_MARKS = "!-/:-@\\[-\\^`{-~\xa1-\xbf\xd7\xf7\u2010-\u2027\u2030-\u205e\u2190-\u23ff\u2500-\u25ff\u3000-\u3004\u3008-\u3020\u3030"
_WORD = f"[^\\s{_MARKS}{_LETTERS_ALONE}]"
_WORDS = re.compile(
    f"[{_LETTERS_ALONE}][\u3099\u309a\ufe00-\ufe0f]*"  # a letter that is a word by itself, with what belongs to it
    "|[0-9]+(?:[.,][0-9]+)+"
    f"|{_WORD}+(?:['’]{_WORD}+)*"
    "|[^\\S\n]+|\n|."
)
_HAS_WORDS = re.compile(f"{_WORD}|[{_LETTERS_ALONE}\n]")


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
    """No piece is empty, and where one was replaced what went stands before what came.

    `is_coarse` tells that stretches too large to match each word are told as replaced."""

    pieces: tuple[Piece, ...]
    is_coarse: bool = False


def replaced(left: str, right: str) -> TextDiff:
    """All of `left` gone, all of `right` come."""
    sides = (Piece(Edit.REMOVED, left), Piece(Edit.ADDED, right))
    return TextDiff(tuple(piece for piece in sides if piece.text))


def text_diff(left: str, right: str, budget: int = BUDGET, most: int = MOST_CHARACTERS) -> TextDiff:
    """How `left` became `right`; how `right` became `left` is the same with the sides changed over."""
    if left > right:
        return _changed_over(text_diff(right, left, budget, most))
    if left == right:
        return TextDiff((Piece(Edit.KEPT, left),) if left else ())
    head = _head(left, right)
    tail = _tail(left, right, min(len(left), len(right)) - head)
    ours, theirs = left[head : len(left) - tail], right[head : len(right) - tail]
    is_coarse = len(ours) + len(theirs) > most
    runs = [("", "", left[:head])]
    if is_coarse:
        runs.append((ours, theirs, ""))
    else:
        one, other = ([match[0] for match in _WORDS.finditer(text)] for text in (ours, theirs))
        found, is_coarse = matches(one, other, budget)
        runs += _runs(one, other, found)
    runs.append(("", "", left[len(left) - tail :]))
    return TextDiff(tuple(_pieces(_without_islands(runs))), is_coarse)


_Run = tuple[str, str, str]
"""What went, what came, and what is kept behind them."""


def _runs(left: list[str], right: list[str], found: list[Match]) -> Iterator[_Run]:
    at = other_at = 0
    kept: list[str] = []
    went = came = ""
    for one, other in found:
        if one > at or other > other_at:
            yield went, came, "".join(kept)
            went, came, kept = "".join(left[at:one]), "".join(right[other_at:other]), []
        kept.append(left[one])
        at, other_at = one + 1, other + 1
    yield went, came, "".join(kept)
    yield "".join(left[at:]), "".join(right[other_at:]), ""


def _without_islands(runs: list[_Run]) -> Iterator[_Run]:
    """What is kept between two changes, but has no word in it, goes with them: so that phrases are read, not commas."""
    went: list[str] = []
    came: list[str] = []
    kept = ""
    for more_went, more_came, more_kept in runs:
        if _is_island(kept, (went, came), (more_went, more_came)):
            went += [kept, more_went]
            came += [kept, more_came]
            kept = more_kept
        elif more_went or more_came:
            yield "".join(went), "".join(came), kept
            went, came, kept = [more_went] * bool(more_went), [more_came] * bool(more_came), more_kept
        else:
            kept += more_kept
    yield "".join(went), "".join(came), kept


def _is_island(kept: str, before: tuple[object, object], behind: tuple[object, object]) -> bool:
    """Whether something was replaced around what is kept: words that only went, or only came, are told one by one."""
    is_between = any(before) and any(behind)
    is_replaced = all(one or other for one, other in zip(before, behind, strict=True))
    return is_between and is_replaced and not _HAS_WORDS.search(kept)


def _pieces(runs: Iterator[_Run]) -> Iterator[Piece]:
    """Spaces that both sides of a change begin or end with are kept."""
    kept = ""
    for went, came, behind in runs:
        first, last = _common_spaces(went, came)
        kept += went[:first]
        changed = (
            (Edit.REMOVED, went[first : len(went) - last]),
            (Edit.ADDED, came[first : len(came) - last]),
        )
        if any(text for _, text in changed):
            yield from (Piece(edit, text) for edit, text in ((Edit.KEPT, kept), *changed) if text)
            kept = ""
        kept += went[len(went) - last :] + behind
    if kept:
        yield Piece(Edit.KEPT, kept)


def _common_spaces(left: str, right: str) -> tuple[int, int]:
    first, last, most = 0, 0, min(len(left), len(right))
    while first < most and left[first] == right[first] and left[first].isspace():
        first += 1
    while last < most - first and left[-1 - last] == right[-1 - last] and left[-1 - last].isspace():
        last += 1
    return first, last


_OTHER_SIDE = {Edit.KEPT: Edit.KEPT, Edit.REMOVED: Edit.ADDED, Edit.ADDED: Edit.REMOVED}


def _changed_over(diff: TextDiff) -> TextDiff:
    pieces: list[Piece] = []
    for piece in diff.pieces:
        turned = Piece(_OTHER_SIDE[piece.edit], piece.text)
        if turned.edit is Edit.REMOVED and pieces and pieces[-1].edit is Edit.ADDED:
            pieces.insert(-1, turned)
        else:
            pieces.append(turned)
    return TextDiff(tuple(pieces), diff.is_coarse)


def _head(left: str, right: str) -> int:
    """The length of the common beginning, up to a space near its end."""
    shared = shared_beginning(left, right)
    least = max(0, shared - _NEAR)
    space = max(left.rfind(space, least, shared) for space in _SPACES)
    return space + 1 if space >= 0 else least


def _tail(left: str, right: str, most: int) -> int:
    """The length of the common end, at most `most`, from a space near its beginning."""
    shared, step = 0, _STEP
    while step:
        one, other = (text[len(text) - shared - step : len(text) - shared] for text in (left, right))
        if shared + step <= most and one == other:
            shared += step
        else:
            step //= 2
    first = len(left) - shared
    found = [at for space in _SPACES if (at := left.find(space, first, first + _NEAR)) >= 0]
    return len(left) - min(found, default=min(first + _NEAR, len(left)))


def shared_beginning(left: str, right: str) -> int:
    """How many characters are the same from the first on."""
    most, shared, step = min(len(left), len(right)), 0, _STEP
    while step:
        if shared + step <= most and left[shared : shared + step] == right[shared : shared + step]:
            shared += step
        else:
            step //= 2
    return shared
