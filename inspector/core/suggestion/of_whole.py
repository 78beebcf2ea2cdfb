"""What is wrong with a text as a whole: wrapped in a fence, escaped once too often, or with more around the JSON."""

import re

from inspector.core.arguments.verdict import holds_json
from inspector.core.json.document import JsonDocument, Kind
from inspector.core.json.strings import decode_string
from inspector.core.suggestion.broken import Broken, taken_out
from inspector.core.suggestion.suggestion import Edit, NoSuggestion, Step

_FENCE = re.compile(r"[ \t]*(?:```|~~~|''')[ \t]*(?:json|JSON)?[\w-]*[ \t]*\n?|json[ \t]*\n|`(?!``)", re.IGNORECASE)
_FENCE_BELOW = re.compile(r"^[ \t]*```\w*[ \t]*\n?", re.MULTILINE)
_FENCE_END = re.compile(r"(?:^[ \t]*(?:```|~~~|''')[ \t]*$|(?<=[}\]])\s*`{1,3}[ \t]*$)", re.MULTILINE)
_ANY_FENCE = re.compile(r"`|~~~")
_MARK = re.compile("\ufeff|ï»¿")
_STRAY_BREAKS = re.compile(r"(?:\\+[nrt]\s*)+")
_BARE_QUOTE = re.compile(r'(?<!\\)"')
_ESCAPE = re.compile(r'\\(?:u[\da-fA-F]{4}|["\\/bfnrt])')
_FENCE_WHY = "The code fence around the JSON is taken out."
_UNESCAPE_WHY = "One level of escapes is taken off."


def drop_fence(broken: Broken) -> Step:
    """The lines of a code fence, and the words before and behind it."""
    text, start = broken.text, broken.token
    if text[:start].strip():
        is_end = not text[start:].strip("`~ \t\r\n")
        return _without_rest(broken, "The end of a code fence is taken out.") if is_end else _MORE_THAN_ONE
    opening = _FENCE.match(text, start) or _FENCE_BELOW.search(text, start)
    if opening is None or _ANY_FENCE.match(text, opening.end()):
        return _MORE_THAN_ONE
    edits = [Edit(opening.start(), opening.end(), "", _FENCE_WHY)]
    if text[: opening.start()].strip():
        edits = [Edit(0, opening.end(), "", "The code fence and the words before it are left out.")]
    ending = _FENCE_END.search(text, opening.end())
    if ending is None:
        return tuple(edits)
    if _ANY_FENCE.search(text, ending.end()):
        return _MORE_THAN_ONE
    words = text[ending.end() :].strip()
    why = "The end of the code fence and the words behind it are left out." if words else _FENCE_WHY
    return (*edits, Edit(ending.start(), len(text) if words else ending.end(), "", why))


_MORE_THAN_ONE = NoSuggestion(
    "There is more than one code fence, or none that is clear: which is meant cannot be known."
)


def drop_rest(broken: Broken) -> Step:
    """What follows a complete value."""
    count = len(broken.text) - broken.offset
    noun = "character is" if count == 1 else "characters are"
    return _without_rest(broken, f"What follows the complete value is left out: {count:,} {noun} not read.")


def drop_mark(broken: Broken) -> Step:
    """A byte order mark."""
    mark = _MARK.match(broken.text, broken.token)
    end = mark.end() if mark is not None else broken.token + 1
    return taken_out(broken.text, broken.token, end, "A byte order mark is taken out.")


def unescape(broken: Broken) -> Step:
    """One level of escapes off the whole text; where only line breaks between values are escaped, those are taken out."""
    text, start = broken.text, broken.token
    stray = _STRAY_BREAKS.match(text, start)
    if _BARE_QUOTE.search(text):
        if stray is None:
            return NoSuggestion("Some quotes are escaped and others are not: which ones are meant cannot be known.")
        return taken_out(text, start, stray.end(), "An escaped line break between the values is taken out.")
    return _unescaped(text, 0, len(text))


def unwrap(text: str, document: JsonDocument) -> tuple[Edit, ...]:
    """The text inside of a JSON string that holds JSON once more; nothing for any other document."""
    if document.root.kind is not Kind.STRING or not holds_json(document.root):
        return ()
    start, end = text.index('"'), text.rindex('"')
    why = "The quotes around the JSON are taken off."
    return (
        Edit(start, start + 1, "", why),
        *_unescaped(text, start + 1, end),
        Edit(end, end + 1, "", why),
    )


def _unescaped(text: str, start: int, end: int) -> tuple[Edit, ...]:
    return tuple(_character(escape) for escape in _ESCAPE.finditer(text, start, end))


def _character(escape: re.Match[str]) -> Edit:
    character = decode_string(f'"{escape[0]}"')
    if character == escape[0][1]:
        return Edit(escape.start(), escape.start() + 1, "", _UNESCAPE_WHY)
    return Edit(escape.start(), escape.end(), character, _UNESCAPE_WHY)


def _without_rest(broken: Broken, why: str) -> Step:
    return (Edit(broken.offset, len(broken.text), "", why),)
