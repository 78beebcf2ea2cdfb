"""The bodies that the benchmarks of large answers are made of: each of about the size that is asked for."""

import json
from collections.abc import Callable

SIZES = {"10 KB": 10_000, "1 MB": 1_000_000, "10 MB": 10_000_000, "100 MB": 100_000_000}
_TOKEN = {
    "token": " answer",
    "logprob": -0.0021534,
    "bytes": [32, 97, 110, 115, 119, 101, 114],
    "top_logprobs": [
        {"token": " answer", "logprob": -0.0021534, "bytes": [32, 97, 110, 115, 119, 101, 114]},
        {"token": " reply", "logprob": -6.2521534, "bytes": [32, 114, 101, 112, 108, 121]},
    ],
}


def with_logprobs(size: int) -> bytes:
    """One choice with the log probabilities of many tokens, two alternatives each."""
    token = json.dumps(_TOKEN)
    content = ", ".join([token] * max(1, size // (len(token) + 2)))
    return _completion('{"role": "assistant", "content": "An answer."}', f'{{"content": [{content}], "refusal": null}}')


def with_text(size: int) -> bytes:
    """One choice with one long text."""
    line = "A line of an answer, “quoted”.\\n"
    return _completion(f'{{"role": "assistant", "content": "{line * max(1, size // (len(line.encode())))}"}}')


def with_calls(size: int) -> bytes:
    """One message with many tool calls, each with an ID of its own."""
    arguments = json.dumps('{"from": "OSL", "to": "KEF", "seats": [12, 13], "price": 1249.5}')
    call = f'{{"id": "call_%07d", "type": "function", "function": {{"name": "book_flight", "arguments": {arguments}}}}}'
    calls = ", ".join(call % at for at in range(max(1, size // (len(call) + 5))))
    return _completion(f'{{"role": "assistant", "content": null, "tool_calls": [{calls}]}}', reason="tool_calls")


def with_short_calls(size: int) -> bytes:
    """One message with tool calls of a hundred bytes each: a million in 100 MB."""
    call = '{"id": "call_%07d", "type": "function", "function": {"name": "book", "arguments": "{\\"seat\\": 12}"}}'
    calls = ", ".join(call % at for at in range(max(1, size // 100)))
    return _completion(f'{{"role": "assistant", "content": null, "tool_calls": [{calls}]}}', reason="tool_calls")


def with_choices(size: int) -> bytes:
    """Choices of a hundred bytes each: a million in 100 MB."""
    choice = '{"index": %7d, "finish_reason": "stop", "message": {"role": "assistant", "content": "An answer."}}'
    return _body(", ".join(choice % at for at in range(max(1, size // 100))))


def with_depth(size: int) -> bytes:
    """A member that the service's description does not know, of ten thousand levels or as many as fit."""
    levels = min(10_000, size // 6)
    deep = '{"a":' * levels + "0" + "}" * levels
    return _completion(f'{{"role": "assistant", "content": "Deep.", "deep": {deep}}}')


SHAPES: dict[str, Callable[[int], bytes]] = {
    "logprobs": with_logprobs,
    "one text": with_text,
    "tool calls": with_calls,
    "short calls": with_short_calls,
    "choices": with_choices,
    "10,000 levels": with_depth,
}


def _completion(message: str, logprobs: str = "null", *, reason: str = "stop") -> bytes:
    return _body(f'{{"index": 0, "finish_reason": "{reason}", "message": {message}, "logprobs": {logprobs}}}')


def _body(choices: str) -> bytes:
    usage = '{"prompt_tokens": 100, "completion_tokens": 900, "total_tokens": 1000}'
    head = '"id": "chatcmpl-1", "object": "chat.completion", "created": 1750000000, "model": "gpt-4.1"'
    return f'{{{head}, "choices": [{choices}], "usage": {usage}}}'.encode()
