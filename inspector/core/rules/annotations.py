"""What hangs on a message besides its text: citations and audio."""

from collections.abc import Iterator
from urllib.parse import urlsplit

from inspector.core.citations import citation_nodes
from inspector.core.completion import Choice, Message, string_of
from inspector.core.findings import Evidence, Severity
from inspector.core.rules.parts import answers, messages
from inspector.core.rules.rule import Spot, rule
from inspector.core.rules.values import counted, quoted, whole_number

_WEB = frozenset({"http", "https"})


@rule(
    "citation-range",
    Severity.WARNING,
    "A citation points outside the text",
    "Clients cut the text at these places: links land on the wrong words or the client fails.",
    over=messages,
)
def citation_range(part: tuple[Choice, Message]) -> Iterator[Spot]:
    citations = list(citation_nodes(part[1].node))
    length = _units(string_of(part[1].content) or "") if citations else 0
    for citation in citations:
        start, end = citation.get("start_index"), citation.get("end_index")
        first, last = whole_number(start), whole_number(end)
        if first is not None and first < 0:
            yield start, f"The citation starts at {first:,}."
        elif last is not None and last > length:
            yield end, f"The citation ends at {last:,}, but the text has {counted(length, 'character')}."
        elif first is not None and last is not None and first > last:
            yield start, f"The citation starts at {first:,} and ends before that, at {last:,}."


@rule(
    "citation-link",
    Severity.WARNING,
    "A citation does not lead to the web",
    "A link of another scheme can run code or open local files when it is clicked.",
    over=messages,
)
def citation_link(part: tuple[Choice, Message]) -> Iterator[Spot]:
    for citation in citation_nodes(part[1].node):
        node = citation.get("url")
        url = string_of(node)
        if url is not None and _scheme(url) not in _WEB:
            yield node, f"The citation's address is {quoted(url, 120)}."


@rule(
    "audio-expired",
    Severity.INFO,
    "The audio has expired",
    "Its ID can no longer be used in a follow-up request; the data in this body can still be played.",
    over=answers,
)
def audio_expired(evidence: Evidence) -> Iterator[Spot]:
    for _, message in messages(evidence):
        audio = message.node.get("audio")
        node = audio.get("expires_at") if audio is not None else None
        expires = whole_number(node)
        if expires is not None and expires < evidence.now:
            yield node, f"The audio expired {counted(int(evidence.now - expires), 'second')} before it was fetched."


RULES = (citation_link, citation_range, audio_expired)


def _units(text: str) -> int:
    """The length in UTF-16 units, the larger of the two that services count in."""
    return len(text) + sum(character > "\uffff" for character in text)


def _scheme(url: str) -> str:
    try:
        return urlsplit(url.strip()).scheme
    except ValueError:
        return ""
