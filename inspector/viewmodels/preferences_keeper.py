"""What the program remembers of its looks and profiles: as it is now, and in the file where this run may write there."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, Signal

from inspector.core.preferences import Preferences

if TYPE_CHECKING:
    from inspector.viewmodels.job_runner import JobRunner
    from inspector.viewmodels.services import Services

LANE = "preferences"
Save = Callable[[Preferences, Preferences], str]
"""Writes what the second changes of the first; a sentence where that did not work."""


class PreferencesKeeper(QObject):
    """`now` is what holds; `told` says that it could not be kept for the next run."""

    told = Signal(str)

    def __init__(self, preferences: Preferences, jobs: JobRunner, save: Save, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self.now = preferences
        self._written = preferences
        self._jobs = jobs
        self._save = save

    def change(self, preferences: Preferences) -> None:
        """Takes them from now on; the file follows behind the window."""
        self.now = preferences
        save, before = self._save, self._written
        if preferences == before:
            return

        async def work(_services: Services) -> object:
            import asyncio

            return await asyncio.to_thread(save, before, preferences)

        self._jobs.start(LANE, work, partial(self._on_saved, preferences))

    def close(self, preferences: Preferences) -> None:
        """Writes them at once: the window is about to go, and with it what is still on its way to the file."""
        self._save(self._written, preferences)

    def _on_saved(self, preferences: Preferences, sentence: object) -> None:
        if sentence:
            self.told.emit(str(sentence))
        else:
            self._written = preferences
