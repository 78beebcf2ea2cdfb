"""Which parts of a JSON Schema apply to which parts of a value, found without judging anything.

Context: the validator neither stops when told to nor remembers, so a schema whose references fan out costs it 2^n steps,
and one whose references run deep costs it the stack; and it does not tell which parameters a schema leaves unnamed.
Choice: a walk over the same pairs of subschema and value that a validator can visit, cheap enough to be done before it.
Price: applicators are followed whether or not their conditions hold, so the walk may visit more than a validator would.
"""

from collections.abc import Iterable, Iterator, Mapping
from typing import Any, NamedTuple
from urllib.parse import unquote

from inspector.core.json.document import JsonNode, Kind

Schema = Mapping[str, Any]

_REFERENCES = ("$ref", "$dynamicRef", "$recursiveRef")
_SCHEMAS = (
    *("not", "if", "then", "else", "additionalProperties", "unevaluatedProperties", "propertyNames"),
    *("items", "additionalItems", "unevaluatedItems", "contains", "contentSchema"),
)
_LISTS = ("allOf", "anyOf", "oneOf", "prefixItems", "items")
_MAPS = ("properties", "patternProperties", "dependentSchemas", "dependencies", "$defs", "definitions")
_SAME_VALUE = ("not", "if", "then", "else")
_SAME_VALUE_LISTS = ("allOf", "anyOf", "oneOf")
_EVERY_MEMBER = ("additionalProperties", "unevaluatedProperties")
_EVERY_ITEM = ("items", "additionalItems", "unevaluatedItems", "contains")


class Part:
    """One subschema, taken apart once: what applies to the same value, and what to its members and items."""

    __slots__ = ("entries", "every_item", "every_member", "first_items", "named", "patterned", "same", "schema")

    def __init__(self, schema: Schema) -> None:
        self.schema = schema
        self.entries = sum(len(value) for value in schema.values() if isinstance(value, list))
        self.same: list[Part] = []
        self.named: dict[str, list[Part]] = {}
        self.patterned: list[Part] = []
        self.every_member: list[Part] = []
        self.first_items: list[list[Part]] = []
        self.every_item: list[Part] = []


class Step(NamedTuple):
    """One subschema applied to one value; `depth` counts the steps that led there."""

    part: Part
    node: JsonNode
    depth: int


class SchemaWalk:
    """The walk over one schema. References outside of it, or into an embedded schema with its own `$id`, are not followed."""

    def __init__(self, root: Schema) -> None:
        self.schema = root
        self.schemas = list(_schemas(root))
        self._anchors = {
            anchor: schema
            for _, schema in self.schemas
            for name in ("$anchor", "$dynamicAnchor", "$id", "id")
            if isinstance(anchor := schema.get(name), str)
        }
        self._parts: dict[int, Part] = {}
        waiting: list[Part] = []
        self._root = self._part(root, waiting)
        while waiting:
            self._take_apart(waiting.pop(), waiting)

    def unfollowed(self) -> tuple[str, str] | None:
        """The first reference that is not followed: its pointer into the schema, and the reference."""
        for pointer, schema in self.schemas:
            if pointer and isinstance(own := schema.get("$id"), str) and not own.startswith("#"):
                return f"{pointer}/$id", own
            for name in _REFERENCES:
                if isinstance(reference := schema.get(name), str) and self._target(reference) is None:
                    return f"{pointer}/{name}", reference
        return None

    def patterns(self) -> Iterator[str]:
        """Every regular expression in the schema."""
        for _, schema in self.schemas:
            if isinstance(pattern := schema.get("pattern"), str):
                yield pattern
            yield from _map(schema.get("patternProperties"))

    def steps(self, node: JsonNode) -> Iterator[Step]:
        """Every subschema that can apply to `node` or below it; without end where references run in a ring on one value."""
        waiting = [Step(self._root, node, 0)]
        while waiting:
            step = waiting.pop()
            yield step
            deeper = step.depth + 1
            waiting += [Step(part, step.node, deeper) for part in step.part.same]
            waiting += [Step(part, below, deeper) for part, below in _below(step.part, step.node)]

    def _take_apart(self, part: Part, waiting: list[Part]) -> None:
        schema = part.schema

        def parts(found: Iterable[Any]) -> list[Part]:
            return [self._part(inner, waiting) for inner in found if isinstance(inner, Mapping)]

        part.same = parts(self._same_value(schema))
        part.named = {name: parts([inner]) for name, inner in _map(schema.get("properties")).items()}
        part.patterned = parts(_map(schema.get("patternProperties")).values())
        part.every_member = parts(map(schema.get, _EVERY_MEMBER))
        part.first_items = [parts([inner]) for inner in _list(schema.get("prefixItems")) or _list(schema.get("items"))]
        part.every_item = parts(map(schema.get, _EVERY_ITEM))

    def _part(self, schema: Schema, waiting: list[Part]) -> Part:
        """The subschema as a part; where it is new, it waits to be taken apart."""
        known = self._parts.get(id(schema))
        if known is None:
            known = self._parts[id(schema)] = Part(schema)
            waiting.append(known)
        return known

    def _same_value(self, schema: Schema) -> Iterator[Any]:
        for name in _REFERENCES:
            if isinstance(reference := schema.get(name), str):
                yield self._target(reference)
        yield from map(schema.get, _SAME_VALUE)
        for name in _SAME_VALUE_LISTS:
            yield from _list(schema.get(name))
        for name in ("dependentSchemas", "dependencies"):
            yield from _map(schema.get(name)).values()

    def _target(self, reference: str) -> Any:
        """What a reference inside the schema points to; None for any other."""
        before, hash_sign, fragment = reference.partition("#")
        if before or not hash_sign:
            return None
        if not fragment.startswith("/"):
            return self._anchors.get(fragment, self._anchors.get(reference)) if fragment else self.schema
        target: Any = self.schema
        for part in unquote(fragment).split("/")[1:]:
            name = part.replace("~1", "/").replace("~0", "~")
            if isinstance(target, list):
                target = target[int(name)] if name.isdecimal() and int(name) < len(target) else None
            else:
                target = _map(target).get(name)
        return target if isinstance(target, Mapping | bool) else None


def _below(part: Part, node: JsonNode) -> Iterator[tuple[Part, JsonNode]]:
    if node.kind is Kind.OBJECT:
        if part.named or part.patterned or part.every_member:
            for member in node.children():
                for inner in (*part.patterned, *part.named.get(member.key or "", part.every_member)):
                    yield inner, member
    elif node.kind is Kind.ARRAY and (part.every_item or part.first_items):
        for place, item in enumerate(node.children()):
            first = part.first_items[place] if place < len(part.first_items) else ()
            for inner in (*part.every_item, *first):
                yield inner, item


def _schemas(root: Schema) -> Iterator[tuple[str, Schema]]:
    """Every subschema by its pointer, the root first; what stands inside `enum`, `const` or `default` is none."""
    waiting: list[tuple[str, Any]] = [("", root)]
    while waiting:
        pointer, schema = waiting.pop()
        if not isinstance(schema, Mapping):
            continue
        yield pointer, schema
        waiting += [(f"{pointer}/{name}", schema.get(name)) for name in _SCHEMAS]
        for name in _LISTS:
            waiting += [(f"{pointer}/{name}/{place}", item) for place, item in enumerate(_list(schema.get(name)))]
        for name in _MAPS:
            inner = _map(schema.get(name)).items()
            waiting += [(f"{pointer}/{name}/{key.replace('~', '~0').replace('/', '~1')}", item) for key, item in inner]


def _list(value: Any) -> list[Any]:
    return value if isinstance(value, list) else []


def _map(value: Any) -> Mapping[str, Any]:
    return value if isinstance(value, Mapping) else {}
