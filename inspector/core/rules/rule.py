"""How a rule is written: a small generator over one part of an answer, with its identity in the decorator above it.

Rules say nodes, not pointers: only the first hundred hits of a rule are told, and only those are worth a pointer.
"""

from collections.abc import Callable, Iterable, Iterator
from itertools import islice
from typing import TypeVar

from inspector.core.findings import Evidence, Hit, Rule, Severity
from inspector.core.json.document import JsonNode
from inspector.core.json.pointers import near_pointer

Spot = tuple[JsonNode | None, str]
"""Where a rule fires and what it says there; None for the whole answer."""

MOST_HITS = 100
_Part = TypeVar("_Part")


def rule(
    name: str, severity: Severity, title: str, why: str, *, over: Callable[[Evidence], Iterable[_Part]]
) -> Callable[[Callable[[_Part], Iterable[Spot]]], Rule]:
    """Makes a rule of a check that is asked once for every part that `over` finds in the evidence."""

    def make(check: Callable[[_Part], Iterable[Spot]]) -> Rule:
        def hits(evidence: Evidence) -> Iterator[Hit]:
            return _told(spot for part in over(evidence) for spot in check(part))

        return Rule(name, severity, title, why, hits)

    return make


def _told(spots: Iterator[Spot]) -> Iterator[Hit]:
    for node, sentence in islice(spots, MOST_HITS):
        yield near_pointer(node), sentence
    more = sum(1 for _ in spots)
    if more:
        yield "", f"The same in {more:,} more place{'s' if more > 1 else ''}, not listed here."
