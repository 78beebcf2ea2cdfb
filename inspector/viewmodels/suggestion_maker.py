"""Makes suggested readings in the background: a hostile text costs a quarter of a second."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from inspector.core.suggestion.suggestion import NoSuggestion, Suggestion
    from inspector.viewmodels.job_runner import JobRunner
    from inspector.viewmodels.services import Services

LANE = "suggestion"


class SuggestionMaker:
    """The newest wish wins."""

    def __init__(self, jobs: JobRunner) -> None:
        self._jobs = jobs

    def make(self, text: str, receive: Callable[[Suggestion | NoSuggestion], None]) -> None:
        """Hands what is suggested for `text` to `receive`, or why nothing is."""

        async def work(_services: Services) -> object:
            import asyncio

            from inspector.core.suggestion.suggest import suggest

            return await asyncio.to_thread(self._jobs.short_turns.run, partial(suggest, text))

        self._jobs.start(LANE, work, receive)
