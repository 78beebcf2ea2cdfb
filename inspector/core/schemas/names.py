"""Names that are near enough to another to be a slip of it, and parameters that no schema names."""

from collections.abc import Iterable, Iterator
from difflib import get_close_matches
from itertools import islice

from inspector.core.json.document import JsonNode
from inspector.core.schemas.survey import Effort, Survey
from inspector.core.visible_text import one_line

_LONGEST = 100
_MOST = 500


def did_you_mean(name: str, known: Iterable[str], effort: Effort) -> str:
    """A question to end a sentence with, “; did you mean …?”; a full stop where nothing known is near, or the effort spent."""
    if len(name) > _LONGEST or not effort.compare(0):
        return "."
    others = [other for other in islice(known, _MOST) if len(other) <= _LONGEST]
    if not effort.compare(len(name) * sum(map(len, others))):
        return "."
    plain = {_plain(other): other for other in others}
    near = get_close_matches(_plain(name), plain, n=1, cutoff=0.6)
    return f"; did you mean {quoted(plain[near[0]])}?" if near else "."


def quoted(name: str) -> str:
    return f"“{one_line(name, 60)}”"


def unnamed(root: JsonNode, survey: Survey, effort: Effort) -> Iterator[tuple[JsonNode, str]]:
    """Each parameter that no schema names or forbids: its node, and the question after it."""
    for index, names in survey.names.items():
        if names.free or names.closed or not names.told:
            continue
        for member in JsonNode(root.document, index).children():
            if (member.key or "") not in names.given:
                yield member, did_you_mean(member.key or "", names.given, effort)


def _plain(name: str) -> str:
    return name.lower().replace("_", "").replace("-", "")
