"""Control characters, halves of characters and what is left of lost ones."""

from collections.abc import Callable

CALLS = "/choices/0/message/tool_calls"
ARGUMENTS = f"{CALLS}/0/function/arguments"
CONTENT = "/choices/0/message/content"


def calling(arguments: str) -> dict[str, object]:
    return {CALLS: [{"id": "call_7", "type": "function", "function": {"name": "track", "arguments": arguments}}]}


FIRES = [
    (
        "terminal-escape",
        {CONTENT: "\x1b[31mWarning\x1b[0m"},
        CONTENT,
        "2 terminal escapes (U+001B) in “content”: “␛[31mWarning␛[0m”",
    ),
    ("terminal-escape", {CONTENT: ('"\x9b31m"',)}, CONTENT, "(U+009B)"),
    ("nul-character", {CONTENT: "77\x0081"}, CONTENT, "1 NUL character (U+0000)"),
    ("nul-character", calling('{"part": "77\\u000081"}'), ARGUMENTS, "in “part”: “77␀81”"),
    ("lone-surrogate", {CONTENT: "thanks \ud83d"}, CONTENT, "1 lone surrogate (U+D83D)"),
    ("lone-surrogate", {"/metadata": {"\udc80": 1}}, "/metadata/\udc80", "(U+DC80) in a name"),
    ("lone-surrogate", calling('{"say": "\\ude00\\ud83d"}'), ARGUMENTS, "2 lone surrogates"),
    ("lone-surrogate", calling('{"\\ud83d": 1}'), ARGUMENTS, "in a name"),
    (
        "control-character",
        {CONTENT: "\\alpha \x0crac{1}{2} \x08egin"},
        CONTENT,
        "2 control characters (U+000C, U+0008)",
    ),
    ("control-character", calling('{"path": "C:\\build"}'), ARGUMENTS, "(U+0008) in “path”: “C:␈uild”"),
    ("control-character", calling('{"path": "C:\\u001Fx"}'), ARGUMENTS, "U+001F"),
    ("replacement-character", {CONTENT: "na\ufffdve"}, CONTENT, "1 replacement character (U+FFFD)"),
]
QUIET = [
    ("terminal-escape", {CONTENT: "[31m \\x1b"}),
    ("nul-character", {CONTENT: "\\u0000"}),
    ("lone-surrogate", {CONTENT: "😀"}),
    ("lone-surrogate", {"body": b'{"id": "caf\xe9 \\ud83d\\ude00"}'}),
    ("lone-surrogate", {"body": b'{"caf\xe9": 1}'}),
    ("control-character", {CONTENT: "a\tb\r\nc\x7f \x1b \\frac"}),
    ("control-character", calling('{"path": "C:\\\\build"}')),
    ("replacement-character", {CONTENT: "naïve"}),
]


def test_fires(fires: Callable[[], None]) -> None:
    fires()


def test_stays_quiet(quiet: Callable[[], None]) -> None:
    quiet()
