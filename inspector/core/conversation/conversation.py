"""The conversation of one inspection: every turn in order, the links between calls and results, and a word on the prompt."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from typing import assert_never

from inspector.core.completion import LOOKED_THROUGH, Completion
from inspector.core.conversation.prompt import (
    BODY_MEMBER,
    NotAsked,
    Prompt,
    PromptMessages,
    PromptUnavailable,
    Waiting,
    messages_in_body,
)
from inspector.core.conversation.tool_links import ToolLinks, link_tools
from inspector.core.conversation.turn import Origin, Turn, answer_turn, prompt_turn
from inspector.core.json.document import JsonNode

FROM_BODY = f"The prompt is the one that the body itself carries, in “{BODY_MEMBER}”."
WAITING = "The prompt messages are being fetched …"
NOT_ASKED = "The prompt messages were not asked for, so only the answer is known."


@dataclass(frozen=True, slots=True)
class Conversation:
    """`turns` are the prompt's messages, `prompt_count` of them, then one answer for each choice; a turn's place is its `number`.

    `notice` is one quiet sentence about the prompt; empty where it came whole from the service.
    """

    turns: tuple[Turn, ...]
    prompt_count: int
    links: ToolLinks
    notice: str


@dataclass(frozen=True, slots=True)
class PromptTurns:
    """The turns of a prompt, made one by one when they are asked for; how many there are is known before.

    `notice` is that of the conversation.
    """

    count: int
    origin: Origin
    notice: str
    messages: Iterable[JsonNode]
    is_whole: bool = False

    def __iter__(self) -> Iterator[Turn]:
        return (prompt_turn(number, node, self.origin) for number, node in enumerate(self.messages))


def prompt_turns(prompt: Prompt, completion: Completion | None) -> PromptTurns:
    """The prompt that is shown: the one that the body carries, or else what the service told."""
    carried = messages_in_body(completion.document) if completion is not None else None
    if carried is not None:
        return PromptTurns(carried.count, Origin.BODY, FROM_BODY, carried.children(), is_whole=True)
    if isinstance(prompt, PromptMessages):
        return PromptTurns(prompt.count, Origin.PROMPT, prompt.notice, prompt.messages, is_whole=prompt.is_whole)
    return PromptTurns(0, Origin.PROMPT, _notice(prompt), ())


def read_conversation(prompt: Prompt, completion: Completion | None) -> Conversation:
    """The conversation around a completion; linear in the number of messages, and no text is decoded for it.

    Of very many choices the first `LOOKED_THROUGH` are in it, and the notice says so.
    """
    asked = prompt_turns(prompt, completion)
    turns, notice = list(asked), asked.notice
    choices = completion.choices if completion is not None else ()
    for choice in choices[:LOOKED_THROUGH]:
        turns.append(answer_turn(len(turns), choice))
    if len(choices) > LOOKED_THROUGH:
        notice = f"{notice} Of {len(choices):,} choices the first {LOOKED_THROUGH:,} are shown here.".strip()
    return Conversation(tuple(turns), asked.count, link_tools(turns, is_whole=asked.is_whole), notice)


def _notice(prompt: NotAsked | Waiting | PromptUnavailable) -> str:
    match prompt:
        case NotAsked():
            return NOT_ASKED
        case Waiting():
            return WAITING
        case PromptUnavailable():
            return prompt.sentence
        case _:
            assert_never(prompt)
