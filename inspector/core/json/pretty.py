"""JSON laid out for reading: white space is ours, every other character is as sent."""

from inspector.core.json.document import JsonDocument, JsonNode, Kind

_INDENT = "  "
UNLIMITED = 1 << 40
"""More characters than any body has."""


def pretty(document: JsonDocument, index: int = 0, limit: int = UNLIMITED, *, width: int = 0) -> str:
    """The value at `index`, indented; it ends early once more than `limit` characters are written.

    An object or array that was sent in one line, and fits into one of `width` bytes, stays in one, as sent.
    """
    parts: list[str] = []
    written, at, last = 0, index, document.next_of(index)
    open_ends: list[tuple[int, str]] = []
    while at < last:
        is_leaf = not document.counts[at] or _fits(document, at, width - len(_INDENT) * len(open_ends))
        written += _write(document, at, index, open_ends, parts, limit=limit if is_leaf else None)
        if written > limit:
            return "".join(parts)
        at = document.next_of(at) if is_leaf else at + 1
        while is_leaf and open_ends and at == open_ends[-1][0]:
            _, close = open_ends.pop()
            parts.append(f"\n{_INDENT * len(open_ends)}{close}")
    return "".join(parts)


def _fits(document: JsonDocument, at: int, room: int) -> bool:
    start, end = document.starts[at], document.ends[at]
    return end - start <= room and b"\n" not in document.source[start:end]


def _write(
    document: JsonDocument, at: int, top: int, open_ends: list[tuple[int, str]], parts: list[str], *, limit: int | None
) -> int:
    """Writes one value, up to its opening bracket where no limit is given; returns the characters written."""
    before = "" if at == top else f"\n{_INDENT * len(open_ends)}"
    if at not in (top, document.parents[at] + 1):
        before = f",{before}"
    key_start = document.key_starts[at]
    key = f"{document.text(key_start, document.key_ends[at])}: " if key_start >= 0 and at != top else ""
    kind = document.kinds[at]
    if limit is None:
        is_object = kind == Kind.OBJECT
        value = "{" if is_object else "["
        open_ends.append((document.next_of(at), "}" if is_object else "]"))
    elif kind in (Kind.OBJECT, Kind.ARRAY) and not document.counts[at]:
        value = "{}" if kind == Kind.OBJECT else "[]"
    else:
        value = JsonNode(document, at).sent(limit)
    parts += (before, key, value)
    return len(before) + len(key) + len(value)
