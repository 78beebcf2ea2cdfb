"""Reads content in the background: Markdown, conversations and pictures can take seconds where they are long or hostile."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING, TypeVar

if TYPE_CHECKING:
    from inspector.viewmodels.job_runner import JobRunner
    from inspector.viewmodels.services import Services

Content = TypeVar("Content")


class ContentReader:
    """The newest wish of each lane wins."""

    def __init__(self, jobs: JobRunner) -> None:
        self._jobs = jobs

    def read(self, lane: str, read: Callable[[], Content], receive: Callable[[Content], None]) -> None:
        """Hands what `read` makes to `receive`. `read` runs in a worker and touches nothing of the window."""

        async def work(_services: Services) -> object:
            import asyncio

            return await asyncio.to_thread(self._jobs.short_turns.run, read)

        self._jobs.start(lane, work, receive)

    def drop(self, lane: str) -> None:
        """What was to be read is wanted no more."""
        self._jobs.cancel(lane)
