"""Verdicts and causes in words: a few for a row, and sentences that tell what the model did and what to try.

The finish reason is heard as a second witness; where text and finish reason point to different causes, both are told.
"""

import re
from typing import assert_never

from inspector.core.arguments.cause import Cause
from inspector.core.arguments.verdict import Arguments, Verdict
from inspector.core.json.document import Kind
from inspector.core.visible_text import one_line

_KIND_WORDS = {
    Kind.OBJECT: "an object",
    Kind.ARRAY: "an array",
    Kind.STRING: "a string",
    Kind.NUMBER: "a number",
    Kind.TRUE: "the value true",
    Kind.FALSE: "the value false",
    Kind.NULL: "null",
}
_SHORT: dict[Cause | None, str] = {
    Cause.TRAILING_COMMA: "trailing comma",
    Cause.PYTHON_LITERAL: "Python notation",
    Cause.UNQUOTED: "quotes missing",
    Cause.CODE_FENCE: "code fence",
    Cause.EXTRA_DATA: "more after the value",
    Cause.CONCATENATED: "several values in a row",
    Cause.RAW_CONTROL_CHARACTER: "raw control character",
    Cause.NAN_OR_INFINITY: "NaN or infinity",
    Cause.UNESCAPED_QUOTE: "unescaped quote",
    Cause.ESCAPED_TEXT: "escaped once too often",
    Cause.BAD_ESCAPE: "unknown escape",
    Cause.COMMENT: "comment",
    Cause.EXPRESSION: "expression",
    Cause.LEADING_ZERO_OR_BAD_NUMBER: "malformed number",
    Cause.BYTE_ORDER_MARK: "byte order mark",
    Cause.NOT_JSON: "prose or another notation",
    Cause.TOO_DEEP: "nested too deep",
    None: "breaks",
}
_STRICT = "A strict schema (“strict”: true) prevents it where the model supports that."
_SENTENCES = {
    Cause.TRAILING_COMMA: "The model wrote a comma after the last item, which Python and JavaScript allow and JSON does not. "
    f"Without that comma the text may parse. {_STRICT}",
    Cause.PYTHON_LITERAL: "The model wrote Python (single quotes, True, False, None or a tuple) instead of JSON. "
    f"Python’s ast.literal_eval reads such text without running it. {_STRICT}",
    Cause.UNQUOTED: f"The model left a key or a text without its double quotes. {_STRICT}",
    Cause.CODE_FENCE: "The model wrapped the JSON in a Markdown code fence. Parse what stands between the fences, or ask for "
    "bare JSON.",
    Cause.EXTRA_DATA: "The model went on after a complete JSON value. What stands before this place parses alone; whether the "
    "rest matters is for you to judge.",
    Cause.CONCATENATED: "Several JSON values stand one after another, as if calls had been run together. Read them one by one, "
    "or try “parallel_tool_calls”: false; code that joins streamed pieces can cause this too.",
    Cause.RAW_CONTROL_CHARACTER: "A line break, tab or other control character stands in the text as it is, where JSON wants an "
    "escape such as \\n. A reader that tolerates it, such as Python’s json.loads(text, strict=False), may get further.",
    Cause.NAN_OR_INFINITY: "The model wrote NaN or an infinity, and JSON has no such number. Allow null or a string for it in "
    "the function’s schema.",
    Cause.UNESCAPED_QUOTE: "A double quote inside a text has no backslash, so the text seems to end there. Code, HTML and quoted "
    "speech provoke it: ask for single quotes inside, or pass such content outside of the arguments.",
    Cause.ESCAPED_TEXT: "The text is escaped once too often: backslashes stand where quotes and line breaks should. Unescape it "
    "once and parse again; something on the way, or the model, encoded it twice.",
    Cause.BAD_ESCAPE: "A backslash is followed by a character that JSON knows no escape for, as in a regular expression or a "
    "Windows path. Each such backslash has to be written twice; saying so in the parameter’s description helps.",
    Cause.COMMENT: f"The model wrote a comment, and JSON has none. A reader for JSON with comments may get further. {_STRICT}",
    Cause.EXPRESSION: "The model wrote an expression for somebody to compute, where JSON wants the result. Ask for the value in "
    f"the parameter’s description. {_STRICT}",
    Cause.LEADING_ZERO_OR_BAD_NUMBER: "The model spelled a number in a way that JSON does not know, such as 007, .5, +1, 0x1F or "
    "1_000. If the digits are an identifier, declare the parameter as a string.",
    Cause.BYTE_ORDER_MARK: "A byte order mark stands in front of the JSON. Remove that one character and parse again.",
    Cause.NOT_JSON: "The model wrote prose, markup or another notation instead of JSON. See whether the prompt asks for that, "
    f"and whether the function’s description is clear. {_STRICT}",
    Cause.TOO_DEEP: "The values are nested deeper than the reader allows.",
}
_NORMAL_ENDS = ("stop", "tool_calls", "function_call")
_HINTS = (
    (re.compile("[“”„‟«»‘’‚]"), "A typographic quotation mark stands where JSON wants a straight double quote."),
    (re.compile("`"), "A backtick stands where JSON wants a double quote."),
    (
        re.compile(r"undefined\b|nil\b|NULL\b|Null\b|TRUE\b|FALSE\b"),
        "A word of another language stands where JSON has null, true or false.",
    ),
    (
        re.compile(r"\.\.\.|…"),
        "An ellipsis stands in place of data: the model, or something on the way, shortened the text.",
    ),
    (re.compile(r"[^\S \t\r\n]|[\u200b-\u200d\u2060]"), "A space stands here that JSON does not count as white space."),
)
_OPEN_QUOTE_AT_END = re.compile(r"[\"}\]]\s*\Z")


def verdict_word(arguments: Arguments) -> str:
    """The verdict for a row, in at most 60 characters; characters are counted from 1."""
    match arguments.verdict:
        case Verdict.OBJECT:
            return "valid JSON object"
        case Verdict.NOT_OBJECT if arguments.cause is Cause.DOUBLE_ENCODED:
            return "JSON encoded twice: a string, not an object"
        case Verdict.NOT_OBJECT:
            return f"valid JSON, but {_kind_word(arguments)}, not an object"
        case Verdict.INVALID:
            offset = arguments.fault.offset if arguments.fault else 0
            if arguments.cause is Cause.CUT_OFF:
                return f"not JSON: cut off after character {offset:,}"
            return f"not JSON: {_SHORT[arguments.cause]} at character {offset + 1:,}"
        case Verdict.NOT_A_STRING:
            return f"not a string: {_kind_word(arguments)}"
        case Verdict.EMPTY | Verdict.ABSENT:
            return arguments.verdict.value
        case Verdict.FREE_TEXT:
            return "free text"
        case _ as unknown:
            assert_never(unknown)


def explain(arguments: Arguments, finish_reason: str | None, completion_tokens: int | None) -> str:
    """What the model did and what to try, in sentences; "" where nothing is wrong.

    `finish_reason` is that of the choice, `completion_tokens` that of the usage; None where the body has none.
    """
    match arguments.verdict:
        case Verdict.OBJECT | Verdict.FREE_TEXT:
            return ""
        case Verdict.INVALID if arguments.cause is Cause.CUT_OFF:
            return _explain_cut(arguments, finish_reason, completion_tokens)
        case Verdict.INVALID:
            return _explain_break(arguments, finish_reason, completion_tokens)
        case _:
            return _explain_other(arguments)


def is_round(tokens: int) -> bool:
    """Whether a token count looks like a limit that somebody set: a multiple of 100 or 1,024, or a power of two."""
    return tokens >= 100 and (tokens % 100 == 0 or tokens % 1024 == 0 or tokens & (tokens - 1) == 0)


def _explain_cut(arguments: Arguments, finish_reason: str | None, tokens: int | None) -> str:
    if finish_reason == "length":
        return (
            f"Cut off by the token limit{_after(tokens)}. Raise “max_completion_tokens” (or “max_tokens”), or ask for shorter "
            "arguments."
        )
    if finish_reason in _NORMAL_ENDS:
        told = f"The text ends early although the service reports a normal end (“{finish_reason}”)."
    elif finish_reason == "content_filter":
        told = "The text ends early, and the service reports that its content filter stepped in."
    elif finish_reason:
        told = f"The text ends early, and the service reports “{one_line(finish_reason, 40)}”."
    else:
        told = "The text ends early, and the service does not say why the model stopped."
    return f"{told}{_limit_hint(tokens)}{_quote_hint(arguments)}"


def _explain_break(arguments: Arguments, finish_reason: str | None, tokens: int | None) -> str:
    told = _SENTENCES[arguments.cause] if arguments.cause else _unnamed(arguments)
    if finish_reason != "length":
        return told
    return (
        f"{told} The completion also stopped at its token limit{_after(tokens)}, so its end may be missing as well; the text does "
        "not tell whether one led to the other."
    )


def _explain_other(arguments: Arguments) -> str:
    match arguments.verdict:
        case Verdict.NOT_OBJECT if arguments.cause is Cause.DOUBLE_ENCODED:
            return (
                "The arguments are JSON encoded twice: parsing gives a string that holds the JSON. Parse that string once more, "
                "and look for the place that encodes twice, be it the model or code on the way."
            )
        case Verdict.NOT_OBJECT:
            return (
                f"The arguments are valid JSON, but {_kind_word(arguments)} where functions expect an object. {_STRICT}"
            )
        case Verdict.NOT_A_STRING:
            return (
                f"The arguments are given as {_kind_word(arguments)}, not as text that holds JSON. Take an object as it is; code "
                "that parses text will fail on it."
            )
        case Verdict.EMPTY:
            return (
                "The arguments are empty, as models send them for functions without parameters. Reading that as {} is safe only "
                "if the function requires nothing."
            )
        case _:
            return "The call carries no arguments at all. Reading that as {} is safe only if the function requires nothing."


def _unnamed(arguments: Arguments) -> str:
    text, offset = arguments.text or "", arguments.fault.offset if arguments.fault else 0
    hint = next((words for pattern, words in _HINTS if pattern.match(text, offset)), "")
    return hint or "Where the text breaks is certain; why is not. Look at the place and at what stands before it."


def _limit_hint(tokens: int | None) -> str:
    if tokens is None or not is_round(tokens):
        return ""
    return (
        f" {tokens:,} completion tokens is a round number, as limits are: perhaps “max_tokens” was set to it, which the body "
        "does not show."
    )


def _quote_hint(arguments: Arguments) -> str:
    """A text that breaks off in a string although it closes all else may lack a quote instead of its end."""
    fault, text = arguments.fault, arguments.text or ""
    if fault is None or not fault.in_string or not _OPEN_QUOTE_AT_END.search(text[-100:]):
        return ""
    return (
        " It closes like a complete text, though, so perhaps only a quote is missing or a backslash stands before one."
    )


def _after(tokens: int | None) -> str:
    return "" if tokens is None else f" after {tokens:,} completion tokens"


def _kind_word(arguments: Arguments) -> str:
    node = arguments.document.root if arguments.document is not None else arguments.node
    return _KIND_WORDS[node.kind] if node is not None else "nothing"
