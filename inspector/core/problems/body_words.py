"""Why the body of a good answer (2xx) is no completion: nothing, not JSON, cut off, not an object, or an error in disguise."""

from dataclasses import dataclass

from inspector.core.exchange import Received
from inspector.core.json.document import KIND_WORDS, JsonDocument, JsonNode, Kind
from inspector.core.json.fault import describe_body
from inspector.core.json.text import BYTE_ORDER_MARK, JsonFault
from inspector.core.problems.server_words import Form, ServerWords, error_text, is_page
from inspector.core.problems.status_words import WRONG_BASE_URL

_CUT = (
    "The connection was cut by a proxy or by the edge network.",
    "The service crashed while it was sending.",
)
_NOT_THE_API = (
    WRONG_BASE_URL,
    "A Wi-Fi network or a company proxy asks for a sign-in first and answers in place of the server.",
    "The edge network in front of the service answered with a page of its own.",
)


@dataclass(frozen=True, slots=True)
class BodyTrouble:
    """`happened` is one or more sentences; `quotes` tells whether the server's words should follow it."""

    kind: str
    happened: str
    hint: str
    causes: tuple[str, ...]
    quotes: bool = True


def body_trouble(
    received: Received, document: JsonDocument | None, fault: JsonFault | None, words: ServerWords
) -> BodyTrouble | None:
    """Why the body cannot be meant as a completion; None where it may be one."""
    if words.form is Form.NOTHING and document is None:
        return BodyTrouble("empty", "The server sent an empty body.", "Retry.", (*_CUT, WRONG_BASE_URL), quotes=False)
    if document is not None:
        return _trouble_in(document.root)
    if fault is not None and _begins_as_json(received):
        return _broken_json(received, fault)
    return _not_json(received)


def _trouble_in(root: JsonNode) -> BodyTrouble | None:
    if root.kind is not Kind.OBJECT:
        happened = f"The body is JSON, but {KIND_WORDS[root.kind]} where an object should be."
        return BodyTrouble("not-an-object", happened, "Check the base URL, then fetch again.", (WRONG_BASE_URL,))
    choices = root.get("choices")
    if choices is not None and choices.kind is Kind.ARRAY and choices.count:
        return None
    error = root.get("error")
    disguised = error is not None and bool(error_text(error))
    if not disguised and (choices is not None or root.get("object") is not None or not error_text(root)):
        return None
    return BodyTrouble(
        "error-in-body",
        "The server reported success, yet the body holds an error and no choices.",
        "Wait a moment, then retry.",
        (
            "The provider behind the service failed, and a router passed that on under a good status.",
            "The completion was never finished.",
        ),
    )


def _begins_as_json(received: Received) -> bool:
    return received.body.removeprefix(BYTE_ORDER_MARK).lstrip()[:1] in (b"{", b"[")


def _broken_json(received: Received, fault: JsonFault) -> BodyTrouble:
    body = received.body.removeprefix(BYTE_ORDER_MARK)
    found = describe_body(body, fault)
    place = f"line {found.line:,}, column {found.column:,}"
    if fault.offset < len(body):
        happened = f"The body stops being JSON at {place} (byte {fault.offset:,}). {found.message}"
        hint = "Look at the raw body around that place; retry to see whether it comes the same again."
        causes = ("Something between here and the server changed the body.", "The service put it together wrongly.")
        return BodyTrouble("not-json", happened, hint, causes, quotes=False)
    happened = f"The body breaks off at {place}, after {len(body):,} bytes. {found.message}{_shortfall(received)}"
    return BodyTrouble("truncated", happened, "Retry. What did arrive can be seen in the raw body.", _CUT, quotes=False)


def _not_json(received: Received) -> BodyTrouble:
    hint = "Check the base URL, and open it in a browser to see who answers."
    if received.body.removeprefix(BYTE_ORDER_MARK).lstrip().startswith((b"data:", b"event:")):
        happened = "The body is a stream of events, not one JSON object."
        cause = "The answer was made with “stream: true” and is repeated as it was streamed."
        return BodyTrouble("not-json", happened, "Look at the raw body.", (cause, WRONG_BASE_URL), quotes=False)
    happened = "The server reported success, but the body is no JSON."
    causes = _NOT_THE_API if is_page(received) else (*_NOT_THE_API[2:], *_NOT_THE_API[:2])
    return BodyTrouble("not-json", happened, hint, causes)


def _shortfall(received: Received) -> str:
    """How much of the announced length came, where less came."""
    announced = (received.header("content-length") or "").strip()
    if not announced.isdecimal() or len(announced) > 15 or int(announced) <= received.wire_bytes:
        return ""
    return f" Of the {int(announced):,} bytes that the server announced, {received.wire_bytes:,} arrived."
