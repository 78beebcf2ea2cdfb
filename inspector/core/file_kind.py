"""What a file is that somebody drops on the window: tool schemas, a response, or a text that may hold IDs."""

from enum import Enum, auto

from inspector.core.json.document import JsonDocument, JsonNode, Kind
from inspector.core.json.text import BYTE_ORDER_MARK, parse_body
from inspector.core.schemas.offered_tools import NoTool, tools_in

_RESPONSE_MEMBERS = ("choices", "cases", "error")
_HEAD = 1000


class FileKind(Enum):
    """What is to be done with it: load it, open it, or look for IDs in it."""

    TOOLS = auto()
    RESPONSE = auto()
    TEXT = auto()


def kind_of_file(data: bytes) -> FileKind:
    """JSON that lists tools and no choices is tool schemas; other objects and broken ones are responses, all else is text."""
    document = parse_body(data.removeprefix(BYTE_ORDER_MARK))
    if isinstance(document, JsonDocument):
        return _kind_of(document.root)
    return FileKind.RESPONSE if _looks_like_a_response(data.removeprefix(BYTE_ORDER_MARK)) else FileKind.TEXT


def _kind_of(root: JsonNode) -> FileKind:
    if root.kind is Kind.OBJECT and any(root.get(member) is not None for member in _RESPONSE_MEMBERS):
        return FileKind.RESPONSE
    if root.kind in (Kind.OBJECT, Kind.ARRAY) and _are_tools(root):
        return FileKind.TOOLS
    return FileKind.RESPONSE if root.kind is Kind.OBJECT else FileKind.TEXT


def _are_tools(root: JsonNode) -> bool:
    found = list(tools_in(root))
    return bool(found) and not any(isinstance(tool, NoTool) for tool in found)


def _looks_like_a_response(data: bytes) -> bool:
    """Whether it begins as one object that breaks later on: a log of JSON lines has whole ones in its first line."""
    head = data[:_HEAD].lstrip()
    first = head.partition(b"\n")[0]
    return (head.startswith(b"{") and not isinstance(parse_body(first), JsonDocument)) or head[:1] == b"<"
