"""IDs in pasted text: a log line, a URL, a program's output or a piece of JSON.

A text without white space is an ID as it stands; any other is searched. What is plainly the ID of something else, such as
a tool call, is found and named too, so that somebody can be told why it is not fetched. One pass, linear in the text.
"""

import re
from dataclasses import dataclass
from enum import StrEnum
from operator import attrgetter
from urllib.parse import unquote

from inspector.core.id_pattern import IdPattern
from inspector.core.search.searcher import TooLongError


class IdKind(StrEnum):
    """What an ID names, in words for people."""

    COMPLETION = "chat completion"
    RESPONSE = "response"
    TOOL_CALL = "tool call"
    REQUEST = "request"
    MESSAGE = "message"
    RUN = "run"
    THREAD = "thread"
    ASSISTANT = "assistant"
    FILE = "file"
    BATCH = "batch"


@dataclass(frozen=True, slots=True)
class Candidate:
    """An ID found at `start` (code points of the text). `reason` says what gave it away."""

    text: str
    kind: IdKind
    reason: str
    start: int

    @property
    def is_completion(self) -> bool:
        """Whether it is worth asking the service for."""
        return self.kind is IdKind.COMPLETION


_PREFIXES = {
    "chatcmpl-": IdKind.COMPLETION,
    "gen-": IdKind.COMPLETION,
    "resp_": IdKind.RESPONSE,
    "call_": IdKind.TOOL_CALL,
    "toolu_": IdKind.TOOL_CALL,
    "req_": IdKind.REQUEST,
    "msg_": IdKind.MESSAGE,
    "run_": IdKind.RUN,
    "thread_": IdKind.THREAD,
    "asst_": IdKind.ASSISTANT,
    "file-": IdKind.FILE,
    "batch_": IdKind.BATCH,
}
_VALUE = r"[A-Za-z0-9][A-Za-z0-9._:-]*+"
_PATTERN = re.compile(
    r"(?<![A-Za-z0-9_])(?:"
    r"completions/(?P<segment>[A-Za-z0-9%][A-Za-z0-9%._~:+-]*+)"
    r"|(?P<key>(?i:(?:chat_?)?completion_?id|generation_?id|id))\\?[\"']?\s*+[:=]\s*+\\?[\"']?"
    rf"(?P<value>{_VALUE})"
    rf"|(?<!-)(?P<prefixed>(?:{'|'.join(_PREFIXES)}){_VALUE})"
    r")"
)
_OTHER_OWNER = re.compile(r"(?i:request|trace|span|call|user|session|message|event|job|process|client|tool)[ -]$")


@dataclass(frozen=True, slots=True)
class Found:
    """The IDs in a text in the order of their first appearance, each once; `note` says why these may not be all."""

    candidates: tuple[Candidate, ...] = ()
    note: str = ""


def find_candidates(text: str, extra: IdPattern | None = None) -> Found:
    """The IDs in `text`; what fits `extra` is a completion's, too."""
    trimmed = text.strip()
    if trimmed and not re.search(r"\s", trimmed):
        return Found((Candidate(trimmed, IdKind.COMPLETION, "the whole text", text.index(trimmed)),))
    fitting, note = _fitting(text, extra) if extra is not None else ([], "")
    known = [candidate for match in _PATTERN.finditer(text) if (candidate := _candidate(text, match)) is not None]
    found: dict[str, Candidate] = {}
    for candidate in sorted([*fitting, *known], key=attrgetter("start")):
        found.setdefault(candidate.text, candidate)
    return Found(tuple(found.values()), note)


def _fitting(text: str, extra: IdPattern) -> tuple[list[Candidate], str]:
    found: list[Candidate] = []
    try:
        for start, end in extra.spans(text):
            found.append(Candidate(text[start:end], IdKind.COMPLETION, "fits the profile’s ID pattern", start))
    except TooLongError:
        return found, "The search with the profile’s ID pattern took too long and was stopped."
    return found, ""


def _candidate(text: str, match: re.Match[str]) -> Candidate | None:
    group = match.lastgroup or ""
    found, start = match[group].rstrip("._:~-"), match.start(group)
    if group == "segment":
        found = unquote(found, errors="replace")
    prefix = next((known for known in _PREFIXES if found.startswith(known) and found != known), None)
    if prefix is not None and (prefix == "chatcmpl-" or _looks_made(found)):
        return Candidate(found, _PREFIXES[prefix], f"starts with {prefix}", start)
    if group == "segment":
        return Candidate(found, IdKind.COMPLETION, "path segment after completions/", start)
    if group == "value" and _belongs_here(text, match, found):
        return Candidate(found, IdKind.COMPLETION, f"value of key {match['key']}", start)
    return None


def _belongs_here(text: str, match: re.Match[str], found: str) -> bool:
    """Whether the value of a key names a completion: a bare `id` may be anybody's, and `id: string` is documentation."""
    if match["key"].lower() != "id":
        return True
    return _looks_made(found) and not _OTHER_OWNER.search(text[max(0, match.start() - 12) : match.start()])


def _looks_made(found: str) -> bool:
    """Whether a program made this up rather than a person: words have no digits, counters no letters."""
    return len(found) >= 6 and any(char.isdigit() for char in found) and any(char.isalpha() for char in found)
