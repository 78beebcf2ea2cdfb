"""Log probabilities. There may be two million of them, so they are searched as bytes and not walked."""

import re
from collections.abc import Iterator

from inspector.core.completion import Choice
from inspector.core.findings import Severity
from inspector.core.json.document import JsonNode
from inspector.core.rules.parts import choices
from inspector.core.rules.rule import Spot, rule
from inspector.core.rules.values import counted

_KEY = rb'"logprob"[ \t\r\n]*+:[ \t\r\n]*+'
_SENTINEL = re.compile(_KEY + rb"-9999(?:\.0++)?(?![0-9.eE])")
_ABOVE_ZERO = re.compile(_KEY + rb"(?:[1-9]|0\.0*+[1-9])")


@rule(
    "logprob-sentinel",
    Severity.INFO,
    "Log probabilities of -9999",
    "The figure stands for “too unlikely to tell”; sums, averages and perplexities that take it as a number are wrong.",
    over=choices,
)
def logprob_sentinel(choice: Choice) -> Iterator[Spot]:
    matches = _found(choice, _SENTINEL)
    if matches:
        yield (
            matches[0],
            f"{counted(len(matches), 'log probability').replace('ys', 'ies')} of -9999, a stand-in and not a measure.",
        )


@rule(
    "logprob-above-zero",
    Severity.WARNING,
    "A log probability above zero",
    "It would be a chance of more than 100 percent: the figures are of another kind than they claim.",
    over=choices,
)
def logprob_above_zero(choice: Choice) -> Iterator[Spot]:
    for node in _found(choice, _ABOVE_ZERO):
        yield node, f"The log probability is {node.text[:40]}."


RULES = (logprob_above_zero, logprob_sentinel)


def _found(choice: Choice, pattern: re.Pattern[bytes]) -> list[JsonNode]:
    """The numbers that match, of all tokens and their alternatives."""
    node = choice.logprobs
    if node is None:
        return []
    document = node.document
    return [document.at(match.end() - 1) for match in pattern.finditer(document.source, node.start, node.end)]
