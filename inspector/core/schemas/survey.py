"""What a check will cost, and which names a schema gives, both found by walking before the validator runs.

The cost is counted in units of at most 40 microseconds of the validator's time, measured on the worst schemas that could
be thought of: references that fan out, long lists, large values repeated in every error, wide regular expressions.
"""

import re
from dataclasses import dataclass, field

from inspector.core.json.document import JsonNode, Kind
from inspector.core.schemas.walk import Schema, SchemaWalk, Step

MOST_UNITS = 50_000
MOST_PAIRS = 10_000_000
"""Pairs of characters, of 0.1 microseconds each at most."""
_STEPS_PER_UNIT = 2
_DEEPEST = 400
_MOST_STATES = 100_000
_STATES_AND_BYTES_PER_UNIT = 1_300
TOO_MUCH = "there is too much else to check in this answer"
_REPETITION = re.compile(r"\{(\d{1,6})(?:,(\d{0,6}))?\}")


class Effort:
    """What all checks of one answer may cost together: a budget of units, and one of characters to compare."""

    def __init__(self, units: int = 4 * MOST_UNITS, pairs: int = MOST_PAIRS) -> None:
        self._left = units
        self._pairs_left = pairs

    def spend(self, units: int) -> bool:
        """Whether the budget allows these units too."""
        self._left -= units
        return self._left >= 0

    def compare(self, pairs: int) -> bool:
        """Whether so many pairs of characters may be compared too, to find the name that one is a slip of."""
        self._pairs_left -= pairs
        return self._pairs_left >= 0


@dataclass(slots=True)
class Names:
    """The parameters that schemas name for one object.

    `told` where a schema names any at all, `free` where one allows others, `closed` where one forbids them.
    """

    given: dict[str, None] = field(default_factory=dict)
    told: bool = False
    free: bool = False
    closed: bool = False


@dataclass(slots=True)
class Survey:
    """`names` by the index of the object's node. `obstacle` is a clause that says why the check must not run, or empty."""

    names: dict[int, Names] = field(default_factory=dict)
    obstacle: str = ""


def survey(walk: SchemaWalk, node: JsonNode, effort: Effort) -> Survey:
    """What the schema says about the names in `node`, and whether it may be checked: none may use up what is for all."""
    found, units = Survey(), 0
    if not effort.spend(0):
        found.obstacle = TOO_MUCH
        return found
    for walked, step in enumerate(walk.steps(node)):
        units += _cost(step)
        if step.depth > _DEEPEST:
            found.obstacle = "the references in its schema run in a ring or too deep"
        elif units > MOST_UNITS:
            found.obstacle = "the check would take too long"
        if found.obstacle:
            effort.spend(walked // _STEPS_PER_UNIT)
            return found
        if step.node.kind is Kind.OBJECT:
            _learn_names(step.part.schema, found.names.setdefault(step.node.index, Names()))
    if not effort.spend(units):
        found.obstacle = TOO_MUCH
    return found


def states(pattern: str) -> int:
    """About how many states the automaton of a regular expression has; what a repetition counts is multiplied out."""
    count = len(pattern) * (100 if "\\p" in pattern.lower() else 1)
    for least, most in _REPETITION.findall(pattern):
        count = min(count * max(int(most or least), 1), _MOST_STATES)
    return min(count, _MOST_STATES)


def _cost(step: Step) -> int:
    schema, size = step.part.schema, step.node.end - step.node.start
    cost = (1 + step.part.entries // 8) * (1 + size // 1024)
    if step.node.kind is Kind.STRING and isinstance(pattern := schema.get("pattern"), str):
        cost += states(pattern) * size // _STATES_AND_BYTES_PER_UNIT
    if step.node.kind is Kind.OBJECT and isinstance(patterns := schema.get("patternProperties"), dict):
        cost += sum(map(states, patterns)) * size // _STATES_AND_BYTES_PER_UNIT
    return cost


def _learn_names(schema: Schema, names: Names) -> None:
    properties = schema.get("properties")
    others = [schema[name] for name in ("additionalProperties", "unevaluatedProperties") if name in schema]
    if isinstance(properties, dict):
        names.told = True
        names.given.update(dict.fromkeys(properties))
    elif schema.get("type") == "object" and not any(name in schema for name in ("$ref", "allOf", "anyOf", "oneOf")):
        names.free = True
    names.free = names.free or "patternProperties" in schema or any(other is not False for other in others)
    names.closed = names.closed or False in others
