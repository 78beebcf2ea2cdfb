"""IDs in pasted text: a log, a stack trace, JSON, a table, an address, a command, a list, or an ID alone.

What is plainly the ID of something else, such as a tool call, is found and named too, so that somebody can be told why it is not
fetched. All is linear in the text.

One word alone, without white space in it, is somebody's ID, however odd: it is taken as it stands, but for quotes, brackets and
punctuation around it. Only where it has the signs of an address, of JSON or of a list in it, it is searched like any text, and
still taken as it stands where nothing is found. So no ID is out of reach: any that there can be may be given as the end of its
address, percent-encoded (`completions/a%2Cb`). Invisible characters are left out everywhere, and a note says so.
"""

import re
from codecs import BOM_UTF16_BE, BOM_UTF16_LE
from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass
from operator import itemgetter

from inspector.core.id_pattern import IdPattern
from inspector.core.ids.keys import keyed
from inspector.core.ids.kinds import PREFIXES, Candidate, Evidence, IdKind, may_be_key
from inspector.core.ids.lists import listed
from inspector.core.ids.marks import in_dashboards, prefixed, segments, traces, uuids
from inspector.core.ids.mentions import repeats
from inspector.core.ids.seen_text import SeenText, seen
from inspector.core.ids.tables import Columns
from inspector.core.search.searcher import TooLongError

__all__ = ["Candidate", "Found", "IdKind", "counted", "decoded", "find_candidates"]

_WHITE_SPACE = re.compile(r"\s")
_BEFORE, _BEHIND = "\"'`“”‘’«»([<", "\"'`“”‘’«»)]>.,:;!?…"
_SIGNS = re.compile(r"[\"'`“”‘’,;|/\\?&=%{}\[\]()<>]")


@dataclass(frozen=True, slots=True)
class Found:
    """The IDs in a text in the order of their first appearance, each once; `lines` are the numbers of the lines that they begin in.

    `note` says why these may not be all. `repeats` are further places where the IDs of completions stand, as far as they
    were counted.
    """

    candidates: tuple[Candidate, ...] = ()
    note: str = ""
    lines: tuple[int, ...] = ()
    repeats: int = 0

    @property
    def completions(self) -> list[str]:
        """The IDs that are worth asking for."""
        return [candidate.text for candidate in self.candidates if candidate.is_completion]

    @property
    def others(self) -> list[Candidate]:
        """What is not asked for, as it names something else."""
        return [candidate for candidate in self.candidates if not candidate.is_completion]


def find_candidates(text: str, extra: IdPattern | None = None) -> Found:
    """The IDs in `text`; what fits `extra` is a completion's, too."""
    shown = seen(text)
    trimmed = shown.text.strip()
    if not trimmed:
        return Found()
    if _WHITE_SPACE.search(trimmed):
        return _searched(shown, extra)
    word = trimmed.lstrip(_BEFORE).rstrip(_BEHIND)
    if word and not _SIGNS.search(word):
        return _whole(shown, word, is_trimmed=word != trimmed)
    found = _searched(shown, extra)
    return found if found.candidates else _whole(shown, trimmed, is_trimmed=False)


def decoded(data: bytes) -> str:
    """The text of a file or a pipe: UTF-8, or UTF-16 where its mark says so, as some shells write it."""
    return data.decode("utf-16" if data[:2] in (BOM_UTF16_LE, BOM_UTF16_BE) else "utf-8", "replace")


def counted(others: Iterable[Candidate]) -> str:
    """What others name, counted: “2 tool calls, 1 UUID”."""
    counts = Counter(candidate.kind for candidate in others)
    return ", ".join(f"{count:,} {kind.plural if count > 1 else kind.value}" for kind, count in counts.most_common())


def _whole(shown: SeenText, word: str, *, is_trimmed: bool) -> Found:
    start = shown.text.index(word)
    notes = ["without what stands around it"] if is_trimmed else []
    looks = next(kind for prefix, kind in [*PREFIXES.items(), ("", IdKind.COMPLETION)] if word.startswith(prefix))
    if looks is not IdKind.COMPLETION:
        notes.append(f"though it looks as if it {looks.refusal}")
    kind, evidence = IdKind.COMPLETION, Evidence.WEAK
    return _found(
        shown, [Candidate(start, start + len(word), word, kind, "the whole text", evidence, ", ".join(notes))]
    )


def _searched(shown: SeenText, extra: IdPattern | None) -> Found:
    text = shown.text
    columns = Columns(text)
    found = list(columns.candidates())
    items = [] if found else listed(text)
    if items:
        return _found(shown, _each_once(items))
    fitting, note = _fitting(text, extra) if extra is not None else ([], "")
    # Of two that begin in the same place the first counts: what is surer of the end goes before.
    found += (
        *fitting,
        *segments(text),
        *keyed(text),
        *prefixed(text),
        *in_dashboards(text),
        *traces(text),
        *uuids(text),
    )
    found.sort(key=itemgetter(0))
    return _found(shown, _each_once(found), " ".join(filter(None, (note, columns.note))))


def _fitting(text: str, extra: IdPattern) -> tuple[list[Candidate], str]:
    kind, reason, evidence = IdKind.COMPLETION, "fits the profile’s ID pattern", Evidence.STRONG
    found: list[Candidate] = []
    try:
        for start, end in extra.spans(text):
            found.append(Candidate(start, end, text[start:end], kind, reason, evidence))
    except TooLongError:
        return found, "The search with the profile’s ID pattern took too long and was stopped."
    return found, ""


def _each_once(candidates: Iterable[Candidate]) -> list[Candidate]:
    """Each ID where it stands first, with the best of the evidence; what stands within another one is not one of its own."""
    found: dict[str, Candidate] = {}
    covered = 0
    for candidate in candidates:
        start, end, text, _, _, evidence, _ = candidate
        known = found.get(text)
        if known is None:
            if start >= covered:
                found[text] = candidate
        elif evidence > known.evidence:
            found[text] = candidate._replace(start=known.start, end=known.end)
        covered = max(covered, end)
    return list(found.values())


def _found(shown: SeenText, candidates: list[Candidate], note: str = "") -> Found:
    if shown.is_altered:
        candidates = [_as_given(shown, candidate) for candidate in candidates]
    source, lines, line, at = shown.source, [], 1, 0
    for candidate in candidates:
        line += source.count("\n", at, candidate.start)
        at = candidate.start
        lines.append(line)
    given = tuple(_without_key(candidate) for candidate in candidates)
    again = repeats(shown.text, (one.text for one in given if one.is_completion)) if len(given) > 1 else 0
    return Found(given, note, tuple(lines), again)


def _without_key(candidate: Candidate) -> Candidate:
    """The candidate, as what it is where somebody's API key was taken for an ID."""
    is_named = candidate.evidence is Evidence.STRONG
    return candidate._replace(kind=IdKind.KEY) if may_be_key(candidate.text, is_named=is_named) else candidate


def _as_given(shown: SeenText, candidate: Candidate) -> Candidate:
    """The candidate in its place in the text as given; the note says what was left out there."""
    start, end = shown.place(candidate.start, candidate.end)
    count = shown.left_out(candidate.start, candidate.end)
    hidden = f"without {count} invisible character{'s' if count > 1 else ''}" if count else ""
    return candidate._replace(start=start, end=end, note=", ".join(filter(None, (candidate.note, hidden))))
