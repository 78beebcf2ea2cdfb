"""Where answers come from and go to: fetched, kept in memory and given back, read from files, saved."""

from __future__ import annotations

import time
from collections.abc import Callable, Mapping, Sequence
from functools import partial
from typing import TYPE_CHECKING, Any

from inspector.viewmodels.session_state import Terms
from inspector.viewmodels.tool_desk import nothing_more

if TYPE_CHECKING:
    from inspector.core.inputs import CompletionId
    from inspector.core.inspection import Inspection
    from inspector.usecases.prompt_call import PromptCall
    from inspector.viewmodels.job_runner import JobRunner
    from inspector.viewmodels.services import Services

Receiver = Callable[[Any], None]
SAVE, KEEP, MORE = "save", "keep ", "more files"


class AnswerDesk:
    """What is got is handed to `receive` by a job in the lane that is named; a large answer first to `on_read`, while its
    checks are running.
    """

    def __init__(self, jobs: JobRunner, terms: Terms) -> None:
        self._jobs = jobs
        self._terms = terms

    def fetch(
        self,
        lane: str,
        completion: CompletionId,
        prompt_call: PromptCall,
        receive: Receiver,
        *,
        on_read: Receiver,
        on_progress: Receiver,
    ) -> None:
        """What the service answers, its prompt asked for beside."""
        read = _Readings(self._jobs, lane, on_read, on_progress)

        async def work(services: Services) -> object:
            return await services.open(
                completion,
                known_key=self._terms.key,
                tools=self._terms.tools,
                deadline=self._terms.deadline,
                on_progress=partial(self._jobs.report, lane),
                on_read=read.tell,
                prompt_call=prompt_call,
            )

        self._jobs.start(lane, work, receive, read.receive)

    def keep(self, answers: Sequence[tuple[str, Inspection]]) -> None:
        """Keeps answers, each under the ID or the name that it was asked for by."""
        from inspector.usecases.kept_answers import keep_answer

        async def work(services: Services) -> object:
            for subject, inspection in answers:
                await keep_answer(services.answers, subject, inspection)
            return None

        self._jobs.start(KEEP + answers[0][0], work, nothing_more)

    def get(self, lane: str, subject: str, receive: Receiver, on_read: Receiver) -> None:
        """What is kept under `subject`, held against the tools of now; None where it is not kept any more."""
        from inspector.usecases.kept_answers import kept_answer

        read = _Readings(self._jobs, lane, on_read)

        async def work(services: Services) -> object:
            return await kept_answer(
                services.answers,
                subject,
                self._terms.tools,
                time.time(),
                inspector=services.inspector,
                on_read=read.tell,
            )

        self._jobs.start(lane, work, receive, read.receive)

    def read(self, lane: str, path: str, receive: Receiver, on_read: Receiver) -> None:
        """What a file holds, as a list of names and answers; or why it cannot be read."""
        from inspector.core.case_file import names_of
        from inspector.core.inputs import Refused

        read = _Readings(self._jobs, lane, on_read)

        async def work(services: Services) -> object:
            found = await services.read_file(path, self._terms.tools, read.tell)
            return found if isinstance(found, Refused) else list(zip(names_of(found, path), found, strict=True))

        self._jobs.start(lane, work, receive, read.receive)

    def read_more(self, named: Mapping[str, str], receive: Receiver) -> None:
        """Hands over what each file holds, as `read` does, one file after the other; `named` gives each path its name."""
        from inspector.core.case_file import names_of
        from inspector.core.inputs import Refused

        async def work(services: Services) -> object:
            for path, name in named.items():
                found = await services.read_file(path, self._terms.tools, nothing_more)
                called = [] if isinstance(found, Refused) else names_of(found, path, name)
                outcome = found if isinstance(found, Refused) else list(zip(called, found, strict=True))
                self._jobs.report(MORE, outcome)
            return None

        self._jobs.start(MORE, work, nothing_more, receive)

    def save(self, path: str, body: bytes, receive: Receiver) -> None:
        """Saves bytes as received; a sentence tells how that went."""

        async def work(services: Services) -> object:
            return await services.save_file(path, body)

        self._jobs.start(SAVE, work, receive)


class _Readings:
    """The way of a reading from the job that made it to whoever started that very job, and to nobody who started the next."""

    def __init__(self, jobs: JobRunner, lane: str, on_read: Receiver, on_progress: Receiver = nothing_more) -> None:
        self._jobs = jobs
        self._lane = lane
        self._on_read = on_read
        self._on_progress = on_progress

    def tell(self, reading: Inspection) -> None:
        """May be called in any thread."""
        self._jobs.report(self._lane, (self, reading))

    def receive(self, told: object) -> None:
        if not isinstance(told, tuple):
            self._on_progress(told)
        elif told[0] is self:
            self._on_read(told[1])
