"""Why the model stopped, as the service tells it, held against what the message holds."""

from collections.abc import Iterator

from inspector.core.completion import CallForm, Choice, Completion, Message
from inspector.core.counting import nth
from inspector.core.findings import Severity
from inspector.core.rules.parts import choices, completion_tokens, completions, messages
from inspector.core.rules.rule import Spot, rule
from inspector.core.rules.values import counted, quoted, shown, whole_number

KNOWN = frozenset({"stop", "length", "tool_calls", "content_filter", "function_call"})
_MEANINGS = {
    "eos": "stop",
    "eos_token": "stop",
    "end_turn": "stop",
    "stop_sequence": "stop",
    "complete": "stop",
    "stop": "stop",
    "max_tokens": "length",
    "model_length": "length",
    "length": "length",
    "tool_use": "tool_calls",
    "tool_calls": "tool_calls",
    "safety": "content_filter",
    "recitation": "content_filter",
    "content_filter": "content_filter",
}
_ASKS_FOR_CALLS = frozenset({"tool_calls", "function_call"})


@rule(
    "finish-reason-missing",
    Severity.WARNING,
    "No reason is given for the end",
    "It cannot be told whether the answer is complete; null is what streamed pieces carry before the last one.",
    over=choices,
)
def finish_reason_missing(choice: Choice) -> Iterator[Spot]:
    node = choice.finish_reason
    if node is None:
        yield choice.node, f"Choice {nth(choice.node.place)} has no “finish_reason”."
    elif not choice.finish_reason_text:
        said = "empty" if choice.finish_reason_text == "" else shown(node)
        yield node, f"The “finish_reason” is {said}, so it is not known whether the answer is complete."


@rule(
    "finish-reason-unknown",
    Severity.WARNING,
    "The reason for the end is not a known one",
    "Clients match the five known words; another one ends in a default branch or an exception.",
    over=choices,
)
def finish_reason_unknown(choice: Choice) -> Iterator[Spot]:
    said = choice.finish_reason_text
    if said and said not in KNOWN and said != "error":
        meaning = _MEANINGS.get(said.lower())
        likely = f"; elsewhere it means “{meaning}”" if meaning else ""
        yield choice.finish_reason, f"{quoted(said)} is not one of the service's finish reasons{likely}."


@rule(
    "finish-reason-error",
    Severity.ERROR,
    "The answer ended in an error",
    "The upstream provider failed in the middle; what is there is not the whole answer.",
    over=choices,
)
def finish_reason_error(choice: Choice) -> Iterator[Spot]:
    if choice.finish_reason_text == "error":
        yield choice.finish_reason, "The “finish_reason” is “error”: the provider failed before the model was done."


@rule(
    "cut-off-by-limit",
    Severity.WARNING,
    "The answer was cut off by the token limit",
    "The rest was never written: text stops in the middle, and arguments stop being JSON.",
    over=completions,
)
def cut_off_by_limit(completion: Completion) -> Iterator[Spot]:
    tokens = whole_number(completion_tokens(completion))
    for choice in completion.choices:
        if _meaning(choice) == "length":
            after = f" after {counted(tokens, 'token')}" if tokens is not None and len(completion.choices) == 1 else ""
            yield choice.finish_reason, f"The model was stopped by the token limit{after}; the answer is not complete."


@rule(
    "content-filtered",
    Severity.WARNING,
    "A content filter took part of the answer",
    "What is shown is not what the model wrote; the same prompt will most likely be filtered again.",
    over=choices,
)
def content_filtered(choice: Choice) -> Iterator[Spot]:
    if _meaning(choice) == "content_filter":
        yield choice.finish_reason, "Content was left out because a filter flagged it."


@rule(
    "calls-missing",
    Severity.ERROR,
    "Tool calls are announced and none is there",
    "An agent waits for the result of a call that it cannot make.",
    over=messages,
)
def calls_missing(part: tuple[Choice, Message]) -> Iterator[Spot]:
    choice, message = part
    if _meaning(choice) in _ASKS_FOR_CALLS and not message.tool_calls:
        yield (
            choice.finish_reason,
            f"The “finish_reason” is {quoted(choice.finish_reason_text or '')}, but no tool is called.",
        )


@rule(
    "calls-unannounced",
    Severity.WARNING,
    "Tools are called without being announced",
    "Loops that go by the finish reason end here and never run the call. With a forced tool choice the service does this itself.",
    over=messages,
)
def calls_unannounced(part: tuple[Choice, Message]) -> Iterator[Spot]:
    choice, message = part
    if message.tool_calls and _meaning(choice) == "stop":
        number = counted(len(message.tool_calls), "tool call")
        yield choice.finish_reason, f"The “finish_reason” is “stop”, but the message holds {number}."


@rule(
    "finish-reason-of-other-form",
    Severity.INFO,
    "The finish reason names the other form of calls",
    "“function_call” belongs to the old form and “tool_calls” to the new one; a client that trusts it looks in the wrong place.",
    over=messages,
)
def finish_reason_of_other_form(part: tuple[Choice, Message]) -> Iterator[Spot]:
    choice, message = part
    forms = {call.form is CallForm.LEGACY for call in message.tool_calls}
    said = choice.finish_reason_text
    if said in _ASKS_FOR_CALLS and forms == {said == "tool_calls"}:
        held = "tool_calls" if said == "function_call" else "function_call"
        yield choice.finish_reason, f"The “finish_reason” is “{said}”, but the message holds “{held}”."


RULES = (
    finish_reason_error,
    calls_missing,
    cut_off_by_limit,
    content_filtered,
    calls_unannounced,
    finish_reason_missing,
    finish_reason_unknown,
    finish_reason_of_other_form,
)


def _meaning(choice: Choice) -> str | None:
    """The service's own word for the reason, where it can be told."""
    said = choice.finish_reason_text
    return said if said in KNOWN else _MEANINGS.get((said or "").lower())
