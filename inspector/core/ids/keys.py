"""IDs that stand behind a key: `"id": "…"`, `completion_id=…`, `X-Request-Id: …`, `ChatCompletion(id='…'`, in any notation.

Whose ID it is, is told by the words before `id`, or by the object that holds it, or by the `object` that follows it.
"""

import re
from collections.abc import Iterator
from itertools import chain
from urllib.parse import unquote

from inspector.core.ids.kinds import PREFIXES, Candidate, Evidence, IdKind, by_looks, evidence_of_looks, looks_made

_BARE = r"[A-Za-z0-9](?>(?:[A-Za-z0-9_~-]++|%(?:2[DdEeFfBb]|5[Ff]|7[Ee]))*)"
_KEY = (
    r"(?P<many>s?)(?>(?:[\"'\\`]|%2[27])*)"
    r"(?:\s*+(?>[:=]>?|-?>|%3[AaDd])\s*+|(?P<loose>\x20(?:is\x20)?(?=[\"'`A-Za-z_-]{0,40}[0-9])))"
    r"(?P<list>\[?)(?P<open>(?>(?:[\"'\\`]|%2[27])*))"
    rf"(?!(?:chatcmpl-|(?:{'|'.join(PREFIXES)})(?=[A-Za-z_-]*+[0-9]))[A-Za-z0-9_-]++[\"'\\\\,;)\]}}\s])"  # found by its looks
    rf"(?:(?<=[\"'`])(?=(?P<quoted>[^\"'\\`\s]{{1,600}}+)[\"'\\`])|(?=(?P<bare>{_BARE})))"
)
_KEYS = [re.compile(spelled + _KEY) for spelled in ("id", "Id", "ID")]
_ITEM = re.compile(r"[\s,]*+\\?[\"'](?P<item>[^\"'\\`\s]{1,600}+)\\?[\"']")
_HOLDER = re.compile(r"([A-Za-z_]\w*)\\?[\"']?\s*(?:[:=]>?\s*)?(?:\[\s*)?[{(]\s*\\?[\"']?\Z")
_BESIDE = re.compile(r"[\"'\\]*\s*,\s*[\"'\\]*(?P<what>object|type|role)[\"'\\]*\s*[:=]\s*[\"'\\]*(?P<value>[\w.]+)")
_LETTERS = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789_-"
_ESCAPE = re.compile(r"^(?:\\[nrt]?|%[0-9A-Fa-f]{2})")
_AROUND = " \n\r\t\"'\\"
_PARTS = re.compile(r"[A-Z]?[a-z]+|[A-Z]+(?![a-z])")
_COMPLETION = re.compile(r"(?:completion|chatcmpl|generation)$")
_MAY_BE_ITS = frozenset(("response", "resp", "result", "answer", "reply", "body", "data", "output", "chunk"))
_JOINED = frozenset(
    ("completion", "chatcompletion", "generation", "request", "trace", "span", "toolcall", "call", "message")
)
_OWNERS = {
    "toolcall": IdKind.TOOL_CALL,
    "functioncall": IdKind.TOOL_CALL,
    "call": IdKind.TOOL_CALL,
    "request": IdKind.REQUEST,
    "req": IdKind.REQUEST,
    "trace": IdKind.TRACE,
    "span": IdKind.SPAN,
    "message": IdKind.MESSAGE,
    "msg": IdKind.MESSAGE,
    "thread": IdKind.THREAD,
    "run": IdKind.RUN,
    "assistant": IdKind.ASSISTANT,
    "file": IdKind.FILE,
    "batch": IdKind.BATCH,
}
_OTHERS = frozenset(
    (
        "user",
        "session",
        "event",
        "job",
        "process",
        "client",
        "tool",
        "function",
        "customer",
        "account",
        "order",
        "device",
    )
) | frozenset(
    (
        "model",
        "org",
        "organization",
        "project",
        "team",
        "tenant",
        "worker",
        "host",
        "node",
        "pod",
        "item",
        "audio",
        "input",
    )
)
_OBJECTS = {
    "response": IdKind.RESPONSE,
    "thread": IdKind.THREAD,
    "thread.run": IdKind.RUN,
    "thread.message": IdKind.MESSAGE,
    "chat.completion.message": IdKind.MESSAGE,
    "message": IdKind.MESSAGE,
    "function": IdKind.TOOL_CALL,
    "custom": IdKind.TOOL_CALL,
    "tool_use": IdKind.TOOL_CALL,
    "batch": IdKind.BATCH,
    "file": IdKind.FILE,
    "assistant": IdKind.ASSISTANT,
}
_NO_VALUE = frozenset(
    ("none", "null", "nil", "undefined", "true", "false", "string", "str", "unknown", "missing", "empty")
)
_ODD = re.compile(r"://|[,;{}<>()]")
_PROGRAM = re.compile(r"[(\[]|[.:][A-Za-z0-9_]")
_Owner = tuple[IdKind, Evidence]
_MAY_BE: _Owner = (IdKind.COMPLETION, Evidence.WEAK)
_IS: _Owner = (IdKind.COMPLETION, Evidence.STRONG)


def keyed(text: str) -> Iterator[Candidate]:
    """The values of keys that end in `id`, where it is known whose they are."""
    owners: dict[str, _Owner | None] = {}
    for match in chain.from_iterable(pattern.finditer(text) for pattern in _KEYS):
        owner, key = _owner(text, match, owners)
        if owner is None or (match["loose"] and owner == _MAY_BE):
            continue
        if match["many"]:
            yield from _listed(text, match, owner, key)
            continue
        group = "quoted" if match["quoted"] else "bare"
        mark = _value(text, match.span(group), owner, key, is_exact=group == "quoted")
        if mark is not None:
            yield mark


def _listed(text: str, match: re.Match[str], owner: _Owner, key: str) -> Iterator[Candidate]:
    """The strings of an array: `"completion_ids": ["…", "…"]`."""
    at = match.start("open")
    while match["list"] and (item := _ITEM.match(text, at)):
        mark = _value(text, item.span("item"), owner, key, is_exact=True)
        if mark is not None:
            yield mark
        at = item.end()


def _value(text: str, span: tuple[int, int], owner: _Owner, key: str, *, is_exact: bool) -> Candidate | None:
    start, end = span
    spelled = text[start:end] if is_exact else text[start:end].rstrip("_~-")
    end = start + len(spelled)
    found = spelled if is_exact else unquote(spelled)
    if is_exact and _ODD.search(found):
        return None
    identity = by_looks(found)
    if identity is not None:
        prefix, kind = identity
        reason = f"starts with {prefix}" if prefix else f"value of key {key}"
        return Candidate(start, end, found, kind, reason, evidence_of_looks(prefix, kind))
    if owner == _IS:
        named = found.lower() not in _NO_VALUE and (is_exact or looks_made(found) or _is_value(text, end, found))
    else:
        named = looks_made(found) and (is_exact or not _PROGRAM.match(text, end))
    if not named:
        return None
    kind, evidence = _by_neighbour(text, end) if owner == _MAY_BE and key.lower() == "id" else owner
    return Candidate(start, end, found, kind, f"value of key {key}", evidence) if evidence else None


def _is_value(text: str, end: int, found: str) -> bool:
    """Whether a bare word is a value rather than a name in a program."""
    return not found.lower().endswith("id") and not _PROGRAM.match(text, end)


def _by_neighbour(text: str, end: int) -> _Owner:
    """What the object says of itself right behind its `id`."""
    beside = _BESIDE.match(text, end, end + 200)
    if beside is None:
        return _MAY_BE
    value = beside["value"]
    if beside["what"] == "role":
        return IdKind.MESSAGE, Evidence.OTHER
    if value in ("chat.completion", "chat.completion.chunk", "text_completion"):
        return _IS
    if value in _OBJECTS:
        return _OBJECTS[value], Evidence.OTHER
    return (IdKind.OTHER, Evidence.NONE) if beside["what"] == "object" else _MAY_BE


def _owner(text: str, match: re.Match[str], owners: dict[str, _Owner | None]) -> tuple[_Owner | None, str]:
    """Whose ID it is, None where it is somebody's who is not asked about; and the key as it is spelled."""
    at = match.start()
    before = text[max(0, at - 40) : at]
    spelled = text[at : at + 2] + match["many"]
    word = _last_word(before)
    if before.endswith(f"</{word}"):
        return None, spelled
    if word:
        ends = word[-1] in "_-" or spelled[0] == "I" or word.lower() in _JOINED
        return _looked_up(word, owners, is_part_of_key=True) if ends else None, word.lstrip("_-") + spelled
    if before[-1:] in (" ", "."):
        word = _last_word(before[:-1])
        owner = _looked_up(word, owners, is_part_of_key=False)
        return owner, spelled if owner == _MAY_BE else f"{word}{before[-1]}{spelled}"
    holder = _HOLDER.search(before) if before.rstrip(_AROUND)[-1:] in ("{", "(") else None
    return _looked_up(holder[1], owners, is_part_of_key=False) if holder is not None else _MAY_BE, spelled


def _last_word(before: str) -> str:
    rest = before.rstrip(_LETTERS)
    word = before[len(rest) :]
    return _ESCAPE.sub("", rest[-1:] + word) if rest.endswith(("\\", "%")) else word


def _looked_up(word: str, owners: dict[str, _Owner | None], *, is_part_of_key: bool) -> _Owner | None:
    """Whose it is by a word; one that says nothing means nobody's as a part of the key, and anybody's before it."""
    if word not in owners:
        owners[word] = _whose(word)
    owner = owners[word]
    return _MAY_BE if owner is None and not is_part_of_key and _parts(word)[-1] not in _OTHERS else owner


def _whose(word: str) -> _Owner | None:
    *rest, last = _parts(word)
    if _COMPLETION.search(last):
        return _IS
    if last in _MAY_BE_ITS:
        return _MAY_BE
    kind = _OWNERS.get("".join([*rest[-1:], last]), _OWNERS.get(last))
    return (kind, Evidence.OTHER) if kind is not None else None


def _parts(word: str) -> list[str]:
    """The words in a name, in lower case and singular: `tool_calls` and `toolCalls` are `tool` and `call`."""
    return [part.lower().removesuffix("s") for part in _PARTS.findall(word)] or [""]
