"""What is looked for, and the one engine that looks.

Context: a regular expression typed by a person can take for ever, the standard library's cannot be stopped, and it holds the
interpreter while it runs. Choice: PyPI's `regex`, which takes a time limit and lets other threads run; plain text goes through it
too. Price: 0.8 MB, and 40 ms to import, at the first search only. Reading an expression has no limit, and counted repeats in
each other are unrolled then, so these are bounded here.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from inspector.core.inputs import Refused

LONGEST = 500
_MOST_REPEATS = 10_000
_BEFORE_WORD, _AFTER_WORD = r"(?<!\w)(?:", r")(?!\w)"
_COUNTED = re.compile(r"\{([0-9]*)(?:,([0-9]*))?\}")


@dataclass(frozen=True, slots=True)
class Wish:
    """`pattern` takes the text as a regular expression; `case` heeds capitals; `whole_word` wants no letter or digit beside it."""

    text: str
    case: bool = False
    whole_word: bool = False
    pattern: bool = False


class TooLongError(Exception):
    """The search of one text took longer than it may."""


class Searcher:
    """Made ready for one wish by `searcher_for`. `seconds` is the limit for each text."""

    def __init__(self, compiled: Any, seconds: float) -> None:
        self._compiled = compiled
        self._seconds = seconds

    def spans(self, text: str, *, first_group: bool = False) -> Iterator[tuple[int, int]]:
        """Where it stands in `text`, in code points; empty matches are passed over. Raises TooLongError.

        With `first_group` that is where the expression's first group stands, if it has groups.
        """
        group = min(1, self._compiled.groups) if first_group else 0
        try:
            for match in self._compiled.finditer(text, timeout=self._seconds, concurrent=True):
                start, end = match.span(group)
                if end > start:
                    yield start, end
        except TimeoutError:
            raise TooLongError from None


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
    return Searcher(compiled, seconds)


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
