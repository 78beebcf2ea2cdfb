"""What is searched of one view, and the part of it that is shown where a hit lies outside of what is shown at first."""

from dataclasses import dataclass, replace

from inspector.core.outline.outline import Outline, Row
from inspector.core.readings.detail import SHOWN_LIMIT, Reading, left_out, node_in_body, said_in, window
from inspector.core.search.searcher import Wish
from inspector.core.search.view_search import Searched, search_body, search_text

_MOST = 16 * 2**20


@dataclass(frozen=True, slots=True)
class Subject:
    """`body` is set for the raw view, `row` where all of its text is searched; otherwise what is shown is searched."""

    reading: Reading
    row: Row | None = None
    body: bytes | None = None

    @property
    def in_bytes(self) -> bool:
        """Whether places are bytes of the body."""
        return self.body is not None


def raw_subject(outline: Outline, row: Row, reading: Reading) -> Subject:
    """The body around a value: all of it is searched."""
    node = node_in_body(row)
    return Subject(reading, body=node.document.source if node is not None else outline.inspection.body)


def text_subject(outline: Outline, row: Row, reading: Reading) -> Subject:
    """A value as a person reads it: all of a string is searched, of anything else what is shown."""
    is_string = row is not outline.root and said_in(row, 1) is not None
    return Subject(reading, row=row if is_string and not row.is_range else None)


def search_view(subject: Subject, wish: Wish) -> Searched:
    """The hits in a view; takes long for a large one."""
    if subject.body is not None:
        return search_body(subject.body, wish)
    text = said_in(subject.row, _MOST + 1) if subject.row is not None else None
    if text is None:
        return search_text(subject.reading.text, wish, is_whole=len(subject.reading.text) < SHOWN_LIMIT)
    found = search_text(text[:_MOST], wish)
    note = found.note or (f"Only the first {_MOST:,} characters were searched." if len(text) > _MOST else "")
    return Searched(found.spans, note, text)


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
