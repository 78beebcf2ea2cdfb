"""The pieces of one turn as the conversation view shows them: its parts, then its calls with the verdict on their arguments."""

from collections.abc import Iterator, Mapping
from dataclasses import replace
from itertools import islice
from typing import assert_never

from inspector.core.arguments.verdict import Arguments, Verdict
from inspector.core.arguments.words import verdict_word
from inspector.core.completion import ToolCall, string_of
from inspector.core.conversation.inline_data import Address
from inspector.core.conversation.parts import Audio, File, Image, Other, Part, Reasoning, Refusal, Text
from inspector.core.conversation.turn import Turn
from inspector.core.hosts import host_words
from inspector.core.json.document import JsonDocument, JsonNode, Kind
from inspector.core.json.text import parse_text
from inspector.core.readings.shown_turn import Attached, Called, Line, Piece, Said, Tone
from inspector.core.schemas.note import with_schema
from inspector.core.schemas.verdict import SchemaCheck, SchemaVerdict
from inspector.core.visible_text import one_line

MOST_PARTS = 100
MOST_CALLS = 100
LARGEST = 32 * 1024
"""Characters of a tool's result that is read as JSON; a longer one is shown as sent."""
LONG = 256 * 1024
"""Bytes; of a longer text a window decodes the beginning alone."""
KEPT = 64 * 1024
"""Characters of that beginning."""
_LINE = 72


def turn_pieces(turn: Turn, schemas: Mapping[str, SchemaCheck]) -> Iterator[Piece]:
    """What is said, then who is called. `schemas` has the checks of calls by their pointers."""
    parts, calls = turn.parts, turn.calls
    for part in islice(parts, MOST_PARTS):
        yield from _part(part, is_result=turn.is_result)
    if len(parts) > MOST_PARTS:
        yield Line(f"{len(parts) - MOST_PARTS:,} more parts are not shown here.", Tone.WARNING)
    for call in calls[:MOST_CALLS]:
        yield from _call(call, schemas.get(call.pointer))
    if len(calls) > MOST_CALLS:
        yield Line(f"{len(calls) - MOST_CALLS:,} more calls are not shown here.", Tone.WARNING)


def _part(part: Part, *, is_result: bool) -> Iterator[Piece]:
    match part:
        case Text():
            yield _result(part.said) if is_result else said_in(part.said)
        case Refusal():
            yield Line("The model refused", Tone.WARNING)
            yield said_in(part.said)
        case Reasoning():
            yield said_in(part.said, "reasoning")
        case Image():
            yield _image(part)
        case File():
            yield _attached("File", part.address, string_of(part.name), string_of(part.file_id))
        case Audio():
            size = f"{part.size:,} bytes" if part.size is not None else ""
            yield _attached("Audio", None, part.format, size)
            if part.transcript is not None:
                yield said_in(part.transcript, "transcript")
        case Other():
            yield _as_json(part.node, part.type or "a part without a type")
        case _:
            assert_never(part)


def _image(image: Image) -> Attached:
    address = image.address
    is_inside = address is not None and address.is_data
    attached = _attached("Image", address, string_of(image.file_id))
    return Attached(attached.words, attached.address, address.text if is_inside and address is not None else None)


def _attached(what: str, address: Address | None, *facts: str | None) -> Attached:
    """A placeholder, with what is known of the thing that stands behind it."""
    told = [one_line(fact, 80) for fact in facts if fact]
    if address is None:
        return Attached(" · ".join((what, *told)))
    if address.is_data:
        size = f"{address.size:,} bytes" if address.size is not None else ""
        return Attached(
            " · ".join(filter(None, (what, *told, one_line(address.media_type, 80), size, "in the message")))
        )
    url = address.text.string
    host = host_words(url)
    return Attached(" · ".join((what, *told, f"at {host}" if host else "without a host", "not loaded")), url)


def _call(call: ToolCall, check: SchemaCheck | None) -> Iterator[Piece]:
    arguments = call.arguments
    said = _arguments(arguments)
    fails = arguments.is_faulty or (check is not None and check.verdict is SchemaVerdict.FAILS)
    fine = Tone.PLAIN if arguments.verdict is Verdict.FREE_TEXT else Tone.GOOD
    words = with_schema(verdict_word(arguments), check)
    is_indented = said is not None and said.layout is not None
    yield Called(one_line(call.name or "", 120) or "no name", one_line(string_of(call.id) or "", 120))
    yield Line(f"{words} · indented" if is_indented else words, Tone.ERROR if fails else fine)
    if said is not None:
        yield said


def _arguments(arguments: Arguments) -> Said | None:
    if arguments.text is None:
        return _as_json(arguments.node, "") if arguments.node is not None else None
    fault = arguments.fault.offset if arguments.fault is not None else None
    layout = _worth_laying_out(arguments.document.root) if arguments.document is not None else None
    return Said(arguments.text, is_code=True, fault=fault, layout=layout)


def said_in(node: JsonNode, label: str = "", *, is_code: bool = False) -> Said:
    """What a string says, or any other value as sent; of a very long one the beginning, with where the rest is."""
    if node.end - node.start > LONG:
        return Said(node.beginning(KEPT), label, is_code=is_code, source=node)
    return Said(node.string if node.kind is Kind.STRING else node.text, label, is_code=is_code)


def _result(said: JsonNode) -> Said:
    """What a tool gave back: laid out where it is JSON."""
    if said.end - said.start > LONG:
        return said_in(said)
    text = said.string
    is_short = len(text) <= LARGEST and text.strip()[:1] in ("{", "[")
    document = parse_text(text) if is_short else None
    if not isinstance(document, JsonDocument):
        return Said(text)
    layout = _worth_laying_out(document.root)
    return Said(text, "JSON, indented" if layout is not None else "", is_code=True, layout=layout)


def _as_json(node: JsonNode, label: str) -> Said:
    return replace(said_in(node, one_line(label, 80), is_code=True), layout=_worth_laying_out(node))


def _worth_laying_out(node: JsonNode) -> JsonNode | None:
    """An object or array that does not fit into a line; one that is too large is not laid out either."""
    return node if node.count and _LINE < node.end - node.start <= 4 * LARGEST else None
