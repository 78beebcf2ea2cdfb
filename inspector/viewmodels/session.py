"""What the window is doing: the state of the completion that is shown, beside the list of all and the batch that fills it."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, Signal

from inspector.viewmodels.answer_desk import AnswerDesk
from inspector.viewmodels.arrivals import Arrivals
from inspector.viewmodels.batch import Batch
from inspector.viewmodels.completion_list import CompletionList
from inspector.viewmodels.more_files import MoreFiles
from inspector.viewmodels.prompt_desk import PromptDesk
from inspector.viewmodels.session_state import Entry, Idle, KeyMissing, Rejected, Shown, Stage, State, Terms, Working
from inspector.viewmodels.shelf import Shelf
from inspector.viewmodels.tool_desk import ToolDesk

if TYPE_CHECKING:
    from inspector.core.inspection import Inspection
    from inspector.viewmodels.job_runner import JobRunner

FETCH = "fetch"  # the lane of whatever is opened: what was asked for last is what will be shown


class Session(QObject):
    """Fetches, cancels, retries; tells every change of `state` and of `entries`, and other outcomes in a sentence by `told`.

    `prompt_changed` tells that the answer that is shown has its prompt now, `checks_ended` that its checks are done or stopped:
    the state is a new one, what is shown the same.
    """

    changed = Signal()
    prompt_changed = Signal()
    checks_ended = Signal()
    entries_changed = Signal()
    progressed = Signal(object)
    told = Signal(str)

    def __init__(self, jobs: JobRunner, deadline: float = 60.0, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._jobs = jobs
        self._terms, self._awaited = Terms(deadline), ""
        self.subject = ""  # the line of the list that is shown, or was shown last
        self.state: State = Idle()
        self.completions = CompletionList(self)
        self._shelf = Shelf(jobs, self.completions, self)
        self._answers = AnswerDesk(jobs, self._terms)
        self._arrivals = Arrivals(self._answers, self.completions)
        self.more_files = MoreFiles(self._answers, self._arrivals, self.told.emit)
        self.batch = Batch(jobs, self.completions, self._terms, self)
        self.prompts = PromptDesk(jobs, self._terms, lambda: self.inspection, self)
        self.prompts.told.connect(self._on_prompt_told)
        self.tool_desk = ToolDesk(jobs, self.completions, self._terms, lambda: self.inspection, self)
        self.tool_desk.told.connect(self.told)
        self.tool_desk.judged_again.connect(self._on_judged_again)
        for signal in (self.completions.added, self.completions.altered, self.completions.rearranged):
            signal.connect(self.entries_changed)
        self.batch.came.connect(self._on_came)
        self.batch.changed.connect(self._on_batch_changed)
        self.batch.key_missing.connect(self._on_key_missing)
        jobs.failed.connect(self._on_failed)

    @property
    def inspection(self) -> Inspection | None:
        return self.state.inspection if isinstance(self.state, Shown) else None

    @property
    def is_checking(self) -> bool:
        """Whether what is shown is still being looked through."""
        return self.inspection is not None and self.inspection.checks.name == "RUNNING"

    @property
    def entries(self) -> list[Entry]:
        """The list, in the order in which it was asked for."""
        return self.completions.entries

    def fetch(self, text: str) -> None:
        """Fetches the completion whose ID is `text` and shows it, in place of what was to be shown; a batch goes on."""
        from inspector.core.inputs import Refused, read_completion_id

        completion = read_completion_id(text)
        if isinstance(completion, Refused):
            self.reject(completion.sentence)
            return
        self._stop()
        prompt_call = self.prompts.beside()
        self.batch.drop(completion.text)
        self._enter(Working(completion.text))
        self.completions.put([Entry(completion.text, stage=Stage.FETCHING)])
        receive = partial(self._on_opened, completion.text, self._terms.key_turn)
        on_read = partial(self._on_read, completion.text)
        self._answers.fetch(FETCH, completion, prompt_call, receive, on_read=on_read, on_progress=self.progressed.emit)

    def fetch_all(self, texts: list[str]) -> None:
        """Fetches several at once; the first is shown as soon as it has come."""
        if len(texts) == 1:
            self.fetch(texts[0])
            return
        self._stop()
        first, refusal = self.batch.start(texts)
        if first:
            self._await(first)
        else:
            self._enter(Rejected(refusal))

    def reject(self, sentence: str) -> None:
        """What was typed is nothing to ask for."""
        self._stop()
        self._enter(Rejected(sentence))

    def open_file(self, path: str) -> None:
        """Opens a saved response."""
        self._stop()
        name = self.more_files.names.name_of(path)
        self._enter(Working(name))
        self._answers.read(FETCH, path, name, self._on_file_read, partial(self._on_read, name))

    def cancel(self) -> None:
        """Stops what is to be shown, or its checks, or the batch, or else a prompt; what was shown before does not come back."""
        if self.is_checking:
            self._stop_checks()
        elif isinstance(self.state, Working):
            subject, awaited = self.state.subject, self._awaited
            self._stop()
            if awaited:
                self.batch.cancel()
            self._enter(Idle(f"Cancelled. {subject} was not fetched."))
        elif self.batch.cancel():
            self.told.emit(f"{self.batch.course.sentence}.")
        elif self.inspection is not None and self.prompts.give_up(self.inspection):
            self.told.emit("Cancelled. The prompt messages are not waited for.")

    def retry(self) -> None:
        """Asks again for what was asked last."""
        match self.state:
            case Shown(inspection) if inspection.requested is not None:
                self.fetch(inspection.requested)
            case Shown(inspection) if inspection.source.path is not None:
                self.open_file(inspection.source.path)
            case KeyMissing(_, subject) if self.batch.awaits(subject):
                self._await(subject)
                self.batch.resume()
            case KeyMissing(_, subject):
                self.fetch(subject)

    def show(self, entry: Entry) -> None:
        """Shows a line of the list: what was fetched before, or a fetch. A line that is being fetched goes on with that."""
        if entry.sentence:
            self.reject(entry.sentence)
        elif entry.busy:
            if self.batch.awaits(entry.subject):
                self._stop()
                self._await(entry.subject)
        elif entry.digest is None:
            self.fetch(entry.subject)
        else:
            is_under_way = self.is_checking or isinstance(self.state, Working)
            self._stop()
            if is_under_way:
                self._enter(Working(entry.subject))
            self._open(entry.subject)

    def save_body(self, path: str) -> None:
        """Saves the bytes as received; `told` tells the outcome in a sentence."""
        if self.inspection is not None:
            self._answers.save(path, self.inspection.body, self.told.emit)

    def forget_key(self) -> None:
        """The next fetch looks for the key again."""
        self._terms.forget_key()

    def _await(self, subject: str) -> None:
        """The batch brings it; it is shown as soon as it has come."""
        self._awaited = subject
        self._enter(Working(subject))

    def _on_came(self, subject: str) -> None:
        if subject == self._awaited:
            self._open(subject)

    def _on_batch_changed(self) -> None:
        if self._awaited and not self.batch.is_running and self.batch.awaits(self._awaited):
            self._awaited = ""
            self._enter(Idle())

    def _on_key_missing(self, lookup: object) -> None:
        """The batch brings nothing; what is opened beside it goes on, and tells of a key itself where it needs one."""
        left = self.batch.subjects_left
        if left and (self._awaited or not isinstance(self.state, Working)):
            subject = self._awaited or left[0]
            self._stop()
            self._enter(KeyMissing(lookup, subject))  # type: ignore[arg-type]

    def _open(self, subject: str) -> None:
        """Shows what is kept; where it is not kept any more, it is fetched again."""
        self._answers.get(
            FETCH, subject, partial(self._on_kept, subject), partial(self._on_read, subject, is_kept=True)
        )

    def _on_kept(self, subject: str, inspection: Inspection | None) -> None:
        self._awaited = ""
        path = entry.path if (entry := self.completions.get(subject)) else None
        if inspection is not None:
            self.subject = subject
            self._arrivals.learn(subject, inspection)
            self._show(self.prompts.after(inspection))
        elif path is not None:
            self.open_file(path)
        else:
            self.fetch(subject)
            self.told.emit(f"There was no room to keep {subject}, so it is fetched again …")

    def _on_read(self, subject: str, reading: Inspection, *, is_kept: bool = False) -> None:
        """A large answer can be shown already, while its checks are running; what was kept has its line already."""
        if not is_kept:
            self.completions.check(subject)
        self._awaited, self.subject = "", subject
        self._enter(Shown(reading))

    def _on_opened(self, subject: str, key_turn: int, outcome: object) -> None:
        from inspector.usecases.open_completion import Opened

        if not isinstance(outcome, Opened):
            self.completions.rest([subject])
            self._enter(KeyMissing(outcome, subject))  # type: ignore[arg-type]
            return
        self._terms.learn_key(outcome.key, key_turn)
        self._arrive((subject, outcome.inspection))

    def _on_file_read(self, outcome: object) -> None:
        if isinstance(outcome, list):
            self._arrive(*outcome)
        else:
            self._enter(Rejected(str(getattr(outcome, "sentence", outcome))))

    def _on_failed(self, _error: object) -> None:
        if self.is_checking and not self._jobs.is_busy(FETCH):
            self._stop_checks()
        elif isinstance(self.state, Working) and not self._jobs.is_busy(FETCH) and not self._awaited:
            subject = self.state.subject
            self._stop()
            self._enter(Idle(f"{subject} could not be shown because of a fault in this program."))

    def _arrive(self, *answers: tuple[str, Inspection]) -> None:
        """Shows the first of some answers, each by its subject, and takes all of them into the list."""
        self._arrivals.take(*answers)
        self.subject, first = answers[0]
        self._show(first)

    def _on_judged_again(self, old: Inspection, new: Inspection) -> None:
        """Puts a second look at an answer in the place of the first, where that answer is still shown."""
        shown = self.inspection
        if shown is None or shown.body is not old.body:
            return
        if self.is_checking:
            self._jobs.cancel(FETCH)
            new = self.prompts.still(new)
        if shown.checks.value:
            self._arrive((self.subject, new))
        else:
            self._enter(Shown(new))
        if shown.prompt is not new.prompt and not self.prompts.is_busy:
            self.prompts.carry_over(shown, new)

    def _on_prompt_told(self, inspection: Inspection) -> None:
        self.state = Shown(inspection)
        self.prompt_changed.emit()

    def _stop(self) -> None:
        """What was to be shown is not wanted any more. A batch goes on."""
        self._awaited = ""
        self.prompts.drop()
        self._leave()
        if isinstance(self.state, Working) and not self.batch.awaits(self.state.subject):
            self.completions.rest([self.state.subject])

    def _leave(self) -> None:
        self._jobs.cancel(FETCH)
        if self.inspection is not None and self.is_checking:
            self.state = Shown(self._arrivals.leave(self.subject, self.inspection))

    def _stop_checks(self) -> None:
        """What is shown stays, unchecked, and its prompt is waited for as before."""
        self._leave()
        if self.inspection is not None:
            self.state = Shown(self.prompts.still(self.inspection))
        self.checks_ended.emit()

    def _show(self, inspection: Inspection) -> None:
        """An answer with its checks done: rows that are in place already stay."""
        inspection, before = self.prompts.joined(inspection), self.inspection
        is_there = before is not None and before.checks.value and before.body is inspection.body
        self.state = Shown(inspection)
        (self.checks_ended if is_there else self.changed).emit()

    def _enter(self, state: State) -> None:
        self.state = state
        self.changed.emit()
