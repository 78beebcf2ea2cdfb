"""`sudo-inspector key set | forget | status`: the key of a profile in the OS keyring, from a terminal or a script.

A key is read from a hidden prompt or from one line of standard input, never from an argument: arguments can be read by
every user of the machine, and shells write them down.
"""

from collections.abc import Callable, Coroutine, Mapping
from dataclasses import dataclass
from typing import Any, TextIO, TypeVar, assert_never

from inspector.core.inputs import Refused, read_api_key
from inspector.core.keys.faults import KeyFailure
from inspector.core.keys.lookup import KeyFound, KeyOrigin, KeyWithheld, NoKey
from inspector.core.keys.words import key_failure_sentence, key_lookup_sentence, where_kept
from inspector.core.profile import Profile
from inspector.core.secret import Secret
from inspector.gateways.background import BackgroundLoop
from inspector.usecases.api_key import (
    KEY_VARIABLE,
    TIME_LIMIT,
    KeyForgotten,
    KeyKept,
    SessionKeys,
    forget_key,
    keep_key,
    key_status,
)
from inspector.usecases.ports import KeyStore

OK, WRONG_INPUT, KEYRING_FAILED = 0, 2, 3

_LONGEST_LINE = 4096

_Outcome = TypeVar("_Outcome")


@dataclass(frozen=True, slots=True)
class _Desk:
    """What one command works with: whose key, where it is kept, and where its words go."""

    profile: Profile
    store: KeyStore
    environ: Mapping[str, str]
    stdout: TextIO
    stderr: TextIO
    limit: float
    note_origin: Callable[[], str]

    def says(self, sentence: str) -> int:
        print(sentence, file=self.stdout)
        return OK

    def fails(self, sentence: str, status: int) -> int:
        print(sentence, file=self.stderr)
        return status


def run(
    action: str,
    profile: Profile,
    store: KeyStore,
    environ: Mapping[str, str],
    *,
    stdin: TextIO,
    stdout: TextIO,
    stderr: TextIO,
    prompt: Callable[[str], str],
    note_origin: Callable[[], str],
    limit: float = TIME_LIMIT,
) -> int:
    """Does `action` and returns the exit status: 0 done, 2 wrong input, 3 the keyring failed.

    `prompt` asks at the terminal without echo, as getpass does. `note_origin` notes down that the kept key is for the
    profile's base URL as it is now, and returns a sentence where it cannot. `limit` is in seconds for one visit to the keyring.
    """
    desk = _Desk(profile, store, environ, stdout, stderr, limit, note_origin)
    match action:
        case "set":
            key = _read_key(profile, stdin, prompt)
            return desk.fails(key.sentence, WRONG_INPUT) if isinstance(key, Refused) else _set(desk, key)
        case "forget":
            return _forget(desk)
        case "status":
            return _status(desk)
        case _:
            return desk.fails(f"“key {action}” is not known; use key set, key forget or key status.", WRONG_INPUT)


def _read_key(profile: Profile, stdin: TextIO, prompt: Callable[[str], str]) -> Secret | Refused:
    """The key from the person at the terminal, or from the first line of standard input."""
    try:
        if stdin.isatty():
            return read_api_key(prompt(f"API key for the profile “{profile.name}” (it stays invisible): "))
        return read_api_key(stdin.readline(_LONGEST_LINE))
    except EOFError:
        return Refused("No key was entered, so nothing was changed.")
    except UnicodeDecodeError:
        return Refused("Standard input is not text in UTF-8, so it cannot hold an API key.")


def _set(desk: _Desk, key: Secret) -> int:
    outcome = _wait_for(keep_key(desk.profile, key, SessionKeys(), desk.store, limit=desk.limit))
    match outcome:
        case KeyKept():
            trouble = desk.note_origin()
            if trouble:
                desk.fails(trouble, OK)
            saved = f"The API key {key.hint()} of the profile “{desk.profile.name}” is saved."
            return desk.says(f"{saved} {where_kept(outcome.backend)}{_variable_note(desk)}")
        case KeyFailure():
            return desk.fails(f"The API key was not saved. {key_failure_sentence(outcome)}", KEYRING_FAILED)
        case _:
            assert_never(outcome)


def _forget(desk: _Desk) -> int:
    outcome = _wait_for(forget_key(desk.profile, SessionKeys(), desk.store, limit=desk.limit))
    match outcome:
        case KeyForgotten():
            return desk.says(
                f"The keyring has no API key of the profile “{desk.profile.name}” any more.{_variable_note(desk)}"
            )
        case KeyFailure():
            return desk.fails(f"The API key was not removed. {key_failure_sentence(outcome)}", KEYRING_FAILED)
        case _:
            assert_never(outcome)


def _status(desk: _Desk) -> int:
    status = _wait_for(key_status(desk.profile, desk.environ, SessionKeys(), desk.store, limit=desk.limit))
    sentence = key_lookup_sentence(status.lookup, status.backend)
    match status.lookup:
        case KeyFound(origin=KeyOrigin.KEYRING):
            return desk.says(sentence)
        case KeyFound() | NoKey() | KeyWithheld():
            return desk.says(f"{sentence} {where_kept(status.backend)}")
        case Refused():
            return desk.fails(sentence, WRONG_INPUT)
        case KeyFailure():
            return desk.fails(sentence, KEYRING_FAILED)
        case _:
            assert_never(status.lookup)


def _variable_note(desk: _Desk) -> str:
    """A warning for whoever also has the key in the environment, where it wins."""
    if not desk.environ.get(KEY_VARIABLE, "").strip():
        return ""
    return f" Note that {KEY_VARIABLE} is set in the environment, and is used before the keyring."


def _wait_for(work: Coroutine[Any, Any, _Outcome]) -> _Outcome:
    """The outcome of `work` on a loop of its own, whose hung threads do not hold up the end of the program."""
    background = BackgroundLoop()
    try:
        return background.submit(work).result()
    finally:
        background.stop()
