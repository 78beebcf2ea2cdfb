"""Stand-ins for what must not be told: strings by their length, numbers by their spelling, broken JSON by its shape."""

import json
import re
from collections.abc import Iterable
from typing import Any

from inspector.core.json.document import JsonDocument, JsonNode, Kind
from inspector.core.json.text import JsonFault, parse_text

_CALL = ("id", "type", "index", "function/name", "custom/name")
_MESSAGE = (
    *("role", "content/*/type", "annotations/*/type", "function_call/name"),
    *(f"annotations/*/url_citation/{edge}_index" for edge in ("start", "end")),
    *(f"tool_calls/*/{field}" for field in _CALL),
)
_PROMPT_MESSAGE = (*_MESSAGE, "id", "tool_call_id", "content_parts/*/type")
_KEPT_PLACES = (
    *("id", "object", "created", "model", "service_tier", "system_fingerprint", "request_id", "provider"),
    *("temperature", "top_p", "error/type", "error/code", "tool_choice", "tools/*/type", "tools/*/function/name"),
    *(f"choices/*/{field}" for field in ("index", "finish_reason", "native_finish_reason")),
    *(f"choices/*/message/{field}" for field in _MESSAGE),
    *(f"input_messages/*/{field}" for field in _PROMPT_MESSAGE),
)
_ARGUMENT_PLACES = ("tool_calls/*/function/arguments", "function_call/arguments")
_KEY = re.compile(r"[A-Za-z_$][A-Za-z0-9_.$-]{0,63}")
_ID = re.compile(r"[A-Za-z0-9_][A-Za-z0-9_.:/+-]{0,127}")
_DIGIT = re.compile(rb"[0-9]")
_CONTENT = re.compile(r"[^\[\]{}\",:\\\x00-\x20]")
_RAW_CONTENT = re.compile(rb"[^\[\]{}\",:\\\x00-\x20]")

_Place = dict[str, Any]
"""A place in the tree of places where something is kept, by the steps below it.

The next three are leaves, told apart by identity: a number or a string that looks like an ID is kept; every number below is
kept; a string is arguments and masked by its own structure.
"""
_SCALAR: _Place = {}
_FIGURES: _Place = {}
_ARGUMENTS: _Place = {}


def looks_like_id(text: str) -> bool:
    """Whether a text may be kept where an ID, a model or a reason belongs: too plain to be a sentence."""
    return not text or _ID.fullmatch(text) is not None


def mask_text(text: str) -> str:
    """The stand-in for a string."""
    return f"‹redacted: {len(text):,} character{'' if len(text) == 1 else 's'}›" if text else ""


def mask_key(key: str) -> str:
    """A key that looks like a name, or its stand-in."""
    return key if _KEY.fullmatch(key) else f"‹redacted key: {len(key):,} character{'' if len(key) == 1 else 's'}›"


def mask_raw(body: bytes) -> bytes:
    """Bytes that are not JSON, byte for byte but for what stands between brackets, quotes and white space."""
    return _RAW_CONTENT.sub(b"x", body)


def mask_document(document: JsonDocument) -> bytes:
    """The text of a completion, or of an error that came in its stead, with all but what is kept replaced; it stays JSON."""
    return _masked(document, _TREE)


def mask_prompt(page: JsonDocument) -> bytes:
    """A page of prompt messages, masked as the messages of a completion are; it stays JSON."""
    return _masked(page, _PROMPT_TREE)


def mask_arguments(text: str) -> str:
    """The text of tool-call arguments with nothing kept but keys that look like names; what is not JSON keeps its shape."""
    document = parse_text(text)
    if isinstance(document, JsonFault):
        return _CONTENT.sub(lambda match: "1" if match[0].isdigit() else "x", text)
    return _masked(document, {}).decode("utf-8", "surrogatepass")


def mask_pointer(pointer: str, document: JsonDocument | None) -> str:
    """An RFC 6901 pointer into `document`, with the keys masked as they are there."""
    node = document.root if document is not None else None
    steps = []
    for step in pointer.split("/")[1:]:
        if node is not None and node.kind is Kind.ARRAY:
            steps.append(step)
            node = node.child(int(step)) if step.isdecimal() and int(step) < node.count else None
        else:
            key = step.replace("~1", "/").replace("~0", "~")
            steps.append(mask_key(key))
            node = node.get(key) if node is not None else None
    return "".join(f"/{step}" for step in steps)


def _masked(document: JsonDocument, top: _Place) -> bytes:
    """`top` is the tree of places that are kept."""
    places: dict[int, _Place | None] = {-1: None}
    pieces: list[bytes] = []
    done = 0
    for index in range(len(document)):
        key, node = document.key_of(index), JsonNode(document, index)
        place = _below(places[document.parents[index]], key) if index else top
        if key is not None and mask_key(key) != key:
            start, end = document.key_starts[index], document.key_ends[index]
            pieces += (document.source[done:start], _quoted(mask_key(key)))
            done = end
        if node.count:
            places[index] = place
        elif node.kind in (Kind.STRING, Kind.NUMBER):
            pieces += (document.source[done : node.start], _masked_scalar(node, place))
            done = node.end
    return b"".join((*pieces, document.source[done:]))


def _below(place: _Place | None, key: str | None) -> _Place | None:
    """Figures go on below; anything else must be named step by step, `*` for the items of an array."""
    if place is None or place is _FIGURES:
        return place
    found: _Place | None = place.get("*" if key is None else key)
    return found


def _masked_scalar(node: JsonNode, place: _Place | None) -> bytes:
    if node.kind is Kind.NUMBER:
        return node.raw if place is _SCALAR or place is _FIGURES else _DIGIT.sub(b"1", node.raw)
    text = node.string
    if place is _SCALAR and looks_like_id(text):
        return node.raw
    if place is _ARGUMENTS:
        return _quoted(mask_arguments(text) if text.strip() else text)
    return _quoted(mask_text(text))


def _quoted(text: str) -> bytes:
    return json.dumps(text, ensure_ascii=False).encode()


def _tree(places: Iterable[tuple[str, _Place]]) -> _Place:
    tree: _Place = {}
    for place, leaf in places:
        *steps, last = place.split("/")
        above = tree
        for step in steps:
            above = above.setdefault(step, {})
        above[last] = leaf
    return tree


_TREE = _tree(
    [
        *((place, _SCALAR) for place in _KEPT_PLACES),
        *((f"choices/*/message/{place}", _ARGUMENTS) for place in _ARGUMENT_PLACES),
        *((f"input_messages/*/{place}", _ARGUMENTS) for place in _ARGUMENT_PLACES),
        ("usage", _FIGURES),
    ]
)
_PROMPT_TREE = _tree(
    [
        *((place, _SCALAR) for place in ("object", "first_id", "last_id")),
        *((f"{above}*/{place}", _SCALAR) for above in ("", "data/") for place in _PROMPT_MESSAGE),
        *((f"{above}*/{place}", _ARGUMENTS) for above in ("", "data/") for place in _ARGUMENT_PLACES),
    ]
)
