"""Many completions at once: what is still to be asked for, and how far that has come.

A pause stops the run; what was on its way is asked for again afterwards, which costs a few requests and spares a second
kind of run that waits.
"""

from __future__ import annotations

import time
from collections import deque
from dataclasses import replace
from functools import partial
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, QTimer, Signal

from inspector.core.batch_course import Course, Pace, Phase
from inspector.viewmodels.completion_list import CompletionList, ended
from inspector.viewmodels.session_state import Entry, Stage, Terms

if TYPE_CHECKING:
    from inspector.core.inputs import CompletionId
    from inspector.usecases.inspect_many import Order, Step
    from inspector.viewmodels.job_runner import JobRunner, Tell
    from inspector.viewmodels.services import Services

BATCH = "batch"
_PART = 1000


class Batch(QObject):
    """`changed` tells of a new course, `came` a subject that has come, `key_missing` how a vain search for a key ended."""

    changed = Signal()
    came = Signal(str)
    key_missing = Signal(object)

    def __init__(
        self, jobs: JobRunner, completions: CompletionList, terms: Terms, parent: QObject | None = None
    ) -> None:
        super().__init__(parent)
        self._jobs = jobs
        self._list = completions
        self._terms = terms
        self._left: dict[str, CompletionId] = {}
        self._incoming: deque[str] = deque()
        self._order: Order | None = None
        self._pace = Pace()
        self._phase = Phase.NONE
        self._total = self._settled = self._failed = 0
        jobs.failed.connect(self._on_job_failed)

    @property
    def course(self) -> Course:
        """How it stands now."""
        running = self._phase is Phase.RUNNING
        return Course(
            self._phase,
            self._total,
            self._settled,
            self._failed,
            self._pace.seconds_for(len(self._left)) if running else None,
            self._held() if running else 0.0,
        )

    def awaits(self, subject: str) -> bool:
        """Whether it is still to come."""
        return subject in self._left

    @property
    def subjects_left(self) -> list[str]:
        """What has not come back yet, in order."""
        return [*self._left, *self._incoming]

    @property
    def is_running(self) -> bool:
        return self._phase is Phase.RUNNING

    @property
    def is_open(self) -> bool:
        """Whether something is still to come, now or once it goes on."""
        return self._phase in (Phase.RUNNING, Phase.PAUSED, Phase.HALTED)

    @property
    def can_retry(self) -> bool:
        """Whether nothing is under way, and something failed or was cancelled."""
        return not self.is_open and bool(self._failed or self._settled < self._total)

    def start(self, texts: list[str]) -> tuple[str, str]:
        """Fetches the completions of these IDs; what is under way goes on. A text that is no ID becomes a failed line.

        Gives the first ID that is fetched, and what the first refused text was refused for; each may be empty. Of a very
        long list a part is taken over at once and the rest in later turns of the event loop, which is not to stand still.
        """
        if not self.is_open:
            self._total = self._settled = self._failed = 0
            self._pace = Pace()
        self._incoming.extend(text for text in texts if text.strip())
        first, refusal = self._take_over()
        if self._order is None or not self._jobs.is_busy(BATCH):
            self._run_or_end()
        return first, refusal

    def _take_over(self) -> tuple[str, str]:
        """Takes over the next part of what was given."""
        from inspector.core.inputs import Refused, read_completion_id

        lines: dict[str, Entry] = {}
        asked: dict[str, CompletionId] = {}
        for _ in range(min(_PART, len(self._incoming))):
            text = self._incoming.popleft()
            completion = read_completion_id(text)
            if isinstance(completion, Refused):
                lines[text] = Entry(text, stage=Stage.FAILED, sentence=completion.sentence)
            else:
                asked[completion.text] = completion
                lines[completion.text] = Entry(completion.text, stage=Stage.WAITING)
        self._enlist(lines, asked)
        if self._incoming:
            QTimer.singleShot(0, self._on_more)
        refusals = (line.sentence for line in lines.values() if line.sentence)
        return next(iter(asked), ""), next(refusals, "")

    def _enlist(self, lines: dict[str, Entry], asked: dict[str, CompletionId]) -> None:
        """Puts them into the list and into the order that is being worked off; what waits already is not added."""
        new = {subject: completion for subject, completion in asked.items() if subject not in self._left}
        refused = sum(bool(line.sentence) for line in lines.values())
        self._left |= new
        self._total += len(new) + refused
        self._settled += refused
        self._failed += refused
        self._list.put(line for line in lines.values() if line.sentence or line.subject in new)
        if self._order is not None and self._jobs.is_busy(BATCH):
            self._order.add(new.values())
        self.changed.emit()

    def _on_more(self) -> None:
        if self._incoming:
            self._take_over()
            if self._phase is Phase.RUNNING and not self._jobs.is_busy(BATCH):
                self._run_or_end()

    def _run_or_end(self) -> None:
        if self._left:
            self._run()
        elif not self._incoming:
            self._stop(Phase.DONE)

    def pause(self) -> None:
        if self._phase is Phase.RUNNING:
            self._stop(Phase.PAUSED)

    def resume(self) -> None:
        if self._phase in (Phase.PAUSED, Phase.HALTED):
            self._run()

    def pause_or_resume(self) -> None:
        if self.is_running:
            self.pause()
        else:
            self.resume()

    def cancel(self) -> bool:
        """Gives up what has not come; whether there was anything to give up."""
        if not self.is_open:
            return False
        while self._incoming:
            self._take_over()
        left = list(self._left)
        self._left = {}
        self._stop(Phase.CANCELLED)
        self._list.rest(left)
        return True

    def retry_failed(self) -> None:
        """Asks again for what failed or was cancelled, and for nothing else."""
        if self.can_retry:
            again = (Stage.FAILED, Stage.CANCELLED)
            self.start([each.subject for each in self._list.entries if each.stage in again and each.path is None])

    def drop(self, subject: str) -> None:
        """Somebody else fetches it."""
        if self._left.pop(subject, None) is not None:
            self._settled += 1
            if self._order is not None:
                self._order.drop(subject)

    def _run(self) -> None:
        from inspector.usecases.inspect_many import Order

        order = self._order = Order(self._left.values())
        terms, turn = self._terms, self._terms.key_turn

        async def work(services: Services, tell: Tell) -> object:
            told = partial(tell, self._on_steps)
            return await services.open_many(
                order, known_key=terms.key, tools=terms.tools, deadline=terms.deadline, tell=told
            )

        self._enter(Phase.RUNNING)
        self._jobs.start_telling(BATCH, work, partial(self._on_ran, turn))

    def _stop(self, phase: Phase) -> None:
        """Ends the run; what was on its way waits again."""
        self._jobs.cancel(BATCH)
        self._pace.rest()
        known = (self._list.get(subject) for subject in self._left)
        self._list.put(replace(entry, stage=Stage.WAITING) for entry in known if entry is not None and entry.busy)
        self._enter(phase)

    def _on_steps(self, given: tuple[Step, ...]) -> None:
        from inspector.usecases.inspect_many import Begun

        entries: dict[str, Entry] = {}
        came: list[str] = []
        for step in given:
            if isinstance(step, Begun):
                entries[step.subject] = Entry(step.subject, stage=Stage.FETCHING)
                continue
            entries[step.subject] = entry = ended(step.subject, step.digest)
            came.append(step.subject)
            if self._left.pop(step.subject, None) is not None:
                self._settled += 1
                self._failed += entry.stage is Stage.FAILED
        self._pace.note(time.monotonic(), len(came))
        self._list.put(entries.values())
        for subject in came:
            self.came.emit(subject)
        self.changed.emit()

    def _on_ran(self, key_turn: int, outcome: object) -> None:
        from inspector.usecases.open_many import OpenedMany

        if not isinstance(outcome, OpenedMany):
            self._stop(Phase.HALTED)
            self.key_missing.emit(outcome)
            return
        self._terms.learn_key(outcome.key, key_turn)
        if outcome.finished.halted and self._left:
            self._stop(Phase.HALTED)
        else:
            self._run_or_end()

    def _on_job_failed(self, _error: object) -> None:
        if self._phase is Phase.RUNNING and not self._jobs.is_busy(BATCH):
            self._stop(Phase.HALTED)

    def _held(self) -> float:
        services = self._jobs.services
        return 0.0 if services is None else services.limiter.held_for(services.clock.now())

    def _enter(self, phase: Phase) -> None:
        """While answers are read in threads, turns are short."""
        if phase is Phase.RUNNING and not self.is_running:
            self._jobs.short_turns.begin()
        elif phase is not Phase.RUNNING and self.is_running:
            self._jobs.short_turns.end()
        self._phase = phase
        self.changed.emit()
