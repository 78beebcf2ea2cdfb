"""Inspections for the tests of reports, made by the program's own readers from bodies that tests write down."""

import json
from typing import Any

from inspector.core.exchange import Received, Timings
from inspector.core.inspection import Inspection, inspect_file, inspect_received
from inspector.core.schemas.tool_schemas import ToolSchemas
from inspector.demo.samples import load_samples

NOW = 1_795_500_000.0
URL = "https://sudo.example/api/v1/chat/completions/"
SAMPLES = {sample.id: sample for sample in load_samples()}


def received(body: bytes, *, status: int = 200, asked: str = "chatcmpl-asked", **headers: str) -> Received:
    """An answer as the client gives it; header names are written with `_` for `-`."""
    sent = tuple((name.replace("_", "-"), value) for name, value in headers.items())
    return Received(URL + asked, status, "", "HTTP/1.1", sent, body, len(body), Timings(12.5, 57.25, NOW))


def answered(body: bytes | dict[str, Any], *, asked: str = "chatcmpl-asked", **more: Any) -> Inspection:
    """The inspection of an answer to a request for `asked`."""
    sent = body if isinstance(body, bytes) else json.dumps(body).encode()
    return inspect_received(received(sent, asked=asked, **more), asked)


def saved(body: bytes | dict[str, Any], path: str = "saved.json", tools: ToolSchemas | None = None) -> Inspection:
    """The inspection of a file."""
    return inspect_file(body if isinstance(body, bytes) else json.dumps(body).encode(), path, NOW, tools)


def completion(message: dict[str, Any], **more: Any) -> dict[str, Any]:
    """A completion with one choice."""
    choice = {"index": 0, "message": {"role": "assistant", "content": None} | message, "finish_reason": "stop"}
    usage = {"prompt_tokens": 7, "completion_tokens": 5, "total_tokens": 12}
    body = {"id": "chatcmpl-asked", "object": "chat.completion", "created": 1_795_000_000, "model": "gpt-4o"}
    return body | {"choices": [choice], "usage": usage} | more


def calling(arguments: Any, name: str = "get_weather", **more: Any) -> dict[str, Any]:
    """A completion with one tool call."""
    call = {"id": "call_1", "type": "function", "function": {"name": name, "arguments": arguments}}
    return completion({"tool_calls": [call]}, **more)


def of_sample(name: str) -> Inspection:
    """The inspection of a bundled sample, as the demo service answers with it, headers aside."""
    sample = SAMPLES[name]
    content_type = sample.content_type
    return answered(sample.body(), asked=name, status=sample.status, content_type=content_type, x_request_id="req_1")
