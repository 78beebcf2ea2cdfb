"""The arguments of tool calls: whether a program that parses them gets the object that it needs."""

from collections.abc import Iterator

from inspector.core.arguments.cause import Cause
from inspector.core.arguments.verdict import Verdict
from inspector.core.arguments.words import explain, is_round, verdict_word
from inspector.core.completion import CallForm, Choice, Completion, ToolCall
from inspector.core.findings import Severity
from inspector.core.json.document import JsonNode
from inspector.core.rules.parts import calls, completion_tokens, completions
from inspector.core.rules.rule import Spot, rule
from inspector.core.rules.values import call_words, kind_words, quoted, whole_number
from inspector.core.visible_text import one_line

_LIMIT_TOO = "; the token limit was reached too"


@rule(
    "arguments-invalid",
    Severity.ERROR,
    "Arguments are not JSON",
    "The call cannot be run: every client that parses the arguments gets an exception.",
    over=completions,
)
def arguments_invalid(completion: Completion) -> Iterator[Spot]:
    tokens = whole_number(completion_tokens(completion))
    for choice, call in completion.tool_calls:
        if call.arguments.verdict is Verdict.INVALID:
            place, reason = verdict_word(call.arguments), choice.finish_reason_text
            likely = explain(call.arguments, reason, tokens).partition(". ")[0].rstrip(".")
            limit = reason == "length" and call.arguments.cause is not Cause.CUT_OFF
            told = f"{one_line(likely, 140)}{_LIMIT_TOO if limit else ''}."
            yield call.arguments.node, f"{call_words(call)} has arguments that are {place}. {told}"


@rule(
    "arguments-not-an-object",
    Severity.ERROR,
    "Arguments are JSON, but not an object",
    "A function takes named parameters; clients that unpack the arguments fail on anything but an object.",
    over=calls,
)
def arguments_not_an_object(part: tuple[Choice, ToolCall]) -> Iterator[Spot]:
    arguments = part[1].arguments
    if arguments.verdict is Verdict.NOT_OBJECT and arguments.document is not None:
        if arguments.cause is Cause.DOUBLE_ENCODED:
            told = "holds a JSON string with the arguments inside: they were encoded twice"
        else:
            told = f"has {kind_words(arguments.document.root)} as its arguments, where an object was due"
        yield arguments.node, f"{call_words(part[1])} {told}."


@rule(
    "arguments-empty",
    Severity.ERROR,
    "Arguments are empty",
    "An empty text is not JSON; even a function without parameters needs “{}”.",
    over=calls,
)
def arguments_empty(part: tuple[Choice, ToolCall]) -> Iterator[Spot]:
    arguments = part[1].arguments
    if arguments.verdict is Verdict.EMPTY:
        state = "only white space" if arguments.text else "empty text"
        yield arguments.node, f"{call_words(part[1])} has {state} as its arguments, where “{{}}” was due at least."


@rule(
    "arguments-not-a-string",
    Severity.ERROR,
    "Arguments are not a string",
    "The service describes a string that holds JSON; a client that parses it fails on a value that is parsed already.",
    over=calls,
)
def arguments_not_a_string(part: tuple[Choice, ToolCall]) -> Iterator[Spot]:
    call, node = part[1], part[1].arguments.node
    if call.arguments.verdict is Verdict.NOT_A_STRING and node is not None:
        yield node, f"{call_words(call)} has {kind_words(node)} as its {_member(call)}, where a string was due."


@rule(
    "arguments-absent",
    Severity.ERROR,
    "A call has no arguments",
    "Clients that read the member fail, and it is not known whether the model meant none or they were lost.",
    over=calls,
)
def arguments_absent(part: tuple[Choice, ToolCall]) -> Iterator[Spot]:
    call = part[1]
    if call.arguments.verdict is Verdict.ABSENT and (holder := _holder(call)) is not None:
        yield holder, f"{call_words(call)} has no “{_member(call)}”."


@rule(
    "round-token-count",
    Severity.INFO,
    "A round token count beside arguments that end early",
    "A count such as 300 or 4,096 smells of a limit in the request, even where the finish reason does not say so.",
    over=completions,
)
def round_token_count(completion: Completion) -> Iterator[Spot]:
    node = completion_tokens(completion)
    tokens = whole_number(node)
    if tokens is None or not is_round(tokens):
        return
    for choice, call in completion.tool_calls:
        if call.arguments.cause is Cause.CUT_OFF and choice.finish_reason_text != "length":
            reason = quoted(choice.finish_reason_text, 20) if choice.finish_reason_text else "missing"
            yield (
                node,
                f"{tokens:,} completion tokens may be the request's limit, although the finish reason is {reason}.",
            )
            return


RULES = (
    arguments_invalid,
    arguments_not_an_object,
    arguments_empty,
    arguments_not_a_string,
    arguments_absent,
    round_token_count,
)


def _member(call: ToolCall) -> str:
    return "input" if call.form is CallForm.CUSTOM else "arguments"


def _holder(call: ToolCall) -> JsonNode | None:
    """The object that the arguments should stand in, where there is one."""
    return call.node if call.form is CallForm.LEGACY else call.node.get(call.form.value)
