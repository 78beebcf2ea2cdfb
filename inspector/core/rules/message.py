"""The message of a choice: who speaks, and whether anything is said."""

import re
from collections.abc import Iterator

from inspector.core.completion import Choice, Completion, Message, string_of
from inspector.core.findings import Severity
from inspector.core.json.document import Kind
from inspector.core.json.text import JsonFault, parse_text
from inspector.core.rules.parts import completion_tokens, completions, messages, reasoning_of
from inspector.core.rules.rule import Spot, rule
from inspector.core.rules.values import counted, is_kind, is_nothing, kind_words, quoted, whole_number

_CALL_MARKS = (
    "<tool_call>",
    "<function_call>",
    "<function=",
    "<|python_tag|>",
    "[TOOL_CALLS]",
    "<｜tool▁calls▁begin｜>",
)
_SPECIAL_TOKEN = re.compile(r"<[|｜][a-z_▁]{3,40}[|｜]>|\[/?INST\]", re.IGNORECASE)
_THINKING = re.compile(r"\s*+<(think|thinking|thought|reasoning)>")
_BLANK_RUN = re.compile(r"\s{200,}+")
_LARGEST_CALL = 100_000


@rule(
    "role-not-assistant",
    Severity.WARNING,
    "The message is not from the assistant",
    "A client that appends the message to the conversation sends it back in the wrong role.",
    over=messages,
)
def role_not_assistant(part: tuple[Choice, Message]) -> Iterator[Spot]:
    role = string_of(part[1].role)
    if role is not None and role != "assistant":
        yield part[1].role, f"The role is {quoted(role)}, where “assistant” was due."


@rule(
    "content-not-text",
    Severity.WARNING,
    "The content is not text",
    "The service describes a string or null; a client that joins or prints the content fails or shows code.",
    over=messages,
)
def content_not_text(part: tuple[Choice, Message]) -> Iterator[Spot]:
    content = part[1].content
    if content is None or content.kind in (Kind.STRING, Kind.NULL):
        return
    if content.kind is not Kind.ARRAY:
        yield content, f"The content is {kind_words(content)}, where text was due."
        return
    kinds = dict.fromkeys(string_of(entry.get("type")) or "untyped" for entry in content.children(0, 50))
    of_kinds = f" ({quoted(', '.join(kinds), 80)})" if kinds else ""
    yield content, f"The content is an array of {counted(content.count, 'part')}{of_kinds}, where text was due."


@rule(
    "refusal",
    Severity.WARNING,
    "The model refused",
    "The refusal stands in its own field: a client that reads only the content sees an empty answer.",
    over=messages,
)
def refusal(part: tuple[Choice, Message]) -> Iterator[Spot]:
    said = string_of(part[1].refusal)
    if said is not None:
        yield part[1].refusal, f"The model refused: {quoted(said, 140)}."


@rule(
    "empty-answer",
    Severity.WARNING,
    "The message says nothing",
    "Neither text, nor a tool call, nor a refusal, nor audio: whatever reads the answer gets nothing.",
    over=completions,
)
def empty_answer(completion: Completion) -> Iterator[Spot]:
    tokens = whole_number(completion_tokens(completion))
    for choice in completion.choices:
        message = choice.message
        if message is not None and _is_silent(message):
            content = message.content
            state = "absent" if content is None else "null" if content.kind is Kind.NULL else "empty"
            spent = f", although {counted(tokens, 'completion token')} were counted" if tokens and tokens > 1 else ""
            thought = "; there is only reasoning" if reasoning_of(message) is not None else ""
            yield content or message.node, f"The content is {state} and no tool is called{spent}{thought}."


@rule(
    "call-as-text",
    Severity.WARNING,
    "A tool call stands in the text",
    "The model wrote the call in its own notation and the server did not recognise it, so no tool will be run.",
    over=messages,
)
def call_as_text(part: tuple[Choice, Message]) -> Iterator[Spot]:
    content, message = string_of(part[1].content), part[1]
    if not content or message.tool_calls:
        return
    start = content[:200].lstrip()
    if start.startswith(_CALL_MARKS) or _is_call(content):
        yield message.content, f"The content looks like a tool call, but “tool_calls” holds none: {quoted(start, 80)}."


@rule(
    "special-token-in-text",
    Severity.INFO,
    "Markup of the model stands in the text",
    "Such tokens belong to the model's inner format; in text they are a sign of a wrong template or stop sequence.",
    over=messages,
)
def special_token_in_text(part: tuple[Choice, Message]) -> Iterator[Spot]:
    content = string_of(part[1].content) or ""
    match = _SPECIAL_TOKEN.search(content)
    if match is not None:
        yield part[1].content, f"The text holds {quoted(match[0])}, a token of the model's inner format."


@rule(
    "thinking-in-text",
    Severity.INFO,
    "Reasoning stands in the text",
    "The model's thoughts were not taken out of the answer; a client that shows or parses the content gets them too.",
    over=messages,
)
def thinking_in_text(part: tuple[Choice, Message]) -> Iterator[Spot]:
    content = string_of(part[1].content) or ""
    match = _THINKING.match(content)
    if match is not None:
        closed = f"</{match[1]}>" in content
        yield part[1].content, f"The text starts with “<{match[1]}>”{'' if closed else ', which is never closed'}."


@rule(
    "blank-run",
    Severity.WARNING,
    "Long runs of white space",
    "A model that is forced to write JSON can fall into writing blanks until the token limit; the tokens are paid for.",
    over=messages,
)
def blank_run(part: tuple[Choice, Message]) -> Iterator[Spot]:
    texts = [(part[1].content, string_of(part[1].content))]
    texts += [(call.arguments.node, call.arguments.text) for call in part[1].tool_calls]
    for node, text in texts:
        match = _BLANK_RUN.search(text) if text else None
        if match is not None:
            yield (
                node,
                f"{counted(len(match[0]), 'character')} of white space stand in a row from character {match.start():,}.",
            )


RULES = (
    refusal,
    empty_answer,
    call_as_text,
    content_not_text,
    role_not_assistant,
    blank_run,
    thinking_in_text,
    special_token_in_text,
)


def _is_silent(message: Message) -> bool:
    """Whether there is nothing to read, to hear or to run; a refusal and calls of any shape count as something."""
    content = message.content
    if content is not None and content.kind not in (Kind.STRING, Kind.NULL) and content.text not in ("[]", "{}"):
        return False
    others = [message.refusal, message.node.get("function_call"), message.node.get("audio")]
    calls = message.node.get("tool_calls")
    called = not is_nothing(calls) and not (is_kind(calls, Kind.ARRAY) and not message.tool_calls)
    return not (string_of(content) or "").strip() and not called and all(is_nothing(other) for other in others)


def _is_call(content: str) -> bool:
    """Whether the whole text is one JSON object with a name and arguments."""
    text = content.strip()
    if not text.startswith("{") or not text.endswith("}") or len(text) > _LARGEST_CALL:
        return False
    document = parse_text(text)
    if isinstance(document, JsonFault):
        return False
    root = document.root
    named = string_of(root.get("name")) is not None or string_of(root.get("function")) is not None
    return named and (is_kind(root.get("arguments"), Kind.OBJECT) or is_kind(root.get("parameters"), Kind.OBJECT))
