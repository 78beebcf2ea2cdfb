"""Python's notation: words, texts in single quotes with their own escapes, tuples. All that follows on is read in one go."""

import re

from inspector.core.suggestion.broken import Broken
from inspector.core.suggestion.suggestion import Edit, NoSuggestion, Step

_WORDS = {"True": "true", "False": "false", "None": "null"}
_TOKEN = re.compile(
    r"(?P<word>(?:True|False|None)\b)|(?P<quote>')|[\s,:{}\[\]]+|-?\d[\d.eE+-]*|\"[^\"\\]*(?:\\.[^\"\\]*)*\"|\b(?:true|false|null)\b",
    re.DOTALL,
)
_STRING = re.compile(r"'[^'\\]*(?:\\.[^'\\]*)*('?)", re.DOTALL)
_FOLLOWS = re.compile(r"\s*(?:[,:}\])]|\Z)")
_INSIDE = re.compile(
    r"\\(?:(?P<same>[\\\"nrtbf]|u[\da-fA-F]{4})|(?P<quote>')|x(?P<hex>[\da-fA-F]{2})|(?P<none>[N0-7xuU])|(?P<line>\n)|(?P<other>.))"
    r'|(?P<bare>")',
    re.DOTALL,
)
_BELLS = {"a": "\\u0007", "v": "\\u000b"}
_TUPLE = re.compile(r"\([^()]*\)")
_AT_ONCE = 400
_WORD_WHY = "A word of Python is written as JSON’s own."
_QUOTE_WHY = "Single quotes around a text become double ones."
_ESCAPE_WHY = "An escape or a quote in a text of Python is written as JSON has it."
_UNCLEAR_END = NoSuggestion("A text in single quotes holds a single quote: where it ends cannot be known.")
_UNCLEAR_ESCAPE = NoSuggestion("A text in single quotes holds an escape of Python that JSON lacks.")
_SPECIAL_TEXT = NoSuggestion(
    "A text of Python with a letter before its quotes, or with three quotes, has no clear form in JSON."
)
_BARE_TEXT = NoSuggestion("The whole is a text in single quotes that holds no object.")


def from_python(broken: Broken) -> Step:
    """The words and texts of Python from the fault on, up to what is neither."""
    text, start = broken.text, broken.value_start
    if not broken.fault.opened and text[start] == "'":
        return _unquoted(text, start)
    if text[start] == "(":
        return _list(text, start)
    edits: list[Edit] = []
    position = start
    while len(edits) < _AT_ONCE and (token := _TOKEN.match(text, position)) is not None:
        position = token.end()
        if token["word"]:
            edits.append(Edit(token.start(), position, _WORDS[token[0]], _WORD_WHY))
        elif token["quote"]:
            string = _string(text, token.start())
            if isinstance(string, NoSuggestion):
                return string
            edits += string
            match = _STRING.match(text, token.start())
            position = match.end() if match is not None else position
    return tuple(edits) or _SPECIAL_TEXT


def _string(text: str, start: int) -> Step:
    """One text in single quotes; where it is cut off its end is left to whoever closes what is open."""
    match = _STRING.match(text, start)
    end = match.end() if match is not None else start
    is_closed = match is not None and bool(match[1])
    if is_closed and not _FOLLOWS.match(text, end):
        return _UNCLEAR_END
    edits = [Edit(start, start + 1, '"', _QUOTE_WHY)]
    for inside in _INSIDE.finditer(text, start + 1, end - is_closed):
        if inside["none"]:
            return _UNCLEAR_ESCAPE
        if not inside["same"]:
            edits.append(_escape(inside))
    return (*edits, Edit(end - 1, end, '"', _QUOTE_WHY)) if is_closed else tuple(edits)


def _escape(inside: re.Match[str]) -> Edit:
    start, end = inside.span()
    if inside["bare"] or (inside["other"] and inside["other"] not in _BELLS):
        return Edit(start, start, "\\", _ESCAPE_WHY)
    if inside["quote"]:
        return Edit(start, start + 1, "", _ESCAPE_WHY)
    code = f"\\u00{inside['hex']}" if inside["hex"] else _BELLS.get(inside["other"] or "", "")
    return Edit(start, end, code, _ESCAPE_WHY)


def _list(text: str, start: int) -> Step:
    match = _TUPLE.match(text, start)
    end = match.end() if match is not None else start + 1
    why = "A tuple of Python becomes a list."
    return (Edit(start, start + 1, "[", why), Edit(end - 1, end, "]", why))


def _unquoted(text: str, start: int) -> Step:
    end = len(text.rstrip())
    if text[start + 1 : end - 1].lstrip()[:1] not in ("{", "[") or text[end - 1] != "'":
        return _BARE_TEXT
    why = "The single quotes around the whole are taken out."
    return (Edit(start, start + 1, "", why), Edit(end - 1, end, "", why))
