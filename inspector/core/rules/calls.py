"""Tool calls: their IDs, names and types. Rows are told apart by position, never by ID."""

import re
from collections.abc import Iterator

from inspector.core.completion import CallForm, Choice, Message, ToolCall, string_of
from inspector.core.counting import nth
from inspector.core.findings import Evidence, Severity
from inspector.core.json.document import Kind
from inspector.core.rules.parts import answers, calls, messages
from inspector.core.rules.rule import Spot, rule
from inspector.core.rules.values import call_words, called_name, exactly, kind_words, quoted, shown
from inspector.core.schemas.tool_schemas import SchemaVerdict

_NAME = re.compile(r"[A-Za-z0-9_-]{1,64}")
_INVENTED = frozenset({"python", "multi_tool_use.parallel", "multi_tool_use_parallel", "parallel"})


@rule(
    "entry-not-a-call",
    Severity.ERROR,
    "An entry of the tool calls is not an object",
    "Clients that go through the calls crash on it, and the calls after it are not run.",
    over=messages,
)
def entry_not_a_call(part: tuple[Choice, Message]) -> Iterator[Spot]:
    node = part[1].node.get("tool_calls")
    if node is not None and node.kind is Kind.ARRAY:
        for entry in node.children():
            if entry.kind is not Kind.OBJECT:
                yield entry, f"Entry {nth(entry.place)} of the tool calls is {kind_words(entry)}."


@rule(
    "call-without-id",
    Severity.ERROR,
    "A tool call has no ID",
    "The tool's result is sent back under this ID; without it the service refuses the next request.",
    over=calls,
)
def call_without_id(part: tuple[Choice, ToolCall]) -> Iterator[Spot]:
    call = part[1]
    if call.form is CallForm.LEGACY:
        return
    if call.id is None:
        yield call.node, f"{call_words(call)} has no “id”."
    elif not (string_of(call.id) or "").strip():
        yield call.id, f"The “id” of the call is {shown(call.id)}, where a name for the call was due."


@rule(
    "repeated-call-id",
    Severity.ERROR,
    "Two tool calls have the same ID",
    "The results cannot be told apart when they are sent back, and clients that keep calls by ID lose one.",
    over=messages,
)
def repeated_call_id(part: tuple[Choice, Message]) -> Iterator[Spot]:
    seen: dict[str, int] = {}
    for call in part[1].tool_calls:
        said = string_of(call.id)
        if said and said.strip() and (first := seen.setdefault(said, call.node.place)) != call.node.place:
            yield call.id, f"Call {nth(call.node.place)} has the ID {quoted(said)} of call {nth(first)}."


@rule(
    "call-id-is-name",
    Severity.WARNING,
    "A tool call's ID is the function's name",
    "The next call of the same function will have the same ID, and results get mixed up.",
    over=calls,
)
def call_id_is_name(part: tuple[Choice, ToolCall]) -> Iterator[Spot]:
    call = part[1]
    if call.name and string_of(call.id) == call.name:
        yield call.id, f"The ID {quoted(call.name)} is the name of the function itself."


@rule(
    "call-without-name",
    Severity.ERROR,
    "A tool call names no function",
    "Nothing can be run: it is not known what was meant.",
    over=calls,
)
def call_without_name(part: tuple[Choice, ToolCall]) -> Iterator[Spot]:
    call = part[1]
    node = called_name(call)
    if node is None:
        yield call.node.get(call.form.value) or call.node, "The call has no “name”."
    elif not (call.name or "").strip():
        yield node, f"The “name” of the call is {shown(node)}, where the name of a function was due."


@rule(
    "invented-name",
    Severity.WARNING,
    "The function's name comes from the model's training",
    "Models call tools of their former surroundings although nobody offered them; an agent then fails on an unknown function.",
    over=answers,
)
def invented_name(evidence: Evidence) -> Iterator[Spot]:
    for _, call in calls(evidence):
        if call.name in _INVENTED and call.form is not CallForm.CUSTOM and not _tools_are_known(evidence, call):
            yield called_name(call), f"{quoted(call.name)} is a name that models are known to invent."


@rule(
    "odd-name",
    Severity.WARNING,
    "The function's name has characters that no function can have",
    "Names are 1 to 64 of a-z, A-Z, 0-9, “_” and “-”; the service refuses the conversation when this one is sent back.",
    over=calls,
)
def odd_name(part: tuple[Choice, ToolCall]) -> Iterator[Spot]:
    name = part[1].name
    if name and name.strip() and name not in _INVENTED and not _NAME.fullmatch(name):
        reason = (
            f"is {len(name):,} characters long" if len(name) > 64 else "has characters that no function's name can have"
        )
        yield called_name(part[1]), f"{exactly(name)} {reason}."


@rule(
    "call-type",
    Severity.WARNING,
    "The type of a call does not fit",
    "Clients choose by the type where to look for the name and the arguments.",
    over=calls,
)
def call_type(part: tuple[Choice, ToolCall]) -> Iterator[Spot]:
    call = part[1]
    said = string_of(call.type)
    if said is None:
        return
    if said not in ("function", "custom"):
        yield call.type, f"The type is {quoted(said)}; known are “function” and “custom”."
    elif call.node.get(said) is None:
        yield call.type, f"The type is “{said}”, but the call has no “{said}”."


RULES = (
    entry_not_a_call,
    call_without_id,
    call_without_name,
    repeated_call_id,
    call_type,
    invented_name,
    odd_name,
    call_id_is_name,
)


def _tools_are_known(evidence: Evidence, call: ToolCall) -> bool:
    """Whether the call was held against the tools, so that nothing needs to be guessed from its name."""
    return evidence.schemas[call.pointer].verdict is not SchemaVerdict.NOT_CHECKED
