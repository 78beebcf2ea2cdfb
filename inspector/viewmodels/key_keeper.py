"""The API key of the profile, for the key dialog: where it is, keeping it, trying it, forgetting it."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, Signal

if TYPE_CHECKING:
    from inspector.core.secret import Secret
    from inspector.viewmodels.job_runner import JobRunner
    from inspector.viewmodels.services import Services

KEY = "key"
_PROBE = "chatcmpl-key-test"


@dataclass(frozen=True, slots=True)
class KeyState:
    """`where` says which key is used now, `news` how the last action ended. `missing`: every place was asked in vain.

    `in_keyring`: it is the keyring that has it. `can_keep` is false where no keyring can be used, so that a key can only be
    held for this run.
    """

    busy: bool = False
    where: str = "Looking for a key…"
    kept_by: str = ""
    can_keep: bool = True
    news: str = ""
    failed: bool = False
    missing: bool = False
    in_keyring: bool = False


@dataclass(frozen=True, slots=True)
class _Saved:
    """The keyring called `backend` has taken the key."""

    backend: str


class KeyKeeper(QObject):
    """Every call may wait for D-Bus or a prompt, so each runs as a job; `changed` tells its end.

    `kept` tells that the keyring has a key for the profile's own address.
    `replaced` tells that another key may be in use now, or that the one in use has proved good: what failed is worth a new try.
    """

    changed = Signal()
    replaced = Signal()
    kept = Signal()

    def __init__(self, jobs: JobRunner, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._jobs = jobs
        self.state = KeyState()
        jobs.failed.connect(self._on_failed)

    def look(self) -> None:
        """Finds out where the key is, unless that is about to be told anyway."""
        if not self.state.busy:
            self._look()

    def _look(self, news: str = "", *, failed: bool = False) -> None:

        async def work(services: Services) -> object:
            from inspector.core.keys.faults import KeyFailure
            from inspector.core.keys.lookup import KeyFound, KeyOrigin, NoKey
            from inspector.core.keys.words import key_lookup_sentence, where_kept
            from inspector.usecases.api_key import key_status

            profile, session_keys = services.profile, services.session_keys
            status = await key_status(profile, services.environ, session_keys, services.key_store)
            where = key_lookup_sentence(status.lookup, status.backend)
            is_missing = isinstance(status.lookup, NoKey | KeyFailure)
            return KeyState(
                where=where,
                kept_by=where_kept(status.backend),
                can_keep=bool(status.backend),
                news=news,
                failed=failed,
                missing=is_missing,
                in_keyring=isinstance(status.lookup, KeyFound) and status.lookup.origin is KeyOrigin.KEYRING,
            )

        self._run(work)

    def keep(self, text: str, *, this_run_only: bool) -> None:
        """Takes a typed key; into the keyring, or into memory for this run."""
        from inspector.core.inputs import Refused, read_api_key

        key = read_api_key(text)
        if isinstance(key, Refused):
            self._tell(replace(self.state, news=key.sentence, failed=True))
            return
        if this_run_only:
            self._hold(key)
        else:
            self._save(key)

    def forget(self) -> None:
        """Removes the key from memory and from the keyring."""

        async def work(services: Services) -> object:
            from inspector.core.keys.faults import KeyFailure
            from inspector.core.keys.words import key_failure_sentence
            from inspector.usecases.api_key import forget_key

            outcome = await forget_key(services.profile, services.session_keys, services.key_store)
            return (
                (key_failure_sentence(outcome), True)
                if isinstance(outcome, KeyFailure)
                else ("The key is forgotten.", False)
            )

        self.replaced.emit()  # a key held in memory goes even where the keyring fails
        self._run(work)

    def test(self) -> None:
        """Asks the service for a completion that does not exist: its answer tells whether it takes the key."""

        async def work(services: Services) -> object:
            from inspector.core.inputs import CompletionId
            from inspector.core.keys.words import key_lookup_sentence
            from inspector.usecases.open_completion import Opened

            outcome = await services.open(CompletionId(_PROBE), deadline=20.0, on_progress=lambda _progress: None)
            if not isinstance(outcome, Opened):
                return (key_lookup_sentence(outcome), True)
            return _test_words(outcome.inspection.problem, str(services.base_url))

        self._run(work)

    def _hold(self, key: Secret) -> None:
        async def work(services: Services) -> object:
            services.session_keys.hold(services.profile.name, services.base_url, key)
            return ("The key is held for this run only.", False)

        self._run(work)

    def _save(self, key: Secret) -> None:
        async def work(services: Services) -> object:
            from inspector.core.keys.faults import KeyFailure
            from inspector.core.keys.words import key_failure_sentence
            from inspector.usecases.api_key import keep_key

            outcome = await keep_key(services.profile, key, services.session_keys, services.key_store)
            if isinstance(outcome, KeyFailure):
                return (key_failure_sentence(outcome), True)
            return _Saved(outcome.backend)

        self._run(work)

    def _run(self, work: object) -> None:
        busy = replace(self.state, busy=True, news="Waiting for the keyring…", failed=False)
        self._tell(busy)
        self._jobs.start(KEY, work, self._on_done)  # type: ignore[arg-type]

    def _on_done(self, outcome: object) -> None:
        if isinstance(outcome, KeyState):
            if outcome.in_keyring:
                self.kept.emit()
            self._tell(outcome)
        elif isinstance(outcome, _Saved):
            self.kept.emit()
            self.replaced.emit()
            self._look(f"The key is saved in {outcome.backend}.")
        elif isinstance(outcome, tuple):
            news, failed = outcome
            if not failed:
                self.replaced.emit()
            self._look(news, failed=failed)

    def _on_failed(self, _error: object) -> None:
        if self.state.busy and not self._jobs.is_busy(KEY):
            self._tell(
                replace(self.state, busy=False, news="That failed because of a fault in this program.", failed=True)
            )

    def _tell(self, state: KeyState) -> None:
        self.state = state
        self.changed.emit()


def _test_words(problem: object, place: str) -> tuple[str, bool]:
    """What the answer to the probe tells of the key; no completion has the probe's ID."""
    from inspector.core.problems.problem import Problem

    if not isinstance(problem, Problem):
        return (f"{place} accepted the key.", False)
    if problem.status in (401, 403):
        return (f"{place} did not accept the key: {problem.message}", True)
    if problem.status in (400, 404):
        return (f"{place} accepted the key: it looked for a completion with it.", False)
    return (f"The key could not be tried: {problem.message}", True)
