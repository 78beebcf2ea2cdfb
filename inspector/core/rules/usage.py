"""The bill: an audit of the token counts. What is null was not reported, and is never taken for zero."""

import re
from collections.abc import Iterator

from inspector.core.completion import Completion, string_of
from inspector.core.findings import Severity
from inspector.core.json.document import JsonNode, Kind
from inspector.core.rules.parts import answers_of_model, completions, reasoning_of
from inspector.core.rules.rule import Spot, rule
from inspector.core.rules.values import counted, is_kind, is_nothing, kind_words, shown, whole_number

_LARGEST = 2**31 - 1
_REASONING_MODEL = re.compile(r"(?:^|/)(?:o[1-9](?:-|$)|gpt-5)|reason|think|-r1", re.IGNORECASE)


@rule(
    "usage-not-reported",
    Severity.WARNING,
    "No token usage is reported",
    "The cost of the answer cannot be known, and clients that read the counts without looking crash.",
    over=answers_of_model,
)
def usage_not_reported(completion: Completion) -> Iterator[Spot]:
    usage = completion.usage
    if usage is None:
        yield completion.root, "The body has no “usage”."
    elif usage.kind is not Kind.OBJECT:
        yield usage, f"“usage” is {kind_words(usage)}: not reported."


@rule(
    "usage-sum",
    Severity.WARNING,
    "The token counts do not add up",
    "Prompt and completion should make the total; a gap is often reasoning that is billed but not counted as completion.",
    over=completions,
)
def usage_sum(completion: Completion) -> Iterator[Spot]:
    prompt, written, total = (
        _count(completion, name) for name in ("prompt_tokens", "completion_tokens", "total_tokens")
    )
    if prompt is not None and written is not None and total is not None and prompt + written != total:
        gap = total - prompt - written
        yield (
            _member(completion, "total_tokens"),
            f"{prompt:,} + {written:,} is {prompt + written:,}, but the total says {total:,} ({gap:+,}).",
        )


@rule(
    "token-count-out-of-range",
    Severity.WARNING,
    "A token count is negative or far too large",
    "Sums and limits that are computed from it are wrong, and clients with 32-bit counters overflow.",
    over=completions,
)
def token_count_out_of_range(completion: Completion) -> Iterator[Spot]:
    for node in _counters(completion.usage):
        number = whole_number(node)
        if number is None and node.text.lstrip("-").isdecimal():
            yield node, f"“{node.key}” has {len(node.text.lstrip('-')):,} digits."
        elif number is not None and not 0 <= number <= _LARGEST:
            yield node, f"“{node.key}” is {number:,}."


@rule(
    "reasoning-exceeds-completion",
    Severity.WARNING,
    "More reasoning than completion tokens",
    "Reasoning is part of the completion; a larger figure means that the two were counted by different rules.",
    over=completions,
)
def reasoning_exceeds_completion(completion: Completion) -> Iterator[Spot]:
    return _exceeds(completion, "completion_tokens", ("reasoning_tokens",))


@rule(
    "cached-exceeds-prompt",
    Severity.WARNING,
    "More cached than prompt tokens",
    "Cached tokens are part of the prompt; a cost computed from these figures is wrong.",
    over=completions,
)
def cached_exceeds_prompt(completion: Completion) -> Iterator[Spot]:
    return _exceeds(completion, "prompt_tokens", ("cached_tokens",))


@rule(
    "prediction-exceeds-completion",
    Severity.WARNING,
    "More prediction than completion tokens",
    "Accepted and rejected prediction tokens are both part of the completion and are both billed.",
    over=completions,
)
def prediction_exceeds_completion(completion: Completion) -> Iterator[Spot]:
    return _exceeds(completion, "completion_tokens", ("accepted_prediction_tokens", "rejected_prediction_tokens"))


@rule(
    "cache-split",
    Severity.WARNING,
    "Cache hits and misses do not make the prompt",
    "Hits are cheaper than misses, so the cost cannot be computed from these figures.",
    over=completions,
)
def cache_split(completion: Completion) -> Iterator[Spot]:
    hit, miss = _count(completion, "prompt_cache_hit_tokens"), _count(completion, "prompt_cache_miss_tokens")
    prompt = _count(completion, "prompt_tokens")
    if hit is not None and miss is not None and prompt is not None and hit + miss != prompt:
        yield (
            _member(completion, "prompt_cache_hit_tokens"),
            f"{hit:,} hits and {miss:,} misses make {hit + miss:,}, but the prompt has {counted(prompt, 'token')}.",
        )


@rule(
    "nothing-counted",
    Severity.WARNING,
    "No completion token for an answer with content",
    "The answer was written and must have cost something: the counts were not filled in.",
    over=completions,
)
def nothing_counted(completion: Completion) -> Iterator[Spot]:
    if _count(completion, "completion_tokens") == 0 and any(_says_something(completion)):
        yield _member(completion, "completion_tokens"), "“completion_tokens” is 0, but the answer is not empty."


@rule(
    "reasoning-not-reported",
    Severity.INFO,
    "Reasoning tokens are not reported",
    "Null is not zero: the model reasoned, but how much of the completion that took, and cost, cannot be told.",
    over=completions,
)
def reasoning_not_reported(completion: Completion) -> Iterator[Spot]:
    details = _member(completion, "completion_tokens_details")
    reported = details.get("reasoning_tokens") if details is not None else _member(completion, "reasoning_tokens")
    if is_kind(completion.usage, Kind.OBJECT) and is_nothing(reported) and _reasons(completion):
        yield details or completion.usage, "How many of the completion tokens went into reasoning is not reported."


RULES = (
    usage_not_reported,
    usage_sum,
    token_count_out_of_range,
    reasoning_exceeds_completion,
    cached_exceeds_prompt,
    prediction_exceeds_completion,
    cache_split,
    nothing_counted,
    reasoning_not_reported,
)


def _member(completion: Completion, name: str) -> JsonNode | None:
    return completion.usage.get(name) if completion.usage is not None else None


def _count(completion: Completion, name: str) -> int | None:
    return whole_number(_member(completion, name))


def _counters(usage: JsonNode | None) -> Iterator[JsonNode]:
    """Every number that counts tokens, in the usage and in its details."""
    waiting = [usage] if usage is not None else []
    while waiting:
        node = waiting.pop()
        members = list(node.children()) if node.kind is Kind.OBJECT else []
        yield from (one for one in members if one.kind is Kind.NUMBER and (one.key or "").endswith("_tokens"))
        waiting += [one for one in reversed(members) if (one.key or "").endswith("_details")]


def _exceeds(completion: Completion, whole: str, parts: tuple[str, ...]) -> Iterator[Spot]:
    """Fires where the parts, in the details of `whole`, are more than the whole."""
    limit, details = _count(completion, whole), _member(completion, f"{whole}_details")
    nodes = [node for part in parts if details is not None and (node := details.get(part)) is not None]
    total = sum(whole_number(node) or 0 for node in nodes)
    if limit is not None and total > limit >= 0:
        figures = " + ".join(shown(node) for node in nodes)
        yield (
            nodes[0],
            f"{figures} {' and '.join(parts).replace('_', ' ')} of {counted(limit, whole.replace('_tokens', ' token'))}.",
        )


def _reasons(completion: Completion) -> bool:
    """Whether the model shows its reasoning, or has a name that says that it reasons."""
    shown_thoughts = (reasoning_of(choice.message) for choice in completion.choices if choice.message is not None)
    return bool(_REASONING_MODEL.search(string_of(completion.model) or "")) or any(shown_thoughts)


def _says_something(completion: Completion) -> Iterator[bool]:
    for choice in completion.choices:
        if choice.message is not None:
            yield bool((string_of(choice.message.content) or "").strip() or choice.message.tool_calls)
