"""Deviations from the service's own description: members that are missing, of another type, or not in it.

A few members have rules of their own that say more, and are left to those.
"""

from collections.abc import Iterator

from inspector.core.completion import Completion
from inspector.core.findings import Severity
from inspector.core.json.document import JsonDocument, JsonNode, Kind
from inspector.core.rules.parts import answers_of_model
from inspector.core.rules.rule import Spot, rule
from inspector.core.rules.spec_types import TOLD_ELSEWHERE, TYPES, WELL_KNOWN
from inspector.core.rules.values import quoted, shown
from inspector.core.spec_fields import FIELDS, REQUIRED
from inspector.core.visible_text import one_line


@rule(
    "missing-field",
    Severity.WARNING,
    "A required member is missing",
    "The service's description promises it, and typed clients refuse a body without it.",
    over=answers_of_model,
)
def missing_field(completion: Completion) -> Iterator[Spot]:
    for place, node, members in _objects(completion):
        for name in REQUIRED[place]:
            if name not in members and f"{place}/{name}" not in TOLD_ELSEWHERE:
                yield node, f"“{name}” is missing, which the service's description requires."


@rule(
    "wrong-type",
    Severity.WARNING,
    "A member has another type than described",
    "Typed clients refuse the body, and others do something that nobody has tried.",
    over=answers_of_model,
)
def wrong_type(completion: Completion) -> Iterator[Spot]:
    for place, _, members in _objects(completion):
        for name, member in members.items():
            types = TYPES.get(f"{place}/{name}")
            if types is not None and f"{place}/{name}" not in TOLD_ELSEWHERE and not _is_one_of(member, types):
                yield member, f"“{name}” is {shown(member)}, where the service's description says {' or '.join(types)}."


@rule(
    "unknown-field",
    Severity.INFO,
    "A member that is not known",
    "It is neither in the service's description nor known from other providers; clients will ignore it.",
    over=answers_of_model,
)
def unknown_field(completion: Completion) -> Iterator[Spot]:
    for place, _, members in _objects(completion):
        for name in _beyond(place, members):
            if name not in WELL_KNOWN[place]:
                yield members[name], f"{quoted(name)} is not in the service's description."


@rule(
    "undescribed-fields",
    Severity.INFO,
    "Members beyond the service's description",
    "Providers are known to add them, but nothing promises that they stay or what they mean.",
    over=answers_of_model,
)
def undescribed_fields(completion: Completion) -> Iterator[Spot]:
    for place, node, members in _objects(completion):
        names = [name for name in _beyond(place, members) if name in WELL_KNOWN[place]]
        if names:
            yield node, f"Sent by some providers, but not described: {one_line(', '.join(names), 150)}."


RULES = (missing_field, wrong_type, unknown_field, undescribed_fields)


def _objects(completion: Completion) -> Iterator[tuple[str, JsonNode, dict[str, JsonNode]]]:
    """Every object that the description knows, with its place and its members by name."""
    names = _Names(completion.document)
    for place in FIELDS:
        for node in _at(completion.root, place.split("/")[1:]):
            if node.kind is Kind.OBJECT:
                yield place, node, {names.of(child): child for child in node.children()}


class _Names:
    """The names of members, each spelling decoded once: a million calls have the same four."""

    def __init__(self, document: JsonDocument) -> None:
        self._document = document
        self._known: dict[bytes, str] = {}

    def of(self, member: JsonNode) -> str:
        document, index = self._document, member.index
        spelled = document.source[document.key_starts[index] : document.key_ends[index]]
        name = self._known.get(spelled)
        if name is None:
            name = self._known[spelled] = member.key or ""
        return name


def _at(node: JsonNode, parts: list[str]) -> Iterator[JsonNode]:
    if not parts:
        yield node
    elif parts[0] == "*":
        for child in node.children() if node.kind is Kind.ARRAY else ():
            yield from _at(child, parts[1:])
    elif (member := node.get(parts[0])) is not None:
        yield from _at(member, parts[1:])


def _beyond(place: str, members: dict[str, JsonNode]) -> list[str]:
    """The names that the description does not have and no rule of their own tells."""
    return [name for name in members if name not in FIELDS[place] and f"{place}/{name}" not in TOLD_ELSEWHERE]


def _is_one_of(node: JsonNode, types: tuple[str, ...]) -> bool:
    """Whether the value has one of the types; an integer is one that is spelled without fraction and exponent."""
    if node.kind is Kind.NUMBER:
        return "integer" in types and node.text.lstrip("-").isdecimal()
    return node.kind.name.lower() in types
