"""Where answers come from and go to beside the service: kept in memory and given back, read from files, saved."""

from __future__ import annotations

import time
from collections.abc import Callable, Sequence
from typing import TYPE_CHECKING

from inspector.viewmodels.session_state import Terms
from inspector.viewmodels.tool_desk import nothing_more

if TYPE_CHECKING:
    from inspector.core.inspection import Inspection
    from inspector.viewmodels.job_runner import JobRunner
    from inspector.viewmodels.services import Services

SAVE, KEEP = "save", "keep "


class AnswerDesk:
    """What is got is handed to `receive` by a job in the lane that is named."""

    def __init__(self, jobs: JobRunner, terms: Terms) -> None:
        self._jobs = jobs
        self._terms = terms

    def keep(self, answers: Sequence[tuple[str, Inspection]]) -> None:
        """Keeps answers, each under the ID or the name that it was asked for by."""
        from inspector.usecases.kept_answers import keep_answer

        async def work(services: Services) -> object:
            for subject, inspection in answers:
                await keep_answer(services.answers, subject, inspection)
            return None

        self._jobs.start(KEEP + answers[0][0], work, nothing_more)

    def get(self, lane: str, subject: str, receive: Callable[[object], None]) -> None:
        """What is kept under `subject`, held against the tools of now; None where it is not kept any more."""
        from inspector.usecases.kept_answers import kept_answer

        async def work(services: Services) -> object:
            return await kept_answer(services.answers, subject, self._terms.tools, time.time(), services.inspector)

        self._jobs.start(lane, work, receive)

    def read(self, lane: str, path: str, receive: Callable[[object], None]) -> None:
        """What a file holds, as a list of names and answers; or why it cannot be read."""
        from inspector.core.case_file import names_of
        from inspector.core.inputs import Refused

        async def work(services: Services) -> object:
            found = await services.read_file(path, self._terms.tools)
            return found if isinstance(found, Refused) else list(zip(names_of(found, path), found, strict=True))

        self._jobs.start(lane, work, receive)

    def save(self, path: str, body: bytes, receive: Callable[[object], None]) -> None:
        """Saves bytes as received; a sentence tells how that went."""

        async def work(services: Services) -> object:
            return await services.save_file(path, body)

        self._jobs.start(SAVE, work, receive)
