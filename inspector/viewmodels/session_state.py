"""The states of the session, a closed union, one line of its list, and what fetches are made with."""

from __future__ import annotations

from dataclasses import dataclass
from enum import Enum
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from inspector.core.digest import Digest
    from inspector.core.inspection import Inspection
    from inspector.core.keys.lookup import KeyFound, KeyLookup
    from inspector.core.schemas.tool_schemas import ToolSchemas


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


class Stage(Enum):
    """How far a line of the list has come; the value is the word for it."""

    OFFERED = ""
    WAITING = "waiting"
    FETCHING = "fetching…"
    CHECKING = "checking…"
    DONE = "done"
    FAILED = "failed"
    CANCELLED = "cancelled"


@dataclass(frozen=True, slots=True)
class Entry:
    """One line of the completions list: small, since there may be very many. `digest` is None until it has been fetched.

    `shows` says what the demo offers there, `sentence` why an ID was refused, `path` where a file can be read again.
    """

    subject: str
    shows: str = ""
    stage: Stage = Stage.OFFERED
    digest: Digest | None = None
    sentence: str = ""
    path: str | None = None

    @property
    def busy(self) -> bool:
        return self.stage in (Stage.FETCHING, Stage.CHECKING)


class Terms:
    """What every fetch is made with, single or in a batch. `key_turn` tells a key that was replaced from its successor."""

    def __init__(self, deadline: float) -> None:
        self.deadline = deadline
        self.key: KeyFound | None = None
        self.key_turn = 0
        self.tools: ToolSchemas | None = None

    def learn_key(self, key: KeyFound, turn: int) -> None:
        """Keeps the key that a fetch found, unless it was replaced meanwhile."""
        if turn == self.key_turn:
            self.key = key

    def forget_key(self) -> None:
        self.key = None
        self.key_turn += 1
