"""What stands in a string and may not stand there so: raw control characters, bare quotes, unknown escapes."""

import re

from inspector.core.arguments.cause import Cause
from inspector.core.arguments.diagnosis import diagnose
from inspector.core.json.viable_prefix import Expecting
from inspector.core.suggestion.broken import Broken, taken_out
from inspector.core.suggestion.suggestion import Edit, NoSuggestion, Step

_STRING_AHEAD = re.compile(r'[^"\\]*(?:\\.[^"\\]*)*', re.DOTALL)
_CONTROL = re.compile(r"[\x00-\x1f]")
_CONTROLS = re.compile(r"[\x00-\x1f]+")
_SHORT = {"\n": "\\n", "\r": "\\r", "\t": "\\t", "\b": "\\b", "\f": "\\f"}
_PATH = re.compile(r'"(?:[A-Za-z]:\\[^\\"]|\\\\\\?\w)')
_LETTER_ESCAPE = re.compile(r"(?<!\\)(?:\\\\)*\\[bfnrt]")
_AT_ONCE = 100


def escape_control(broken: Broken) -> Step:
    """Escapes the control characters of a string; between values they are taken out."""
    text, at = broken.text, broken.offset
    if broken.expecting is not Expecting.STRING_END:
        run = _CONTROLS.match(text, at)
        end = run.end() if run is not None else at
        return taken_out(text, at, end, "Control characters between the values are taken out.")
    string = _STRING_AHEAD.match(text, at)
    end = string.end() if string is not None else at
    found: list[int] = []
    for control in _CONTROL.finditer(text, at, end):
        if len(found) == _AT_ONCE or diagnose(text, broken.fault, control.start()) is not Cause.RAW_CONTROL_CHARACTER:
            break
        found.append(control.start())
    why = "A line break or other control character in a text is written as an escape."
    return tuple(Edit(place, place + 1, escaped(text[place]), why) for place in found)


def escape_quote(broken: Broken) -> Step:
    """A quote that seemed to end the string is meant as a character of it."""
    return (Edit(broken.last, broken.last, "\\", "A quote inside a text gets its backslash."),)


def double_backslash(broken: Broken) -> Step:
    """A backslash that escapes nothing is meant as a character; in front of a single quote it is one too many."""
    text = broken.text
    slash = text.rindex("\\", broken.token, broken.offset)
    if text[slash + 1] == "'":
        return (
            Edit(slash, slash + 1, "", "The backslash before a single quote, which needs none in JSON, is taken out."),
        )
    if _PATH.match(text, broken.token) and _LETTER_ESCAPE.search(text, broken.token, slash):
        return NoSuggestion(
            "In this path a backslash stands before a letter that also makes an escape, such as \\n: which is meant is not known."
        )
    return (Edit(slash, slash, "\\", "A backslash that escapes nothing is written twice."),)


def escaped(character: str) -> str:
    """A control character as JSON writes it."""
    return _SHORT.get(character) or f"\\u{ord(character):04x}"
