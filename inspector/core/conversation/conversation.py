"""The conversation of one inspection: every turn in order, the links between calls and results, and a word on the prompt."""

from dataclasses import dataclass
from typing import assert_never

from inspector.core.completion import Completion
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


def read_conversation(prompt: Prompt, completion: Completion | None) -> Conversation:
    """The conversation around a completion; linear in the number of messages, and no text is decoded for it."""
    carried = messages_in_body(completion.document) if completion is not None else None
    turns: list[Turn] = []
    if carried is not None:
        turns += (prompt_turn(number, node, Origin.BODY) for number, node in enumerate(carried.children()))
    elif isinstance(prompt, PromptMessages):
        turns += (prompt_turn(number, node, Origin.PROMPT) for number, node in enumerate(prompt.messages))
    prompt_count = len(turns)
    for choice in completion.choices if completion is not None else ():
        turns.append(answer_turn(len(turns), choice))
    is_whole = carried is not None or (isinstance(prompt, PromptMessages) and prompt.is_whole)
    return Conversation(
        tuple(turns),
        prompt_count,
        link_tools(turns, is_whole=is_whole),
        FROM_BODY if carried is not None else _notice(prompt),
    )


def _notice(prompt: Prompt) -> str:
    match prompt:
        case NotAsked():
            return NOT_ASKED
        case Waiting():
            return WAITING
        case PromptMessages():
            return prompt.notice
        case PromptUnavailable():
            return prompt.sentence
        case _:
            assert_never(prompt)
