"""All that outlives a window, put together: the settings, an unfinished batch, the tool schemas."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject

from inspector.gateways.tools_file import ToolsFile
from inspector.gateways.unfinished_file import NAME, UnfinishedFile
from inspector.viewmodels.tools_keeper import ToolsKeeper
from inspector.viewmodels.unfinished_keeper import UnfinishedKeeper
from inspector.widgets.tools_menu import ToolsMenu

if TYPE_CHECKING:
    from pathlib import Path

    from inspector.core.preferences import Preferences
    from inspector.core.unfinished_batch import UnfinishedBatch
    from inspector.viewmodels.job_runner import JobRunner
    from inspector.viewmodels.preferences_keeper import PreferencesKeeper
    from inspector.viewmodels.session import Session
    from inspector.widgets.main_window import MainWindow


@dataclass(frozen=True, slots=True)
class Shelf:
    """The folder where things are kept for `profile`."""

    folder: Path
    profile: str


class Remembering(QObject):
    """`look` finds what an earlier run left, `close` leaves what the next will find."""

    def __init__(
        self, window: MainWindow, session: Session, jobs: JobRunner, settings: PreferencesKeeper, shelf: Shelf | None
    ) -> None:
        """`shelf` is None where nothing but the settings may be left behind."""
        super().__init__(window)
        self._window = window
        self._session = session
        self._jobs = jobs
        self.settings = settings
        settings.told.connect(window.say)
        self.unfinished: UnfinishedKeeper | None = None
        self.tools: ToolsKeeper | None = None
        if shelf is not None:
            self.unfinished = self._keep_unfinished(shelf)
            self.tools = self._keep_tools(shelf)

    def look(self) -> None:
        for keeper in (self.unfinished, self.tools):
            if keeper is not None:
                keeper.look()

    def close(self, preferences: Preferences) -> None:
        self.settings.close(preferences)
        if self.unfinished is not None:
            self.unfinished.close()

    def _keep_unfinished(self, shelf: Shelf) -> UnfinishedKeeper:
        """A batch that this run does not end is offered by the next."""
        keeper = UnfinishedKeeper(self._session, self._jobs, UnfinishedFile(shelf.folder / NAME), shelf.profile, self)
        keeper.offered.connect(self._on_offered)
        self._window.offer.accepted.connect(keeper.resume)
        self._window.offer.declined.connect(keeper.forget)
        return keeper

    def _keep_tools(self, shelf: Shelf) -> ToolsKeeper:
        """Tool schemas are remembered for the profile, where the person wants that."""
        keeper = ToolsKeeper(self._session, self._jobs, ToolsFile(shelf.folder, shelf.profile), self)
        keeper.told.connect(self._window.say)
        ToolsMenu(self._session.tool_desk, keeper, self._window)
        return keeper

    def _on_offered(self, batch: UnfinishedBatch) -> None:
        self._window.offer.offer(batch.sentence)
