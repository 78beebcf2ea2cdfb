"""Names inside objects: repeated ones, which every reader resolves in its own way, and one that JavaScript trips over."""

from collections.abc import Iterable, Iterator

from inspector.core.findings import Severity
from inspector.core.json.document import JsonDocument, JsonNode
from inspector.core.json.text import LARGE
from inspector.core.rules.parts import Reading, arguments, bodies, json_texts
from inspector.core.rules.rule import Spot, rule
from inspector.core.rules.values import counted, quoted, shown

_PROTOTYPE = b'"__proto__"'


@rule(
    "repeated-key-in-arguments",
    Severity.WARNING,
    "Arguments give one name twice",
    "RFC 8259 leaves open which value counts: most readers keep the last one, some the first, some refuse the text.",
    over=arguments,
)
def repeated_key_in_arguments(reading: Reading) -> Iterator[Spot]:
    return _repeated(reading)


@rule(
    "repeated-key",
    Severity.WARNING,
    "An object gives one name twice",
    "RFC 8259 leaves open which value counts: two programs can read two different answers in the same bytes.",
    over=bodies,
)
def repeated_key(reading: Reading) -> Iterator[Spot]:
    return _repeated(reading)


@rule(
    "prototype-key",
    Severity.WARNING,
    "A member is named “__proto__”",
    "JavaScript code that copies such an object into another can change the behaviour of all its objects.",
    over=json_texts,
)
def prototype_key(reading: Reading) -> Iterator[Spot]:
    document, start = reading.document, reading.document.source.find(_PROTOTYPE)
    while start >= 0:
        node = document.at(start)
        if document.key_starts[node.index] == start:
            yield reading.place(node), f"“__proto__” is the name of a member with the value {shown(node)}."
        start = document.source.find(_PROTOTYPE, start + len(_PROTOTYPE))


RULES = (repeated_key_in_arguments, repeated_key, prototype_key)


def _repeated(reading: Reading) -> Iterator[Spot]:
    for nodes in _groups(reading.document):
        name, last = quoted(nodes[-1].key or "", 40), shown(nodes[-1], 30)
        sentence = f"{name} stands {counted(len(nodes), 'time')}: first {shown(nodes[0], 30)}, at last {last}."
        yield reading.place(nodes[-1]), sentence


def _groups(document: JsonDocument) -> list[list[JsonNode]]:
    """The members of one object that share a name, in the order sent; names are compared as decoded."""
    seen: dict[tuple[int, bytes | str], int] = {}
    repeated: dict[int, list[JsonNode]] = {}
    source, starts, ends, parents = document.source, document.key_starts, document.key_ends, document.parents
    for index in _members(document):
        if (start := starts[index]) >= 0:
            raw = source[start + 1 : ends[index] - 1]
            name = JsonNode(document, index).key or "" if b"\\" in raw else raw
            first = seen.setdefault((parents[index], _spelled(name)), index)
            if first != index:
                repeated.setdefault(first, [JsonNode(document, first)]).append(JsonNode(document, index))
    return list(repeated.values())


def _members(document: JsonDocument) -> Iterable[int]:
    """All rows, but for those of a large text whose object gives no name twice at first sight."""
    if len(document.source) < LARGE:
        return range(len(document))
    from inspector.core.rules.survey import keys_to_compare

    return keys_to_compare(document)


def _spelled(name: bytes | str) -> bytes:
    """A decoded name as the bytes that it has without escapes."""
    return name.encode("utf-8", "surrogatepass") if isinstance(name, str) else name
