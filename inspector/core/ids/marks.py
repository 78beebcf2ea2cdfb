"""IDs that their own looks or an address give away: a prefix, a path segment, a UUID, a trace context. One pass each, linear."""

import re
from collections.abc import Iterator
from urllib.parse import unquote

from inspector.core.ids.kinds import (
    NAME,
    PREFIXES,
    Candidate,
    Evidence,
    IdKind,
    by_looks,
    evidence_of_looks,
    looks_made,
)

_TRAILING = "._:~-"
# What ends in a letter or digit and yet is not of the word behind it: an escape, a colour code, the minus of a changed line.
_BREAKS = (
    r"\\[abfnrtv0]",
    r"\\x[0-9A-Fa-f]{2}",
    r"\\u[0-9A-Fa-f]{4}",
    r"%[0-9A-Fa-f]{2}",
    r"\[[0-9]m",
    r"[\[;][0-9]{2}m",
    r"\n-",
)


def _begun(prefix: str) -> str:
    """A pattern for a word that begins with `prefix`. What the pattern begins with is literal, so that the search is quick."""
    return rf"{prefix}(?:(?<![A-Za-z0-9_-]{prefix})|{'|'.join(f'(?<={known}{prefix})' for known in _BREAKS)})"


_REST = r"(?P<rest>[A-Za-z0-9](?>(?:[A-Za-z0-9_-]++|%2[Dd]|%5[Ff])*))"
_IN_DOUBT = r"[_-]*+[.…*\[%]"
_PLAIN_REST = rf"[A-Za-z0-9](?>(?:[A-Za-z0-9_-]*[A-Za-z0-9])?)(?!{_IN_DOUBT})"
_MADE_REST = rf"(?=[A-Za-z_-]*+[0-9])(?!{NAME}(?![A-Za-z0-9_-]))(?=[A-Za-z0-9_-]{{3}}){_PLAIN_REST}(?![_-]*+[(=])"
_PLAIN = {prefix: re.compile(_begun(prefix) + _MADE_REST) for prefix in PREFIXES} | {
    "chatcmpl-": re.compile(f"{_begun('chatcmpl-')}(?!tool-){_PLAIN_REST}")
}
_IN_DOUBT_AFTER = {
    prefix: re.compile(rf"{_begun(prefix)}(?=[A-Za-z0-9][A-Za-z0-9_-]*+[.…*\[%]){_REST}") for prefix in PREFIXES
}
_ENCODED = re.compile(rf"{_begun('chatcmpl%')}2[Dd]{_REST}")
_SEGMENT = re.compile(
    r"completions(?P<slash>/|%2[Ff])(?!chatcmpl-[A-Za-z0-9_-]++(?![.:%~+]))(?P<segment>[A-Za-z0-9%][A-Za-z0-9%._~:+-]*+)"
)
_LOGS = re.compile(r"/(?:logs|generations?|completion)/(?P<segment>[A-Za-z0-9][A-Za-z0-9_%-]*+)(?![.A-Za-z0-9])")
_IN_ADDRESS = re.compile(r"://\S*+\Z")
_UUID = re.compile(r"-[0-9a-fA-F]{4}-[0-9a-fA-F]{4}-[0-9a-fA-F]{4}-[0-9a-fA-F]{12}(?![A-Za-z0-9_-])")
_UUID_HEAD = re.compile(r"(?:\A|[^A-Za-z0-9_-]|(?:\\[abfnrtv]|%[0-9A-Fa-f]{2}))(?P<head>[0-9a-fA-F]{8})\Z")
_TRACE_CONTEXT = re.compile(r"-(?P<trace>[0-9a-f]{32})-[0-9a-f]{16}-[0-9a-f]{2}(?![A-Za-z0-9_-])")
_NOT_WHOLE = re.compile(r"…|\.\.\.|\[…\]")
_IN_PROGRAM = re.compile(r"[(=]|\.[A-Za-z_]")
_DOUBTFUL = frozenset("*.…[")
_WHOLE = 16
_FILE = re.compile(
    r"(?P<stem>[^:]*)\.(?:py|pyc|js|mjs|cjs|ts|tsx|jsx|go|rs|rb|java|kt|php|cs|md|html?|json|ya?ml|txt)(?::[0-9]+)*"
)
_PAGES = frozenset(
    ("create", "list", "get", "retrieve", "update", "delete", "object", "messages", "streaming", "stream")
)
_ENCODED_TWICE = re.compile(r"%(?!2[DdEeFfBb]|5[Ff]|7[Ee])")


def prefixed(text: str) -> list[Candidate]:
    """What starts as IDs do; each spelling once."""
    found: list[Candidate] = []
    for prefix, kind in PREFIXES.items():
        if prefix in text:
            reason, evidence = f"starts with {prefix}", evidence_of_looks(prefix, kind)
            first = _first(_PLAIN[prefix], text)
            found += [Candidate(at, at + len(each), each, kind, reason, evidence) for each, at in first.items()]
            found += _in_doubt(_IN_DOUBT_AFTER[prefix], text)
    return found + _in_doubt(_ENCODED, text)


def _first(pattern: re.Pattern[str], text: str) -> dict[str, int]:
    """What a pattern finds, and where first."""
    first: dict[str, int] = {}
    for match in pattern.finditer(text):
        spelled = match[0]
        if spelled not in first:
            first[spelled] = match.start()
    return first


def _in_doubt(pattern: re.Pattern[str], text: str) -> list[Candidate]:
    """IDs that are encoded, or may not be whole, as what follows them says."""
    candidates = (_prefixed(text, match) for match in pattern.finditer(text))
    return [candidate for candidate in candidates if candidate is not None]


def segments(text: str) -> list[Candidate]:
    """What stands behind `completions/`, unless the start of it tells enough; each spelling once."""
    known: set[str] = set()
    found: list[Candidate] = []
    for match in _SEGMENT.finditer(text):
        if match[0] not in known:
            known.add(match[0])
            candidate = _segment(text, match)
            if candidate is not None:
                found.append(candidate)
    return found


def _prefixed(text: str, match: re.Match[str]) -> Candidate | None:
    spelled, start = match[0].rstrip(_TRAILING), match.start()
    end = start + len(spelled)
    found = unquote(spelled)
    identity = by_looks(found)
    if identity is None or (identity[1] is not IdKind.COMPLETION and _IN_PROGRAM.match(text, end)):
        return None
    prefix, kind = identity
    mark = Candidate(start, end, found, kind, f"starts with {prefix}", evidence_of_looks(prefix, kind))
    return _doubted(text, mark, len(match["rest"]))


def _segment(text: str, match: re.Match[str]) -> Candidate | None:
    spelled = match["segment"].rstrip(_TRAILING)
    if match["slash"] != "/":  # an address within an address: what else is encoded belongs to the outer one
        spelled = _ENCODED_TWICE.split(spelled, maxsplit=1)[0]
    file = _FILE.fullmatch(spelled)
    if file is not None and by_looks(file["stem"]) is not None:
        spelled = file["stem"]
    elif file is not None or spelled in _PAGES or not spelled:
        return None
    found, start = unquote(spelled, errors="replace"), match.start("segment")
    prefix, kind = by_looks(found) or ("", IdKind.OTHER)
    end, reason = start + len(spelled), f"starts with {prefix}" if prefix else "path segment after completions/"
    if prefix and kind is not IdKind.COMPLETION:
        return Candidate(start, end, found, kind, reason, Evidence.OTHER)
    mark = Candidate(start, end, found, IdKind.COMPLETION, reason, Evidence.STRONG)
    return _doubted(text, mark, len(found) - len(prefix))


def _doubted(text: str, mark: Candidate, length: int) -> Candidate:
    """The mark, unless what follows says that this is not all of the ID: a short one before an ellipsis is only its beginning."""
    end = mark.end
    if text[end : end + 1] not in _DOUBTFUL:
        return mark
    masked = text[end : end + 1] == "*" and text[mark.start - 1 : mark.start] != "*"
    if masked or (length < _WHOLE and _NOT_WHOLE.match(text, end)):
        return mark._replace(kind=IdKind.PIECE, evidence=Evidence.NONE)
    return mark._replace(note="may be cut short, as “…” follows") if _NOT_WHOLE.match(text, end) else mark


def in_dashboards(text: str) -> Iterator[Candidate]:
    """What a page's address shows: `https://host/logs/ID`. Files are not meant."""
    for match in _LOGS.finditer(text):
        found, start = match["segment"].rstrip(_TRAILING), match.start("segment")
        if looks_made(found) and by_looks(found) is None and _IN_ADDRESS.search(text, max(0, start - 300), start):
            reason = f"path segment after {text[match.start() + 1 : start]}"
            yield Candidate(start, start + len(found), unquote(found), IdKind.COMPLETION, reason, Evidence.STRONG)


def traces(text: str) -> Iterator[Candidate]:
    """Trace IDs in W3C trace contexts: `00-<32 digits>-<16>-01`."""
    for match in _TRACE_CONTEXT.finditer(text):
        start, end = match.span("trace")
        if re.search(r"(?<![0-9A-Za-z_-])[0-9a-f]{2}\Z", text[max(0, match.start() - 3) : match.start()]):
            yield Candidate(start, end, match["trace"], IdKind.TRACE, "part of a traceparent", Evidence.OTHER)


def uuids(text: str) -> Iterator[Candidate]:
    """UUIDs that nothing else was said about: they may name anything."""
    known: set[str] = set()
    for match in _UUID.finditer(text):
        at = match.start()
        head = _UUID_HEAD.search(text[max(0, at - 11) : at])
        if head is not None:
            found = head["head"] + match[0]
            if found not in known:
                known.add(found)
                yield Candidate(at - 8, match.end(), found, IdKind.UUID, "looks like a UUID", Evidence.NONE)
