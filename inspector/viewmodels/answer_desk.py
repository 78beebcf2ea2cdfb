"""Where answers come from and go to: fetched, kept in memory and given back, read from files, saved."""

from __future__ import annotations

import time
from collections.abc import Sequence
from functools import partial
from typing import TYPE_CHECKING

from inspector.viewmodels.session_state import Terms
from inspector.viewmodels.tool_desk import nothing_more

if TYPE_CHECKING:
    from inspector.core.inputs import CompletionId
    from inspector.core.inspection import Inspection
    from inspector.usecases.prompt_call import PromptCall
    from inspector.viewmodels.job_runner import JobRunner, Receiver, Tell
    from inspector.viewmodels.services import Services

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

        async def work(services: Services, tell: Tell) -> object:
            return await services.open(
                completion,
                known_key=self._terms.key,
                tools=self._terms.tools,
                deadline=self._terms.deadline,
                on_progress=partial(tell, on_progress),
                on_read=partial(tell, on_read),
                prompt_call=prompt_call,
            )

        self._jobs.start_telling(lane, work, receive)

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

        async def work(services: Services, tell: Tell) -> object:
            return await kept_answer(
                services.answers,
                subject,
                self._terms.tools,
                time.time(),
                inspector=services.inspector,
                on_read=partial(tell, on_read),
            )

        self._jobs.start_telling(lane, work, receive)

    def read(self, lane: str, path: str, name: str, receive: Receiver, on_read: Receiver) -> None:
        """What the file of that name holds, as a list of names and answers; or why it cannot be read."""
        from inspector.core.case_file import names_of
        from inspector.core.inputs import Refused

        async def work(services: Services, tell: Tell) -> object:
            found = await services.read_file(path, self._terms.tools, partial(tell, on_read))
            return found if isinstance(found, Refused) else list(zip(names_of(found, name), found, strict=True))

        self._jobs.start_telling(lane, work, receive)

    def read_more(self, named: Sequence[tuple[str, str]], receive: Receiver) -> None:
        """Hands over what each file holds, as `read` does, one file after the other; each path comes with its name."""
        from inspector.core.case_file import names_of
        from inspector.core.inputs import Refused

        async def work(services: Services, tell: Tell) -> object:
            for path, name in named:
                found = await services.read_file(path, self._terms.tools, nothing_more)
                called = [] if isinstance(found, Refused) else names_of(found, name)
                outcome = found if isinstance(found, Refused) else list(zip(called, found, strict=True))
                tell(receive, outcome)
            return None

        self._jobs.start_telling(MORE, work, nothing_more)

    def save(self, path: str, body: bytes, receive: Receiver) -> None:
        """Saves bytes as received; a sentence tells how that went."""

        async def work(services: Services) -> object:
            return await services.save_file(path, body)

        self._jobs.start(SAVE, work, receive)
