"""The profiles of the settings, and the one that this window asks under.

A window keeps to its profile: another one gets a window in its place, so that nothing of the one, be it an answer, a key or a
batch, is ever taken for the other's.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, Signal

from inspector.core.profile import Profile
from inspector.viewmodels.preferences_keeper import PreferencesKeeper

if TYPE_CHECKING:
    from inspector.viewmodels.job_runner import JobRunner
    from inspector.viewmodels.key_keeper import KeyKeeper
    from inspector.viewmodels.services import Services

LANE = "keys of removed profiles"


class ProfileDesk(QObject):
    """`changed` tells that the list is another one, `chosen` that a window of the profile of that name is wanted."""

    changed = Signal()
    chosen = Signal(str)
    told = Signal(str)

    def __init__(
        self, preferences: PreferencesKeeper, keys: KeyKeeper, jobs: JobRunner, own: str, parent: QObject | None = None
    ) -> None:
        """`own` names the profile of this window; the demo's is none of the list."""
        super().__init__(parent)
        self._preferences = preferences
        self._jobs = jobs
        self.own = own
        keys.kept.connect(self._on_key_kept)

    @property
    def profiles(self) -> dict[str, Profile]:
        return self._preferences.now.profiles

    def choose(self, name: str) -> None:
        """Asks for a window of another profile, which the next run opens too."""
        if name != self.own and name in self.profiles:
            self._preferences.change(replace(self._preferences.now, profile=name))
            self.chosen.emit(name)

    def save(self, profiles: Iterable[Profile]) -> None:
        """Takes a new list. The keys of those that went are removed; a change of this window's own asks for a new window."""
        before, after = self.profiles, {each.name: each for each in profiles}
        gone = [name for name in before if name not in after]
        now = self._preferences.now
        in_use = now.profile if now.profile in after else next(iter(after))
        self._preferences.change(replace(now, profiles=after, profile=in_use))
        if gone:
            self._forget_keys(gone)
        self.changed.emit()
        if self.own in before and before[self.own] != after.get(self.own):
            self.chosen.emit(self.own if self.own in after else in_use)

    def _forget_keys(self, names: list[str]) -> None:
        async def work(services: Services) -> object:
            from inspector.core.keys.faults import KeyFailure
            from inspector.core.keys.words import key_failure_sentence
            from inspector.usecases.api_key import forget_key

            sentences = []
            for name in names:
                gone = Profile(name, services.base_url)
                outcome = await forget_key(gone, services.session_keys, services.key_store)
                if isinstance(outcome, KeyFailure):
                    sentences.append(f"The key of “{name}” is still in the keyring. {key_failure_sentence(outcome)}")
            return " ".join(sentences)

        self._jobs.start(LANE, work, self._on_forgotten)

    def _on_forgotten(self, sentence: object) -> None:
        if sentence:
            self.told.emit(str(sentence))

    def _on_key_kept(self) -> None:
        """The keyring has a key for this window's address: from now on it is for no other."""
        own = self.profiles.get(self.own)
        if own is None or own.key_origin == own.base_url.origin:
            return
        own = replace(own, key_origin=own.base_url.origin)
        self._preferences.change(self._preferences.now.with_profile(own))
        self._jobs.work_under(own)
