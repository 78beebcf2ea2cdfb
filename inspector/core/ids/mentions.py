"""How often IDs that were found stand in the text again: so that somebody knows why the list is shorter than the log."""

import re
from collections import Counter
from collections.abc import Iterable

from inspector.core.ids.kinds import by_looks, looks_made

_WORD = re.compile(r"\\[abfnrtv]|%[0-9A-Fa-f]{2}|\[[0-9;]*m|([A-Za-z0-9](?>(?:[A-Za-z0-9_-]*[A-Za-z0-9])?))")


def repeats(text: str, ids: Iterable[str]) -> int:
    """How many words of the text are one of these IDs, beyond the first of each.

    It is never too many: an ID that may be any word, and one that is spelled with escapes or dots, is counted once.
    """
    known = {found for found in ids if looks_made(found) or by_looks(found) is not None}
    counts = Counter(word for match in _WORD.finditer(text) if (word := match[1]) in known)
    return counts.total() - len(counts)
