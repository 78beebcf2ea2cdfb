"""Walking through an outline, for tests."""

from collections.abc import Iterator

from inspector.core.json.document import JsonDocument, JsonNode
from inspector.core.outline.outline import Outline, Row


def rows_of(outline: Outline) -> Iterator[Row]:
    """Every row, as a person sees them with all opened."""
    waiting = [outline.root]
    while waiting:
        row = waiting.pop()
        yield row
        waiting += reversed(outline.children(row))


def rows_seen(outline: Outline) -> Iterator[Row]:
    """The rows that there are so far; makes none."""
    waiting = [outline.root]
    while waiting:
        row = waiting.pop()
        yield row
        waiting += row.rows or ()


def rows_made(outline: Outline) -> int:
    """How many rows there are so far; makes none."""
    return sum(1 for _ in rows_seen(outline))


def nodes_of(document: JsonDocument) -> Iterator[JsonNode]:
    """Every value, in the order sent."""
    return (JsonNode(document, index) for index in range(len(document)))


def names_of(rows: list[Row]) -> list[str]:
    return [row.name for row in rows]
