"""What the detail pane shows of a row: one reading for each of its views, made when the view is looked at."""

from dataclasses import dataclass, replace

from inspector.core.arguments.verdict import Arguments, Verdict
from inspector.core.arguments.words import explain
from inspector.core.citations import Citation, citations_of
from inspector.core.inspection import Inspection
from inspector.core.json.document import JsonNode, Kind
from inspector.core.json.pretty import pretty
from inspector.core.json.strings import character_start
from inspector.core.json.text import BYTE_ORDER_MARK
from inspector.core.outline.outline import Outline, Row
from inspector.core.outline.words import preview
from inspector.core.readings.raw_fault import NOTE, fault_in_body
from inspector.core.readings.response_text import response_text
from inspector.core.readings.token_probs import TokenMap
from inspector.core.readings.token_words import tokens_note
from inspector.core.report.text import beginning_of_report
from inspector.core.schemas.note import schema_note
from inspector.core.schemas.verdict import SchemaVerdict

SHOWN_LIMIT = 128 * 1024
REPORT_LIMIT = 32 * 1024
"""Laying out a report takes longer than showing a value."""
"""Characters that a view shows at once, of a body bytes; more is kept one click away."""
_SAVE = "Save the body to see all of it."
_HEAD = 64


@dataclass(frozen=True, slots=True)
class TextChange:
    """A range of a text that was inserted into it, or that a suggestion would take out."""

    start: int
    end: int
    inserted: bool


@dataclass(frozen=True, slots=True)
class Reading:
    """`text` is exact, to be made visible by whoever shows it. Offsets are code points of `text`.

    `fault` is the character where the text stops being JSON; `chosen` the range of the selected value in a larger text.
    `tokens` colours the text by probability; `is_prose` tells a string that somebody wrote to be read. `starts_at` is where `text`
    begins in the whole, counted in bytes where that is the body and in code points elsewhere; `whole` is the length of the whole
    where the note does not tell what is left out. `changes`, in order, are what a suggestion would take out and what it inserted:
    the latter alone is not as sent.
    """

    text: str
    is_json: bool = False
    fault: int | None = None
    chosen: tuple[int, int] | None = None
    note: str = ""
    starts_at: int = 0
    whole: int = 0
    tokens: TokenMap | None = None
    breaks_schema: bool = False
    is_prose: bool = False
    citations: tuple[Citation, ...] = ()
    changes: tuple[TextChange, ...] = ()

    @property
    def source(self) -> str:
        """The text as sent, without what a suggestion inserted."""
        return self.sent(0, len(self.text))

    def sent(self, start: int, end: int) -> str:
        """What was sent of a range of `text`."""
        parts, position = [], start
        for change in self.changes:
            if change.inserted and change.end > position and change.start < end:
                parts.append(self.text[position : change.start])
                position = change.end
        parts.append(self.text[position:end])
        return "".join(parts)

    @property
    def is_grave(self) -> bool:
        """Whether the note tells of something wrong."""
        return self.fault is not None or self.breaks_schema


def text_reading(outline: Outline, row: Row, columns: int = 80) -> Reading:
    """The value as a person reads it: strings decoded, arguments with their fault, a completion as a report.

    The report is laid out in `columns`; in place of a completion that did not come stands what came.
    """
    inspection = outline.inspection
    if row is outline.root:
        if inspection.problem is not None:
            return json_reading(outline, row)
        return _beginning(beginning_of_report(inspection, outline.moment.now, columns, REPORT_LIMIT), REPORT_LIMIT)
    if row.node is None:
        return Reading("", note="The spec requires this field, and the body does not hold it.")
    arguments = row.arguments
    if arguments is not None and arguments.text is not None and not row.is_range:
        return _arguments_reading(inspection, row, arguments)
    said = said_in(row)
    if said is not None:
        return replace(_beginning(said), is_prose=True, citations=_citations(row))
    return json_reading(outline, row)


def json_reading(outline: Outline, row: Row) -> Reading:
    """The value as indented JSON, all spellings as sent; a body that is not JSON as it came."""
    node = row.node
    if node is None:
        return body_reading(outline.inspection) if row is outline.root else Reading("")
    source = row.source if row.arguments is not None and row.source is not None else node
    text = pretty(source.document, source.index, SHOWN_LIMIT)
    is_decoded = source.document is not node.document
    notes = (
        "These are the arguments, decoded from the string." if is_decoded else "",
        _first_shown(text),
    )
    return Reading(text[:SHOWN_LIMIT], is_json=True, note="\n".join(filter(None, notes)))


def raw_reading(outline: Outline, row: Row) -> Reading:
    """The body as received around the value, whose own range is `chosen`; nothing is chosen where it is all of the body."""
    node = node_in_body(row)
    if node is None:
        return body_reading(outline.inspection)
    document = node.document
    at = fault_in_body(row, node)
    first, last = window(document.source, node.start if at is None else at)
    start = len(document.text(first, max(first, node.start)))
    end = start + len(document.text(max(first, node.start), min(node.end, last)))
    left = left_out(first, last, len(document.source))
    return Reading(
        document.text(first, last),
        fault=None if at is None else len(document.text(first, at)),
        chosen=(start, end) if node.parent is not None else None,
        note=left if at is None else f"{NOTE} {left}".rstrip(),
        starts_at=first,
    )


def body_reading(inspection: Inspection) -> Reading:
    """A body without structure, as it came; where it looks like JSON, with the place where it stops being JSON."""
    body, fault = inspection.body, inspection.fault
    mark = len(BYTE_ORDER_MARK) if body.startswith(BYTE_ORDER_MARK) else 0
    looks_like_json = inspection.problem is None or body[mark : mark + _HEAD].lstrip()[:1] in (b"{", b"[")
    at = mark + fault.offset if fault is not None and body and looks_like_json else None
    first, last = window(body, at or 0)
    return Reading(
        body[first:last].decode("utf-8", "surrogateescape"),
        fault=None if at is None else len(body[first:at].decode("utf-8", "surrogateescape")),
        note=left_out(first, last, len(body)),
        starts_at=first,
    )


def response_reading(outline: Outline, _row: Row) -> Reading:
    """Status, headers, timings and sizes of the answer as a whole."""
    return _cut(response_text(outline.inspection))


def tokens_reading(tokens: TokenMap) -> Reading:
    """The text that the tokens make."""
    text = tokens.text[:SHOWN_LIMIT]
    return Reading(text, note=tokens_note(tokens), whole=len(tokens.text), tokens=tokens)


def path_words(row: Row) -> str:
    """Where the row stands: its JSON Pointer, and for a place inside arguments the pointer there too."""
    inside = f" → {row.inner or 'decoded'}" if row.inner is not None else ""
    return preview(f"{row.pointer or 'the whole answer'}{inside}")


def note_of(reading: Reading) -> str:
    """The sentence under a view, with a word on what is left out of a long text."""
    if reading.whole <= len(reading.text) or not reading.text:
        return reading.note
    cut = f"Shown here: {len(reading.text):,} of {reading.whole:,} characters. {_SAVE}"
    return f"{reading.note}\n{cut}" if reading.note else cut


def words_around(row: Row, reading: Reading | None, also: str) -> tuple[str, str]:
    """What stands over a view, and under it; `also` is to be said of how it is shown."""
    notes = (note_of(reading), also) if reading is not None else ()
    return path_words(row), "\n".join(filter(None, notes))


def row_at(outline: Outline, byte_offset: int) -> Row:
    """The row whose value covers a byte of the body: from the raw view back into the tree."""
    document = outline.inspection.document
    return outline.root if document is None else outline.row_of(document.at(byte_offset))


def _arguments_reading(inspection: Inspection, row: Row, arguments: Arguments) -> Reading:
    text = arguments.text or ""
    check = inspection.schemas.get(row.call.pointer) if row.call is not None else None
    breaks = check is not None and check.verdict is SchemaVerdict.FAILS
    notes = [arguments.fault.sentence if arguments.fault else "", _cause_note(inspection, row, arguments)]
    if check is not None and arguments.document is not None:
        notes.append(schema_note(check))
    fault = arguments.fault.offset if arguments.fault else None
    is_far = fault is not None and fault >= SHOWN_LIMIT
    first = max(0, min(fault - SHOWN_LIMIT // 2, len(text) - SHOWN_LIMIT)) if fault is not None and is_far else 0
    return Reading(
        text[first : first + SHOWN_LIMIT],
        is_json=arguments.verdict is not Verdict.FREE_TEXT,
        fault=None if fault is None else fault - first,
        note="\n".join(filter(None, notes)),
        starts_at=first,
        whole=len(text),
        breaks_schema=breaks,
    )


def _cause_note(inspection: Inspection, row: Row, arguments: Arguments) -> str:
    """Why, as far as it can be told, with the finish reason as second witness."""
    completion = inspection.completion
    if completion is None or not arguments.is_faulty:
        return ""
    choice = completion.choice_around(row.call.node) if row.call is not None else None
    tokens = completion.usage.get("completion_tokens") if completion.usage is not None else None
    return explain(arguments, choice.finish_reason_text if choice is not None else None, _whole_number(tokens))


def said_in(row: Row, most: int = SHOWN_LIMIT + 1) -> str | None:
    """The characters of a string value; of a message and a choice what the model said, where that is a string; `most` of them."""
    node = said_node(row)
    return node.beginning(most) if node is not None else None


def said_node(row: Row) -> JsonNode | None:
    """The string that `said_in` reads; None where there is none or it is empty."""
    node = row.node
    if node is not None and row.place == "/choices/*":
        node = node.get("message")
    if node is not None and node.kind is Kind.OBJECT and row.place in ("/choices/*", "/choices/*/message"):
        node = node.get("content")
    is_said = node is not None and node.kind is Kind.STRING and node.end - node.start > len('""')
    return node if is_said else None


def _citations(row: Row) -> tuple[Citation, ...]:
    """What is cited in the text that `said_in` gives."""
    node = row.node
    if node is not None and row.place == "/choices/*/message/content":
        node = node.parent
    if node is not None and row.place == "/choices/*":
        node = node.get("message")
    is_message = node is not None and row.place.startswith("/choices/*") and node.kind is Kind.OBJECT
    return citations_of(node) if node is not None and is_message else ()


def _whole_number(node: JsonNode | None) -> int | None:
    if node is None or node.kind is not Kind.NUMBER or not node.text.isdecimal() or len(node.text) > 18:
        return None
    return int(node.text)


def node_in_body(row: Row) -> JsonNode | None:
    """The value in the body that a row stands for: inside arguments their string, of an absent field the object without it."""
    above: Row | None = row
    while above is not None and (above.inner is not None or above.node is None):
        above = above.parent
    return above.node if above is not None else None


def window(source: bytes, offset: int) -> tuple[int, int]:
    """The bytes that are shown of a body: some `SHOWN_LIMIT`, in whole characters, with the one at `offset` well inside."""
    first = max(0, min(offset - SHOWN_LIMIT // 4, len(source) - SHOWN_LIMIT))
    return character_start(source, first), character_start(source, min(len(source), first + SHOWN_LIMIT))


def left_out(first: int, last: int, size: int) -> str:
    """What is to be said where not all bytes of a body are shown."""
    return "" if last - first == size else f"Shown here: bytes {first:,} to {last:,} of {size:,}. {_SAVE}"


def _beginning(text: str, most: int = SHOWN_LIMIT) -> Reading:
    """A text of which no more was made than is shown, and a bit where there is more."""
    return Reading(text[:most], note=_first_shown(text, most))


def _first_shown(text: str, most: int = SHOWN_LIMIT) -> str:
    return f"Shown here: the first {most:,} characters. {_SAVE}" if len(text) > most else ""


def _cut(text: str) -> Reading:
    return Reading(text[:SHOWN_LIMIT], whole=len(text))
