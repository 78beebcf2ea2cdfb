"""The tool schemas that calls are checked against: loaded, forgotten, and all answers held against them again."""

from __future__ import annotations

import time
from collections.abc import Callable
from functools import partial
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, Signal

from inspector.viewmodels.completion_list import CompletionList
from inspector.viewmodels.session_state import Terms

if TYPE_CHECKING:
    from inspector.core.inputs import Refused
    from inspector.core.inspection import Inspection
    from inspector.core.schemas.loaded_tools import LoadedTools
    from inspector.core.schemas.tool_schemas import ToolSchemas
    from inspector.usecases.inspect_many import Ended
    from inspector.viewmodels.job_runner import JobRunner, Tell
    from inspector.viewmodels.services import Services

TOOLS, JUDGE = "tools", "judge"


class ToolDesk(QObject):
    """`told` tells outcomes in a sentence, `judged_again` the answer that was shown and the second look at it.

    `changed` tells that other tools are `loaded` now, or none.
    """

    told = Signal(str)
    judged_again = Signal(object, object)
    changed = Signal()

    def __init__(
        self,
        jobs: JobRunner,
        completions: CompletionList,
        terms: Terms,
        shown: Callable[[], Inspection | None],
        parent: QObject | None = None,
    ) -> None:
        super().__init__(parent)
        self._jobs = jobs
        self._list = completions
        self._terms = terms
        self._shown = shown
        self.loaded: LoadedTools | None = None

    def load(self, path: str) -> None:
        """Checks calls against the tool schemas in a file, those of the answer that is shown at once."""
        shown = self._shown()

        async def work(services: Services) -> object:
            tools = await services.read_tools(path)
            return tools, shown, await checked_again(services, shown, _schemas(tools))

        self._jobs.start(TOOLS, work, self._on_read)

    @property
    def schemas(self) -> ToolSchemas | None:
        """What calls are checked against; None stands for what a body itself carries."""
        return self._terms.tools

    def paste(self, text: str) -> None:
        """Checks calls against the tool schemas in a text."""
        shown = self._shown()

        async def work(services: Services) -> object:
            import asyncio

            tools = await asyncio.to_thread(_read, text)
            return tools, shown, await checked_again(services, shown, _schemas(tools))

        self._jobs.start(TOOLS, work, self._on_read)

    def forget(self) -> None:
        """Calls are checked only against what a body itself carries."""
        shown = self._shown()

        async def work(services: Services) -> object:
            return None, shown, await checked_again(services, shown, None)

        self._jobs.start(TOOLS, work, self._on_read)

    def judge_all_again(self) -> None:
        """Holds every answer of the list against the tools that are loaded now."""
        from inspector.usecases.kept_answers import judge_again
        from inspector.usecases.step_bundles import StepBundles

        subjects = [entry.subject for entry in self._list.entries if entry.digest is not None]

        async def work(services: Services, tell: Tell) -> object:
            bundles = StepBundles(partial(tell, self._on_judged))
            await judge_again(
                services.answers, subjects, self._terms.tools, time.time(), bundles, inspector=services.inspector
            )
            return None

        self._jobs.start_telling(JUDGE, work, nothing_more)

    def _on_read(self, outcome: object) -> None:
        from inspector.core.inputs import Refused

        assert isinstance(outcome, tuple)  # noqa: S101 - what both jobs return
        tools, shown, inspection = outcome
        if isinstance(tools, Refused):
            self.told.emit(tools.sentence)
            return
        self.loaded = tools
        self._terms.tools = tools.schemas if tools is not None else None
        if inspection is not None:
            self.judged_again.emit(shown, inspection)
        self.judge_all_again()
        count = len(tools.schemas.tools) if tools is not None else 0
        self.changed.emit()
        self.told.emit(
            f"Calls are checked against {count:,} loaded tools." if count else "No loaded tools are used any more."
        )

    def _on_judged(self, steps: tuple[Ended, ...]) -> None:
        self._list.judge((step.subject, step.digest) for step in steps)


def _read(text: str) -> LoadedTools | Refused:
    from inspector.core.inputs import Refused
    from inspector.core.schemas.loaded_tools import LoadedTools
    from inspector.core.schemas.tool_schemas import ToolSchemas

    read = ToolSchemas.read(text)
    return read if isinstance(read, Refused) else LoadedTools(read, text)


def _schemas(tools: LoadedTools | Refused) -> ToolSchemas | Refused:
    from inspector.core.schemas.loaded_tools import LoadedTools

    return tools.schemas if isinstance(tools, LoadedTools) else tools


async def checked_again(
    services: Services, shown: Inspection | None, tools: ToolSchemas | Refused | None
) -> Inspection | None:
    """What is shown, held against other tools; None where nothing is shown or the tools cannot be used."""
    from inspector.core.inputs import Refused

    if shown is None or isinstance(tools, Refused):
        return None
    return await services.inspector.inspect_again(shown, tools, time.time())


def nothing_more(_result: object) -> None:
    """For jobs that have done all when they end."""
