"""What the server itself said: its words taken out of whatever form its answer has, fit to be shown.

The forms are those of OpenAI, of Sudo (which wraps OpenAI's error as text inside its own), of routers, of web frameworks
(RFC 9457 among them) and of the edge network, which sends plain text or HTML. HTML is named, never rendered.
"""

import re
from dataclasses import dataclass
from enum import Enum, auto
from html import unescape
from typing import assert_never

from inspector.core.exchange import Received
from inspector.core.json.document import JsonDocument, JsonNode, Kind
from inspector.core.json.text import BYTE_ORDER_MARK, JsonFault, parse_text
from inspector.core.visible_text import stand_in

_MOST_CHARACTERS = 2_000
_MOST_BYTES = 65_536
_DEEPEST_NESTING = 8
_TEXT_MEMBERS = ("message", "detail", "msg", "error_description", "description", "title", "reason")
_LABEL_MEMBERS = ("type", "code", "param", "scope")
_PAGE_START = re.compile(rb"\s*<(?:!doctype|html|head|body|!--|\?xml)", re.IGNORECASE)
_TITLE = re.compile(r"<title[^<>]*>([^<]*)", re.IGNORECASE)
_HIDDEN = re.compile("[\x00-\x08\x0b-\x1f\x7f-\x9f\u061c\u200e\u200f\u2028-\u202e\u2066-\u2069\ufeff\ud800-\udfff]")


class Form(Enum):
    """What kind of answer the words were found in."""

    NOTHING = auto()
    SAID = auto()
    PAGE = auto()
    BINARY = auto()


@dataclass(frozen=True, slots=True)
class ServerWords:
    """At most 2,000 characters, without control characters but line breaks; a description where there are no words."""

    form: Form
    text: str

    @property
    def sentence(self) -> str:
        """One sentence on one line, to follow what happened."""
        brief = " ".join(self.text.split())
        brief = brief if len(brief) <= 500 else f"{brief[:499]}…"
        match self.form:
            case Form.NOTHING:
                return "The server gave no reason."
            case Form.SAID:
                return f"It said: “{brief}”"
            case Form.PAGE | Form.BINARY:
                return f"It sent {brief}, instead of JSON."
            case _:
                assert_never(self.form)


def words_of(received: Received, document: JsonDocument | None) -> ServerWords:
    """The server's words in an answer; `document` is the body where that is JSON. A byte order mark is no word."""
    body = received.body.removeprefix(BYTE_ORDER_MARK)
    if not body.strip():
        return ServerWords(Form.NOTHING, "")
    if document is not None:
        text = readable(error_text(document.root) or document.root.sent(_MOST_CHARACTERS))
        return ServerWords(Form.SAID if text else Form.NOTHING, text)
    if is_page(received):
        title = _title(body)
        named = f"an HTML page titled “{title}”" if title else "an HTML page"
        return ServerWords(Form.PAGE, f"{named}, {len(body):,} bytes")
    start = body[:_MOST_BYTES].decode("utf-8", "replace")
    if "\0" in start or start.count("\ufffd") > len(start) // 20:
        return ServerWords(Form.BINARY, f"{len(body):,} bytes that are not text")
    return ServerWords(Form.SAID, readable(start))


def is_page(received: Received) -> bool:
    """Whether the body is HTML, by its first bytes or else by its Content-Type."""
    if _PAGE_START.match(received.body[:_MOST_BYTES].removeprefix(BYTE_ORDER_MARK)):
        return True
    starts_as_json = received.body.lstrip()[:1] in (b"{", b"[", b'"')
    return "html" in (received.header("content-type") or "").lower() and not starts_as_json


def error_text(node: JsonNode, depth: int = 0) -> str:
    """The words in a JSON error of any known form; empty where there are none."""
    if depth > _DEEPEST_NESTING:
        return ""
    if node.kind is Kind.STRING:
        return _unwrapped(node.string, depth)
    if node.kind is Kind.ARRAY:
        return "; ".join(
            filter(None, (error_text(item, depth + 1) for item in node.children(0, 5 if depth < 3 else 1)))
        )
    if node.kind is not Kind.OBJECT:
        return ""
    inner = node.get("error") or node.get("errors")
    if inner is not None and (said := error_text(inner, depth + 1)):
        more = node.get("error_description") or (node.get("message") if inner.kind is Kind.STRING else None)
        added = error_text(more, depth + 1) if more is not None else ""
        return f"{said}: {added}" if added and added != said else said
    return _labelled(node, next(filter(None, (_member(node, name, depth) for name in _TEXT_MEMBERS)), ""))


def readable(text: str) -> str:
    """`text` cut to 2,000 characters, with stand-ins for what would not show or would reorder the rest."""
    start = text[:_MOST_CHARACTERS].replace("\r\n", "\n")
    shown = _HIDDEN.sub(lambda hidden: stand_in(hidden[0]), start).strip()
    whole = len(text) <= _MOST_CHARACTERS and len(shown) <= _MOST_CHARACTERS
    return shown if whole else f"{shown[: _MOST_CHARACTERS - 1]}…"


def _member(node: JsonNode, name: str, depth: int) -> str:
    member = node.get(name)
    return error_text(member, depth + 1) if member is not None else ""


def _labelled(node: JsonNode, text: str) -> str:
    """The words with the short members beside them, which programmers look for: (type …, code …)."""
    labels = {name: _scalar(node.get(name)) for name in _LABEL_MEMBERS}
    if not text and not (text := labels.pop("type") or labels.pop("code")):
        return ""
    said = ", ".join(f"{name} {label}" for name, label in labels.items() if label)
    place = _place(node.get("loc"))
    return f"{place}{text} ({said})" if said else f"{place}{text}"


def _scalar(node: JsonNode | None) -> str:
    if node is None or node.kind not in (Kind.STRING, Kind.NUMBER):
        return ""
    return (node.string if node.kind is Kind.STRING else node.text)[:200]


def _place(node: JsonNode | None) -> str:
    """Where a web framework found the fault: its `loc` as a path."""
    if node is None or node.kind is not Kind.ARRAY:
        return ""
    return ".".join(filter(None, map(_scalar, node.children(0, 20)))) + ": "


def _unwrapped(text: str, depth: int) -> str:
    """`text`, with an error that it quotes as JSON, such as OpenAI's inside Sudo's, replaced by that error's own words."""
    text = text.strip()
    start = text.find("{")
    if start < 0:
        return text
    quoted = parse_text(text[start:]) if len(text) <= _MOST_BYTES else None
    if quoted is None or isinstance(quoted, JsonFault):
        return text
    return f"{text[:start]}{error_text(quoted.root, depth + 1) or text[start:]}"


def _title(body: bytes) -> str:
    found = _TITLE.search(body[:_MOST_BYTES].decode("utf-8", "replace"))
    title = " ".join(readable(unescape(found[1])).split()) if found else ""
    return title if len(title) <= 200 else f"{title[:199]}…"
