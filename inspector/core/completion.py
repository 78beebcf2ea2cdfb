"""A chat completion as typed parts over the document; nothing is required, so no body can fail here.

A field is the node as sent, or None where it is absent: what is missing, null or of another type stays visible as such.
Field names: `resources/sudo-openapi.yaml`, schema ChatCompletion. Rows are told apart by position, never by id. Choices and
calls are read when somebody looks at them, as there may be a million.
"""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from enum import StrEnum
from itertools import islice
from typing import TypeGuard

from inspector.core.arguments.verdict import Arguments, read_arguments, read_free_text
from inspector.core.json.document import JsonDocument, JsonNode, Kind
from inspector.core.json.entries import Entries

LOOKED_THROUGH = 10_000


class CallForm(StrEnum):
    """Where a call stands in the message and so how its arguments are read."""

    FUNCTION = "function"
    CUSTOM = "custom"
    LEGACY = "function_call"


@dataclass(frozen=True, slots=True)
class ToolCall:
    """One call; `node` is the entry itself. `arguments_pointer` is where arguments stand, or would stand if absent."""

    node: JsonNode
    pointer: str
    form: CallForm
    id: JsonNode | None
    type: JsonNode | None
    name: str | None
    arguments: Arguments
    arguments_pointer: str


@dataclass(frozen=True, slots=True)
class Message:
    """The answer of one choice."""

    node: JsonNode
    role: JsonNode | None
    content: JsonNode | None
    refusal: JsonNode | None
    tool_calls: Entries[ToolCall]


@dataclass(frozen=True, slots=True)
class Choice:
    """One choice, in the order sent, whatever its `index` says."""

    node: JsonNode
    index: JsonNode | None
    finish_reason: JsonNode | None
    message: Message | None
    logprobs: JsonNode | None

    @property
    def finish_reason_text(self) -> str | None:
        return string_of(self.finish_reason)


@dataclass(frozen=True, slots=True)
class Completion:
    """The parts of a completion; `root` may be of any kind."""

    document: JsonDocument
    id: JsonNode | None
    object: JsonNode | None
    created: JsonNode | None
    model: JsonNode | None
    choices: Entries[Choice]
    usage: JsonNode | None

    @property
    def root(self) -> JsonNode:
        return self.document.root

    @property
    def tool_calls(self) -> Iterator[tuple[Choice, ToolCall]]:
        """Every call of every choice, in the order sent."""
        return _calls_in(self.choices)

    def first_calls(self, most: int) -> Iterator[ToolCall]:
        """The first calls, where they are among the first `LOOKED_THROUGH` choices: each that is looked at is kept in memory."""
        return (call for _, call in islice(_calls_in(self.choices[:LOOKED_THROUGH]), most))

    def choice_around(self, node: JsonNode) -> Choice | None:
        """The choice that a call stands in, given the value that the call is made of."""
        above = node.parent
        if above is not None and above.kind is Kind.ARRAY:
            above = above.parent
        return self.choices.of(above.parent) if above is not None and above.parent is not None else None

    def call_of(self, node: JsonNode) -> ToolCall | None:
        """The call that is made of that very value."""
        choice = self.choice_around(node)
        return choice.message.tool_calls.of(node) if choice is not None and choice.message is not None else None


def read_completion(document: JsonDocument) -> Completion:
    """The completion in a document, of whatever shape that is."""
    root = document.root
    return Completion(
        document,
        id=root.get("id"),
        object=root.get("object"),
        created=root.get("created"),
        model=root.get("model"),
        choices=Entries(root.get("choices"), _choice),
        usage=root.get("usage"),
    )


def _calls_in(choices: Iterable[Choice]) -> Iterator[tuple[Choice, ToolCall]]:
    for choice in choices:
        for call in choice.message.tool_calls if choice.message else ():
            yield choice, call


def read_message(node: JsonNode) -> Message:
    """A message of an answer or of a prompt; its calls in the order sent, the legacy one last."""
    legacy = node.get("function_call")
    last = (_called(legacy, legacy, CallForm.LEGACY),) if _is_object(legacy) else ()
    calls = Entries(node.get("tool_calls"), _call, last)
    return Message(node, node.get("role"), node.get("content"), node.get("refusal"), calls)


def count_of(node: JsonNode | None) -> int | None:
    """A token count to reckon with; None for what is no whole number, or has more than 15 digits."""
    is_count = node is not None and node.kind is Kind.NUMBER and len(node.text) <= 15 and node.text.isdecimal()
    return int(node.text) if node is not None and is_count else None


def string_of(node: JsonNode | None) -> str | None:
    """The characters of a string node; None for any other kind and for an absent one."""
    return node.string if node is not None and node.kind is Kind.STRING else None


def _is_object(node: JsonNode | None) -> TypeGuard[JsonNode]:
    return node is not None and node.kind is Kind.OBJECT


def _choice(node: JsonNode) -> Choice:
    message = node.get("message")
    return Choice(
        node,
        index=node.get("index"),
        finish_reason=node.get("finish_reason"),
        message=read_message(message) if _is_object(message) else None,
        logprobs=node.get("logprobs"),
    )


def _call(node: JsonNode) -> ToolCall:
    function, custom, said, kind = node.members("function", "custom", "id", "type")
    if not _is_object(function) and (_is_object(custom) or string_of(kind) == "custom"):
        return _called(node, custom, CallForm.CUSTOM, said, kind)
    return _called(node, function, CallForm.FUNCTION, said, kind)


def _called(
    node: JsonNode, holder: JsonNode | None, form: CallForm, said: JsonNode | None = None, kind: JsonNode | None = None
) -> ToolCall:
    """`holder` is the object with the name and the arguments; the legacy form holds them itself, and has no ID and no type."""
    is_custom = form is CallForm.CUSTOM
    parent, member = ("custom", "input") if is_custom else ("function", "arguments")
    given, name = holder.members(member, "name") if holder is not None else (None, None)
    pointer = node.pointer
    return ToolCall(
        node,
        pointer,
        form,
        id=said,
        type=kind,
        name=string_of(name),
        arguments=read_free_text(given) if is_custom else read_arguments(given),
        arguments_pointer=f"{pointer}/{member}" if holder is node else f"{pointer}/{parent}/{member}",
    )
