"""All that outlives a window, put together: the settings, an unfinished batch, the tool schemas, the IDs that were opened."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject

from inspector.gateways.remembered_file import NAME as REMEMBERED
from inspector.gateways.remembered_file import RememberedFile
from inspector.gateways.tools_file import ToolsFile
from inspector.gateways.unfinished_file import NAME, UnfinishedFile
from inspector.viewmodels.ids_keeper import IdsKeeper
from inspector.viewmodels.tools_keeper import ToolsKeeper
from inspector.viewmodels.unfinished_keeper import UnfinishedKeeper
from inspector.widgets.recent_menu import RecentMenu
from inspector.widgets.tools_menu import ToolsMenu

if TYPE_CHECKING:
    from pathlib import Path

    from inspector.core.inputs import BaseUrl
    from inspector.core.preferences import Preferences
    from inspector.core.unfinished_batch import UnfinishedBatch
    from inspector.viewmodels.job_runner import JobRunner
    from inspector.viewmodels.preferences_keeper import PreferencesKeeper
    from inspector.viewmodels.session import Session
    from inspector.widgets.main_window import MainWindow


@dataclass(frozen=True, slots=True)
class Shelf:
    """The folder where things are kept for `profile`, which asks at `base_url`."""

    folder: Path
    profile: str
    base_url: BaseUrl


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
        self.ids: IdsKeeper | None = None
        if shelf is not None:
            self.unfinished = self._keep_unfinished(shelf)
            self.tools = self._keep_tools(shelf)
            self.ids = self._keep_ids(shelf)

    def look(self) -> None:
        for keeper in (self.unfinished, self.tools, self.ids):
            if keeper is not None:
                keeper.look()

    def close(self, preferences: Preferences) -> None:
        self.settings.close(preferences)
        if self.unfinished is not None:
            self.unfinished.close()
        if self.ids is not None:
            self.ids.close()

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

    def _keep_ids(self, shelf: Shelf) -> IdsKeeper:
        """IDs that were opened are offered again, where the person wants that."""
        file = RememberedFile(shelf.folder / REMEMBERED)
        keeper = IdsKeeper(self._session, self._jobs, file, self.settings, (shelf.profile, shelf.base_url))
        keeper.told.connect(self._window.say)
        RecentMenu(keeper, self._session, self._window)
        return keeper

    def _on_offered(self, batch: UnfinishedBatch) -> None:
        self._window.offer.offer(batch.sentence)
