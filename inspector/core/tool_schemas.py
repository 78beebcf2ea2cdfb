"""Tool-call arguments held against the user's own tool schemas. Three states: passes, fails and not checked."""

from dataclasses import dataclass
from enum import StrEnum

from inspector.core.completion import Completion


class SchemaVerdict(StrEnum):
    """Not checked is neither good nor bad: there was nothing to check with, or nothing that could be checked."""

    PASSES = "passes"
    FAILS = "fails"
    NOT_CHECKED = "not-checked"


@dataclass(frozen=True, slots=True)
class Violation:
    """One broken demand; `pointer` is RFC 6901 into the arguments."""

    pointer: str
    message: str


@dataclass(frozen=True, slots=True)
class SchemaCheck:
    """The check of one call. `reason` says in a sentence why nothing was checked."""

    verdict: SchemaVerdict
    violations: tuple[Violation, ...] = ()
    reason: str = ""


class ToolSchemas:
    """The functions that were offered, with their parameter schemas."""

    @staticmethod
    def in_body(completion: Completion | None) -> "ToolSchemas":
        """The tools that the body itself carries; none where it carries none."""
        return ToolSchemas()

    def check_all(self, completion: Completion) -> dict[str, SchemaCheck]:
        """One check per tool call, by the call's pointer."""
        return {call.pointer: SchemaCheck(SchemaVerdict.NOT_CHECKED) for _, call in completion.tool_calls}
