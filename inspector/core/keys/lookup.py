"""How the search for a profile's API key can end: a closed union, worded in `core.keys.words`.

`KeyFailure` is a keyring that could not be asked; `Refused` is a SUDO_API_KEY that no HTTP header can carry.
"""

from dataclasses import dataclass
from enum import StrEnum

from inspector.core.inputs import Refused
from inspector.core.keys.faults import KeyFailure
from inspector.core.profile import Profile
from inspector.core.secret import Secret


class KeyOrigin(StrEnum):
    """Where a key was found, in the order of the search."""

    ENVIRONMENT = "environment"
    MEMORY = "memory"
    KEYRING = "keyring"


@dataclass(frozen=True, slots=True)
class KeyFound:
    """A key that may be sent to the base URL that was asked for."""

    key: Secret
    origin: KeyOrigin


@dataclass(frozen=True, slots=True)
class NoKey:
    """Every place was asked, and none has a key for the profile of that name."""

    profile: str


@dataclass(frozen=True, slots=True)
class KeyWithheld:
    """The request goes to `origin`, which is not the profile's own: its kept key was not even looked for."""

    profile: Profile
    origin: str


KeyLookup = KeyFound | NoKey | KeyWithheld | KeyFailure | Refused
