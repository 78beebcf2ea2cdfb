"""What the window is doing: the state of the current completion, and the list of those seen in this run."""

from __future__ import annotations

import re
import time
from dataclasses import dataclass, replace
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, Signal

from inspector.viewmodels.services import Services, Shelved

if TYPE_CHECKING:
    from inspector.core.exchange import Progress
    from inspector.core.inspection import Inspection
    from inspector.core.key_lookup import KeyFound, KeyLookup
    from inspector.viewmodels.job_runner import JobRunner

FETCH, OPEN_FILE, SAVE = "fetch", "file", "save"

_UNSAFE = re.compile(r"[^A-Za-z0-9._-]+")


@dataclass(frozen=True, slots=True)
class Idle:
    """Nothing was asked for yet, or what was asked for was cancelled; `notice` says so."""

    notice: str = ""


@dataclass(frozen=True, slots=True)
class Working:
    """A fetch or a file is under way; `subject` is the ID or the file's name."""

    subject: str


@dataclass(frozen=True, slots=True)
class Rejected:
    """What was typed cannot be asked for; `sentence` says why."""

    sentence: str


@dataclass(frozen=True, slots=True)
class KeyMissing:
    """There is no key to ask with; `lookup` is how the search ended, `subject` what was to be fetched."""

    lookup: KeyLookup
    subject: str


@dataclass(frozen=True, slots=True)
class Shown:
    """An answer is there, good or bad."""

    inspection: Inspection


State = Idle | Working | Rejected | KeyMissing | Shown


@dataclass(frozen=True, slots=True)
class Entry:
    """One line of the completions list. `inspection` is None until it has been fetched."""

    subject: str
    shows: str = ""
    inspection: Inspection | None = None
    busy: bool = False


class Session(QObject):
    """Fetches, cancels, retries; tells every change of `state` and of `entries`."""

    changed = Signal()
    entries_changed = Signal()
    progressed = Signal(object)
    saved = Signal(str)

    def __init__(self, jobs: JobRunner, deadline: float = 60.0, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._jobs = jobs
        self._deadline = deadline
        self._key: KeyFound | None = None
        self._waiting: list[str] = []
        self.state: State = Idle()
        self.entries: list[Entry] = []
        jobs.ready.connect(self._on_ready)
        jobs.failed.connect(self._on_failed)

    @property
    def inspection(self) -> Inspection | None:
        """What is shown now."""
        return self.state.inspection if isinstance(self.state, Shown) else None

    def fetch(self, text: str) -> None:
        """Fetches the completion whose ID is `text`, in place of a fetch that is under way."""
        from inspector.core.inputs import Refused, read_completion_id

        completion = read_completion_id(text)
        if isinstance(completion, Refused):
            self.reject(completion.sentence)
            return

        async def work(services: Services) -> object:
            from inspector.usecases.open_completion import open_completion

            return await open_completion(
                completion,
                profile=services.profile,
                base_url=services.base_url,
                environ=services.environ,
                session_keys=services.session_keys,
                key_store=services.key_store,
                api=services.api,
                known_key=self._key,
                tools=None,
                deadline=self._deadline,
                on_progress=self._tell_progress,
            )

        self._enter(Working(completion.text))
        self._put(Entry(completion.text, busy=True))
        self._jobs.start(FETCH, work, self._on_opened, self.progressed.emit)

    def reject(self, sentence: str) -> None:
        """What was typed is nothing to ask for."""
        self._jobs.cancel(FETCH)
        self._enter(Rejected(sentence))

    def fetch_all(self, texts: list[str]) -> None:
        """Fetches one after the other; the first is shown when all have come."""
        self._waiting = texts[1:]
        for text in texts[1:]:
            self._put(Entry(text))
        if texts:
            self.fetch(texts[0])

    def open_file(self, path: str) -> None:
        """Opens a saved response."""

        async def work(services: Services) -> object:
            return await services.read_file(path)

        self._enter(Working(Path(path).name))
        self._jobs.start(OPEN_FILE, work, self._on_file_read)

    def cancel(self) -> None:
        """Stops what is under way at once; what was shown before does not come back."""
        if not isinstance(self.state, Working):
            return
        subject = self.state.subject
        self._waiting = []
        self._jobs.cancel(FETCH)
        self._jobs.cancel(OPEN_FILE)
        self._settle(subject)
        self._enter(Idle(f"Cancelled. {subject} was not fetched."))

    def retry(self) -> None:
        """Asks again for what was asked last."""
        match self.state:
            case Shown(inspection) if inspection.requested is not None:
                self.fetch(inspection.requested)
            case Shown(inspection) if inspection.source.path is not None:
                self.open_file(inspection.source.path)
            case KeyMissing(_, subject) if subject:
                self.fetch(subject)
            case _:
                pass

    def show(self, entry: Entry) -> None:
        """Shows a line of the list: what was fetched before, or a fetch."""
        if entry.inspection is None:
            self.fetch(entry.subject)
        else:
            self._jobs.cancel(FETCH)
            self._enter(Shown(entry.inspection))

    def suggested_name(self) -> str:
        """A harmless file name for the body that is shown."""
        subject = self.inspection.requested if self.inspection is not None else None
        return f"{_UNSAFE.sub('-', subject or '').strip('-.')[:64] or 'completion'}.json"

    def save_body(self, path: str) -> None:
        """Saves the bytes as received; `saved` tells the outcome in a sentence."""
        inspection = self.inspection
        if inspection is None:
            return

        async def work(services: Services) -> object:
            return await services.save_file(path, inspection.body)

        self._jobs.start(SAVE, work, self.saved.emit)

    def forget_key(self) -> None:
        """The next fetch looks for the key again."""
        self._key = None

    def _tell_progress(self, progress: Progress) -> None:
        self._jobs.report(FETCH, progress)

    def _on_ready(self) -> None:
        services = self._jobs.services
        shelf: tuple[Shelved, ...] = services.shelf if services is not None else ()
        if shelf:
            known = {entry.subject: entry for entry in self.entries}
            offered = [replace(known.pop(item.id, Entry(item.id)), shows=item.shows) for item in shelf]
            self.entries = offered + list(known.values())
            self.entries_changed.emit()

    def _on_opened(self, outcome: object) -> None:
        from inspector.usecases.open_completion import Opened

        assert isinstance(self.state, Working)  # noqa: S101 - a result of a job that is no longer wanted never arrives
        subject = self.state.subject
        if not isinstance(outcome, Opened):
            self._settle(subject)
            self._enter(KeyMissing(outcome, subject))  # type: ignore[arg-type]
            return
        self._key = outcome.key
        self._arrive(subject, outcome.inspection)

    def _on_file_read(self, outcome: object) -> None:
        from inspector.core.inspection import Inspection

        subject = self.state.subject if isinstance(self.state, Working) else ""
        if isinstance(outcome, Inspection):
            self._arrive(subject, outcome)
        else:
            self._enter(Rejected(str(getattr(outcome, "sentence", outcome))))

    def _on_failed(self, _error: object) -> None:
        if isinstance(self.state, Working):
            subject = self.state.subject
            self._settle(subject)
            self._enter(Idle(f"{subject} could not be shown because of a fault in this program."))

    def _arrive(self, subject: str, inspection: Inspection) -> None:
        self._put(Entry(subject, inspection=inspection))
        self._enter(Shown(inspection))
        if self._waiting:
            self.fetch(self._waiting.pop(0))

    def _settle(self, subject: str) -> None:
        self._put(Entry(subject))

    def _put(self, entry: Entry) -> None:
        """Changes the line of that subject, or adds one."""
        for at, known in enumerate(self.entries):
            if known.subject == entry.subject:
                kept = entry.inspection or (None if entry.busy else known.inspection)
                self.entries[at] = replace(entry, shows=known.shows, inspection=kept)
                break
        else:
            self.entries.append(entry)
        self.entries_changed.emit()

    def _enter(self, state: State) -> None:
        self.state = state
        self.changed.emit()


def now() -> float:
    """The reader's clock in Unix seconds."""
    return time.time()
