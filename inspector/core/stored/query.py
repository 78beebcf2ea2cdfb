"""What somebody types to narrow the list: a model, and metadata as `key=value`, several with spaces or commas between."""

import re
import unicodedata

from inspector.core.exchange import StoredQuery
from inspector.core.inputs import Refused

_LONGEST = 2_000
_MOST_PAIRS = 16
_QUOTED = r'"(?:[^"\\]|\\.)*"'
_PAIR = re.compile(rf'({_QUOTED}|[^\s=,"]+)=({_QUOTED}|[^\s,"]*)')
_BETWEEN = re.compile(r"[\s,]*")
_ESCAPE = re.compile(r"\\(.)")
_FORM = 'Write metadata as key=value, with quotes around what holds a space or a comma: team=support city="New York".'


def read_query(model: str, metadata: str) -> StoredQuery | Refused:
    """The query, or a sentence on what is wrong with it."""
    for name, text in (("model", model), ("metadata", metadata)):
        if len(text) > _LONGEST:
            return Refused(f"The {name} has {len(text):,} characters; at most {_LONGEST:,} are sent.")
        if any(unicodedata.category(char) in ("Cc", "Cs") for char in text.strip()):
            return Refused(f"The {name} holds a character that cannot be seen. Type it again.")
    pairs = _pairs(metadata.strip())
    return pairs if isinstance(pairs, Refused) else StoredQuery(model.strip(), pairs)


def _pairs(text: str) -> tuple[tuple[str, str], ...] | Refused:
    pairs: dict[str, str] = {}
    place = 0
    while place < len(text):
        found = _PAIR.match(text, place)
        name = _plain(found[1]) if found is not None else ""
        if found is None or not name:
            return Refused(_FORM)
        if name in pairs:
            return Refused(f"“{name}” is named twice, and a completion has one value of it.")
        pairs[name] = _plain(found[2])
        gap = _BETWEEN.match(text, found.end())
        place = gap.end() if gap is not None else len(text)
        if place == found.end() < len(text):
            return Refused(_FORM)
    if len(pairs) > _MOST_PAIRS:
        return Refused(f"A completion has at most {_MOST_PAIRS} metadata.")
    return tuple(pairs.items())


def _plain(text: str) -> str:
    return _ESCAPE.sub(r"\1", text[1:-1]) if text.startswith('"') else text
