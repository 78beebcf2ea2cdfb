"""One entry of the list in a line: little of it, as plain text, however large and strange the entry is."""

from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass

from inspector.core.completion import string_of
from inspector.core.exchange import StoredQuery
from inspector.core.inputs import CompletionId, read_completion_id
from inspector.core.json.document import JsonNode, Kind
from inspector.core.moment import likely_seconds
from inspector.core.visible_text import one_line

_MOST_PARTS = 16
_MOST_CHARACTERS = 200
_LONGEST_ID = 512


@dataclass(frozen=True, slots=True)
class StoredRow:
    """`id` is empty where the entry has none. `created` is in Unix seconds; the texts are fit for a cell.

    `fits` tells whether the entry has the metadata that were asked for, since some servers do not filter; `can_be_fetched`
    whether its ID is one, as it stands.
    """

    id: str
    created: float | None
    model: str
    finish_reason: str
    words: str
    metadata: str
    fits: bool
    can_be_fetched: bool


def read_row(entry: JsonNode, query: StoredQuery) -> StoredRow:
    """The line of an entry, whatever that is."""
    metadata = entry.get("metadata")
    choices = list(_items(entry.get("choices")))
    name = _text(entry.get("id"), _LONGEST_ID + 1)
    return StoredRow(
        id=name,
        created=likely_seconds(entry.get("created")),
        model=_cell(_text(entry.get("model"))),
        finish_reason=_cell(_finish_reasons(choices)),
        words=_cell(_words(choices[0].get("message")) if choices else ""),
        metadata=_cell(", ".join(_pairs(metadata))),
        fits=all(_has(metadata, key, value) for key, value in query.metadata),
        can_be_fetched=read_completion_id(name) == CompletionId(name),
    )


def _finish_reasons(choices: list[JsonNode]) -> str:
    counted = Counter(_text(choice.get("finish_reason")) for choice in choices)
    return ", ".join(f"{reason}{f' ×{count}' if count > 1 else ''}" for reason, count in counted.items() if reason)


def _words(message: JsonNode | None) -> str:
    """The first words of a message, and whom it calls."""
    if message is None:
        return ""
    said = " ".join(" ".join(_said(message)).split())
    names = list(_called(message))
    calls = f"calls {', '.join(names)}" if names else ""
    return " · ".join(filter(None, (said[:_MOST_CHARACTERS] if calls else said, calls)))


def _said(message: JsonNode) -> Iterator[str]:
    content, refusal = message.get("content"), message.get("refusal")
    yield _text(content)
    for part in _items(content):
        yield _text(part.get("text")) or _text(part.get("refusal"))
    if refusal is not None and refusal.kind is Kind.STRING:
        yield f"refused: {_text(refusal)}"


def _called(message: JsonNode) -> Iterator[str]:
    for call in _items(message.get("tool_calls")):
        called = call.get("function") or call.get("custom")
        yield (_text(called.get("name")) if called is not None else "") or "(no name)"
    legacy = message.get("function_call")
    if legacy is not None and legacy.kind is Kind.OBJECT:
        yield _text(legacy.get("name")) or "(no name)"


def _pairs(metadata: JsonNode | None) -> Iterator[str]:
    if metadata is not None and metadata.kind is Kind.OBJECT:
        for member in metadata.children(0, _MOST_PARTS):
            yield f"{member.key}={member.beginning(_MOST_CHARACTERS)}"


def _has(metadata: JsonNode | None, name: str, value: str) -> bool:
    return metadata is not None and string_of(metadata.get(name)) == value


def _items(node: JsonNode | None) -> Iterator[JsonNode]:
    """The first entries of an array."""
    return node.children(0, _MOST_PARTS) if node is not None and node.kind is Kind.ARRAY else iter(())


def _text(node: JsonNode | None, limit: int = 2 * _MOST_CHARACTERS) -> str:
    """The beginning of a string; nothing for any other value."""
    return node.beginning(limit) if node is not None and node.kind is Kind.STRING else ""


def _cell(text: str) -> str:
    return one_line(text, _MOST_CHARACTERS)
