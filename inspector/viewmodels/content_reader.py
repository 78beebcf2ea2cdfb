"""Reads content in the background: Markdown, conversations and pictures can take seconds where they are long or hostile.

What may take long since the answer is large is done where that is read, away from the window's interpreter.
"""

from __future__ import annotations

from collections.abc import Callable
from functools import partial
from typing import TYPE_CHECKING, TypeVar

if TYPE_CHECKING:
    from inspector.core.answer_work import AnswerWork
    from inspector.core.inspection import Inspection
    from inspector.viewmodels.job_runner import JobRunner, Tell
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

    def work(
        self,
        lane: str,
        inspection: Inspection,
        work: AnswerWork[Content],
        receive: Callable[[Content], None],
        on_done: Callable[[], None],
    ) -> None:
        """Hands each part of what `work` makes of an answer to `receive`, as it comes; after the last `on_done` is called."""

        async def working(services: Services, tell: Tell) -> object:
            with self._jobs.short_turns:
                await services.inspector.work_on(inspection, work, partial(tell, receive))
            return None

        self._jobs.start_telling(lane, working, partial(_done, on_done))

    def drop(self, lane: str) -> None:
        """What was to be read is wanted no more."""
        self._jobs.cancel(lane)


def _done(on_done: Callable[[], None], _nothing: object) -> None:
    on_done()
