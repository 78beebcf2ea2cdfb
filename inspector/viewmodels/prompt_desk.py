"""The prompt of the answer that is shown: asked for beside it or after it, and put to it when it comes, without delaying it."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, Signal

from inspector.viewmodels.session_state import Terms

if TYPE_CHECKING:
    from inspector.core.inspection import Inspection
    from inspector.usecases.prompt_call import PromptCall
    from inspector.viewmodels.job_runner import JobRunner
    from inspector.viewmodels.services import Services

MESSAGES = "messages"


class PromptDesk(QObject):
    """`told` tells an answer without and with its prompt. Only one is awaited: that of what is, or will be, shown."""

    told = Signal(object, object)

    def __init__(self, jobs: JobRunner, terms: Terms, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._jobs = jobs
        self._terms = terms

    def beside(self) -> PromptCall:
        """A call to be made with the fetch that begins now."""
        from inspector.usecases.prompt_call import PromptCall

        call = PromptCall()

        async def work(_services: Services) -> object:
            return await call.outcome()

        self._jobs.start(MESSAGES, work, self._on_told)
        return call

    def after(self, inspection: Inspection) -> Inspection:
        """Asks for the prompt of an answer that was fetched without it; the answer, now waiting for that.

        Files are left as they are, and so is what is no completion.
        """
        from inspector.core.conversation.prompt import Waiting

        if inspection.source.url is None or inspection.completion is None or inspection.problem is not None:
            return inspection
        waiting = replace(inspection, prompt=Waiting())

        async def work(services: Services) -> object:
            terms = self._terms
            return waiting, await services.open_prompt(waiting, known_key=terms.key, deadline=terms.deadline)

        self._jobs.start(MESSAGES, work, self._on_told)
        return waiting

    def carry_over(self, source: Inspection, target: Inspection) -> None:
        """Puts the prompt of one look at an answer to another look at it, that was made meanwhile."""

        async def work(_services: Services) -> object:
            import asyncio

            from inspector.core.inspection import with_prompt

            return target, await asyncio.to_thread(with_prompt, target, source.prompt)

        self._jobs.start(MESSAGES, work, self._on_told)

    def drop(self) -> None:
        """The prompt is not wanted any more."""
        self._jobs.cancel(MESSAGES)

    def give_up(self, inspection: Inspection) -> bool:
        """Waits no longer for the prompt of what is shown; whether it was waited for."""
        from inspector.core.conversation.prompt import PromptUnavailable, Waiting
        from inspector.core.conversation.unavailable import GIVEN_UP

        if not isinstance(inspection.prompt, Waiting):
            return False
        self.drop()
        self.told.emit(inspection, replace(inspection, prompt=PromptUnavailable(GIVEN_UP)))
        return True

    def _on_told(self, outcome: object) -> None:
        if isinstance(outcome, tuple):
            self.told.emit(*outcome)
