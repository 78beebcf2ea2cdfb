"""The API key of a profile: find it, keep it, forget it, say where it is.

Order of the search: the environment variable SUDO_API_KEY, a key held in memory for this run, the OS keyring.
A key that was entered for one origin is never offered to another, not even when the profile's base URL is changed;
SUDO_API_KEY goes wherever the person who set it asks.

The keyring may wait for a person or hang for ever, so each call runs in a worker thread under a time limit. A thread
cannot be stopped: after the limit it is abandoned, which is why the loop's default executor must make daemon threads.
An abandoned `keep_key` may still succeed later, when the keyring's question is answered at last.
"""

import asyncio
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import TypeVar, assert_never

from inspector.core.inputs import BaseUrl, Refused, read_api_key
from inspector.core.keys.faults import KeyFailure, KeyFault
from inspector.core.keys.lookup import KeyFound, KeyLookup, KeyOrigin, KeyWithheld, NoKey
from inspector.core.profile import Profile
from inspector.core.secret import Secret
from inspector.usecases.ports import KeyStore

KEY_VARIABLE = "SUDO_API_KEY"
TIME_LIMIT = 30.0
"""Seconds for one visit to the keyring, long enough to type a password."""

_Answer = TypeVar("_Answer")


class SessionKeys:
    """Keys held in memory for this run, by profile name and the origin that they were entered for.

    One thread changes it; readers in other threads see each profile's keys before or after a change, never in between.
    """

    def __init__(self) -> None:
        self._keys: dict[str, tuple[tuple[str, Secret], ...]] = {}

    def hold(self, profile: str, base_url: BaseUrl, key: Secret) -> None:
        others = tuple(pair for pair in self._keys.get(profile, ()) if pair[0] != base_url.origin)
        self._keys[profile] = (*others, (base_url.origin, key))

    def get(self, profile: str, base_url: BaseUrl) -> Secret | None:
        return dict(self._keys.get(profile, ())).get(base_url.origin)

    def drop(self, profile: str) -> None:
        """Forgets the profile's keys for every origin."""
        self._keys.pop(profile, None)


@dataclass(frozen=True, slots=True)
class KeyKept:
    """The keyring called `backend` has the key, and gave it back when asked."""

    backend: str


@dataclass(frozen=True, slots=True)
class KeyForgotten:
    """Neither the memory of this run nor the keyring has a key for the profile."""


@dataclass(frozen=True, slots=True)
class KeyStatus:
    """Which key a request of the profile would use, and the keyring that keeps keys ("" where none is usable)."""

    lookup: KeyLookup
    backend: str


async def find_key(
    profile: Profile,
    base_url: BaseUrl,
    environ: Mapping[str, str],
    session: SessionKeys,
    store: KeyStore,
    *,
    limit: float = TIME_LIMIT,
) -> KeyLookup:
    """The key for a request to `base_url` under `profile`. The keyring is asked last, and only for its own origin."""
    at_hand = _without_keyring(profile, base_url, environ, session)
    if at_hand is not None:
        return at_hand
    return _as_lookup(profile, await _within(limit, lambda: store.get(profile.name)))


async def keep_key(
    profile: Profile, key: Secret, session: SessionKeys, store: KeyStore, *, limit: float = TIME_LIMIT
) -> KeyKept | KeyFailure:
    """Saves `key` in the keyring; once there, it takes the place of any key held in memory."""

    def save() -> KeyKept | KeyFailure:
        return store.set(profile.name, key) or KeyKept(store.backend_name())

    outcome = await _within(limit, save)
    if isinstance(outcome, KeyKept):
        session.drop(profile.name)
    return outcome


async def forget_key(
    profile: Profile, session: SessionKeys, store: KeyStore, *, limit: float = TIME_LIMIT
) -> KeyForgotten | KeyFailure:
    """Removes the profile's key from memory and from the keyring; forgetting what is not there is no failure."""
    session.drop(profile.name)
    return await _within(limit, lambda: store.forget(profile.name)) or KeyForgotten()


async def key_status(
    profile: Profile,
    environ: Mapping[str, str],
    session: SessionKeys,
    store: KeyStore,
    *,
    limit: float = TIME_LIMIT,
) -> KeyStatus:
    """Where a request to the profile's own base URL would get its key. The keyring gives its key out only when needed."""
    at_hand = _without_keyring(profile, profile.base_url, environ, session)

    def ask() -> KeyStatus:
        lookup = _as_lookup(profile, store.get(profile.name)) if at_hand is None else at_hand
        return KeyStatus(lookup, store.backend_name())

    status = await _within(limit, ask)
    return status if isinstance(status, KeyStatus) else KeyStatus(at_hand or status, "")


def _without_keyring(
    profile: Profile, base_url: BaseUrl, environ: Mapping[str, str], session: SessionKeys
) -> KeyLookup | None:
    """What can be said before the keyring is asked; None where it has to be."""
    from_environment = _read_variable(environ)
    if from_environment is not None:
        return from_environment
    held = session.get(profile.name, base_url)
    if held is not None:
        return KeyFound(held, KeyOrigin.MEMORY)
    if base_url.origin != profile.key_home:
        return KeyWithheld(profile, base_url.origin)
    return None


def _read_variable(environ: Mapping[str, str]) -> KeyFound | Refused | None:
    """The key in SUDO_API_KEY; a blank variable counts as unset."""
    text = environ.get(KEY_VARIABLE, "")
    if not text.strip():
        return None
    key = read_api_key(text)
    if isinstance(key, Refused):
        return Refused(
            f"The environment variable {KEY_VARIABLE} cannot be used. {key.sentence} Set the variable again, or unset it."
        )
    return KeyFound(key, KeyOrigin.ENVIRONMENT)


def _as_lookup(profile: Profile, stored: Secret | KeyFailure | None) -> KeyLookup:
    match stored:
        case None:
            return NoKey(profile.name)
        case Secret():
            return KeyFound(stored, KeyOrigin.KEYRING)
        case KeyFailure():
            return stored
        case _:
            assert_never(stored)


async def _within(limit: float, visit: Callable[[], _Answer]) -> _Answer | KeyFailure:
    """Runs a blocking visit to the keyring in a worker thread, for at most `limit` seconds."""
    try:
        async with asyncio.timeout(limit):
            return await asyncio.to_thread(visit)
    except TimeoutError:
        return KeyFailure(KeyFault.TIMED_OUT, detail=f"no answer within {limit:g} seconds")
