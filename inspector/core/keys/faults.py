"""How the OS keyring can fail: each way has its own sentence in `core.wording`."""

from dataclasses import dataclass
from enum import StrEnum


class KeyFault(StrEnum):
    """One way in which a keyring call did not work."""

    NO_BACKEND = "no-backend"
    LOCKED = "locked"
    DISMISSED = "dismissed"
    DENIED = "denied"
    TIMED_OUT = "timed-out"
    PLAINTEXT = "plaintext"
    NOT_KEPT = "not-kept"
    BROKEN = "broken"


@dataclass(frozen=True, slots=True)
class KeyFailure:
    """A keyring call that did not work. `backend` names the backend where one was found; `detail` is free of the key."""

    fault: KeyFault
    backend: str = ""
    detail: str = ""
