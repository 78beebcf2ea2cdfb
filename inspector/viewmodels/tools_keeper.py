"""Remembers the tool schemas of the profile from run to run, as far as the person wants that."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, Signal

from inspector.core.schemas.loaded_tools import Memory, RememberedTools, remembered
from inspector.viewmodels.session import Session

if TYPE_CHECKING:
    from inspector.gateways.tools_file import ToolsFile
    from inspector.viewmodels.job_runner import JobRunner
    from inspector.viewmodels.services import Services

LANE = "remembered tools"


class ToolsKeeper(QObject):
    """`memory` is what is remembered now; `changed` tells that it is something else. What is loaded next is remembered likewise."""

    changed = Signal()
    told = Signal(str)

    def __init__(self, session: Session, jobs: JobRunner, file: ToolsFile, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._session = session
        self._desk = session.tool_desk
        self._jobs = jobs
        self._file = file
        self.memory = Memory.NOTHING
        self._desk.changed.connect(self._on_loaded_changed)

    def look(self) -> None:
        """Loads what an earlier run remembered."""

        async def work(_services: Services) -> object:
            import asyncio

            return await asyncio.to_thread(self._file.load)

        self._jobs.start(LANE, work, self._on_found)

    def remember(self, memory: Memory) -> None:
        """Remembers the loaded tools in that way, or not at all."""
        self.memory = memory
        self._save()

    def _on_found(self, found: object) -> None:
        if not isinstance(found, RememberedTools) or self._desk.loaded is not None:
            return
        self.memory = found.memory
        self.changed.emit()
        if found.path is not None:
            self._session.tool_desk.load(found.path)
        elif found.text is not None:
            self._session.tool_desk.paste(found.text)

    def _on_loaded_changed(self) -> None:
        if self._desk.loaded is None:
            self.memory = Memory.NOTHING
        self._save()

    def _save(self) -> None:
        loaded = self._desk.loaded
        wanted = remembered(self._file.profile, loaded, self.memory) if loaded is not None else None
        self.memory = wanted.memory if wanted is not None else Memory.NOTHING
        self._file.want(wanted)
        self.changed.emit()

        async def work(_services: Services) -> object:
            import asyncio

            return await asyncio.to_thread(self._file.settle)

        self._jobs.start(LANE, work, self._on_settled)

    def _on_settled(self, sentence: object) -> None:
        if sentence:
            self.told.emit(str(sentence))
