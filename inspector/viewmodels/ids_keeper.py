"""Remembers the IDs that are opened from run to run, where the person wants that: off until then, and gone when it is put off."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, Signal

from inspector.core.remembered_ids import Remembered, RememberedId, remembering
from inspector.viewmodels.session_state import Shown

if TYPE_CHECKING:
    from inspector.core.inputs import BaseUrl
    from inspector.gateways.remembered_file import RememberedFile
    from inspector.viewmodels.job_runner import JobRunner
    from inspector.viewmodels.preferences_keeper import PreferencesKeeper
    from inspector.viewmodels.services import Services
    from inspector.viewmodels.session import Session

LANE = "remembered IDs"


class IdsKeeper(QObject):
    """`changed` tells that other IDs are remembered now, or that none are to be."""

    changed = Signal()
    told = Signal(str)

    def __init__(
        self,
        session: Session,
        jobs: JobRunner,
        file: RememberedFile,
        settings: PreferencesKeeper,
        place: tuple[str, BaseUrl],
    ) -> None:
        """`place` is the profile's name and the address that this window asks."""
        super().__init__(session)
        self._session = session
        self._jobs = jobs
        self._file = file
        self._settings = settings
        self._profile, self._base_url = place[0], str(place[1])
        self._kept: Remembered = ()
        self._opened: Remembered = ()
        session.changed.connect(self._on_state_changed)

    @property
    def is_on(self) -> bool:
        return self._settings.now.remember_ids

    @property
    def ids(self) -> tuple[str, ...]:
        """Those of this window's profile, newest first."""
        return tuple(each.id for each in self._kept if self._is_own(each))

    @property
    def others(self) -> int:
        """How many are of other profiles."""
        return len(self._kept) - len(self.ids)

    def look(self) -> None:
        """Looks for what earlier runs remembered."""
        if self.is_on:
            self._settle()

    def switch(self, on: bool) -> None:  # noqa: FBT001 - a toggle
        """From now on, IDs are remembered, those that were opened in this run too; or not, and what was kept is removed."""
        if on == self.is_on:
            return
        self._settings.change(replace(self._settings.now, remember_ids=on))
        if on:
            for opened in reversed(self._opened):
                self._file.note(opened)
        else:
            self._file.clear()
        self._settle()

    def clear(self) -> None:
        """Forgets all of them, whatever their profile, and removes the file."""
        self._opened = ()
        self._file.clear()
        self._settle()
        self.told.emit("The remembered IDs are cleared.")

    def close(self) -> None:
        """The last word, written or removed before the program ends."""
        self._file.settle()

    def _is_own(self, remembered: RememberedId) -> bool:
        return (remembered.profile, remembered.base_url) == (self._profile, self._base_url)

    def _on_state_changed(self) -> None:
        """Notes an ID that the service knows; a file has none, and what was mistyped is not worth it."""
        state = self._session.state
        inspection = state.inspection if isinstance(state, Shown) else None
        if inspection is None or inspection.requested is None or inspection.received is None:
            return
        opened = RememberedId(self._profile, self._base_url, inspection.requested)
        if inspection.received.status != 200 or opened in self._opened[:1]:
            return
        self._opened = remembering([opened], self._opened)
        if self.is_on:
            self._file.note(opened)
            self._settle()

    def _settle(self) -> None:
        async def work(_services: Services) -> object:
            import asyncio

            return await asyncio.to_thread(self._file.settle)

        self._jobs.start(LANE, work, self._on_settled)

    def _on_settled(self, outcome: tuple[Remembered, str]) -> None:
        self._kept, sentence = outcome
        if sentence:
            self.told.emit(sentence)
        self.changed.emit()
