"""Findings: what is worth a look in an answer, in the manner of a protocol analyser's expert information.

A rule is a pure function from the evidence to the places where it fires. The list of all rules is `core.rules.ALL_RULES`.
"""

from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass, field
from enum import IntEnum
from typing import Any

from inspector.core.completion import Completion
from inspector.core.conversation.conversation import Conversation
from inspector.core.exchange import Received
from inspector.core.json.text import JsonFault
from inspector.core.schemas.tool_schemas import SchemaCheck


class Severity(IntEnum):
    """How much a finding matters; the names in lower case are those of the JSON report."""

    INFO = 1
    WARNING = 2
    ERROR = 3

    @property
    def word(self) -> str:
        return self.name.lower()


@dataclass(frozen=True, slots=True)
class Finding:
    """One place where a rule fired. `pointer` is RFC 6901 into the body, "" for the whole answer."""

    rule: str
    severity: Severity
    pointer: str
    message: str


@dataclass(frozen=True, slots=True)
class Evidence:
    """All that rules may look at. `now` is Unix seconds; `schemas` has one check per tool call, by the call's pointer.

    `shared` is theirs: what several rules look at is found by the first that asks for it.
    """

    body: bytes
    completion: Completion | None
    fault: JsonFault | None
    received: Received | None
    now: float
    schemas: dict[str, SchemaCheck]
    conversation: Conversation
    shared: dict[str, Any] = field(default_factory=dict, compare=False, repr=False)


Hit = tuple[str, str]
"""Where a rule fires and what it says there: (pointer, sentence)."""


@dataclass(frozen=True, slots=True)
class Rule:
    """`id` is kebab-case; `title` names what is found, `why` says why that matters to whoever debugs."""

    id: str
    severity: Severity
    title: str
    why: str
    check: Callable[[Evidence], Iterable[Hit]]


def find(rules: Iterable[Rule], evidence: Evidence) -> Iterator[Finding]:
    """The findings of all rules, in the rules' order."""
    for rule in rules:
        for pointer, message in rule.check(evidence):
            yield Finding(rule.id, rule.severity, pointer, message)
