"""The columns of the completions table: for each its head, the words in a cell, and what it is sorted by."""

from __future__ import annotations

import time
from collections import Counter
from collections.abc import Callable
from itertools import zip_longest
from typing import TYPE_CHECKING, Any, NamedTuple

from inspector.viewmodels.session_state import Entry, Stage

if TYPE_CHECKING:
    from inspector.core.digest import Digest

_GOOD_VERDICTS = ("object", "free-text")
_SEVERITIES = ("note", "warning", "error")
_IN_BUILDING = (Stage.WAITING, Stage.FETCHING, Stage.CHECKING, Stage.CANCELLED)


class Column(NamedTuple):
    """`key` gives None for what sorts behind everything else, in either direction. `width` is in characters."""

    name: str
    words: Callable[[Entry], str]
    key: Callable[[Entry], Any]
    width: int
    is_figure: bool = False


def status_words(entry: Entry) -> str:
    """How far it has come, or how it ended: `waiting`, `200`, `429 rate limited`, `no ID`."""
    if entry.stage in _IN_BUILDING:
        return entry.stage.value
    if entry.sentence:
        return "no ID"
    digest = entry.digest
    if digest is None:
        return ""
    status = "file" if entry.path is not None else str(digest.status or "")
    problem = (digest.problem or "").replace("-", " ")
    return f"{status} {problem}".strip()


def worst_words(entry: Entry) -> str:
    """`2 errors`, `1 warning`, `nothing found`, `not checked`; nothing where there is nothing to judge."""
    digest = entry.digest
    if digest is None or digest.problem or entry.busy:
        return ""
    if not digest.is_checked:
        return "not checked"
    if digest.worst is None:
        return "nothing found"
    count = digest.counts[digest.worst - 1]
    return f"{count:,} {_SEVERITIES[digest.worst - 1]}{'' if count == 1 else 's'}"


def severity_of(entry: Entry) -> int:
    """The number of the worst severity, that of an error where it failed, 0 for none."""
    if entry.stage is Stage.FAILED:
        return 3
    return int(entry.digest.worst or 0) if entry.digest is not None and not entry.busy else 0


def calls_words(entry: Entry) -> str:
    """The functions that were called, and how many of the calls are faulty."""
    digest = entry.digest
    if digest is None or not digest.tools:
        return ""
    names = [f"{_line(name) or '(no name)'}{f' ×{count}' if count > 1 else ''}" for name, count in _counted(digest)]
    faulty = _faulty(digest)
    return ", ".join(names[:4]) + (" …" if len(names) > 4 else "") + (f" · {faulty:,} faulty" if faulty else "")


def row_words(entry: Entry) -> str:
    """The whole line for somebody who hears it."""
    facts = (column.words(entry) for column in COLUMNS[:5])
    return ", ".join(fact for fact in facts if fact)


def _line(text: str) -> str:
    from inspector.core.visible_text import one_line

    return one_line(text, 120)


def _counted(digest: Digest) -> list[tuple[str, int]]:
    return Counter(digest.tools).most_common()


def _faulty(digest: Digest) -> int:
    return sum(
        verdict not in _GOOD_VERDICTS or schema == "fails"
        for verdict, schema in zip_longest(digest.verdicts, digest.schema)
    )


def _ends(entry: Entry) -> str:
    digest = entry.digest
    reasons = Counter(digest.finish_reasons).most_common(3) if digest is not None else []
    return ", ".join(f"{_line(reason)}{f' ×{count}' if count > 1 else ''}" for reason, count in reasons)


def _when(entry: Entry) -> str:
    created = entry.digest.created if entry.digest is not None else None
    return "" if created is None else time.strftime("%Y-%m-%d %H:%M", time.localtime(created))


def _took(entry: Entry) -> str:
    took = entry.digest.elapsed_ms if entry.digest is not None else None
    if took is None:
        return ""
    return f"{took:,.0f} ms" if took < 10_000 else f"{took / 1000:,.1f} s"


def _of_digest(get: Callable[[Digest], Any]) -> Callable[[Entry], Any]:
    return lambda entry: get(entry.digest) if entry.digest is not None else None


def _tokens(entry: Entry) -> str:
    count = entry.digest.total_tokens if entry.digest is not None else None
    return "" if count is None else f"{count:,}"


def _by_calls(digest: Digest) -> Any:
    return (_faulty(digest), len(digest.tools), digest.tools) if digest.tools else None


def _by_severity(entry: Entry) -> Any:
    digest = entry.digest
    return (
        None
        if digest is None or digest.problem or not digest.is_checked
        else (int(digest.worst or 0), digest.counts[::-1])
    )


SUBJECT, SHOWS, STATUS, WORST, ENDS, CALLS, MODEL, TOKENS, LATENCY, WHEN = range(10)
COLUMNS = (
    Column("Completion", lambda entry: _line(entry.subject), lambda entry: entry.subject, 26),
    Column("What it shows", lambda entry: _line(entry.shows), lambda entry: entry.shows or None, 44),
    Column("Status", status_words, lambda entry: status_words(entry) or None, 16),
    Column("Worst finding", worst_words, _by_severity, 15),
    Column("Finish reason", _ends, _of_digest(lambda digest: digest.finish_reasons or None), 13),
    Column("Tool calls", calls_words, _of_digest(_by_calls), 26),
    Column(
        "Model",
        lambda entry: _line((entry.digest.model if entry.digest else None) or ""),
        _of_digest(lambda digest: digest.model),
        20,
    ),
    Column("Tokens", _tokens, _of_digest(lambda digest: digest.total_tokens), 9, is_figure=True),
    Column("Latency", _took, _of_digest(lambda digest: digest.elapsed_ms), 9, is_figure=True),
    Column("When", _when, _of_digest(lambda digest: digest.created), 20),
)
