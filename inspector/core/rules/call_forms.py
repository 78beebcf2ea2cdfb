"""Forms of calls that not every client serves, and calls that stand there twice."""

from collections.abc import Iterator

from inspector.core.completion import CallForm, Choice, Message, ToolCall
from inspector.core.counting import nth
from inspector.core.findings import Severity
from inspector.core.rules.parts import calls, messages
from inspector.core.rules.rule import Spot, rule
from inspector.core.rules.values import call_words, quoted, shown, whole_number


@rule(
    "custom-tool-call",
    Severity.INFO,
    "A call of a custom tool",
    "Its input is free text and not JSON, and the service's description does not know such calls: many clients skip them.",
    over=calls,
)
def custom_tool_call(part: tuple[Choice, ToolCall]) -> Iterator[Spot]:
    if part[1].form is CallForm.CUSTOM:
        yield part[1].node, f"{call_words(part[1])} is one of a custom tool, with free text as its input."


@rule(
    "legacy-function-call",
    Severity.WARNING,
    "A call in the old form",
    "“function_call” was replaced by “tool_calls”: newer clients do not look there, so the call is not run.",
    over=calls,
)
def legacy_function_call(part: tuple[Choice, ToolCall]) -> Iterator[Spot]:
    if part[1].form is CallForm.LEGACY:
        yield part[1].node, f"{call_words(part[1])} stands in “function_call”, the old form."


@rule(
    "calls-in-both-forms",
    Severity.WARNING,
    "Calls in the old and the new form",
    "A client that serves both forms runs the same call twice.",
    over=messages,
)
def calls_in_both_forms(part: tuple[Choice, Message]) -> Iterator[Spot]:
    legacy = [call for call in part[1].tool_calls if call.form is CallForm.LEGACY]
    if legacy and len(part[1].tool_calls) > 1:
        yield legacy[0].node, "The message holds “function_call” beside “tool_calls”."


@rule(
    "call-index",
    Severity.INFO,
    "A call's index is not its position",
    "The index belongs to streamed pieces; code that puts calls together by it mixes them up.",
    over=calls,
)
def call_index(part: tuple[Choice, ToolCall]) -> Iterator[Spot]:
    node = part[1].node.get("index") if part[1].form is not CallForm.LEGACY else None
    if node is not None and whole_number(node) != part[1].node.place:
        yield node, f"The “index” is {shown(node)} in call {nth(part[1].node.place)}."


@rule(
    "repeated-call",
    Severity.INFO,
    "The same call twice",
    "Name and arguments are equal to the last character: run twice, it may pay, send or write twice.",
    over=messages,
)
def repeated_call(part: tuple[Choice, Message]) -> Iterator[Spot]:
    seen: dict[tuple[str, str], ToolCall] = {}
    for call in part[1].tool_calls:
        if call.form is not CallForm.LEGACY and call.name and call.arguments.text is not None:
            first = seen.setdefault((call.name, call.arguments.text), call)
            if first is not call:
                yield (
                    call.node,
                    f"Call {nth(call.node.place)} of {quoted(call.name)} repeats call {nth(first.node.place)}.",
                )


RULES = (calls_in_both_forms, legacy_function_call, custom_tool_call, call_index, repeated_call)
