"""Compares the answer that is shown with another one of the list, in the background, as all that a comparison is asked for."""

from __future__ import annotations

import time
from collections.abc import Callable
from functools import partial
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from inspector.core.comparison.compared import Compared
    from inspector.core.comparison.reading import RowReading
    from inspector.core.comparison.rows import ComparedRow
    from inspector.core.inputs import Refused
    from inspector.core.inspection import Inspection
    from inspector.viewmodels.job_runner import JobRunner
    from inspector.viewmodels.services import Services
    from inspector.viewmodels.tool_desk import ToolDesk

LANE = "compare"
READING_LANE = "read a difference"
COPYING_LANE = "write a comparison"


class Comparer:
    """The newest wish of each kind wins."""

    def __init__(self, jobs: JobRunner, tool_desk: ToolDesk) -> None:
        self._jobs = jobs
        self._tool_desk = tool_desk
        self.job_failed = jobs.failed

    @property
    def is_writing(self) -> bool:
        return self._jobs.is_busy(COPYING_LANE)

    def compare(self, shown: Inspection, subject: str, receive: Callable[[Compared | Refused], None]) -> None:
        """Hands over the comparison of `shown` with what is kept under `subject`, or why there is none.

        Both are held against the tools of now.
        """
        tools = self._tool_desk.schemas

        async def work(services: Services) -> object:
            import asyncio

            from inspector.core.comparison.compared import compared
            from inspector.core.inputs import Refused
            from inspector.usecases.kept_answers import kept_answer

            other = await kept_answer(services.answers, subject, tools, time.time(), inspector=services.inspector)
            if other is None:
                return Refused(f"{subject} is not kept any more. Fetch it again to compare with it.")
            return await asyncio.to_thread(self._jobs.short_turns.run, partial(compared, shown, other))

        self._jobs.start(LANE, work, receive)

    def read(self, row: ComparedRow, receive: Callable[[RowReading], None]) -> None:
        """Hands over all of a difference."""

        async def work(_services: Services) -> object:
            import asyncio

            from inspector.core.comparison.reading import reading_of

            return await asyncio.to_thread(self._jobs.short_turns.run, partial(reading_of, row))

        self._jobs.start(READING_LANE, work, receive)

    def write(self, comparison: Compared, names: tuple[str, str], receive: Callable[[str], None]) -> None:
        """Hands over the comparison of two completions of these names as a text."""

        async def work(_services: Services) -> object:
            import asyncio

            return await asyncio.to_thread(self._jobs.short_turns.run, partial(comparison.text, *names))

        self._jobs.start(COPYING_LANE, work, receive)

    def give_up(self) -> bool:
        """Does not compare what was to be compared; False where nothing was."""
        is_comparing = self._jobs.is_busy(LANE)
        self._jobs.cancel(LANE)
        return is_comparing

    def stop_reading(self) -> None:
        """No difference is to be shown any more."""
        self._jobs.cancel(READING_LANE)

    def stop(self) -> None:
        """Nothing more of a comparison is asked for."""
        self.stop_reading()
        self._jobs.cancel(COPYING_LANE)
