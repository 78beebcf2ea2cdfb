"""Deviations from the service's own description: members that are missing, of another type, or not in it.

A few members have rules of their own that say more, and are left to those.
"""

from array import array
from collections.abc import Iterator

from inspector.core.completion import Completion
from inspector.core.findings import Evidence, Severity
from inspector.core.json.document import JsonNode, Kind
from inspector.core.rules.parts import answers_of_model
from inspector.core.rules.rule import Spot, rule
from inspector.core.rules.spec_types import TOLD_ELSEWHERE, TYPES, WELL_KNOWN
from inspector.core.rules.values import quoted, shown
from inspector.core.spec_fields import FIELDS, REQUIRED
from inspector.core.visible_text import one_line

_MOST_FORMS = 10_000
Described = tuple[str, JsonNode, dict[str, JsonNode]]
"""An object that the description knows: its place, itself, and its members by name."""


def _objects(evidence: Evidence) -> Iterator[Described]:
    """Those objects whose members are not all as described: of a million calls mostly none."""
    for completion in answers_of_model(evidence):
        if "spec" not in evidence.shared:
            evidence.shared["spec"] = _rows_of_odd_objects(completion)
        for place, rows in evidence.shared["spec"].items():
            for row in rows:
                node = JsonNode(completion.document, row)
                yield place, node, _members(node)


@rule(
    "missing-field",
    Severity.WARNING,
    "A required member is missing",
    "The service's description promises it, and typed clients refuse a body without it.",
    over=_objects,
)
def missing_field(part: Described) -> Iterator[Spot]:
    place, node, members = part
    for name in _missing(place, members):
        yield node, f"“{name}” is missing, which the service's description requires."


@rule(
    "wrong-type",
    Severity.WARNING,
    "A member has another type than described",
    "Typed clients refuse the body, and others do something that nobody has tried.",
    over=_objects,
)
def wrong_type(part: Described) -> Iterator[Spot]:
    place, _, members = part
    for name in _of_wrong_type(place, members):
        types = " or ".join(TYPES[f"{place}/{name}"])
        yield members[name], f"“{name}” is {shown(members[name])}, where the service's description says {types}."


@rule(
    "unknown-field",
    Severity.INFO,
    "A member that is not known",
    "It is neither in the service's description nor known from other providers; clients will ignore it.",
    over=_objects,
)
def unknown_field(part: Described) -> Iterator[Spot]:
    place, _, members = part
    for name in _beyond(place, members):
        if name not in WELL_KNOWN[place]:
            yield members[name], f"{quoted(name)} is not in the service's description."


@rule(
    "undescribed-fields",
    Severity.INFO,
    "Members beyond the service's description",
    "Providers are known to add them, but nothing promises that they stay or what they mean.",
    over=_objects,
)
def undescribed_fields(part: Described) -> Iterator[Spot]:
    place, node, members = part
    names = [name for name in _beyond(place, members) if name in WELL_KNOWN[place]]
    if names:
        yield node, f"Sent by some providers, but not described: {one_line(', '.join(names), 150)}."


RULES = (missing_field, wrong_type, unknown_field, undescribed_fields)


def _rows_of_odd_objects(completion: Completion) -> dict[str, "array[int]"]:
    """By place. What is found depends on the names and kinds of the members alone, so each set of these is looked at once."""
    document = completion.document
    source, kinds, key_starts, key_ends = document.source, document.kinds, document.key_starts, document.key_ends
    found: dict[str, array[int]] = {}
    for place in FIELDS:
        rows, known = array("q"), dict[tuple[object, ...], bool]()
        for node in _at(completion.root, place.split("/")[1:]):
            if node.kind is not Kind.OBJECT:
                continue
            children = document.children(node.index)
            form = (
                *(kinds[row] for row in children),
                *(source[key_starts[row] : key_ends[row]] for row in children),
                *(_is_whole(JsonNode(document, row)) for row in children if kinds[row] == Kind.NUMBER),
            )
            is_odd = known.get(form)
            if is_odd is None:
                members = _members(node)
                is_odd = any(check(place, members) for check in (_missing, _of_wrong_type, _beyond))
                if len(known) < _MOST_FORMS:
                    known[form] = is_odd
            if is_odd:
                rows.append(node.index)
        found[place] = rows
    return found


def _members(node: JsonNode) -> dict[str, JsonNode]:
    return {child.key or "": child for child in node.children()}


def _at(node: JsonNode, parts: list[str]) -> Iterator[JsonNode]:
    if not parts:
        yield node
    elif parts[0] == "*":
        for child in node.children() if node.kind is Kind.ARRAY else ():
            yield from _at(child, parts[1:])
    elif (member := node.get(parts[0])) is not None:
        yield from _at(member, parts[1:])


def _missing(place: str, members: dict[str, JsonNode]) -> list[str]:
    """The names that are required and not there."""
    return [name for name in REQUIRED[place] if name not in members and f"{place}/{name}" not in TOLD_ELSEWHERE]


def _of_wrong_type(place: str, members: dict[str, JsonNode]) -> list[str]:
    """The names of members that are of none of the types described."""
    return [
        name
        for name, member in members.items()
        if f"{place}/{name}" in TYPES
        and f"{place}/{name}" not in TOLD_ELSEWHERE
        and not _is_one_of(member, TYPES[f"{place}/{name}"])
    ]


def _beyond(place: str, members: dict[str, JsonNode]) -> list[str]:
    """The names that the description does not have and no rule of their own tells."""
    return [name for name in members if name not in FIELDS[place] and f"{place}/{name}" not in TOLD_ELSEWHERE]


def _is_one_of(node: JsonNode, types: tuple[str, ...]) -> bool:
    """Whether the value has one of the types; an integer is one that is spelled without fraction and exponent."""
    if node.kind is Kind.NUMBER:
        return "integer" in types and _is_whole(node)
    return node.kind.name.lower() in types


def _is_whole(number: JsonNode) -> bool:
    return number.text.lstrip("-").isdecimal()
