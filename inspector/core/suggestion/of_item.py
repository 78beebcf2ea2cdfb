"""One key, value, number or comma that is not written as JSON has it."""

import re

from inspector.core.json.viable_prefix import Expecting
from inspector.core.suggestion.broken import Broken, taken_out
from inspector.core.suggestion.suggestion import Edit, NoSuggestion, Step
from inspector.core.visible_text import one_line

_KEY = re.compile(r"([\w$.\-]+)\s*:")
_KEY_WITHOUT_FIRST_QUOTE = re.compile(r"[^\"\\,:{}\[\]\n]+\"\s*:")
_WORDS = re.compile(r"([^\s\"\\,{}\[\]][^\"\\,{}\[\]\n]*?)[ \t]*(?=\s*[,}\]])")
_WORDS_WITHOUT_FIRST_QUOTE = re.compile(r"[^\s\"\\,{}\[\]][^\"\\,{}\[\]\n]*\"\s*[,}\]]")
_NUMBER = re.compile(r"(\+?)-?([0-9][0-9_]*)?(\.?)([0-9]*)((?:[eE][+-]?[0-9]+)?)(?=\s*[,}\]])")
_THOUSANDS = re.compile(r"[1-9][0-9]{0,2}(?:_[0-9]{3})+|0|[1-9][0-9]*")
_UNDERLINE = re.compile("_")
_COMMENT = re.compile(r"(?://|#)[^\n]*|/\*.*?\*/", re.DOTALL)
_WORD_LIMIT = 40


def drop_comma(broken: Broken) -> Step:
    """The comma after the last item."""
    return (Edit(broken.last, broken.last + 1, "", "The comma after the last item is taken out."),)


def add_quotes(broken: Broken) -> Step:
    """Quotes around a key or a value; only what reaches up to the next comma or bracket has a clear end."""
    text, start = broken.text, broken.value_start
    is_key = broken.expecting in (Expecting.KEY, Expecting.KEY_OR_CLOSE)
    noun = "key" if is_key else "text"
    if (_KEY_WITHOUT_FIRST_QUOTE if is_key else _WORDS_WITHOUT_FIRST_QUOTE).match(text, start):
        return (Edit(start, start, '"', f"A {noun} gets the quote that is missing before it."),)
    words = (_KEY if is_key else _WORDS).match(text, start)
    if words is None:
        return NoSuggestion(f"A {noun} without quotes has no clear end: how much belongs to it cannot be known.")
    why = f"A {noun} without quotes gets them."
    return (Edit(start, start, '"', why), Edit(words.end(1), words.end(1), '"', why))


def respell_number(broken: Broken) -> Step:
    """A number of another language whose spelling has one meaning only."""
    if broken.expecting is Expecting.KEY:
        return NoSuggestion("A comma stands inside a number, or a key is missing: which cannot be known.")
    text, start = broken.text, broken.value_start
    number = _NUMBER.match(text, start)
    whole, fraction = (number[2] or "", number[4]) if number is not None else ("", "")
    if number is None or not (whole or fraction) or (whole and not _THOUSANDS.fullmatch(whole)):
        word = one_line(re.split(r"[\s,}\]]", text[start : start + _WORD_LIMIT])[0], _WORD_LIMIT)
        if start + len(word) == len(text):
            return NoSuggestion(f"The text ends inside the number {word}: more digits may be missing.")
        return NoSuggestion(f"The number {word} can be read in more than one way, or its spelling may matter.")
    why = "A number is spelled as JSON has it; its value is the same."
    edits = [Edit(start, start + 1, "", why)] if number[1] else []
    edits += [Edit(at.start(), at.end(), "", why) for at in _UNDERLINE.finditer(text, start, number.end())]
    if number[3] and not (whole and fraction):
        place = number.start(3) if not whole else number.end(3)
        edits.append(Edit(place, place, "0", why))
    return tuple(edits)


def drop_comment(broken: Broken) -> Step:
    """A comment that has an end; one that runs to the end of the text may have swallowed brackets."""
    text, start = broken.text, broken.offset
    comment = _COMMENT.match(text, start)
    is_open = comment is not None and not comment[0].startswith("/*") and comment.end() == len(text)
    if comment is None or (is_open and broken.expecting is not Expecting.END):
        return NoSuggestion("A comment runs up to the end of the text: what in it is meant as JSON cannot be known.")
    return taken_out(text, start, comment.end(), "A comment is taken out.")
