"""JSON laid out for reading: white space is ours, every other character is as sent."""

from inspector.core.json.document import JsonDocument, JsonNode, Kind

_INDENT = "  "
UNLIMITED = 1 << 40
"""More characters than any body has."""


def pretty(document: JsonDocument, index: int = 0, limit: int = UNLIMITED) -> str:
    """The value at `index`, indented; it ends early once more than `limit` characters are written."""
    parts: list[str] = []
    written, last = 0, document.next_of(index)
    open_ends: list[tuple[int, str]] = []
    for at in range(index, last):
        written += _write(document, at, index, open_ends, parts, limit=limit)
        if written > limit:
            return "".join(parts)
        if not document.counts[at]:
            while open_ends and document.next_of(at) == open_ends[-1][0]:
                _, close = open_ends.pop()
                parts.append(f"\n{_INDENT * len(open_ends)}{close}")
    return "".join(parts)


def _write(
    document: JsonDocument, at: int, top: int, open_ends: list[tuple[int, str]], parts: list[str], *, limit: int
) -> int:
    """Writes one value, up to its opening bracket if it has children; returns the characters written."""
    before = "" if at == top else f"\n{_INDENT * len(open_ends)}"
    if at not in (top, document.parents[at] + 1):
        before = f",{before}"
    key_start = document.key_starts[at]
    key = f"{document.text(key_start, document.key_ends[at])}: " if key_start >= 0 and at != top else ""
    kind, count = document.kinds[at], document.counts[at]
    if count:
        is_object = kind == Kind.OBJECT
        value = "{" if is_object else "["
        open_ends.append((document.next_of(at), "}" if is_object else "]"))
    elif kind in (Kind.OBJECT, Kind.ARRAY):
        value = "{}" if kind == Kind.OBJECT else "[]"
    else:
        value = JsonNode(document, at).sent(limit)
    parts += (before, key, value)
    return len(before) + len(key) + len(value)
