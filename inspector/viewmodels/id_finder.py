"""Finds the IDs in what was pasted or dropped: in a short text on the spot, in a long one in the background."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial
from typing import TYPE_CHECKING

from inspector.core.candidates import Found, find_candidates

if TYPE_CHECKING:
    from inspector.viewmodels.job_runner import JobRunner
    from inspector.viewmodels.services import Services

LANE = "find IDs"
_AT_ONCE = 64 * 1024
Receiver = Callable[[tuple[Found, ...]], None]


class IdFinder:
    """The newest text wins. A profile's own pattern may take its time, so it never runs in the window's thread."""

    def __init__(self, jobs: JobRunner, id_pattern: str) -> None:
        self._jobs = jobs
        self._pattern = id_pattern

    def find(self, texts: tuple[str, ...], receive: Receiver) -> None:
        """Hands over what was found in each of the texts."""
        self._jobs.cancel(LANE)
        if not self._pattern and sum(map(len, texts)) <= _AT_ONCE:
            receive(tuple(find_candidates(text) for text in texts))
            return
        pattern = self._pattern

        async def work(_services: Services) -> object:
            import asyncio

            return await asyncio.to_thread(self._jobs.short_turns.run, partial(_found, texts, pattern))

        self._jobs.start(LANE, work, receive)


def _found(texts: tuple[str, ...], id_pattern: str) -> tuple[Found, ...]:
    from inspector.core.id_pattern import IdPattern, read_id_pattern

    pattern = read_id_pattern(id_pattern)
    return tuple(find_candidates(text, pattern if isinstance(pattern, IdPattern) else None) for text in texts)
