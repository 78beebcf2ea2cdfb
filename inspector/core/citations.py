"""What a message cites: addresses as text with their host, the range of the text each stands for, and that excerpt.

Field names: OpenAI's `annotations` of type `url_citation`, with the fields in an object of that name or in the entry itself.
`start_index` and `end_index` are taken as code points; some services count UTF-16 units, which differ behind an emoji.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from itertools import islice

from inspector.core.completion import string_of
from inspector.core.hosts import host_of, host_words
from inspector.core.json.document import KIND_WORDS, JsonNode, Kind

MOST = 200
"""Citations that are listed at once."""
_EXCERPT = 300
_WHOLE_NUMBER = re.compile(r"-?[0-9]{1,18}")


@dataclass(frozen=True, slots=True)
class Citation:
    """`cited` is the range in the content where that fits; `range_words` tells it, or why it does not fit."""

    pointer: str
    url: str
    title: str
    host: str
    range_words: str
    cited: tuple[int, int] | None = None
    excerpt: str = ""

    @property
    def head(self) -> str:
        """Title and host, as far as they are given."""
        return " — ".join(filter(None, (self.title, self.host))) or "A citation without a title and an address"


def citations_of(message: JsonNode) -> tuple[Citation, ...]:
    """The first citations of a message, in the order sent."""
    nodes = list(islice(citation_nodes(message), MOST))
    if not nodes:
        return ()
    text = _cited_text(message.get("content"), nodes)
    return tuple(citation_at(node, text) for node in nodes)


def _cited_text(content: JsonNode | None, nodes: list[JsonNode]) -> str | None:
    """The content as far as anything in it is cited, for it may be long; all of it where a range does not fit."""
    if content is None or content.kind is not Kind.STRING:
        return None
    ends = [_range_of(node) for node in nodes]
    furthest = max((last for first, last in ends if first is not None and last is not None), default=0)
    text = content.beginning(min(max(furthest, 0), content.end - content.start))
    return text if all(_fits(first, last, text) for first, last in ends) else content.string


def citation_nodes(message: JsonNode) -> Iterator[JsonNode]:
    """Every annotation that is an object, or the object inside that is named like its type."""
    node = message.get("annotations")
    for entry in node.children() if node is not None and node.kind is Kind.ARRAY else ():
        if entry.kind is Kind.OBJECT:
            yield citing_object(entry)


def citing_object(entry: JsonNode) -> JsonNode:
    """The object with the fields of a citation, of an entry of `annotations`."""
    inner = entry.get("url_citation")
    return inner if inner is not None and inner.kind is Kind.OBJECT else entry


def citation_at(node: JsonNode, text: str | None) -> Citation:
    """The citation that an object tells; `text` is the content that it is about."""
    url = string_of(node.get("url")) or ""
    words, cited = _range(node, text)
    excerpt = text[cited[0] : cited[1]] if text is not None and cited is not None else ""
    return Citation(
        node.pointer,
        url,
        string_of(node.get("title")) or "",
        (host_words(url) if host_of(url) else "no host") if url else "",
        words,
        cited,
        excerpt if len(excerpt) <= _EXCERPT else f"{excerpt[: _EXCERPT - 1]}…",
    )


def _range(node: JsonNode, text: str | None) -> tuple[str, tuple[int, int] | None]:
    """The range in words, and as offsets where it lies in the text."""
    start, end = node.get("start_index"), node.get("end_index")
    if start is None or end is None:
        return "no range given", None
    first, last = _range_of(node)
    given = f"start_index {_spelled(start)} and end_index {_spelled(end)}"
    if first is None or last is None:
        return f"{given} are no range of characters", None
    if text is None:
        return f"{given}, but the content is no text", None
    if not _fits(first, last, text):
        return f"{given} do not fit: the content has {len(text):,} characters", None
    return f"characters {first:,} to {last:,}", (first, last)


def _range_of(node: JsonNode) -> tuple[int | None, int | None]:
    """The two ends of what is cited, as numbers, where they are some."""
    return _whole_number(node.get("start_index")), _whole_number(node.get("end_index"))


def _fits(first: int | None, last: int | None, text: str) -> bool:
    """Whether it is a range of the text, or none at all."""
    return first is None or last is None or 0 <= first <= last <= len(text)


def _whole_number(node: JsonNode | None) -> int | None:
    short = node is not None and node.kind is Kind.NUMBER and node.end - node.start <= 19
    return int(node.text) if node is not None and short and _WHOLE_NUMBER.fullmatch(node.text) else None


def _spelled(node: JsonNode) -> str:
    return node.text if node.kind is Kind.NUMBER and node.end - node.start <= 40 else f"({KIND_WORDS[node.kind]})"
