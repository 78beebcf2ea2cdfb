"""What IDs name, and how far their own looks tell it."""

import re
from enum import IntEnum, StrEnum
from typing import NamedTuple


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
    TRACE = "trace"
    SPAN = "span"
    OTHER = "something else"
    UUID = "UUID"
    PIECE = "beginning of an ID"
    KEY = "API key"

    @property
    def plural(self) -> str:
        """Several of them."""
        match self:
            case IdKind.BATCH:
                return "batches"
            case IdKind.OTHER:
                return "other things"
            case IdKind.PIECE:
                return "beginnings of IDs"
            case _:
                return f"{self.value}s"

    @property
    def refusal(self) -> str:
        """Why such an ID is not asked for, to follow the ID itself; empty for a completion's."""
        match self:
            case IdKind.COMPLETION:
                return ""
            case IdKind.UUID:
                return "is a UUID, and nothing beside it says that it names a chat completion"
            case IdKind.PIECE:
                return "is only the beginning of an ID"
            case IdKind.KEY:
                return "looks like an API key, and a key is never sent as an ID"
            case IdKind.OTHER:
                return "is the ID of something else, not of a chat completion"
            case _:
                article = "an" if self.value[0] in "aeiou" else "a"
                return f"is the ID of {article} {self.value}, not of a chat completion"


class Evidence(IntEnum):
    """How much a place says about what an ID names. Where several places name the same ID, the most telling one counts."""

    NONE = 0
    WEAK = 1
    OTHER = 2
    STRONG = 3


class Candidate(NamedTuple):
    """An ID that stands from `start` to `end` (code points of the text). `reason` says what gave it away.

    `note` says what was left out of it, and what is in doubt. A named tuple, since there may be hundreds of thousands.
    """

    start: int
    end: int
    text: str
    kind: IdKind
    reason: str
    evidence: Evidence
    note: str = ""

    @property
    def is_completion(self) -> bool:
        """Whether it is worth asking the service for."""
        return self.kind is IdKind.COMPLETION

    @property
    def name(self) -> str:
        """What it is called where people read it: what may be a key shows no more than its end."""
        return f"…{self.text[-4:]}" if self.kind is IdKind.KEY else self.text

    @property
    def refusal(self) -> str:
        """Why it is not asked for, and how it is all the same where it only looks like a key."""
        is_bare = self.kind is IdKind.KEY and _BARE_KEY.fullmatch(self.text) is not None
        return f"{self.kind.refusal}; if it is an ID, give it as completions/…" if is_bare else self.kind.refusal

    @property
    def why(self) -> str:
        """The reason with the note."""
        return f"{self.reason}, {self.note}" if self.note else self.reason


PREFIXES = {
    "chatcmpl-tool-": IdKind.TOOL_CALL,  # vLLM's
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
_LOOKS = re.compile(
    rf"(?P<prefix>{'|'.join(PREFIXES)})|(?:audio|fc|rs|ws|ci|org|proj|user|sess|session|conv|vs|step|ftjob|fp|key|sk)[_-]"
)
NAME = r"(?:[a-z]+(?:_[a-z]+)*_[a-z0-9]{1,5}|[a-z]{3,}[0-9]{1,2})"
"""What stands behind such a prefix in programs: `run_step_2`, `call_later2`."""
_NAME = re.compile(NAME)
_KEY = re.compile(
    r"(?<![A-Za-z0-9_-])"
    r"(?:(?:sk|sudo|gsk|xai|csk|pplx|nvapi|hf|r8|fw|gh[opsur]|github_pat|glpat)[-_]|AIza|AKIA|eyJ)"
    r"[A-Za-z0-9_-]{16}"
)
"""How the keys of services begin that answer this call or stand in the same logs; and a signed token."""
_WHOLE_KEY = re.compile(f"{_KEY.pattern}[A-Za-z0-9_-]*")
_BARE_KEY = re.compile(r"(?<![A-Za-z0-9_-])[0-9a-f]{64}(?![A-Za-z0-9_-])")
_MADE = re.compile(r"(?=[^0-9]*+[0-9])(?=[^A-Za-z]*+[A-Za-z])(?![0-9]{4}-[0-9]{2}-[0-9]{2}(?:[T_ ]|\Z))[\s\S]{6}")


def looks_made(text: str) -> bool:
    """Whether a program made this up rather than a person: words have no digits, counters no letters, moments begin with a date."""
    return _MADE.match(text) is not None


def by_looks(text: str) -> tuple[str, IdKind] | None:
    """The prefix that tells what an ID names, and what that is; None where nothing tells, or where it is only somebody's word."""
    match = _LOOKS.match(text)
    if match is None:
        return None
    prefix, rest = match["prefix"], text[match.end() :]
    if prefix is None:
        return ("", IdKind.OTHER) if looks_made(text) else None
    if prefix == "chatcmpl-":
        return (prefix, IdKind.COMPLETION) if rest else None
    if len(rest) < 3 or not looks_made(text) or _NAME.fullmatch(rest):
        return None
    return prefix, PREFIXES[prefix]


def evidence_of_looks(prefix: str, kind: IdKind) -> Evidence:
    """How much a prefix says."""
    if kind is not IdKind.COMPLETION:
        return Evidence.OTHER
    return Evidence.STRONG if prefix == "chatcmpl-" else Evidence.WEAK


def without_keys(text: str) -> str:
    """The text with no more than the end of what seems to be an API key, for wherever it may be seen."""
    return _WHOLE_KEY.sub(lambda match: f"…{match[0][-4:]}", text)


def may_be_key(text: str, *, is_named: bool) -> bool:
    """Whether an API key seems to stand in `text`. Where that is named as an ID, digits alone are one, as some keys have them."""
    return _KEY.search(text) is not None or (not is_named and _BARE_KEY.search(text) is not None)
