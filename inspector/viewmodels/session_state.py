"""The states of the session, a closed union, and one line of its list."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from inspector.core.inspection import Inspection
    from inspector.core.keys.lookup import KeyLookup


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
