"""Calls held against the tools that were offered, where these are known."""

from collections.abc import Iterator

from inspector.core.arguments.verdict import Verdict
from inspector.core.completion import ToolCall
from inspector.core.findings import Evidence, Severity
from inspector.core.json.document import Kind
from inspector.core.rules.parts import answers, calls
from inspector.core.rules.rule import Spot, rule
from inspector.core.rules.values import call_words, called_name, is_kind
from inspector.core.schemas.names import quoted
from inspector.core.schemas.tool_schemas import SchemaCheck, SchemaVerdict, Violation
from inspector.core.visible_text import one_line

_BEYOND_SCHEMA = " is not in the schema"


@rule(
    "function-not-offered",
    Severity.ERROR,
    "A function is called that was not offered",
    "There is no such tool to run: the model misremembered a name, or took one from an earlier conversation.",
    over=answers,
)
def function_not_offered(evidence: Evidence) -> Iterator[Spot]:
    for call, check in _failed(evidence):
        if _is_not_offered(call, check):
            yield called_name(call), one_line(check.violations[0].message, 200)


@rule(
    "schema-violation",
    Severity.ERROR,
    "Arguments break the tool's schema",
    "The arguments are JSON, but not what the tool takes: it will refuse them or do something else.",
    over=answers,
)
def schema_violation(evidence: Evidence) -> Iterator[Spot]:
    for call, check in _failed(evidence):
        if not _is_not_offered(call, check) and _is_object(call):
            for violation in check.violations:
                yield call.arguments.node, _sentence(call, violation)


@rule(
    "parameter-beyond-schema",
    Severity.WARNING,
    "An argument is not in the tool's schema",
    "The schema allows it, but the tool does not know it: often a slip in the name of another parameter, which is then missing.",
    over=answers,
)
def parameter_beyond_schema(evidence: Evidence) -> Iterator[Spot]:
    for _, call in calls(evidence):
        for note in _check_of(evidence, call).notes:
            if _BEYOND_SCHEMA in note.message:
                yield call.arguments.node, _sentence(call, note)


RULES = (function_not_offered, schema_violation, parameter_beyond_schema)


def _failed(evidence: Evidence) -> Iterator[tuple[ToolCall, SchemaCheck]]:
    for _, call in calls(evidence):
        check = _check_of(evidence, call)
        if check.verdict is SchemaVerdict.FAILS:
            yield call, check


def _check_of(evidence: Evidence, call: ToolCall) -> SchemaCheck:
    return evidence.schemas[call.pointer]


def _is_not_offered(call: ToolCall, check: SchemaCheck) -> bool:
    return check.violations[0].message.startswith(f"{quoted(call.name or '')} was not offered")


def _is_object(call: ToolCall) -> bool:
    """Whether there are named arguments at all; where there are none, another rule has told it."""
    return call.arguments.verdict is Verdict.OBJECT or is_kind(call.arguments.node, Kind.OBJECT)


def _sentence(call: ToolCall, violation: Violation) -> str:
    place = f" at {one_line(violation.pointer, 60)}" if violation.pointer else ""
    return f"{call_words(call)}{place}: {one_line(violation.message, 140)}"
