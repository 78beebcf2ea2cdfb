"""The prompt of the answer that is shown: asked for beside it or after it, and put to it when it comes, without delaying it."""

from __future__ import annotations

from collections.abc import Callable
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
    """`told` tells what is shown, with its prompt. Only one is awaited: that of what is, or will be, shown."""

    told = Signal(object)

    def __init__(
        self, jobs: JobRunner, terms: Terms, shown: Callable[[], Inspection | None], parent: QObject | None = None
    ) -> None:
        super().__init__(parent)
        self._jobs = jobs
        self._terms = terms
        self._shown = shown
        self._early: tuple[Inspection, Inspection] | None = None

    def beside(self) -> PromptCall:
        """A call to be made with the fetch that begins now."""
        from inspector.usecases.prompt_call import PromptCall

        call = PromptCall()

        async def work(_services: Services) -> object:
            return await call.outcome()

        self._jobs.start(MESSAGES, work, self._on_told)
        return call

    def after(self, inspection: Inspection) -> Inspection:
        """Asks for the prompt of an answer that has none yet; the answer, now waiting for that.

        Files are left as they are, and so is what is no completion.
        """
        from inspector.core.conversation.prompt import NotAsked, Waiting

        is_answer = inspection.source.url is not None and inspection.problem is None
        if not is_answer or inspection.completion is None or not isinstance(inspection.prompt, NotAsked | Waiting):
            return inspection
        waiting = replace(inspection, prompt=Waiting())

        async def work(services: Services) -> object:
            terms = self._terms
            return waiting, await services.open_prompt(waiting, known_key=terms.key, deadline=terms.deadline)

        self._jobs.start(MESSAGES, work, self._on_told)
        return waiting

    def still(self, inspection: Inspection) -> Inspection:
        """As `after`, for another look at what is shown: a prompt that is on its way is not asked for once more."""
        return inspection if self.is_busy else self.after(inspection)

    def carry_over(self, source: Inspection, target: Inspection) -> None:
        """Puts the prompt of one look at an answer to another look at it, that was made meanwhile."""

        async def work(_services: Services) -> object:
            import asyncio

            from inspector.core.inspection import with_prompt

            return target, await asyncio.to_thread(with_prompt, target, source.prompt)

        self._jobs.start(MESSAGES, work, self._on_told)

    @property
    def is_busy(self) -> bool:
        """Whether a prompt is on its way."""
        return self._jobs.is_busy(MESSAGES)

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
        self.told.emit(replace(inspection, prompt=PromptUnavailable(GIVEN_UP)))
        return True

    def _on_told(self, outcome: object) -> None:
        if not isinstance(outcome, tuple):
            return
        old, new = outcome
        shown = self._shown()
        if shown is old:
            self.told.emit(new)
        elif shown is not None and shown.body is old.body:
            self.carry_over(new, shown)
        else:
            self._early = old, new

    def joined(self, inspection: Inspection) -> Inspection:
        """An answer that is about to be shown, with its prompt where that came first: two threads tell of the two."""
        early, self._early = self._early, None
        return early[1] if early is not None and early[0] is inspection else inspection
