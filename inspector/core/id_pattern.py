"""What completion IDs look like under a profile, where they look like nothing else: a regular expression of the person's own.

It runs over texts from strangers, so that it is bounded as a search is: in its length, in its repeats, and in its time.
"""

from collections.abc import Iterator
from dataclasses import dataclass, field

from inspector.core.inputs import Refused
from inspector.core.search.searcher import Searcher, Wish, searcher_for

_SECONDS = 1.0


@dataclass(frozen=True, slots=True)
class IdPattern:
    """Made by `read_id_pattern`. Where the expression has groups, the first is the ID, and the rest is what stands around it."""

    text: str
    searcher: Searcher = field(repr=False, compare=False)

    def spans(self, text: str) -> Iterator[tuple[int, int]]:
        """Where IDs stand in `text`, in code points; raises TooLongError."""
        return self.searcher.spans(text, first_group=True)


def read_id_pattern(text: str, seconds: float = _SECONDS) -> IdPattern | Refused | None:
    """The pattern in `text`, None where it is blank. Capitals matter in it; `^` and `$` are the ends of a line."""
    trimmed = text.strip()
    if not trimmed:
        return None
    searcher = searcher_for(Wish(trimmed, case=True, pattern=True), seconds)
    return searcher if isinstance(searcher, Refused) else IdPattern(trimmed, searcher)
