"""Looking for text in all answers that were kept, one after the other, and telling the hits as they come."""

import asyncio
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from itertools import islice
from typing import TYPE_CHECKING

from inspector.core.inputs import Refused
from inspector.core.json.text import BYTE_ORDER_MARK, JsonFault, parse_body
from inspector.core.kept_answer import body_in
from inspector.core.search.hits import Hit, hits_in
from inspector.core.search.searcher import Searcher, TooLongError, Wish, searcher_for

if TYPE_CHECKING:
    from inspector.usecases.ports import Answers

MOST = 2_000
MOST_IN_ONE = 50
_AT_ONCE = 20
_SECONDS = 0.25


@dataclass(frozen=True, slots=True)
class HitIn:
    """A hit, and the ID or name of the answer that it is in."""

    subject: str
    hit: Hit


@dataclass(frozen=True, slots=True)
class Searching:
    """How far a search has come, and what was found since it was told last."""

    hits: tuple[HitIn, ...]
    searched: int
    total: int


async def search_answers(
    answers: "Answers", subjects: Sequence[str], wish: Wish, tell: Callable[[Searching], None]
) -> str:
    """Tells the first hits by `tell`; returns a sentence where these may not be all. Ends early by being cancelled."""
    searcher = searcher_for(wish, _SECONDS)
    if isinstance(searcher, Refused):
        return searcher.sentence
    search = _Search(answers, searcher)
    for first in range(0, len(subjects), _AT_ONCE):
        some = subjects[first : first + _AT_ONCE]
        found = await asyncio.to_thread(search.hits_in, some)
        tell(Searching(found, first + len(some), len(subjects)))
        if search.is_over:
            break
    return search.note


class _Search:
    """What a search has come to; its methods run in a worker, one at a time."""

    def __init__(self, answers: "Answers", searcher: Searcher) -> None:
        self._answers = answers
        self._searcher = searcher
        self._left = MOST
        self._cut = False
        self._lost = 0
        self._took_too_long = False

    @property
    def is_over(self) -> bool:
        return self._left == 0 or self._took_too_long

    @property
    def note(self) -> str:
        if self._took_too_long:
            return "The search took too long and was stopped."
        if self._left == 0:
            return f"These are the first {MOST:,}."
        cut = f"Only the first {MOST_IN_ONE} hits in one completion are listed." if self._cut else ""
        lost = f"Not searched, since no longer kept: {self._lost:,}." if self._lost else ""
        return " ".join(filter(None, (cut, lost)))

    def hits_in(self, subjects: Sequence[str]) -> tuple[HitIn, ...]:
        return tuple(HitIn(subject, hit) for subject in subjects for hit in self._hits(subject))

    def _hits(self, subject: str) -> list[Hit]:
        data = self._answers.get(subject) if not self.is_over else b""
        if data is None:
            self._lost += 1
            return []
        body = body_in(data)
        reading = parse_body(body.removeprefix(BYTE_ORDER_MARK))
        document = None if isinstance(reading, JsonFault) else reading
        hits: list[Hit] = []
        try:
            hits.extend(islice(hits_in(document, body, self._searcher), MOST_IN_ONE + 1))
        except TooLongError:
            self._took_too_long = True
        self._cut = self._cut or len(hits) > MOST_IN_ONE
        hits = hits[: min(MOST_IN_ONE, self._left)]
        self._left -= len(hits)
        return hits
