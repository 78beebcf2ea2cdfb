"""Characters that nobody sees; raw and escaped, in prose and in what programs act on."""

from collections.abc import Callable

CALLS = "/choices/0/message/tool_calls"
ARGUMENTS = f"{CALLS}/0/function/arguments"
CONTENT = "/choices/0/message/content"


def calling(arguments: str, name: str = "track") -> dict[str, object]:
    return {CALLS: [{"id": "call_7", "type": "function", "function": {"name": name, "arguments": arguments}}]}


def raw(text: str) -> tuple[str]:
    """A JSON string without escapes."""
    return (f'"{text}"',)


FIRES = [
    (
        "bidi-control",
        {CONTENT: "Open \u202efdp.exe\u202c"},
        CONTENT,
        "2 bidirectional controls (U+202E, U+202C) in “content”",
    ),
    ("bidi-control", {CONTENT: raw("Open \u2066x")}, CONTENT, "“Open ⟦LRI⟧x”"),
    ("bidi-control", {"/metadata": {"a\u202eb": 1}}, "/metadata/a\u202eb", "in a name"),
    ("bidi-control", calling('{"url": "\u202e"}'), ARGUMENTS, "in “url”"),
    ("bidi-control", calling('{"url": "\\u202E"}'), ARGUMENTS, "in “url”"),
    ("bidi-control", calling('{"a": {"\\u202e": 1}}'), ARGUMENTS, "in a name"),
    ("bidi-control", {CONTENT: "\u202a\u202b\u202c\u202d"}, CONTENT, "(U+202A, U+202B, U+202C …)"),
    ("smuggled-text", {CONTENT: "Hi\U000e0068\U000e0069"}, CONTENT, "2 tag characters hidden in the text spell “hi”."),
    ("smuggled-text", {CONTENT: raw("Hi\U000e0068")}, CONTENT, "1 tag character hidden"),
    (
        "smuggled-text",
        {CONTENT: "😀\ufe00\U000e0158\U000e0159"},
        CONTENT,
        "3 variation selectors in a row can stand for bytes: “␀hi”",
    ),
    (
        "invisible-in-call",
        calling('{"path": "a\u200bb"}'),
        ARGUMENTS,
        "1 invisible character (U+200B) in “path”: “a⟦ZWSP⟧b”",
    ),
    ("invisible-in-call", calling("{}", "tra\u00adck"), f"{CALLS}/0/function/name", "(U+00AD) in “name”"),
    ("invisible-in-call", calling("\ufeff{}"), ARGUMENTS, "(U+FEFF) in “arguments”"),
    ("invisible-in-call", {"/id": "chatcmpl-\u200b1"}, "/id", "in “id”"),
    ("invisible-in-text", {CONTENT: "a\u200bb \u2060c"}, CONTENT, "2 invisible characters (U+200B, U+2060)"),
    ("invisible-in-text", {CONTENT: "a\u200db"}, CONTENT, "U+200D"),
    ("invisible-in-text", {CONTENT: "a\u200fb"}, CONTENT, "U+200F"),
    (
        "no-break-space-in-call",
        calling('{"command": "rm\u00a0-rf"}'),
        ARGUMENTS,
        "1 no-break space (U+00A0) in “command”: “rm⟦NBSP⟧-rf”",
    ),
    ("no-break-space-in-call", calling("{}", "tra\u202fck"), f"{CALLS}/0/function/name", "U+202F"),
]
QUIET = [
    ("bidi-control", {}),
    ("bidi-control", {CONTENT: "\\u202e is written so, and \u200f is a mark"}),
    ("bidi-control", {"body": b"\xff"}),
    ("smuggled-text", {CONTENT: "🏴\U000e0067\U000e0062\U000e0073\U000e0063\U000e0074\U000e007f ❤\ufe0f"}),
    ("invisible-in-call", calling('{"path": "👩\u200d🚀 می\u200cخواهم", "name": "שלום\u200f!"}')),
    ("invisible-in-call", {CONTENT: "a\u200bb"}),
    ("invisible-in-text", {CONTENT: "👩\u200d🚀 می\u200cخواهم שלום\u200f!"}),
    ("invisible-in-text", calling('{"path": "a\u200bb"}')),
    ("no-break-space-in-call", {CONTENT: "10\u00a0€"}),
    ("no-break-space-in-call", calling('{"command": "rm -rf"}')),
]


def test_fires(fires: Callable[[], None]) -> None:
    fires()


def test_stays_quiet(quiet: Callable[[], None]) -> None:
    quiet()
