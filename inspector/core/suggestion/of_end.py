"""A text that ends too early: what is open is closed, and what is not complete is never completed."""

import re

from inspector.core.json.viable_prefix import Expecting
from inspector.core.suggestion.broken import Broken
from inspector.core.suggestion.suggestion import Edit, NoSuggestion, Step
from inspector.core.visible_text import one_line

_NUMBER_AT_END = re.compile(r"(?:-|-?\d[\d.eE+-]*)\Z")
_NUMBER_LIMIT = 100
_WORD_LIMIT = 40
_OPEN_LIMIT = 1_000
_HALF_A_PAIR = re.compile(r"\\u[dD][89abAB][\da-fA-F]{2}\Z")
_CLOSES = re.compile(r"[}\]]\s*\Z")
_IN_ESCAPE = NoSuggestion("The text ends inside an escape: which character was to come cannot be known.")
_IN_KEY = NoSuggestion("The text ends inside a key: the rest of its name and its value are missing.")
_QUOTE_OR_END = NoSuggestion(
    "The last text is not closed, but it ends like complete JSON: whether its end is missing or only a quote cannot be known."
)


def close(broken: Broken) -> Step:
    """What is missing at the end, if that is only quotes and brackets."""
    if len(broken.fault.opened) > _OPEN_LIMIT:
        return NoSuggestion(f"More than {_OPEN_LIMIT:,} objects and lists are open at the end.")
    match broken.expecting:
        case Expecting.STRING_END:
            return _IN_KEY if broken.fault.in_key else _close_string(broken)
        case Expecting.ESCAPE | Expecting.HEX_DIGIT:
            return _IN_KEY if broken.fault.in_key else _IN_ESCAPE
        case Expecting.LITERAL:
            word = broken.text[broken.token :]
            return NoSuggestion(f"The text ends inside the word {word}: what it was to become is not said.")
        case Expecting.COLON:
            key = one_line(str(broken.fault.path[-1]), _WORD_LIMIT)
            return NoSuggestion(f"The text ends after the key “{key}”: its value is missing.")
        case Expecting.VALUE | Expecting.KEY:
            return _drop_comma(broken)
        case _:
            return _close_after_value(broken)


def _close_string(broken: Broken) -> Step:
    end = broken.text[-6:]
    if _HALF_A_PAIR.search(end):
        return _IN_ESCAPE
    if _CLOSES.search(broken.text):
        return _QUOTE_OR_END
    return _closed(broken, '"', "The text that was cut off is closed; how it went on is not known.")


def _drop_comma(broken: Broken) -> Step:
    last = broken.last
    if broken.text[last : last + 1] == ":":
        key = one_line(str(broken.fault.path[-1]), _WORD_LIMIT)
        return NoSuggestion(f"The text ends after the colon of “{key}”: its value is missing.")
    if broken.text[last : last + 1] != ",":
        return NoSuggestion("The text ends before any value begins.")
    comma = Edit(last, last + 1, "", "The comma at the end is taken out; what was to follow it is not known.")
    return (comma, *_closed(broken))


def _close_after_value(broken: Broken) -> Step:
    number = _NUMBER_AT_END.search(broken.text[-_NUMBER_LIMIT:])
    if number is not None:
        word = one_line(number[0], _WORD_LIMIT)
        return NoSuggestion(f"The text ends inside the number {word}: more digits may be missing.")
    return _closed(broken)


def _closed(broken: Broken, quote: str = "", quote_why: str = "") -> tuple[Edit, ...]:
    closers, end = broken.closers, len(broken.text)
    count = len(closers)
    open_ones = (
        "The object or list that is open is closed." if count == 1 else f"{count:,} open objects and lists are closed."
    )
    why = " ".join(filter(None, (quote_why, open_ones if count else "")))
    return (Edit(end, end, quote + closers, why),)
