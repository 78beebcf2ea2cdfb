"""What the validator found, as sentences of our own: one for each demand that a JSON Schema can make.

A `Found` is one of the validator's errors in its own terms; values and limits are quoted as they were sent.
"""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from typing import Any

from inspector.core.json.document import KIND_WORDS, JsonNode, Kind
from inspector.core.schemas.names import did_you_mean, quoted
from inspector.core.schemas.survey import Effort
from inspector.core.visible_text import one_line

_TYPES = {
    "array": "an array",
    "boolean": "true or false",
    "integer": "a whole number",
    "null": "null",
    "number": "a number",
    "object": "an object",
    "string": "a string",
}
_EXAMPLES = {
    "date": "2026-11-22",
    "date-time": "2026-11-22T18:30:00Z",
    "time": "18:30:00Z",
    "duration": "P1DT12H",
    "email": "name@example.com",
    "hostname": "example.com",
    "ipv4": "192.0.2.1",
    "ipv6": "2001:db8::1",
    "uri": "https://example.com/page",
    "uuid": "123e4567-e89b-12d3-a456-426614174000",
    "json-pointer": "/choices/0",
}
_MOST_CHOICES = 10


@dataclass(frozen=True, slots=True)
class Found:
    """One error of the validator. `demand` is the name of its class, `detail` what it holds, `message` its own words.

    `node` is the value at fault, or the object that lacks something; `limit` the schema's own node that made the demand, where
    it is known.
    """

    demand: str
    detail: Mapping[str, Any]
    message: str
    node: JsonNode
    limit: JsonNode | None
    path: tuple[str | int, ...]
    effort: Effort = field(default_factory=Effort)

    @property
    def place(self) -> str:
        """The place in the arguments as a program would write it, quoted."""
        return place_words(self.path)

    @property
    def bound(self) -> str:
        """The limit as the schema spells it, else as the validator does: in draft 4 some limits stand beside a mere `true`."""
        spelt = self.limit is not None and not ("limit" in self.detail and self.limit.kind is Kind.TRUE)
        return one_line(self.limit.text if self.limit and spelt else str(next(iter(self.detail.values()), "")), 60)


def place_words(path: tuple[str | int, ...]) -> str:
    """Such as “address.lines[2]”."""
    text = "".join(f"[{part}]" if isinstance(part, int) else f".{part}" for part in path).removeprefix(".")
    return quoted(text) if path else "The arguments object"


def kind_words(node: JsonNode) -> str:
    """Such as “an array”."""
    return KIND_WORDS[node.kind]


def brief(node: JsonNode) -> str:
    """The value as sent, where it is short, with its kind where quotes alone do not tell it."""
    if node.kind in (Kind.OBJECT, Kind.ARRAY):
        return KIND_WORDS[node.kind]
    return one_line(node.text, 60)


def type_sentence(found: Found, names: list[str]) -> str:
    """That the value is of none of the JSON types of these names."""
    wanted = _either([_TYPES.get(name, name) for name in names])
    kind = f" ({KIND_WORDS[found.node.kind]})" if found.node.kind in (Kind.STRING, Kind.NUMBER) else ""
    return f"{found.place} must be {wanted}, but is {brief(found.node)}{kind}."


def sentence(found: Found) -> str:
    """What is wrong; in the validator's words only where it demands something that no table here knows."""
    words = _SENTENCES.get(found.demand)
    return words(found) if words else f"{found.place}: {one_line(found.message, 300)}"


def _either(words: list[str]) -> str:
    return words[0] if len(words) == 1 else f"{', '.join(words[:-1])} or {words[-1]}"


def _enum(found: Found) -> str:
    allowed = list(found.limit.children(0, 200)) if found.limit is not None and found.limit.kind is Kind.ARRAY else []
    words = [brief(choice) for choice in allowed[:_MOST_CHOICES]]
    hidden = found.limit.count - len(words) if found.limit and words else 0
    listed = ", ".join(words) + (f" and {hidden:,} more" if hidden else "")
    strings = [choice.string for choice in allowed if choice.kind is Kind.STRING]
    question = did_you_mean(found.node.string, strings, found.effort) if found.node.kind is Kind.STRING else "."
    return f"{found.place} is {brief(found.node)}, but must be one of: {listed or 'nothing at all'}{question}"


def _format(found: Found) -> str:
    name = str(found.detail.get("format"))
    example = f", such as {_EXAMPLES[name]}" if name in _EXAMPLES else ""
    return f"{found.place} is {brief(found.node)}, which is no valid {name}{example}."


def _length(words: str) -> Callable[[Found], str]:
    def told(found: Found) -> str:
        length = len(found.node.string)
        return f"{found.place} has {length:,} {'character' if length == 1 else 'characters'}; it must have {words} {found.bound}."

    return told


def _count(words: str, singular: str, plural: str) -> Callable[[Found], str]:
    def told(found: Found) -> str:
        count = found.node.count
        return f"{found.place} has {count:,} {singular if count == 1 else plural}; it must have {words} {found.bound}."

    return told


def _bound(words: str) -> Callable[[Found], str]:
    return lambda found: f"{found.place} is {brief(found.node)}; it must be {words} {found.bound}."


def _says(words: str) -> Callable[[Found], str]:
    return lambda found: f"{found.place} {words}."


_SENTENCES: dict[str, Callable[[Found], str]] = {
    "Type": lambda found: type_sentence(found, sorted(found.detail.get("types", ()))),
    "Enum": _enum,
    "Constant": lambda found: f"{found.place} is {brief(found.node)}, but must be {found.bound}.",
    "Format": _format,
    "Pattern": lambda found: f"{found.place} is {brief(found.node)}, which does not match the pattern {found.bound}.",
    "MinLength": _length("at least"),
    "MaxLength": _length("at most"),
    "MinItems": _count("at least", "item", "items"),
    "MaxItems": _count("at most", "item", "items"),
    "MinProperties": _count("at least", "member", "members"),
    "MaxProperties": _count("at most", "member", "members"),
    "Minimum": _bound("at least"),
    "Maximum": _bound("at most"),
    "ExclusiveMinimum": _bound("more than"),
    "ExclusiveMaximum": _bound("less than"),
    "MultipleOf": _bound("a multiple of"),
    "UniqueItems": _says("holds the same item more than once"),
    "AdditionalItems": _says("has more items than its schema describes, and no others are allowed"),
    "UnevaluatedItems": _says("has items that its schema does not describe, and no others are allowed"),
    "Contains": _says("does not hold the items that it must hold, or holds too many of them"),
    "FalseSchema": _says("is not allowed"),
    "Not": _says("is of a form that the schema rules out"),
    "AnyOf": _says("fits none of the forms that the schema allows"),
    "OneOfNotValid": _says("fits none of the forms that the schema allows"),
    "OneOfMultipleValid": _says("fits more than one of the forms of which it must fit exactly one"),
    "ContentEncoding": lambda found: f"{found.place} is not encoded as {found.bound}.",
    "ContentMediaType": lambda found: f"{found.place} does not hold {found.bound}.",
}
