"""Two completions side by side: what differs as expected apart, choices and calls with their partners, usage in figures."""

from collections import Counter
from collections.abc import Iterable, Iterator
from dataclasses import replace

from inspector.core.comparison.difference import Change, Difference
from inspector.core.comparison.pairs import paired_calls, paired_choices
from inspector.core.comparison.values import compare_values, whole
from inspector.core.completion import Choice, Completion, ToolCall, count_of
from inspector.core.counting import nth
from inspector.core.findings import Finding
from inspector.core.json.document import JsonNode, Kind
from inspector.core.visible_text import one_line

VOLATILE = ("id", "created", "system_fingerprint", "request_id")
_APART = frozenset((*VOLATILE, "choices", "usage"))
_NAME_LIMIT = 60


def compare_completions(left: Completion, right: Completion) -> Difference:
    """The whole answer; its parts in the order of the left side, choices, usage and what is expected to differ last."""
    answers = compare_values("", left.root, right.root)
    if not answers.below:
        return answers
    members = answers.below
    parts = [part for part in members if part.name not in _APART]
    choices = [_choice(one, other) for one, other in paired_choices(left.choices, right.choices)]
    parts += _with_order("choices", choices) if choices else (part for part in members if part.name == "choices")
    parts.append(_usage(compare_values("usage", left.usage, right.usage)))
    parts += [_expected(part) for part in members if part.name in VOLATILE]
    return whole("", left.root, right.root, parts)


def findings_between(
    left: tuple[Finding, ...], right: tuple[Finding, ...]
) -> tuple[tuple[Finding, ...], tuple[Finding, ...]]:
    """The findings that went and those that came, told apart by rule and place."""
    return tuple(_without(left, right)), tuple(_without(right, left))


def _without(findings: tuple[Finding, ...], others: tuple[Finding, ...]) -> Iterator[Finding]:
    there = Counter((finding.rule, finding.pointer) for finding in others)
    for finding in findings:
        named = (finding.rule, finding.pointer)
        if there[named]:
            there[named] -= 1
        else:
            yield finding


def _expected(difference: Difference) -> Difference:
    """The same, as one that is expected: on both sides, with other values."""
    is_other = difference.change is not Change.SAME and None not in (difference.left, difference.right)
    return replace(difference, change=Change.EXPECTED, below=()) if is_other else difference


def _choice(left: Choice | None, right: Choice | None) -> Difference:
    nodes = (left.node if left else None, right.node if right else None)
    one, other = (left.message if left else None), (right.message if right else None)
    difference = compare_values(f"choice {nth(_place(*nodes))}", *nodes)
    if one is None or other is None or difference.change is Change.SAME:
        return difference
    calls = [_call(*pair) for pair in paired_calls(one.tool_calls, other.tool_calls)]
    calls = list(_with_order("tool_calls", calls))
    message = compare_values("message", one.node, other.node)
    fields = [part for part in message.below if not (calls and part.name in ("tool_calls", "function_call"))]
    parts = [part for part in difference.below if part.name != "message"]
    return _whole(difference, [*parts, whole("message", one.node, other.node, [*fields, *calls])])


def _call(left: ToolCall | None, right: ToolCall | None) -> Difference:
    """Arguments that are JSON on both sides are compared by path. Calls that were paired by name have another ID, as expected."""
    nodes = (left.node if left else None, right.node if right else None)
    name = next((call.name for call in (left, right) if call is not None and call.name), "")
    difference = compare_values(f"call {nth(_place(*nodes))} {one_line(name, _NAME_LIMIT)}".rstrip(), *nodes)
    if left is None or right is None or difference.change is Change.SAME:
        return difference
    difference = _whole(difference, [_expected(part) if part.name == "id" else part for part in difference.below])
    one, other = left.arguments.document, right.arguments.document
    if one is None or other is None:
        return difference
    return _with_arguments(difference, compare_values("arguments", one.root, other.root))


def _with_order(name: str, parts: list[Difference]) -> Iterator[Difference]:
    """The elements of an array that were compared by pairs, and one more where the pairs stand in another order."""
    placed = [(place, part.name) for part in parts if (place := _place_on_the_right(part)) is not None]
    yield from parts
    if placed != sorted(placed, key=_by_place):
        orders = tuple(", ".join(named for _, named in each) for each in (placed, sorted(placed, key=_by_place)))
        yield Difference(name, Change.REORDERED, orders=(orders[0], orders[1]))


def _place_on_the_right(part: Difference) -> int | None:
    above = part.right.parent if part.right is not None else None
    is_pair = part.left is not None and above is not None and above.kind is Kind.ARRAY
    return part.right.place if part.right is not None and is_pair else None


def _by_place(placed: tuple[int, str]) -> int:
    return placed[0]


def _place(left: JsonNode | None, right: JsonNode | None) -> int:
    """The position on the left side, or else on the right one."""
    node = left or right
    return node.place if node is not None else 0


def _with_arguments(call: Difference, arguments: Difference) -> Difference:
    below = [
        arguments if part.name == "arguments" else _with_arguments(part, arguments) if part.name == "function" else part
        for part in call.below
    ]
    return _whole(call, below) if below else call


def _whole(difference: Difference, below: Iterable[Difference]) -> Difference:
    return whole(difference.name, difference.left, difference.right, below)


def _usage(usage: Difference) -> Difference:
    """With the figures: `41 → 300 (+259)`."""
    before, after = count_of(usage.left), count_of(usage.right)
    is_figure = before is not None and after is not None and usage.change is Change.CHANGED
    note = (
        f"{before:,} → {after:,} ({after - before:+,})"
        if is_figure and before is not None and after is not None
        else ""
    )
    return replace(usage, below=tuple(_usage(part) for part in usage.below), note=note)
