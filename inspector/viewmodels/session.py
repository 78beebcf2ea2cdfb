"""What the window is doing: the state of the current completion, and the list of those seen in this run."""

from __future__ import annotations

import re
import time
from dataclasses import replace
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, Signal

from inspector.viewmodels.session_state import Entry, Idle, KeyMissing, Rejected, Shown, State, Working

if TYPE_CHECKING:
    from inspector.core.exchange import Progress
    from inspector.core.inputs import Refused
    from inspector.core.inspection import Inspection
    from inspector.core.keys.lookup import KeyFound
    from inspector.core.schemas.tool_schemas import ToolSchemas
    from inspector.viewmodels.job_runner import JobRunner
    from inspector.viewmodels.services import Services, Shelved

FETCH, SAVE, TOOLS = "fetch", "save", "tools"
"""The lanes. A file is opened in that of fetches: what was asked for last is what will be shown."""
_UNSAFE = re.compile(r"[^A-Za-z0-9._-]+")


class Session(QObject):
    """Fetches, cancels, retries; tells every change of `state` and of `entries`, and other outcomes in a sentence by `told`."""

    changed = Signal()
    entries_changed = Signal()
    progressed = Signal(object)
    told = Signal(str)

    def __init__(self, jobs: JobRunner, deadline: float = 60.0, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._jobs = jobs
        self._deadline = deadline
        self._key: KeyFound | None = None
        self._key_turn = 0
        self._tools: ToolSchemas | None = None
        self._waiting: list[str] = []
        self._first = ""
        self.state: State = Idle()
        self.entries: list[Entry] = []
        jobs.ready.connect(self._on_ready)
        jobs.failed.connect(self._on_failed)

    @property
    def inspection(self) -> Inspection | None:
        """What is shown now."""
        return self.state.inspection if isinstance(self.state, Shown) else None

    def fetch(self, text: str) -> None:
        """Fetches the completion whose ID is `text`, in place of all that is under way."""
        self.fetch_all([text])

    def fetch_all(self, texts: list[str]) -> None:
        """Fetches one after the other; the first is shown when all have come."""
        self._first, *self._waiting = texts
        for text in self._waiting:
            self._put(Entry(text))
        self._fetch(self._first)

    def _fetch(self, text: str) -> None:
        from inspector.core.inputs import Refused, read_completion_id

        completion = read_completion_id(text)
        if isinstance(completion, Refused):
            self.reject(completion.sentence)
            return

        async def work(services: Services) -> object:
            return await services.open(
                completion,
                known_key=self._key,
                tools=self._tools,
                deadline=self._deadline,
                on_progress=self._tell_progress,
            )

        self._enter(Working(completion.text))
        self._rest()
        self._put(Entry(completion.text, busy=True))
        self._jobs.start(FETCH, work, partial(self._on_opened, self._key_turn), self.progressed.emit)

    def reject(self, sentence: str) -> None:
        """What was typed is nothing to ask for."""
        self._stop()
        self._enter(Rejected(sentence))

    def open_file(self, path: str) -> None:
        """Opens a saved response."""
        from inspector.core.inputs import Refused

        async def work(services: Services) -> object:
            inspection = await services.read_file(path)
            if isinstance(inspection, Refused) or self._tools is None:
                return inspection
            return await _checked_again(inspection, self._tools)

        self._stop()
        self._enter(Working(Path(path).name))
        self._jobs.start(FETCH, work, self._on_file_read)

    def cancel(self) -> None:
        """Stops what is under way at once; what was shown before does not come back."""
        if not isinstance(self.state, Working):
            return
        subject = self.state.subject
        self._stop()
        self._enter(Idle(f"Cancelled. {subject} was not fetched."))

    def retry(self) -> None:
        """Asks again for what was asked last."""
        match self.state:
            case Shown(inspection) if inspection.requested is not None:
                self.fetch(inspection.requested)
            case Shown(inspection) if inspection.source.path is not None:
                self.open_file(inspection.source.path)
            case KeyMissing(_, subject):
                self._fetch(subject)
            case _:
                pass

    def show(self, entry: Entry) -> None:
        """Shows a line of the list: what was fetched before, or a fetch. A line that is being fetched goes on with that."""
        if entry.busy:
            return
        if entry.inspection is None:
            self.fetch(entry.subject)
        else:
            self._stop()
            self._enter(Shown(entry.inspection))

    def suggested_name(self) -> str:
        """A harmless file name for the body that is shown."""
        subject = self.inspection.requested if self.inspection is not None else None
        return f"{_UNSAFE.sub('-', subject or '').strip('-.')[:64] or 'completion'}.json"

    def save_body(self, path: str) -> None:
        """Saves the bytes as received; `told` tells the outcome in a sentence."""
        inspection = self.inspection
        if inspection is None:
            return

        async def work(services: Services) -> object:
            return await services.save_file(path, inspection.body)

        self._jobs.start(SAVE, work, self.told.emit)

    def load_tools(self, path: str) -> None:
        """Checks calls against the tool schemas in a file, those of the answer that is shown at once."""
        shown = self.inspection

        async def work(services: Services) -> object:
            tools = await services.read_tools(path)
            return tools, shown, await _checked_again(shown, tools)

        self._jobs.start(TOOLS, work, self._on_tools_read)

    def forget_tools(self) -> None:
        """Calls are checked only against what a body itself carries."""
        shown = self.inspection

        async def work(_services: Services) -> object:
            return None, shown, await _checked_again(shown, None)

        self._jobs.start(TOOLS, work, self._on_tools_read)

    def forget_key(self) -> None:
        """The next fetch looks for the key again."""
        self._key = None
        self._key_turn += 1

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

    def _on_opened(self, key_turn: int, outcome: object) -> None:
        from inspector.usecases.open_completion import Opened

        assert isinstance(self.state, Working)  # noqa: S101 - a result of a job that is no longer wanted never arrives
        subject = self.state.subject
        if not isinstance(outcome, Opened):
            self._rest()
            self._enter(KeyMissing(outcome, subject))  # type: ignore[arg-type]
            return
        if key_turn == self._key_turn:
            self._key = outcome.key
        self._arrive(subject, outcome.inspection)

    def _on_file_read(self, outcome: object) -> None:
        from inspector.core.inspection import Inspection

        assert isinstance(self.state, Working)  # noqa: S101 - as in _on_opened
        if isinstance(outcome, Inspection):
            self._arrive(self.state.subject, outcome)
        else:
            self._enter(Rejected(str(getattr(outcome, "sentence", outcome))))

    def _on_tools_read(self, outcome: object) -> None:
        from inspector.core.inputs import Refused

        assert isinstance(outcome, tuple)  # noqa: S101 - what both jobs return
        tools, shown, inspection = outcome
        if isinstance(tools, Refused):
            self.told.emit(tools.sentence)
            return
        self._tools = tools
        if inspection is not None:
            self._replace(shown, inspection)
        count = len(tools.tools) if tools is not None else 0
        self.told.emit(
            f"Calls are checked against {count:,} loaded tools." if count else "No loaded tools are used any more."
        )

    def _on_failed(self, _error: object) -> None:
        if isinstance(self.state, Working) and not self._jobs.is_busy(FETCH):
            subject = self.state.subject
            self._stop()
            self._enter(Idle(f"{subject} could not be shown because of a fault in this program."))

    def _arrive(self, subject: str, inspection: Inspection) -> None:
        self._put(Entry(subject, inspection=inspection))
        if self._waiting:
            self._fetch(self._waiting.pop(0))
            return
        first = next((entry.inspection for entry in self.entries if entry.subject == self._first), None)
        self._enter(Shown(first or inspection))

    def _replace(self, old: Inspection, new: Inspection) -> None:
        """Puts a second look at an answer in the place of the first, wherever that stands by now."""
        self.entries = [replace(each, inspection=new) if each.inspection is old else each for each in self.entries]
        self.entries_changed.emit()
        if self.inspection is old:
            self._enter(Shown(new))

    def _stop(self) -> None:
        """Ends all that is under way, and forgets what waits for it."""
        self._waiting, self._first = [], ""
        self._jobs.cancel(FETCH)
        self._rest()

    def _rest(self) -> None:
        """No line is being fetched any more."""
        if any(entry.busy for entry in self.entries):
            self.entries = [replace(entry, busy=False) for entry in self.entries]
            self.entries_changed.emit()

    def _put(self, entry: Entry) -> None:
        """Changes the line of that subject, or adds one."""
        for at, known in enumerate(self.entries):
            if known.subject == entry.subject:
                kept = entry.inspection or known.inspection
                self.entries[at] = replace(entry, shows=known.shows, inspection=kept)
                break
        else:
            self.entries.append(entry)
        self.entries_changed.emit()

    def _enter(self, state: State) -> None:
        self.state = state
        self.changed.emit()


async def _checked_again(shown: Inspection | None, tools: ToolSchemas | Refused | None) -> Inspection | None:
    """What is shown, held against other tools; None where nothing is shown or the tools cannot be used."""
    import asyncio

    from inspector.core.inputs import Refused
    from inspector.core.inspection import inspect_again

    if shown is None or isinstance(tools, Refused):
        return None
    return await asyncio.to_thread(inspect_again, shown, tools, now())


def now() -> float:
    """The reader's clock in Unix seconds."""
    return time.time()
