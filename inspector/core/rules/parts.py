"""The parts of an answer that rules are asked about, one generator for each sort."""

from collections.abc import Iterator
from dataclasses import dataclass

from inspector.core.completion import Choice, Completion, Message, ToolCall
from inspector.core.findings import Evidence
from inspector.core.json.document import JsonDocument, JsonNode, Kind
from inspector.core.rules.values import is_nothing

_REASONING = ("reasoning_content", "reasoning", "thinking", "reasoning_details")


@dataclass(frozen=True, slots=True)
class Reading:
    """A JSON text inside the answer: the body itself, or arguments with the string in the body that holds them."""

    document: JsonDocument
    holder: JsonNode | None = None

    def place(self, node: JsonNode) -> JsonNode:
        """Where a finding about a node of this text stands in the body."""
        return self.holder or node


def answers(evidence: Evidence) -> Iterator[Evidence]:
    """The whole evidence, whatever the body is."""
    yield evidence


def completions(evidence: Evidence) -> Iterator[Completion]:
    """The completion, where the body is JSON."""
    if evidence.completion is not None:
        yield evidence.completion


def answers_of_model(evidence: Evidence) -> Iterator[Completion]:
    """The completion, where the body is an object that does not merely tell of an error."""
    for completion in completions(evidence):
        root = completion.root
        tells_error = any(not is_nothing(root.get(name)) for name in ("error", "detail", "message"))
        if root.kind is Kind.OBJECT and not (is_nothing(root.get("choices")) and tells_error):
            yield completion


def choices(evidence: Evidence) -> Iterator[Choice]:
    """Every choice that is an object."""
    for completion in completions(evidence):
        yield from completion.choices


def messages(evidence: Evidence) -> Iterator[tuple[Choice, Message]]:
    """Every message that is an object, with its choice."""
    for choice in choices(evidence):
        if choice.message is not None:
            yield choice, choice.message


def calls(evidence: Evidence) -> Iterator[tuple[Choice, ToolCall]]:
    """Every tool call, with its choice."""
    for completion in completions(evidence):
        yield from completion.tool_calls


def bodies(evidence: Evidence) -> Iterator[Reading]:
    """The body as a JSON text."""
    for completion in completions(evidence):
        yield Reading(completion.document)


def arguments(evidence: Evidence) -> Iterator[Reading]:
    """The arguments of every call, where they are JSON."""
    for _, call in calls(evidence):
        if call.arguments.document is not None:
            yield Reading(call.arguments.document, call.arguments.node)


def json_texts(evidence: Evidence) -> Iterator[Reading]:
    """The body and all arguments that are JSON."""
    yield from bodies(evidence)
    yield from arguments(evidence)


def completion_tokens(completion: Completion) -> JsonNode | None:
    """The count of tokens that the model wrote, of all choices together."""
    return completion.usage.get("completion_tokens") if completion.usage is not None else None


def reasoning_of(message: Message) -> JsonNode | None:
    """What the model thought before it answered, where a provider sends it."""
    nodes = (message.node.get(name) for name in _REASONING)
    return next((node for node in nodes if node is not None and node.text not in ("null", '""', "[]")), None)
