"""Inspections made from a body alone, for what only looks at them."""

import json
from typing import Any

from inspector.core.inspection import Inspection, inspect_file
from inspector.core.moment import Moment
from inspector.core.outline.outline import Outline

NOW = 1_780_000_000.0


def inspected(body: bytes | dict[str, Any]) -> Inspection:
    """What a file of this body is found to be."""
    return inspect_file(body if isinstance(body, bytes) else json.dumps(body).encode(), "/a/body.json", NOW)


def outlined(body: bytes | dict[str, Any]) -> Outline:
    return Outline(inspected(body), Moment(NOW))


def completion(**message: Any) -> dict[str, Any]:
    """A completion with one choice, whose message has these fields."""
    return {
        "id": "chatcmpl-1",
        "object": "chat.completion",
        "created": 1_779_999_000,
        "model": "gpt-x",
        "choices": [{"index": 0, "finish_reason": "stop", "message": {"role": "assistant", "content": "Hi"} | message}],
        "usage": {"prompt_tokens": 1, "completion_tokens": 2, "total_tokens": 3},
    }


def call(arguments: Any, name: str = "look_up", number: int = 0) -> dict[str, Any]:
    """A tool call."""
    return {"id": f"call_{number}", "type": "function", "function": {"name": name, "arguments": arguments}}
