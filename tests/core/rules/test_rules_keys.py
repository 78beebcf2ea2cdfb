"""Names inside objects."""

from collections.abc import Callable

CALLS = "/choices/0/message/tool_calls"
ARGUMENTS = f"{CALLS}/0/function/arguments"


def calling(arguments: str) -> dict[str, object]:
    return {CALLS: [{"id": "call_7", "type": "function", "function": {"name": "track", "arguments": arguments}}]}


FIRES = [
    (
        "repeated-key-in-arguments",
        calling('{"city": "Paris", "place": {"city": 1, "city": 2}, "days": 3}'),
        ARGUMENTS,
        "“city” stands 2 times: first 1, at last 2.",
    ),
    (
        "repeated-key-in-arguments",
        calling('{"city": "Paris", "c\\u0069ty": null, "city": [1]}'),
        ARGUMENTS,
        "“city” stands 3 times: first “Paris”, at last an array.",
    ),
    (
        "repeated-key",
        {"/usage": ('{"cost": 1, "cost": 1.0}',)},
        "/usage/cost",
        "“cost” stands 2 times: first 1, at last 1.0.",
    ),
    ("repeated-key", {"/metadata": ('{"\\u00e9": 1, "é": 2}',)}, "/metadata/é", "“é” stands 2 times"),
    ("prototype-key", {"/metadata": {"__proto__": {"admin": True}}}, "/metadata/__proto__", "with the value an object"),
    ("prototype-key", calling('{"__proto__": 1}'), ARGUMENTS, "with the value 1"),
]
QUIET = [
    (
        "repeated-key-in-arguments",
        calling('{"city": "Paris", "place": {"city": 1}, "list": [{"city": 1}, {"city": 2}], "": 0}'),
    ),
    ("repeated-key-in-arguments", calling('{"city": 1, "city": 2')),
    ("repeated-key", {"/metadata": ('{"a": 1, "A": 2, "": 3, " ": 4, "a\\u0000": 5, "\\ud83d": 6, "\\udcc3": 7}',)}),
    ("repeated-key", calling('{"city": 1, "city": 2}')),
    ("prototype-key", {"/choices/0/message/content": "__proto__", "/metadata": ["__proto__", '"__proto__"']}),
]


def test_fires(fires: Callable[[], None]) -> None:
    fires()


def test_stays_quiet(quiet: Callable[[], None]) -> None:
    quiet()
