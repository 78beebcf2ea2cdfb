"""What an address or a piece of base64 says of itself, found out without decoding what may be megabytes."""

import re
from dataclasses import dataclass

from inspector.core.hosts import host_of
from inspector.core.json.document import JsonNode, Kind
from inspector.core.json.strings import decode_string

_HEAD = 2048
_DATA_URL = re.compile(r"data:(?P<type>[^,;]{0,200})(?P<more>(?:;[^,]{0,200})?),", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class Address:
    """An address and what can be told of it unloaded. `text` is the string that holds all of it, exactly.

    Of a `data:` address there are the media type and the number of bytes that it holds; of any other the host.
    """

    text: JsonNode
    is_data: bool
    host: str = ""
    media_type: str = ""
    size: int | None = None


def read_address(node: JsonNode | None) -> Address | None:
    """The address in a string; None where there is no string, or an empty one."""
    if node is None or node.kind is not Kind.STRING or node.end - node.start <= 2:
        return None
    head = node.beginning(_HEAD)
    if head[:5].lower() != "data:":
        return Address(node, is_data=False, host=host_of(head))
    found = _DATA_URL.match(head)
    if found is None:
        return Address(node, is_data=True)
    is_base64 = found["more"].lower().endswith(";base64")
    size = _base64_size(node, found.end()) if is_base64 else None
    return Address(node, is_data=True, media_type=found["type"].lower(), size=size)


def base64_bytes(node: JsonNode | None) -> int | None:
    """How many bytes a string of base64 stands for; None where there is no string."""
    return _base64_size(node, 0) if node is not None and node.kind is Kind.STRING else None


def _base64_size(node: JsonNode, skipped: int) -> int:
    """Three bytes for four characters, without the padding; `skipped` characters stand before the data.

    Where the string holds an escape it is decoded, since the characters cannot be counted by their bytes.
    """
    source, start, end = node.document.source, node.start + 1, node.end - 1
    if source.find(b"\\", start, end) >= 0:
        text = decode_string(node.text)
        length, tail = len(text) - skipped, text[-2:]
    else:
        length, tail = end - start - skipped, source[max(start, end - 2) : end].decode("ascii", "replace")
    padding = len(tail) - len(tail.rstrip("="))
    return max(0, (length - padding) * 3 // 4)
