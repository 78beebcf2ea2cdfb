"""The list of completions of this run: what was asked for, how far it has come, and in short what came back.

Every line has a place that it keeps. Changes are told by place, so that a table of ten thousand repaints a few rows.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, Signal

from inspector.viewmodels.session_state import Entry, Stage

if TYPE_CHECKING:
    from inspector.core.digest import Digest

_UNDER_WAY = (Stage.WAITING, Stage.FETCHING, Stage.CHECKING)


class CompletionList(QObject):
    """`added` tells how many lines came at the end, `altered` the places of changed ones, `rearranged` that all is new."""

    added = Signal(int)
    altered = Signal(list)
    rearranged = Signal()

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self.entries: list[Entry] = []
        self._places: dict[str, int] = {}

    def place_of(self, subject: str) -> int | None:
        return self._places.get(subject)

    def get(self, subject: str) -> Entry | None:
        place = self._places.get(subject)
        return None if place is None else self.entries[place]

    def offer(self, shelf: Iterable[tuple[str, str]]) -> None:
        """Puts what can be opened without knowing its ID in front: subjects, and what they show."""
        offered = [replace(self.get(subject) or Entry(subject), shows=shows) for subject, shows in shelf]
        subjects = {entry.subject for entry in offered}
        self.entries = offered + [entry for entry in self.entries if entry.subject not in subjects]
        self._places = {entry.subject: place for place, entry in enumerate(self.entries)}
        self.rearranged.emit()

    def put(self, entries: Iterable[Entry]) -> None:
        """Changes the lines of these subjects, or adds them at the end. What is known already is kept where `entry` has none."""
        altered, before = [], len(self.entries)
        for entry in entries:
            place = self._places.get(entry.subject)
            if place is None:
                self._places[entry.subject] = len(self.entries)
                self.entries.append(entry)
                continue
            known = self.entries[place]
            self.entries[place] = replace(entry, shows=known.shows, digest=entry.digest or known.digest)
            if place < before:
                altered.append(place)
        if altered:
            self.altered.emit(altered)
        if len(self.entries) > before:
            self.added.emit(len(self.entries) - before)

    def check(self, subject: str) -> None:
        """What was fetched or read anew has come, and is being checked."""
        entry = self.get(subject)
        if entry is not None:
            self.put([replace(entry, stage=Stage.CHECKING)])

    def judge(self, judged: Iterable[tuple[str, Digest]]) -> None:
        """Puts second looks at answers in the place of the first."""
        known = ((self.get(subject), digest) for subject, digest in judged)
        self.put([replace(entry, digest=digest) for entry, digest in known if entry is not None])

    def rest(self, subjects: Iterable[str] | None = None) -> None:
        """What waits or is on its way (of these subjects) goes back to what it was; what never came is cancelled."""
        chosen = self.entries if subjects is None else [entry for each in subjects if (entry := self.get(each))]
        self.put([replace(entry, stage=_before(entry)) for entry in chosen if entry.stage in _UNDER_WAY])


def ended(subject: str, digest: Digest, path: str | None = None) -> Entry:
    """The line of what has come back."""
    return Entry(subject, stage=Stage.FAILED if digest.problem else Stage.DONE, digest=digest, path=path)


def _before(entry: Entry) -> Stage:
    if entry.digest is not None:
        return Stage.FAILED if entry.digest.problem else Stage.DONE
    return Stage.OFFERED if entry.shows else Stage.CANCELLED
