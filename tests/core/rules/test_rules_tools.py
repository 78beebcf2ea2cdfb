"""Calls held against the tools that the body itself carries."""

from collections.abc import Callable
from typing import Any

CALLS = "/choices/0/message/tool_calls"
ARGUMENTS = f"{CALLS}/0/function/arguments"
PARAMETERS = {
    "type": "object",
    "properties": {"city": {"type": "string"}, "days": {"type": "integer"}},
    "required": ["city"],
}
TOOLS = [{"type": "function", "function": {"name": "get_weather", "parameters": PARAMETERS}}]


def calling(arguments: Any, name: str = "get_weather") -> dict[str, Any]:
    call = {"id": "call_7", "type": "function", "function": {"name": name, "arguments": arguments}}
    return {CALLS: [call], "/choices/0/finish_reason": "tool_calls", "/tools": TOOLS}


FIRES = [
    ("function-not-offered", calling("{}", "get_wether"), f"{CALLS}/0/function/name", "“get_wether” was not offered"),
    ("function-not-offered", calling("{}", "python"), f"{CALLS}/0/function/name", "“python” was not offered"),
    ("schema-violation", calling('{"city": "Paris", "days": "2"}'), ARGUMENTS, "The call of “get_weather” at /days:"),
    ("schema-violation", calling('{"days": 2}'), ARGUMENTS, "“city” is missing"),
    ("schema-violation", calling({"city": 7}), ARGUMENTS, "The call of “get_weather” at /city:"),
    ("parameter-beyond-schema", calling('{"city": "Paris", "dys": 2}'), ARGUMENTS, "did you mean “days”?"),
]
QUIET = [
    ("function-not-offered", calling('{"city": "Paris"}')),
    ("function-not-offered", calling('{"days": 2}')),
    ("function-not-offered", {**calling("{}", "python"), "/tools": None}),
    ("schema-violation", calling('{"city": "Paris"}')),
    ("schema-violation", calling("{}", "get_wether")),
    ("schema-violation", calling("[]")),
    ("schema-violation", calling(None)),
    ("schema-violation", {**calling("{}"), "/tools": []}),
    ("parameter-beyond-schema", calling('{"city": "Paris", "city": "\\ud83d"}')),
]


def test_fires(fires: Callable[[], None]) -> None:
    fires()


def test_stays_quiet(quiet: Callable[[], None]) -> None:
    quiet()
