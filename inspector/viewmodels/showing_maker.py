"""Makes an answer ready to be shown: a short one at once, a long one in the background."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from inspector.core.inspection import Inspection
    from inspector.core.moment import Moment
    from inspector.core.outline.showing import Showing
    from inspector.viewmodels.job_runner import JobRunner
    from inspector.viewmodels.services import Services

LANE = "showing"


class ShowingMaker:
    """The newest wish wins."""

    def __init__(self, jobs: JobRunner) -> None:
        self._jobs = jobs

    def make(self, inspection: Inspection, moment: Moment, receive: Callable[[Showing], None]) -> bool:
        """Hands what the window needs to `receive`; True where that was done at once, as it takes less than a frame."""
        from inspector.core.outline.showing import is_long, showing_of

        async def work(_services: Services) -> object:
            import asyncio

            return await asyncio.to_thread(self._jobs.short_turns.run, partial(showing_of, inspection, moment))

        self.drop()
        if is_long(inspection):
            self._jobs.start(LANE, work, receive)
            return False
        receive(showing_of(inspection, moment))
        return True

    @property
    def is_busy(self) -> bool:
        """Whether an answer is being made ready."""
        return self._jobs.is_busy(LANE)

    def drop(self) -> None:
        """What was to be made ready is wanted no more."""
        self._jobs.cancel(LANE)
