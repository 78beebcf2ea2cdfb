"""Where a text stands in an answer: in keys and values, decoded, in the order sent, or in a body that is not JSON."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from inspector.core.inputs import Refused
from inspector.core.inspection import Inspection
from inspector.core.json.document import JsonDocument, JsonNode, Kind
from inspector.core.json.pointers import NearPointers
from inspector.core.json.strings import LONG
from inspector.core.json.text import LARGE
from inspector.core.search.searcher import Searcher, TooLongError, Wish, searcher_for
from inspector.core.visible_text import one_line

MOST = 1_000
_AT_ONCE = 100
"""Hits that are told together at the most."""
_BEFORE, _AFTER = 40, 120


@dataclass(frozen=True, slots=True)
class Hit:
    """One place: `index` is the value's in the document, or -1 for the body as a whole; `line` is what stands around it.

    `start` and `end` are code points of the value's characters, or of the key where `in_key`. Behind keys too long for a
    pointer that anybody could use, `pointer` is an ancestor's.
    """

    index: int
    pointer: str
    in_key: bool
    start: int
    end: int
    line: str


@dataclass(frozen=True, slots=True)
class Answered:
    """The hits in an answer; `note` says why these may not be all, or why there are none."""

    hits: tuple[Hit, ...] = ()
    note: str = ""


@dataclass(frozen=True, slots=True)
class AnswerSearch:
    """The first hits in an answer, the first of them at once; takes long for a large one."""

    wish: Wish

    def parts(self, document: JsonDocument | None, body: bytes) -> Iterator[Answered]:
        searcher = searcher_for(self.wish)
        if isinstance(searcher, Refused):
            yield Answered(note=searcher.sentence)
            return
        bundle: list[Hit] = []
        told, room = 0, 1
        try:
            for hit in hits_in(document, body, searcher):
                if told + len(bundle) == MOST:
                    yield Answered(tuple(bundle), f"These are the first {MOST:,}.")
                    return
                bundle.append(hit)
                if len(bundle) == room:
                    yield Answered(tuple(bundle))
                    told, room, bundle = told + room, min(2 * room, _AT_ONCE), []
        except TooLongError:
            yield Answered(tuple(bundle), "The search took too long and was stopped.")
        else:
            yield Answered(tuple(bundle))


def search_answer(inspection: Inspection, wish: Wish) -> Answered:
    """All that an `AnswerSearch` finds."""
    parts = list(AnswerSearch(wish).parts(inspection.document, inspection.body))
    return Answered(tuple(hit for part in parts for hit in part.hits), parts[-1].note)


def hits_in(document: JsonDocument | None, body: bytes, searcher: Searcher) -> Iterator[Hit]:
    """All hits in a body and what it reads as; may raise TooLongError on the way."""
    if document is None:
        text = body.decode("utf-8", "surrogateescape")
        for start, end in searcher.spans(text):
            yield Hit(-1, "", in_key=False, start=start, end=end, line=_line(text, start, end))
        return
    pointers = NearPointers(document)
    for index in _rows(document, searcher):
        key = document.key_of(index)
        if key:
            yield from _in_node(searcher, key, pointers, index, in_key=True)
        if document.kinds[index] == Kind.STRING and document.ends[index] - document.starts[index] > LONG:
            yield from _in_long_string(searcher, JsonNode(document, index), pointers)
        elif document.kinds[index] > Kind.ARRAY:
            yield from _in_node(searcher, value_text(JsonNode(document, index)), pointers, index, in_key=False)


def _rows(document: JsonDocument, searcher: Searcher) -> Iterable[int]:
    """Those that may hold it: all but of a large document that is searched for plain text."""
    if searcher.plain is None or len(document.source) < LARGE:
        return range(len(document))
    from inspector.core.search.candidates import rows_to_look_at

    return rows_to_look_at(document, searcher.plain, searcher.spans)


def value_text(node: JsonNode) -> str:
    """The characters of a string, and anything else as spelled."""
    return node.string if node.kind is Kind.STRING else node.text


def _in_node(searcher: Searcher, text: str, pointers: NearPointers, index: int, *, in_key: bool) -> Iterator[Hit]:
    for start, end in searcher.spans(text):
        yield Hit(index, pointers.of(index), in_key, start, end, _line(text, start, end))


def _in_long_string(searcher: Searcher, node: JsonNode, pointers: NearPointers) -> Iterator[Hit]:
    pointer = pointers.of(node.index)
    for place in searcher.places(node.pieces()):
        start, end = place.before + place.start, place.before + place.end
        yield Hit(
            node.index, pointer, in_key=False, start=start, end=end, line=_line(place.text, place.start, place.end)
        )


def _line(text: str, start: int, end: int) -> str:
    """The line that the hit begins in, cut around it."""
    first = max(text.rfind("\n", 0, start) + 1, start - _BEFORE)
    newline = text.find("\n", start, end + _AFTER)
    last = min(len(text), end + _AFTER) if newline < 0 else newline
    cut = "…" if first > 0 and text[first - 1] != "\n" else ""
    return one_line(cut + text[first:last], _BEFORE + _AFTER)
