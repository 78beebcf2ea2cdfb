"""The answer as bytes: what came where JSON was due, and what makes strict readers refuse it."""

import re
from array import array
from collections.abc import Iterator

from inspector.core.findings import Evidence, Severity
from inspector.core.json.document import JsonDocument, JsonNode, Kind
from inspector.core.json.fault import describe_body
from inspector.core.json.text import BYTE_ORDER_MARK, LARGE
from inspector.core.rules.parts import Reading, answers, json_texts
from inspector.core.rules.rule import Spot, rule
from inspector.core.rules.values import quoted
from inspector.core.visible_text import one_line

SAFE_DEPTH = 64
_BLANK = b" \t\r\n"
_WIDE_MARKS = {b"\xff\xfe": "UTF-16", b"\xfe\xff": "UTF-16"}
_TITLE = re.compile(rb"<title[^<>]{0,200}>([^<]{1,300})", re.IGNORECASE)


@rule(
    "empty-body",
    Severity.ERROR,
    "The body is empty",
    "There is no answer to read: something between the service and here dropped it.",
    over=answers,
)
def empty_body(evidence: Evidence) -> Iterator[Spot]:
    if not _content(evidence):
        size = len(evidence.body)
        yield (
            None,
            f"The body has {size:,} bytes of white space and no JSON." if size else "The body has no bytes at all.",
        )


@rule(
    "html-instead-of-json",
    Severity.ERROR,
    "An HTML page came instead of JSON",
    "A proxy, a login page or an error page of the network answered, not the service itself.",
    over=answers,
)
def html_instead_of_json(evidence: Evidence) -> Iterator[Spot]:
    if _is_markup(evidence):
        title = _TITLE.search(evidence.body[:65_536])
        words = title[1].decode("utf-8", "backslashreplace").strip() if title else ""
        titled = f", titled {quoted(words)}" if words else ""
        yield None, f"The body is an HTML or XML page{titled}, where JSON was due."


@rule(
    "body-not-json",
    Severity.ERROR,
    "The body is not JSON",
    "No client can read it. A body that ends too early was cut on the way; other text comes from somewhere else than the service.",
    over=answers,
)
def body_not_json(evidence: Evidence) -> Iterator[Spot]:
    fault = evidence.fault
    if fault is None or not _content(evidence) or _is_markup(evidence):
        return
    start = _content(evidence)[:60].decode("utf-8", "backslashreplace")
    if start.startswith(("data:", "event:", ": ")):
        yield None, f"The body is a stream of events, not one JSON text: it starts with {quoted(start)}."
    else:
        told = describe_body(evidence.body.removeprefix(BYTE_ORDER_MARK), fault)
        yield None, f"Line {told.line:,}, column {told.column:,}: {one_line(told.message, 160)}"


@rule(
    "not-utf-8",
    Severity.ERROR,
    "The body is not UTF-8",
    "JSON is exchanged in UTF-8. Strict readers refuse the whole body, lenient ones replace characters without a word.",
    over=answers,
)
def not_utf_8(evidence: Evidence) -> Iterator[Spot]:
    body = evidence.body
    if body[:2] in _WIDE_MARKS:
        yield None, f"The body starts with the byte order mark of {_WIDE_MARKS[body[:2]]}."
        return
    try:
        body.decode()
    except UnicodeDecodeError as error:
        node = _node_at(evidence, error.start)
        yield node, f"The byte 0x{body[error.start]:02X} at offset {error.start:,} is not UTF-8: {error.reason}."


@rule(
    "byte-order-mark",
    Severity.WARNING,
    "The body starts with a byte order mark",
    "RFC 8259 forbids it in what is sent; JavaScript's JSON.parse and other strict readers refuse the text.",
    over=answers,
)
def byte_order_mark(evidence: Evidence) -> Iterator[Spot]:
    if evidence.body.startswith(BYTE_ORDER_MARK):
        yield None, "Three bytes, EF BB BF, stand before the JSON; they were skipped here."


@rule(
    "content-type-not-json",
    Severity.WARNING,
    "The content type is not JSON",
    "Clients that go by the content type do not parse the body, and hand over text or nothing.",
    over=answers,
)
def content_type_not_json(evidence: Evidence) -> Iterator[Spot]:
    if evidence.received is None:
        return
    content_type = evidence.received.header("Content-Type")
    kind = (content_type or "").partition(";")[0].strip().lower()
    if content_type is None:
        yield None, "The answer came without a Content-Type."
    elif kind != "application/json" and not kind.endswith("+json"):
        yield None, f"The answer came as {quoted(content_type)}, where application/json was due."


@rule(
    "transport-note",
    Severity.WARNING,
    "Something was odd on the way",
    "The answer as shown may not be what the service wrote: it may be cut, doubled or decoded by guess.",
    over=answers,
)
def transport_note(evidence: Evidence) -> Iterator[Spot]:
    for note in evidence.received.notes if evidence.received is not None else ():
        yield None, note


@rule(
    "deep-nesting",
    Severity.WARNING,
    "Values are nested very deep",
    "Many readers stop at a depth of their own: .NET at 64, Rust's serde_json at 128, Python's json near 1,000.",
    over=json_texts,
)
def deep_nesting(reading: Reading) -> Iterator[Spot]:
    deepest, first = _depth(reading.document)
    if first is not None:
        yield reading.place(first), f"Values are nested {deepest:,} levels deep; many readers stop at {SAFE_DEPTH}."


RULES = (
    empty_body,
    html_instead_of_json,
    body_not_json,
    not_utf_8,
    byte_order_mark,
    content_type_not_json,
    transport_note,
    deep_nesting,
)


def _content(evidence: Evidence) -> bytes:
    return evidence.body.removeprefix(BYTE_ORDER_MARK).lstrip(_BLANK)


def _is_markup(evidence: Evidence) -> bool:
    return evidence.fault is not None and _content(evidence).startswith(b"<")


def _node_at(evidence: Evidence, offset: int) -> JsonNode | None:
    """The value around a byte of the body, where the body is JSON."""
    if evidence.completion is None:
        return None
    skipped = len(BYTE_ORDER_MARK) if evidence.body.startswith(BYTE_ORDER_MARK) else 0
    return evidence.completion.document.at(offset - skipped)


def _depth(document: JsonDocument) -> tuple[int, JsonNode | None]:
    """How many containers stand inside one another, and the first one below the safe depth."""
    kinds = document.kinds
    if kinds.count(Kind.OBJECT) + kinds.count(Kind.ARRAY) <= SAFE_DEPTH:
        return 0, None
    if len(document.source) >= LARGE:
        from inspector.core.rules.survey import is_deeper

        if not is_deeper(document, SAFE_DEPTH):
            return 0, None
    depths, first = array("q", [0]) * len(document), None
    for index, parent in enumerate(document.parents):
        if kinds[index] <= Kind.ARRAY:
            depths[index] = depth = depths[parent] + 1 if parent >= 0 else 1
            if depth > SAFE_DEPTH and first is None:
                first = JsonNode(document, index)
    return max(depths), first
