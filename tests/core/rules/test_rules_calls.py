"""Tool calls: IDs, names and types."""

from collections.abc import Callable
from typing import Any

CALLS = "/choices/0/message/tool_calls"
TOOLS = [{"type": "function", "function": {"name": "python", "parameters": {"type": "object"}}}]


def call(name: Any = "track", **more: Any) -> dict[str, Any]:
    """A healthy call with changes; `...` takes a member away."""
    entry = {"id": f"call_{name}", "type": "function", "function": {"name": name, "arguments": "{}"}, **more}
    return {key: value for key, value in entry.items() if value is not ...}


def calling(*calls: Any) -> dict[str, Any]:
    return {CALLS: list(calls), "/choices/0/finish_reason": "tool_calls"}


CUSTOM = {"id": "call_1", "type": "custom", "custom": {"name": "run", "input": "x"}}
LEGACY = {"/choices/0/message/function_call": {"name": "track", "arguments": "{}"}}

FIRES = [
    ("entry-not-a-call", calling(call(), None), f"{CALLS}/1", "Entry 2 of the tool calls is null"),
    ("call-without-id", calling(call(id=...)), f"{CALLS}/0", "The call of “track” has no “id”"),
    ("call-without-id", calling(call(id="")), f"{CALLS}/0/id", "is “”"),
    ("call-without-id", calling(call(id=None)), f"{CALLS}/0/id", "is null"),
    ("call-without-id", calling(call(id=7)), f"{CALLS}/0/id", "is 7"),
    (
        "repeated-call-id",
        calling(call(id="a"), call("x", id="b"), call("y", id="a")),
        f"{CALLS}/2/id",
        "the ID “a” of call 1",
    ),
    ("call-id-is-name", calling(call(id="track")), f"{CALLS}/0/id", "“track” is the name of the function"),
    ("call-without-name", calling(call(function=...)), f"{CALLS}/0", "no “name”"),
    ("call-without-name", calling(call(function={"arguments": "{}"})), f"{CALLS}/0/function", "no “name”"),
    ("call-without-name", calling(call("")), f"{CALLS}/0/function/name", "is “”"),
    ("call-without-name", calling(call(None)), f"{CALLS}/0/function/name", "is null"),
    ("call-without-name", calling({**CUSTOM, "custom": {"input": "x"}}), f"{CALLS}/0/custom", "no “name”"),
    (
        "call-without-name",
        {"/choices/0/message/function_call": {"arguments": "{}"}},
        "/choices/0/message/function_call",
        "no “name”",
    ),
    (
        "invented-name",
        calling(call("multi_tool_use.parallel")),
        f"{CALLS}/0/function/name",
        "models are known to invent",
    ),
    ("invented-name", calling(call("python")), f"{CALLS}/0/function/name", "“python”"),
    ("odd-name", calling(call("functions.track")), f"{CALLS}/0/function/name", "“functions.track” has characters"),
    ("odd-name", calling(call("open_\u200blink")), f"{CALLS}/0/function/name", "“open_⟦ZWSP⟧link”"),
    ("odd-name", calling(call("x" * 65)), f"{CALLS}/0/function/name", "is 65 characters long"),
    ("call-type", calling(call(type="tool")), f"{CALLS}/0/type", "The type is “tool”"),
    ("call-type", calling(call(type="custom")), f"{CALLS}/0/type", "but the call has no “custom”"),
    ("call-type", calling({**CUSTOM, "type": "function"}), f"{CALLS}/0/type", "has no “function”"),
    ("legacy-function-call", LEGACY, "/choices/0/message/function_call", "“track” stands in “function_call”"),
    ("calls-in-both-forms", {**calling(call()), **LEGACY}, "/choices/0/message/function_call", "beside “tool_calls”"),
    ("custom-tool-call", calling(CUSTOM), f"{CALLS}/0", "The call of “run”"),
    ("call-index", calling(call(index=None)), f"{CALLS}/0/index", "is null in call 1"),
    ("call-index", calling(call(index=0), call("x", index=0)), f"{CALLS}/1/index", "is 0 in call 2"),
    ("repeated-call", calling(call(), call(id="b")), f"{CALLS}/1", "Call 2 of “track” repeats call 1"),
]
QUIET = [
    ("entry-not-a-call", calling({})),
    ("entry-not-a-call", {CALLS: None}),
    ("call-without-id", calling(call())),
    ("call-without-id", LEGACY),
    ("repeated-call-id", calling(call(), call("x"))),
    ("repeated-call-id", calling(call(id=""), call("x", id=""))),
    ("call-id-is-name", calling(call())),
    ("call-id-is-name", calling(call(id="", function={"name": "", "arguments": "{}"}))),
    ("call-without-name", calling(call(), CUSTOM)),
    ("invented-name", calling(call())),
    ("invented-name", {**calling(call("python")), "/tools": TOOLS}),
    ("invented-name", calling({**CUSTOM, "custom": {"name": "python", "input": "x"}})),
    ("odd-name", calling(call("get_Track-2"), CUSTOM)),
    ("odd-name", calling(call(" "), call("multi_tool_use.parallel"))),
    ("call-type", calling(call(), CUSTOM, call("x", type=...))),
    ("legacy-function-call", calling(call())),
    ("calls-in-both-forms", LEGACY),
    ("calls-in-both-forms", calling(call(), call("x"))),
    ("custom-tool-call", calling(call())),
    ("call-index", calling(call(index=0), call("x", index=1), call("y"))),
    ("call-index", LEGACY),
    ("repeated-call", calling(call(), call("x"), call(id="b", function={"name": "track", "arguments": "{ }"}))),
    ("repeated-call", {**calling(call()), **LEGACY}),
    ("repeated-call", calling(call(function={"name": "track"}), call(id="b", function={"name": "track"}))),
]


def test_fires(fires: Callable[[], None]) -> None:
    fires()


def test_stays_quiet(quiet: Callable[[], None]) -> None:
    quiet()
