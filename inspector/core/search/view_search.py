"""Finding in one view of the detail: over all of its text where that is at hand, not only over what is shown of it.

Places are counted as `Reading.starts_at` is: in bytes of the raw body, in code points elsewhere.
"""

from bisect import bisect_left
from collections.abc import Sequence
from dataclasses import dataclass, field
from itertools import islice

from inspector.core.inputs import Refused
from inspector.core.readings.detail import Reading
from inspector.core.search.searcher import Searcher, TooLongError, Wish, searcher_for

MOST = 10_000
_MOST_BYTES = 32 * 2**20
Spans = tuple[tuple[int, int], ...]


@dataclass(frozen=True, slots=True)
class Searched:
    """The places of all hits, in order; `note` says why these may not be all, or why there are none.

    `text` is what was searched, where that is more than what is shown.
    """

    spans: Spans = ()
    note: str = ""
    text: str = field(default="", repr=False)


def search_text(text: str, wish: Wish, *, is_whole: bool = True) -> Searched:
    """The hits in a text."""
    searcher = searcher_for(wish)
    if isinstance(searcher, Refused):
        return Searched(note=searcher.sentence)
    found = _spans(searcher, text)
    return found if is_whole or found.note else Searched(found.spans, "Only the part that is shown was searched.")


def search_body(body: bytes, wish: Wish) -> Searched:
    """The hits in a body, in bytes."""
    searcher = searcher_for(wish)
    if isinstance(searcher, Refused):
        return Searched(note=searcher.sentence)
    text = body[:_MOST_BYTES].decode("utf-8", "surrogateescape")
    found = _spans(searcher, text)
    note = found.note or (f"Only the first {_MOST_BYTES:,} bytes were searched." if len(body) > _MOST_BYTES else "")
    return Searched(found.spans if text.isascii() else _in_bytes(text, found.spans), note)


def spans_shown(reading: Reading, spans: Spans, *, in_bytes: bool) -> list[tuple[int, int, int]]:
    """The hits that lie whole in what a reading shows: number, start and end in code points of its text."""
    text, first = reading.text, reading.starts_at
    encoded = text.encode("utf-8", "surrogateescape") if in_bytes and not text.isascii() else None
    size = len(text) if encoded is None else len(encoded)
    number = bisect_left(spans, (first, first))
    shown: list[tuple[int, int, int]] = []
    place = offset = 0
    for start, end in islice(spans, number, None):
        if end - first > size:
            break
        if encoded is None:
            shown.append((number, start - first, end - first))
        else:
            offset += _characters(encoded, place, start - first)
            length = _characters(encoded, start - first, end - first)
            shown.append((number, offset, offset + length))
            place = start - first
        number += 1
    return shown


def nearest(spans: Sequence[tuple[int, int]], place: int) -> int:
    """The number of the first hit at or behind a place, the first of all where there is none."""
    number = bisect_left(spans, (place, place))
    return number if number < len(spans) else 0


def _spans(searcher: Searcher, text: str) -> Searched:
    spans: list[tuple[int, int]] = []
    try:
        spans.extend(islice(searcher.spans(text), MOST + 1))
    except TooLongError:
        return Searched(tuple(spans[:MOST]), "The search took too long and was stopped.")
    return Searched(tuple(spans[:MOST]), f"These are the first {MOST:,}." if len(spans) > MOST else "")


def _in_bytes(text: str, spans: Spans) -> Spans:
    found: list[tuple[int, int]] = []
    place = at = 0
    for start, end in spans:
        at += len(text[place:start].encode("utf-8", "surrogateescape"))
        length = len(text[start:end].encode("utf-8", "surrogateescape"))
        found.append((at, at + length))
        place = start
    return tuple(found)


def _characters(encoded: bytes, start: int, end: int) -> int:
    return len(encoded[start:end].decode("utf-8", "surrogateescape"))
