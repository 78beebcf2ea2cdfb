"""Conversations made from prompt messages and a completion, for what only looks at them."""

import json
from collections.abc import Sequence
from typing import Any

from inspector.core.completion import read_completion
from inspector.core.conversation.conversation import Conversation, read_conversation
from inspector.core.conversation.prompt import PromptMessages
from inspector.core.json.document import JsonDocument
from inspector.core.json.text import parse_body


def document(value: Any) -> JsonDocument:
    """A value, or a JSON text as it stands, as a document."""
    read = parse_body(value if isinstance(value, bytes) else json.dumps(value).encode())
    assert isinstance(read, JsonDocument)
    return read


def prompt(*pages: Sequence[Any], notice: str = "") -> PromptMessages:
    """The service's list of messages, page by page."""
    return PromptMessages(tuple(document({"object": "list", "data": list(page)}) for page in pages), notice)


def conversation(messages: Sequence[Any], *answers: dict[str, Any], notice: str = "") -> Conversation:
    """The prompt as the service tells it, with one choice for each answer."""
    body = document({"choices": [{"index": at, "message": answer} for at, answer in enumerate(answers)]})
    return read_conversation(prompt(messages, notice=notice), read_completion(body))


def carried(messages: Sequence[Any], *answers: dict[str, Any]) -> Conversation:
    """The prompt as a body carries it."""
    body = document({"choices": [{"message": answer} for answer in answers], "input_messages": list(messages)})
    return read_conversation(prompt([{"role": "user", "content": "not this one"}]), read_completion(body))


def calling(*ids: Any, name: str = "look_up") -> dict[str, Any]:
    """An assistant's message with one call for each ID."""
    calls = [{"id": one, "type": "function", "function": {"name": name, "arguments": "{}"}} for one in ids]
    return {"role": "assistant", "content": None, "tool_calls": calls}


def result(call: Any, text: str = "done") -> dict[str, Any]:
    """The result of a call."""
    return {"role": "tool", "tool_call_id": call, "content": text}
