"""What is looked for, and the one engine that looks.

Context: a regular expression typed by a person can take for ever, the standard library's cannot be stopped, and it holds the
interpreter while it runs. Choice: PyPI's `regex`, which takes a time limit and lets other threads run; plain text goes through it
too. Price: 0.8 MB, and 40 ms to import, at the first search only. Reading an expression has no limit, and counted repeats in
each other are unrolled then, so these are bounded here.
"""

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from time import thread_time
from typing import Any

from inspector.core.inputs import Refused

LONGEST = 500
_MOST_REPEATS = 10_000
_MOST_VAIN = 6
MARGIN = 64 * 1024
"""Characters that are kept around where one piece of a text meets the next."""
_MOST_PENDING = 8 * 2**20
_BEFORE_WORD, _AFTER_WORD = r"(?<!\w)(?:", r")(?!\w)"
_COUNTED = re.compile(r"\{([0-9]*)(?:,([0-9]*))?\}")


@dataclass(frozen=True, slots=True)
class Wish:
    """`pattern` takes the text as a regular expression; `case` heeds capitals; `whole_word` wants no letter or digit beside it."""

    text: str
    case: bool = False
    whole_word: bool = False
    pattern: bool = False


@dataclass(frozen=True, slots=True)
class Place:
    """A hit from `start` to `end` in `text`, in code points; `before` are those of the whole that stand in front of `text`."""

    text: str
    before: int
    start: int
    end: int


class TooLongError(Exception):
    """The search of one text took longer than it may."""


class Searcher:
    """Made ready for one wish by `searcher_for`. `seconds` is the limit for each text; `plain` is what is looked for, where that
    is no expression.

    The engine's own limit counts what the whole process works, whoever takes the hits included. Only this search's own
    work counts here: where the engine gives up before that is at the limit, it goes on from where it was.
    """

    def __init__(self, compiled: Any, seconds: float, plain: str | None = None) -> None:
        self.plain = plain
        self._compiled = compiled
        self._seconds = seconds

    def spans(self, text: str, *, first_group: bool = False) -> Iterator[tuple[int, int]]:
        """Where it stands in `text`, in code points; empty matches are passed over. Raises TooLongError.

        With `first_group` that is where the expression's first group stands, if it has groups.
        """
        group = min(1, self._compiled.groups) if first_group else 0
        for match in self._matches(text, 0, _Clock(self._seconds)):
            start, end = match.span(group)
            if end > start:
                yield start, end

    def places(self, pieces: Iterable[str]) -> Iterator[Place]:
        """Where it stands in a text that comes in pieces, so that a very long one is never there as a whole.

        What is found is what `spans` finds, as long as neither a match nor what an expression looks at around it is longer
        than `MARGIN`. Raises TooLongError.
        """
        clock, coming = _Clock(self._seconds), iter(pieces)
        text, before, at = "", 0, 0
        while (piece := next(coming, None)) is not None:
            text, before, at = text[max(0, at - MARGIN) :] + piece, before + max(0, at - MARGIN), min(at, MARGIN)
            sure = len(text) - MARGIN
            for match in self._matches(text, at, clock):
                start, end = match.span()
                if end > sure:
                    at = start  # with the next piece it may go on, or be none
                    break
                at = end
                if end > start:
                    yield Place(text, before, start, end)
            else:
                at = max(at, sure)
            if len(text) - at > _MOST_PENDING:
                raise TooLongError
        for match in self._matches(text, at, clock):
            start, end = match.span()
            if end > start:
                yield Place(text, before, start, end)

    def _matches(self, text: str, at: int, clock: "_Clock") -> Iterator[Any]:
        """The matches from `at` on, empty ones as well."""
        vain = 0
        while True:
            begun = at
            matches = self._compiled.finditer(text, pos=at, timeout=clock.limit(vain), concurrent=True)
            try:
                while (match := clock.timed(matches)) is not None:
                    at = match.end()
                    yield match
            except TimeoutError:
                vain = vain + 1 if at == begun else 0
                continue
            return


class _Clock:
    """What the engine has worked on one text, in the thread that it works in."""

    def __init__(self, seconds: float) -> None:
        self._seconds = seconds
        self._worked = 0.0

    def limit(self, vain: int) -> float:
        """The engine's limit after so many vain ones: twice the last. Raises TooLongError."""
        if self._worked > self._seconds or vain == _MOST_VAIN:
            raise TooLongError
        return self._seconds * 2.0**vain

    def timed(self, matches: Iterator[Any]) -> Any:
        """The next match, or None at the end."""
        began = thread_time()
        try:
            return next(matches, None)
        finally:
            self._worked += thread_time() - began


def searcher_for(wish: Wish, seconds: float = 1.0) -> Searcher | Refused:
    """The engine for a wish; a `Refused` says why there is none."""
    if len(wish.text) > LONGEST:
        return Refused(f"What is looked for may have {LONGEST:,} characters; this has {len(wish.text):,}.")
    if wish.pattern and _repeats(wish.text) > _MOST_REPEATS:
        return Refused(f"This expression repeats more than {_MOST_REPEATS:,} times, which is too much.")
    import regex

    text = wish.text if wish.pattern else regex.escape(wish.text)
    flags = regex.MULTILINE | (0 if wish.case else regex.IGNORECASE)
    try:
        compiled = regex.compile(f"{_BEFORE_WORD}{text}{_AFTER_WORD}" if wish.whole_word else text, flags)
    except (regex.error, RecursionError, OverflowError, ValueError) as error:
        return Refused(_why(error, wish))
    return Searcher(compiled, seconds, None if wish.pattern else wish.text)


def _repeats(text: str) -> int:
    """How often all counted repeats in each other repeat, at the most."""
    product = 1
    for low, high in _COUNTED.findall(text):
        product *= max(1, int((high or low or "1")[:9]))
    return product


def _why(error: Exception, wish: Wish) -> str:
    if isinstance(error, RecursionError):
        return "This expression is nested too deeply."
    place = getattr(error, "pos", None)
    said = str(getattr(error, "msg", "it cannot be read"))
    at = (
        f", at character {max(1, place + 1 - (len(_BEFORE_WORD) if wish.whole_word else 0)):,}"
        if isinstance(place, int)
        else ""
    )
    return f"Not a regular expression{at}: {said}."
