"""How one call's arguments stand against the schema of the function that they are meant for."""

from dataclasses import dataclass
from enum import StrEnum


class SchemaVerdict(StrEnum):
    """Not checked is neither good nor bad: there was nothing to check with, or nothing that could be checked."""

    PASSES = "passes"
    FAILS = "fails"
    NOT_CHECKED = "not-checked"


@dataclass(frozen=True, slots=True)
class Violation:
    """One broken demand; `pointer` is RFC 6901 into the arguments, `message` a sentence."""

    pointer: str
    message: str


@dataclass(frozen=True, slots=True)
class SchemaCheck:
    """The check of one call. `reason` says why nothing was checked, or of what else than the arguments a failure tells.

    `notes` are worth knowing although the schema allows them, such as a parameter that it does not name.
    """

    verdict: SchemaVerdict
    violations: tuple[Violation, ...] = ()
    reason: str = ""
    notes: tuple[Violation, ...] = ()


def not_checked(reason: str) -> SchemaCheck:
    """Nothing was checked, for that reason."""
    return SchemaCheck(SchemaVerdict.NOT_CHECKED, reason=reason)


def fails(pointer: str, message: str, reason: str = "") -> SchemaCheck:
    """One thing is wrong, and makes further checks pointless."""
    return SchemaCheck(SchemaVerdict.FAILS, (Violation(pointer, message),), reason)
