"""One turn of a conversation: a message of the prompt, or the answer of one choice. Everything is read when it is asked for."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from enum import Enum, auto

from inspector.core.completion import Choice, Message, ToolCall, read_message, string_of
from inspector.core.conversation.parts import Other, Part, Reasoning, Refusal, Text, audio_in, parts_in, thoughts_in
from inspector.core.json.document import JsonNode, Kind

_THOUGHTS = ("reasoning_content", "reasoning", "thinking", "reasoning_details")
_RESULT_ROLES = ("tool", "function")


class Origin(Enum):
    """Which text a turn stands in: a page of the prompt, the body's own `input_messages`, or the body's choices."""

    PROMPT = auto()
    BODY = auto()
    ANSWER = auto()


@dataclass(frozen=True, slots=True)
class Turn:
    """`node` is the message as sent, in the document of its origin; of a choice without a message the choice.

    `number` counts all turns from 0. `role` is empty where the message names none.
    """

    number: int
    node: JsonNode
    origin: Origin
    role: str
    choice: Choice | None = None

    @property
    def pointer(self) -> str:
        """RFC 6901 into the document that `node` belongs to."""
        return self.node.pointer

    @property
    def name(self) -> JsonNode | None:
        """Who of that role speaks, or which tool a result is of; None where nothing is named."""
        name = self.node.get("name")
        return name if name is not None and name.kind is not Kind.NULL else None

    @property
    def tool_call_id(self) -> JsonNode | None:
        """The call that a tool result says it answers."""
        return self.node.get("tool_call_id")

    @property
    def is_result(self) -> bool:
        """Whether this is the result of a call; an answer is none, whatever role it names."""
        return self.role in _RESULT_ROLES and self.origin is not Origin.ANSWER

    @property
    def message(self) -> Message | None:
        """The message with its calls, their arguments judged; None where there is no object."""
        if self.choice is not None:
            return self.choice.message
        return read_message(self.node) if self.node.kind is Kind.OBJECT else None

    @property
    def calls(self) -> Sequence[ToolCall]:
        message = self.message
        return message.tool_calls if message is not None else ()

    @property
    def parts(self) -> tuple[Part, ...]:
        """What the turn holds beside calls, in reading order: thinking, content, refusal, audio."""
        if self.choice is not None and self.choice.message is None:
            return (Other(self.node),)
        if self.node.kind is not Kind.OBJECT:
            return tuple(parts_in(self.node))
        return (*_thoughts(self.node), *_content(self.node), *_beside(self.node))

    @property
    def text_bytes(self) -> int:
        """The size of all texts as sent, which is never less than their characters; nothing is decoded to know it."""
        said = (part.said for part in self.parts if isinstance(part, Text | Refusal | Reasoning))
        return sum(node.end - node.start - 2 for node in said)


def prompt_turn(number: int, node: JsonNode, origin: Origin) -> Turn:
    return Turn(number, node, origin, string_of(node.get("role")) or "")


def answer_turn(number: int, choice: Choice) -> Turn:
    message = choice.message
    role = string_of(message.role) if message is not None else None
    return Turn(number, message.node if message is not None else choice.node, Origin.ANSWER, role or "", choice)


def _thoughts(node: JsonNode) -> Iterator[Reasoning]:
    """The thinking of the first member that holds any: services send the same in several."""
    for member in _THOUGHTS:
        held = node.get(member)
        if held is not None and (found := tuple(thoughts_in(held))):
            yield from found
            return


def _content(node: JsonNode) -> Iterator[Part]:
    """The content; where the service also tells it in parts, these, and both where they do not say the same."""
    content, split = node.get("content"), node.get("content_parts")
    parts = tuple(parts_in(split))
    if not parts or not _says_the_same(content, parts):
        yield from parts_in(content)
    yield from parts


def _says_the_same(content: JsonNode | None, parts: tuple[Part, ...]) -> bool:
    """Whether a content adds nothing to its parts: it is absent, no text, or their texts."""
    if content is None or content.kind is not Kind.STRING:
        return content is None or content.kind is Kind.NULL
    texts = [part.said.string for part in parts if isinstance(part, Text)]
    return content.string in ("", "".join(texts), "\n".join(texts))


def _beside(node: JsonNode) -> Iterator[Part]:
    """A refusal and an audio, which stand beside the content."""
    refusal, audio = node.get("refusal"), node.get("audio")
    if refusal is not None and refusal.kind is Kind.STRING and refusal.end - refusal.start > 2:
        yield Refusal(refusal, refusal)
    if audio is not None and audio.kind is Kind.OBJECT:
        yield audio_in(audio)
