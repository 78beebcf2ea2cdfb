"""Arguments that a program cannot parse as an object."""

from collections.abc import Callable
from typing import Any

CALLS = "/choices/0/message/tool_calls"
ARGUMENTS = f"{CALLS}/0/function/arguments"
MISSING = object()


def calling(arguments: Any, **more: Any) -> dict[str, Any]:
    function = {"name": "track"} if arguments is MISSING else {"name": "track", "arguments": arguments}
    return {
        CALLS: [{"id": "call_7", "type": "function", "function": function}],
        "/choices/0/finish_reason": "tool_calls",
        **more,
    }


def custom(tool: dict[str, Any]) -> dict[str, Any]:
    return {CALLS: [{"id": "call_7", "type": "custom", "custom": {"name": "run", **tool}}]}


def round_count(tokens: int, reason: str = "tool_calls") -> dict[str, Any]:
    return {**calling('{"city": "Par'), "/usage/completion_tokens": tokens, "/choices/0/finish_reason": reason}


FIRES = [
    (
        "arguments-invalid",
        calling('{"city": "Paris",}'),
        ARGUMENTS,
        "at character 18. The model wrote a comma",
    ),
    ("arguments-invalid", calling("NaN"), ARGUMENTS, "The call of “track” has arguments that are not JSON: "),
    (
        "arguments-invalid",
        calling('{"city": "Par', **{"/choices/0/finish_reason": "length"}),
        ARGUMENTS,
        "after character 13. Cut off by the token limit after 11 completion tokens.",
    ),
    (
        "arguments-invalid",
        calling("{'city': 1}", **{"/choices/0/finish_reason": "length", "/usage": None}),
        ARGUMENTS,
        "The model wrote Python (single quotes, True, False, None or a tuple) instead of JSON; the token limit was reached too.",
    ),
    ("arguments-invalid", calling('{"city": "Par'), ARGUMENTS, "ends early although the service reports a normal end"),
    ("arguments-not-an-object", calling("[1]"), ARGUMENTS, "has an array as its arguments"),
    ("arguments-not-an-object", calling('"text"'), ARGUMENTS, "has text as its arguments"),
    ("arguments-not-an-object", calling('"{\\"city\\": 1}"'), ARGUMENTS, "encoded twice"),
    ("arguments-empty", calling(""), ARGUMENTS, "empty text as its arguments, where “{}” was due"),
    ("arguments-empty", calling(" \n"), ARGUMENTS, "only white space"),
    ("arguments-not-a-string", calling({"city": "Paris"}), ARGUMENTS, "has an object as its arguments"),
    ("arguments-not-a-string", calling(None), ARGUMENTS, "has null as its arguments"),
    ("arguments-not-a-string", custom({"input": 1}), f"{CALLS}/0/custom/input", "has a number as its input"),
    ("arguments-absent", calling(MISSING), f"{CALLS}/0/function", "The call of “track” has no “arguments”"),
    ("arguments-absent", custom({}), f"{CALLS}/0/custom", "has no “input”"),
    (
        "arguments-absent",
        {"/choices/0/message/function_call": {"name": "track"}},
        "/choices/0/message/function_call",
        "has no “arguments”",
    ),
    (
        "round-token-count",
        round_count(300),
        "/usage/completion_tokens",
        "300 completion tokens may be the request's limit",
    ),
    ("round-token-count", round_count(1500, "stop"), "/usage/completion_tokens", "the finish reason is “stop”"),
    ("round-token-count", round_count(800, ""), "/usage/completion_tokens", "the finish reason is missing"),
    ("round-token-count", round_count(4096), "/usage/completion_tokens", "4,096 completion tokens"),
]
QUIET = [
    ("arguments-invalid", calling('{"city": "Paris"}')),
    ("arguments-invalid", custom({"input": "SELECT {"})),
    ("arguments-not-an-object", calling("{}")),
    ("arguments-not-an-object", calling("[")),
    ("arguments-empty", calling("{}")),
    ("arguments-empty", custom({"input": ""})),
    ("arguments-not-a-string", calling("")),
    ("arguments-not-a-string", custom({"input": "1"})),
    ("arguments-absent", calling(None)),
    ("arguments-absent", {CALLS: [{"id": "call_7", "type": "function"}]}),
    ("round-token-count", round_count(301)),
    ("round-token-count", round_count(0)),
    ("round-token-count", round_count(300, "length")),
    ("round-token-count", {**round_count(300), "/usage": None}),
    ("round-token-count", {**calling('{"city": "Paris",}'), "/usage/completion_tokens": 300}),
]


def test_fires(fires: Callable[[], None]) -> None:
    fires()


def test_stays_quiet(quiet: Callable[[], None]) -> None:
    quiet()
