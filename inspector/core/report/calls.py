"""What a report for people says of one tool call: who is called, with what, and whether a program could read it."""

from collections.abc import Iterator
from dataclasses import dataclass

from inspector.core.arguments.verdict import Arguments, Verdict
from inspector.core.arguments.words import explain, verdict_word
from inspector.core.completion import Choice, Completion, ToolCall, count_of
from inspector.core.counting import nth
from inspector.core.inspection import Inspection
from inspector.core.json.document import JsonNode
from inspector.core.moment import Moment
from inspector.core.outline.words import plain_value
from inspector.core.report.items import ERROR, OK, Facts, Heading, Item, Points, Quote, Words
from inspector.core.report.json import laid_out
from inspector.core.schemas.note import check_words
from inspector.core.schemas.tool_schemas import SchemaCheck, SchemaVerdict

_STATES = {SchemaVerdict.PASSES: OK, SchemaVerdict.FAILS: ERROR, SchemaVerdict.NOT_CHECKED: ""}


@dataclass(frozen=True, slots=True)
class Telling:
    """What a report tells of, with what is found out once. `unchecked` is why no call at all was checked against a schema.

    Of a text or a value longer than `most` characters at least as many are told, and maybe no more.
    """

    inspection: Inspection
    completion: Completion
    moment: Moment
    unchecked: str | None
    most: int


def told_call(telling: Telling, choice: Choice, call: ToolCall, number: int) -> Iterator[Item]:
    """`number` counts from 0 within the choice, as the pointers do."""
    arguments = call.arguments
    name = "without a name" if call.name is None else call.name or "with an empty name"
    yield Heading(3, f"Tool call {nth(number)}: {name}", ERROR if arguments.is_faulty else OK)
    yield Facts((("id", scalar(call.id)), ("arguments", verdict_word(arguments)), ("at", call.pointer)))
    yield from told_arguments(arguments, telling.most)
    if arguments.fault is not None:
        yield Words(arguments.fault.sentence, ERROR)
    if arguments.is_faulty:
        yield Words(explain(arguments, choice.finish_reason_text, _tokens(telling.completion.usage)), ERROR)
    check = telling.inspection.schemas.get(call.pointer)
    if telling.unchecked is None and check is not None:
        yield from _schema(check)


def told_arguments(arguments: Arguments, most: int) -> Iterator[Item]:
    """The arguments themselves, laid out where they are JSON, with the fault where they should be."""
    if arguments.document is not None:
        yield Quote(laid_out(arguments.document.root, most), is_json=True)
    elif arguments.fault is not None:
        yield Quote(arguments.text or "", fault=arguments.fault.offset)
    elif arguments.verdict is Verdict.FREE_TEXT:
        yield Quote((arguments.text or "")[: most + 1])
    elif arguments.verdict is Verdict.NOT_A_STRING and arguments.node is not None:
        yield Quote(laid_out(arguments.node, most), is_json=True)


def _schema(check: SchemaCheck) -> Iterator[Item]:
    yield Words(check_words(check), _STATES[check.verdict])
    if check.violations:
        yield Points(tuple(f"{one.pointer or 'the arguments'}: {one.message}" for one in check.violations))


def scalar(node: JsonNode | None) -> str:
    return "absent" if node is None else plain_value("", node) or "“”"


def _tokens(usage: JsonNode | None) -> int | None:
    """The completion's tokens as a number to reason with, where they are one."""
    return count_of(usage.get("completion_tokens")) if usage is not None else None
