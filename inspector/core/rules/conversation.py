"""Tool results and calls of the prompt held against each other. Messages are counted from 0, as in the report's `messages`."""

from collections.abc import Iterator

from inspector.core.conversation.conversation import Conversation
from inspector.core.conversation.tool_links import AnsweredAgain, CallWithoutResult, ResultBeforeCall, ResultWithoutCall
from inspector.core.conversation.turn import Origin
from inspector.core.counting import nth
from inspector.core.findings import Evidence, Severity
from inspector.core.json.document import JsonNode
from inspector.core.rules.rule import Spot, rule
from inspector.core.rules.values import call_words, exactly


def conversations(evidence: Evidence) -> Iterator[Conversation]:
    """The conversation around the answer."""
    yield evidence.conversation


@rule(
    "result-without-call",
    Severity.WARNING,
    "A tool result answers no call",
    "The model reads a result that it never asked for; services refuse such a request, or the call was lost on the way.",
    over=conversations,
)
def result_without_call(conversation: Conversation) -> Iterator[Spot]:
    for found in conversation.links.mismatches:
        if isinstance(found, ResultWithoutCall):
            named = "names no call" if found.id is None else f"answers {exactly(found.id)}, which nothing called"
            yield _place(conversation, found.turn), f"{_words(found.turn)} is a tool result that {named}."
        elif isinstance(found, ResultBeforeCall):
            yield (
                _place(conversation, found.turn),
                f"{_words(found.turn)} is the result of {exactly(found.id)}, which is called only later.",
            )


@rule(
    "call-answered-twice",
    Severity.WARNING,
    "A tool call has more than one result",
    "Which of them the model went by cannot be known; an agent that runs a tool twice does its work twice.",
    over=conversations,
)
def call_answered_twice(conversation: Conversation) -> Iterator[Spot]:
    for found in conversation.links.mismatches:
        if isinstance(found, AnsweredAgain):
            first = _words(found.first).lower()
            yield (
                _place(conversation, found.turn),
                f"{_words(found.turn)} answers {exactly(found.id)} again, after {first}.",
            )


@rule(
    "call-never-answered",
    Severity.WARNING,
    "A tool call of an earlier turn was never answered",
    "The model went on without what it had asked for, and may have made it up; services refuse such a request.",
    over=conversations,
)
def call_never_answered(conversation: Conversation) -> Iterator[Spot]:
    for found in conversation.links.mismatches:
        if isinstance(found, CallWithoutResult):
            turn = conversation.turns[found.call.turn]
            named = "" if found.id is None else f", ID {exactly(found.id)},"
            subject = call_words(turn.calls[found.call.place])
            yield (
                _place(conversation, turn.number),
                f"{subject}{named} in {_words(turn.number).lower()} has no result.",
            )


RULES = (result_without_call, call_answered_twice, call_never_answered)


def _place(conversation: Conversation, number: int) -> JsonNode | None:
    """The message, where it stands in the body; those of the service's list have no place there."""
    turn = conversation.turns[number]
    return None if turn.origin is Origin.PROMPT else turn.node


def _words(number: int) -> str:
    return f"Message {nth(number)} of the prompt"
