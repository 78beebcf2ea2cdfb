"""Two completions side by side: what differs as expected apart, choices and calls with their partners, usage in figures."""

from collections import Counter
from collections.abc import Iterator
from dataclasses import replace

from inspector.core.comparison.difference import Change, Difference
from inspector.core.comparison.pairs import paired_calls, paired_choices
from inspector.core.comparison.values import compare_values, whole
from inspector.core.completion import Choice, Completion, ToolCall, count_of
from inspector.core.findings import Finding

VOLATILE = ("id", "created", "system_fingerprint", "request_id")
_APART = frozenset((*VOLATILE, "choices", "usage"))


def compare_completions(left: Completion, right: Completion) -> Difference:
    """The whole answer; its parts in the order of the left side, choices and usage last."""
    answers = compare_values("answer", left.root, right.root)
    if not answers.below:
        return answers
    members = answers.below
    parts = [part for part in members if part.name not in _APART]
    choices = [_choice(one, other) for one, other in paired_choices(left.choices, right.choices)]
    if choices:
        parts.append(whole("choices", left.root.get("choices"), right.root.get("choices"), choices))
    else:
        parts += [part for part in members if part.name == "choices"]
    parts.append(_usage(compare_values("usage", left.usage, right.usage)))
    expected = [part.name for part in members if part.name in VOLATILE and part.change is not Change.SAME]
    answer = whole("answer", left.root, right.root, parts)
    note = f"{', '.join(expected)}: {Change.EXPECTED}" if expected else ""
    return replace(answer, note=note)


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


def _choice(left: Choice | None, right: Choice | None) -> Difference:
    nodes = (left.node if left else None, right.node if right else None)
    one, other = (left.message if left else None), (right.message if right else None)
    difference = compare_values("choice", *nodes)
    if one is None or other is None:
        return difference
    calls = [_call(*pair) for pair in paired_calls(one.tool_calls, other.tool_calls)]
    message = compare_values("message", one.node, other.node)
    fields = [part for part in message.below if not (calls and part.name in ("tool_calls", "function_call"))]
    parts = [part for part in difference.below if part.name != "message"]
    return whole("choice", *nodes, [*parts, whole("message", one.node, other.node, [*fields, *calls])])


def _call(left: ToolCall | None, right: ToolCall | None) -> Difference:
    """Arguments that are JSON on both sides are compared by path."""
    difference = compare_values("call", left.node if left else None, right.node if right else None)
    one, other = (left.arguments.document if left else None), (right.arguments.document if right else None)
    if one is None or other is None or difference.change is Change.SAME:
        return difference
    return _with_arguments(difference, compare_values("arguments", one.root, other.root))


def _with_arguments(call: Difference, arguments: Difference) -> Difference:
    below = [
        arguments if part.name == "arguments" else _with_arguments(part, arguments) if part.name == "function" else part
        for part in call.below
    ]
    return whole(call.name, call.left, call.right, below) if below else call


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
