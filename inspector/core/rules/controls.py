"""Characters that terminals, C programs and encoders stumble over."""

from collections.abc import Iterator

from inspector.core.findings import Severity
from inspector.core.rules.characters import Characters
from inspector.core.rules.rule import Spot, rule
from inspector.core.rules.strings import Piece, holding

_ESCAPES = Characters((0x1B, 0x1B), (0x90, 0x90), (0x9B, 0x9B), (0x9D, 0x9D))
_NUL = Characters((0, 0))
_CONTROLS = Characters(
    (1, 8), (0xB, 0xC), (0xE, 0x1A), (0x1C, 0x1F), (0x80, 0x84), (0x86, 0x8F), (0x91, 0x9A), (0x9E, 0x9F)
)
_SURROGATES = Characters((0xD800, 0xDFFF))
_REPLACEMENT = Characters((0xFFFD, 0xFFFD))


@rule(
    "terminal-escape",
    Severity.WARNING,
    "Text holds terminal escape sequences",
    "Printed to a terminal or a log they move the cursor, hide lines or change the title; they are not text.",
    over=holding(_ESCAPES),
)
def terminal_escape(piece: Piece) -> Iterator[Spot]:
    return _told(piece, _ESCAPES, "terminal escape")


@rule(
    "nul-character",
    Severity.WARNING,
    "Text holds U+0000",
    "It is legal JSON, but C programs end the text there, and PostgreSQL refuses to store it.",
    over=holding(_NUL),
)
def nul_character(piece: Piece) -> Iterator[Spot]:
    return _told(piece, _NUL, "NUL character")


@rule(
    "lone-surrogate",
    Severity.WARNING,
    "Text holds half a character",
    "A lone surrogate cannot be written as UTF-8: saving, sending or copying the text fails or changes it.",
    over=holding(_SURROGATES),
)
def lone_surrogate(piece: Piece) -> Iterator[Spot]:
    if _is_utf8(piece.place.document.source[_outer_range(piece)]):
        yield from _told(piece, _SURROGATES, "lone surrogate")


@rule(
    "control-character",
    Severity.WARNING,
    "Text holds control characters",
    "Often a backslash that was not doubled: in “\\frac” or “C:\\build” the first letter then becomes a form feed or a backspace.",
    over=holding(_CONTROLS),
)
def control_character(piece: Piece) -> Iterator[Spot]:
    return _told(piece, _CONTROLS, "control character")


@rule(
    "replacement-character",
    Severity.WARNING,
    "Text was damaged before it came here",
    "U+FFFD stands where a program could not read a character, for example half an emoji at the edge of a token; it is lost.",
    over=holding(_REPLACEMENT),
)
def replacement_character(piece: Piece) -> Iterator[Spot]:
    return _told(piece, _REPLACEMENT, "replacement character")


RULES = (terminal_escape, nul_character, lone_surrogate, control_character, replacement_character)


def _told(piece: Piece, characters: Characters, what: str) -> Iterator[Spot]:
    matches = list(characters.in_text.finditer(piece.text))
    yield piece.place, piece.sentence(what, [match[0] for match in matches], matches[0].start())


def _outer_range(piece: Piece) -> slice:
    """The bytes of the body that the string was read from."""
    node = piece.place
    if piece.found.is_key and piece.found.node == node:
        return slice(node.document.key_starts[node.index], node.document.key_ends[node.index])
    return slice(node.start, node.end)


def _is_utf8(source: bytes) -> bool:
    """Bytes that are not UTF-8 are read as lone surrogates too, but that is another finding."""
    try:
        source.decode()
    except UnicodeDecodeError:
        return False
    return True
