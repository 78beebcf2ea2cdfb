"""The message: who speaks, and whether anything is said."""

from collections.abc import Callable

MESSAGE = "/choices/0/message"
CONTENT = f"{MESSAGE}/content"
CALL = {"id": "call_7", "type": "function", "function": {"name": "track", "arguments": "{}"}}
BLANKS = '{"city": "Lübeck"' + "\n" * 250
AUDIO = {"id": "audio_1", "data": "", "transcript": "Yes."}

FIRES = [
    ("role-not-assistant", {f"{MESSAGE}/role": "user"}, f"{MESSAGE}/role", "The role is “user”"),
    ("content-not-text", {CONTENT: {"text": "Yes."}}, CONTENT, "is an object"),
    ("content-not-text", {CONTENT: 7}, CONTENT, "is a number"),
    ("content-not-text", {CONTENT: []}, CONTENT, "an array of 0 parts, where"),
    (
        "content-not-text",
        {CONTENT: [{"type": "text"}, {"type": "thinking"}, {"type": "text"}, 3]},
        CONTENT,
        "4 parts (“text, thinking, untyped”)",
    ),
    ("refusal", {f"{MESSAGE}/refusal": "I'm sorry."}, f"{MESSAGE}/refusal", "The model refused: “I'm sorry.”"),
    (
        "empty-answer",
        {CONTENT: None},
        CONTENT,
        "The content is null and no tool is called, although 11 completion tokens were counted.",
    ),
    ("empty-answer", {CONTENT: ..., "/usage": None}, MESSAGE, "The content is absent and no tool is called."),
    ("empty-answer", {CONTENT: " \n", "/usage/completion_tokens": 1}, CONTENT, "is empty and no tool is called."),
    ("empty-answer", {CONTENT: [], f"{MESSAGE}/tool_calls": []}, CONTENT, "is empty"),
    ("empty-answer", {CONTENT: "", f"{MESSAGE}/reasoning_content": "Hm."}, CONTENT, "there is only reasoning"),
    ("call-as-text", {CONTENT: '<tool_call>\n{"name": "track"}\n</tool_call>'}, CONTENT, "“<tool_call>"),
    ("call-as-text", {CONTENT: '{"name": "track", "arguments": {"id": 7}}'}, CONTENT, "“tool_calls” holds none"),
    ("call-as-text", {CONTENT: ' {"function": "track", "parameters": {}}\n'}, CONTENT, "looks like a tool call"),
    ("special-token-in-text", {CONTENT: "Yes.<|im_end|>"}, CONTENT, "“<|im_end|>”"),
    ("special-token-in-text", {CONTENT: "[INST] Yes."}, CONTENT, "“[INST]”"),
    ("thinking-in-text", {CONTENT: "\n<think>Hm.</think>Yes."}, CONTENT, "starts with “<think>”."),
    ("thinking-in-text", {CONTENT: "<thinking>Hm."}, CONTENT, "which is never closed"),
    (
        "blank-run",
        {CONTENT: f"Yes.{' ' * 1200}No."},
        CONTENT,
        "1,200 characters of white space stand in a row from character 4",
    ),
    (
        "blank-run",
        {f"{MESSAGE}/tool_calls": [{**CALL, "function": {"name": "track", "arguments": BLANKS}}]},
        f"{MESSAGE}/tool_calls/0/function/arguments",
        "250 characters",
    ),
]
QUIET = [
    ("role-not-assistant", {}),
    ("role-not-assistant", {f"{MESSAGE}/role": None}),
    ("content-not-text", {}),
    ("content-not-text", {CONTENT: None}),
    ("content-not-text", {CONTENT: ...}),
    ("refusal", {}),
    ("empty-answer", {}),
    ("empty-answer", {"/choices/0/message": None}),
    ("empty-answer", {CONTENT: None, f"{MESSAGE}/tool_calls": [CALL]}),
    ("empty-answer", {CONTENT: None, f"{MESSAGE}/tool_calls": 7}),
    ("empty-answer", {CONTENT: None, f"{MESSAGE}/function_call": CALL["function"]}),
    ("empty-answer", {CONTENT: None, f"{MESSAGE}/refusal": "No."}),
    ("empty-answer", {CONTENT: None, f"{MESSAGE}/audio": AUDIO}),
    ("empty-answer", {CONTENT: [{"type": "text", "text": "Yes."}]}),
    ("call-as-text", {CONTENT: "Write <tool_call> to call a tool."}),
    ("call-as-text", {CONTENT: '{"name": "Ada", "arguments": "none"}'}),
    ("call-as-text", {CONTENT: '{"arguments": {}}'}),
    ("call-as-text", {CONTENT: "{name: track}"}),
    ("call-as-text", {CONTENT: '{"name": "track", "arguments": {}}', f"{MESSAGE}/tool_calls": [CALL]}),
    ("call-as-text", {CONTENT: '{"name": "track", "arguments": {}, "text": "' + "x" * 100_000 + '"}'}),
    ("special-token-in-text", {CONTENT: "a <|b|> c, x[1], <|UPPER CASE|>"}),
    ("special-token-in-text", {CONTENT: None}),
    ("thinking-in-text", {CONTENT: "Say <think> to think."}),
    ("thinking-in-text", {CONTENT: None}),
    ("blank-run", {CONTENT: f"Yes.{' ' * 199}No."}),
]


def test_fires(fires: Callable[[], None]) -> None:
    fires()


def test_stays_quiet(quiet: Callable[[], None]) -> None:
    quiet()
