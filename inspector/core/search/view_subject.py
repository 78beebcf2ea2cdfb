"""What is searched of one view, and the part of it that is shown where a hit lies outside of what is shown at first."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace

from inspector.core.json.document import JsonDocument, JsonNode
from inspector.core.outline.outline import Outline, Row
from inspector.core.readings.detail import SHOWN_LIMIT, Reading, left_out, node_in_body, said_in, said_node, window
from inspector.core.search.searcher import Wish
from inspector.core.search.view_search import Searched, search_body, search_text

_MOST = 16 * 2**20
_PIECE = 64 * 1024


@dataclass(frozen=True, slots=True)
class Subject:
    """`body` is set for the raw view, `row` where all of its text is searched; otherwise what is shown is searched."""

    reading: Reading
    row: Row | None = None
    body: bytes | None = None
    in_document: bool = False
    """Whether `body` is the JSON text alone."""

    @property
    def in_bytes(self) -> bool:
        """Whether places are bytes of the body."""
        return self.body is not None


def raw_subject(outline: Outline, row: Row, reading: Reading) -> Subject:
    """The body around a value: all of it is searched."""
    node = node_in_body(row)
    if node is None:
        return Subject(reading, body=outline.inspection.body)
    return Subject(reading, body=node.document.source, in_document=True)


def text_subject(outline: Outline, row: Row, reading: Reading) -> Subject:
    """A value as a person reads it: all of a string is searched, of anything else what is shown."""
    is_string = row is not outline.root and said_in(row, 1) is not None
    return Subject(reading, row=row if is_string and not row.is_range else None)


@dataclass(frozen=True, slots=True)
class BodySearch:
    """The hits in a body: in the JSON text alone where a value of it is shown."""

    wish: Wish
    in_document: bool

    def parts(self, document: JsonDocument | None, body: bytes) -> Iterator[Searched]:
        yield search_body(document.source if self.in_document and document is not None else body, self.wish)


@dataclass(frozen=True, slots=True)
class StringSearch:
    """The hits in a string; its characters come first, a piece at a time."""

    wish: Wish
    index: int

    def parts(self, document: JsonDocument | None, body: bytes) -> Iterator[Searched]:  # noqa: ARG002 - see `AnswerWork`
        assert document is not None  # noqa: S101 - the string stands in it
        text = JsonNode(document, self.index).beginning(_MOST + 1)
        for start in range(0, len(text), _PIECE):
            yield Searched(text=text[start : start + _PIECE])
        found = search_text(text[:_MOST], self.wish)
        note = found.note or (f"Only the first {_MOST:,} characters were searched." if len(text) > _MOST else "")
        yield Searched(found.spans, note)


def view_search(subject: Subject, wish: Wish) -> BodySearch | StringSearch | None:
    """The work on the answer that finds the hits in a view; None where only `search_view` can, which is not for long."""
    if subject.body is not None:
        return BodySearch(wish, in_document=subject.in_document)
    node = said_node(subject.row) if subject.row is not None and not subject.row.is_inner else None
    return StringSearch(wish, node.index) if node is not None else None


def search_view(subject: Subject, wish: Wish) -> Searched:
    """The hits in a view, found here; takes long for a large one."""
    node = said_node(subject.row) if subject.row is not None else None
    if subject.body is not None:
        return search_body(subject.body, wish)
    if node is None:
        return search_text(subject.reading.text, wish, is_whole=len(subject.reading.text) < SHOWN_LIMIT)
    return merged(StringSearch(wish, node.index).parts(node.document, b""))


def merged(parts: Iterable[Searched]) -> Searched:
    """What the parts of a search come to."""
    told = list(parts)
    return replace(told[-1], text="".join(part.text for part in told))


def part_around(subject: Subject, found: Searched, place: int) -> Reading:
    """What is shown so that a place is in it."""
    reading = subject.reading
    if subject.body is not None:
        first, last = window(subject.body, place)
        text = subject.body[first:last].decode("utf-8", "surrogateescape")
        return Reading(text, note=left_out(first, last, len(subject.body)), starts_at=first)
    first = max(0, min(place - SHOWN_LIMIT // 4, len(found.text) - SHOWN_LIMIT))
    last = min(first + SHOWN_LIMIT, len(found.text))
    fault = None if reading.fault is None else reading.starts_at + reading.fault - first
    return replace(
        reading,
        text=found.text[first:last],
        fault=fault if fault is not None and 0 <= fault <= last - first else None,
        note=f"Shown here: characters {first:,} to {last:,} of {len(found.text):,}. Save the body to see all of it.",
        starts_at=first,
        whole=0,
        citations=(),
    )
