"""Characters that nobody sees, or that make text read otherwise than it is."""

import re
from collections.abc import Iterator

from inspector.core.findings import Severity
from inspector.core.rules.characters import Characters
from inspector.core.rules.rule import Spot, rule
from inspector.core.rules.strings import Piece, holding
from inspector.core.rules.values import counted, quoted

_BIDI = Characters((0x202A, 0x202E), (0x2066, 0x2069))
_SMUGGLING = Characters((0xFE00, 0xFE0F), (0xE0000, 0xE007F), (0xE0100, 0xE01EF))
_INVISIBLE = Characters(
    (0xAD, 0xAD),
    (0x34F, 0x34F),
    (0x61C, 0x61C),
    (0x115F, 0x1160),
    (0x180E, 0x180E),
    (0x200B, 0x200F),
    (0x2060, 0x2064),
    (0x206A, 0x206F),
    (0x3164, 0x3164),
    (0xFEFF, 0xFEFF),
    (0xFFA0, 0xFFA0),
    (0xFFF9, 0xFFFB),
)
_NO_BREAK_SPACES = Characters((0xA0, 0xA0), (0x2007, 0x2007), (0x202F, 0x202F))
_FLAG = re.compile("\U0001f3f4[\U000e0030-\U000e007a]+\U000e007f")
_TAGS = re.compile("[\U000e0000-\U000e007f]+")
_SELECTORS = re.compile("[\ufe00-\ufe0f\U000e0100-\U000e01ef]{2,}")
_JOINED = re.compile(r"(?<=[^\x00-\u02ff\s])[\u200c\u200d](?=[^\x00-\u02ff\s])")
_MARKS = re.compile("[\u061c\u200e\u200f]")
_RIGHT_TO_LEFT = re.compile("[\u0590-\u08ff\ufb1d-\ufdff\ufe70-\ufefc]")


@rule(
    "bidi-control",
    Severity.WARNING,
    "Text is reordered by bidirectional controls",
    "What is shown differs from what programs read: a path or a command can look harmless and be another.",
    over=holding(_BIDI),
)
def bidi_control(piece: Piece) -> Iterator[Spot]:
    matches = list(_BIDI.in_text.finditer(piece.text))
    yield piece.place, piece.sentence("bidirectional control", [match[0] for match in matches], matches[0].start())


@rule(
    "smuggled-text",
    Severity.WARNING,
    "Text is hidden in invisible characters",
    "Tag characters and variation selectors show nothing, but models and programs read them: a known way to smuggle orders.",
    over=holding(_SMUGGLING),
)
def smuggled_text(piece: Piece) -> Iterator[Spot]:
    tags = "".join(_TAGS.findall(_FLAG.sub("", piece.text)))
    if tags:
        said = "".join(chr(ord(tag) - 0xE0000) for tag in tags)
        yield piece.place, f"{counted(len(tags), 'tag character')} hidden in the text spell {quoted(said)}."
    selectors = "".join(_SELECTORS.findall(piece.text))
    if selectors:
        said = bytes(_selected_byte(ord(selector)) for selector in selectors).decode("utf-8", "backslashreplace")
        yield (
            piece.place,
            f"{counted(len(selectors), 'variation selector')} in a row can stand for bytes: {quoted(said)}.",
        )


@rule(
    "invisible-in-call",
    Severity.WARNING,
    "An ID, a name or an argument holds invisible characters",
    "It looks right and is not equal to what it looks like: look-ups, comparisons and commands fail without a visible reason.",
    over=holding(_INVISIBLE),
)
def invisible_in_call(piece: Piece) -> Iterator[Spot]:
    return _invisible(piece) if piece.acted_on else iter(())


@rule(
    "invisible-in-text",
    Severity.INFO,
    "Text holds invisible characters",
    "They come along when text is copied, and break searches, word counts and code; in emoji and some scripts they are normal.",
    over=holding(_INVISIBLE),
)
def invisible_in_text(piece: Piece) -> Iterator[Spot]:
    return iter(()) if piece.acted_on else _invisible(piece)


@rule(
    "no-break-space-in-call",
    Severity.WARNING,
    "An ID, a name or an argument holds a no-break space",
    "It looks like a space, but shells, compilers and comparisons take it for a letter.",
    over=holding(_NO_BREAK_SPACES),
)
def no_break_space_in_call(piece: Piece) -> Iterator[Spot]:
    if piece.acted_on:
        matches = list(_NO_BREAK_SPACES.in_text.finditer(piece.text))
        yield piece.place, piece.sentence("no-break space", [match[0] for match in matches], matches[0].start())


RULES = (bidi_control, smuggled_text, invisible_in_call, no_break_space_in_call, invisible_in_text)


def _invisible(piece: Piece) -> Iterator[Spot]:
    """What is left after joiners inside words and emoji, and direction marks in right-to-left text."""
    text = piece.text
    normal = {match.start() for match in _JOINED.finditer(text)}
    if _RIGHT_TO_LEFT.search(text):
        normal |= {match.start() for match in _MARKS.finditer(text)}
    matches = [match for match in _INVISIBLE.in_text.finditer(text) if match.start() not in normal]
    if matches:
        yield piece.place, piece.sentence("invisible character", [match[0] for match in matches], matches[0].start())


def _selected_byte(point: int) -> int:
    """The 256 variation selectors count from 0, in two blocks."""
    return point - 0xFE00 if point < 0xFF00 else point - 0xE0100 + 16
