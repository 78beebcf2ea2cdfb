"""Numbers that a reader with doubles, such as JavaScript, turns into other numbers."""

from collections.abc import Iterator

from inspector.core.findings import Severity
from inspector.core.json.document import JsonDocument, JsonNode, Kind
from inspector.core.json.text import LARGE
from inspector.core.rules.doubles import ALWAYS_EXACT, is_changed, is_safe, javascript_spelling
from inspector.core.rules.parts import Reading, arguments, bodies, json_texts
from inspector.core.rules.rule import Spot, rule
from inspector.core.rules.values import key_words
from inspector.core.visible_text import one_line

_NEVER_CHANGED = 4
"""No number of so few characters shows otherwise: even with an exponent there is one digit before it, and two in it."""


@rule(
    "number-rounded-in-arguments",
    Severity.WARNING,
    "A number in arguments is too precise for JavaScript",
    "A tool that reads the arguments with doubles acts on another number: another account, another message, another amount.",
    over=arguments,
)
def number_rounded_in_arguments(reading: Reading) -> Iterator[Spot]:
    return _rounded(reading)


@rule(
    "number-rounded",
    Severity.INFO,
    "A number is too precise for JavaScript",
    "Whoever looks at the answer through JavaScript, such as a browser, sees another number than the one that was sent.",
    over=bodies,
)
def number_rounded(reading: Reading) -> Iterator[Spot]:
    return _rounded(reading)


@rule(
    "number-out-of-range",
    Severity.WARNING,
    "A number is out of the range of doubles",
    "Most readers turn it into infinity or zero without a word, and some refuse the whole text.",
    over=json_texts,
)
def number_out_of_range(reading: Reading) -> Iterator[Spot]:
    for node, number, seen in _changed(reading.document):
        if _is_lost(seen):
            sentence = f"{one_line(number, 40)}{key_words(node)} is out of range: JavaScript would show {seen}."
            yield reading.place(node), sentence


RULES = (number_rounded_in_arguments, number_out_of_range, number_rounded)


def _rounded(reading: Reading) -> Iterator[Spot]:
    for node, number, seen in _changed(reading.document):
        if not _is_lost(seen):
            sentence = f"{one_line(number, 40)}{key_words(node)} is rounded by doubles: JavaScript would show {seen}."
            yield reading.place(node), sentence


def _changed(document: JsonDocument) -> Iterator[tuple[JsonNode, str, str]]:
    """Every number that a double changes: its node, its spelling and what JavaScript shows."""
    starts, ends = document.starts, document.ends
    for index in _numbers(document):
        if ends[index] - starts[index] > _NEVER_CHANGED:
            number = document.source[starts[index] : ends[index]].decode()
            if not is_safe(number) and is_changed(number):
                yield JsonNode(document, index), number, javascript_spelling(number)


def _numbers(document: JsonDocument) -> Iterator[int]:
    """All numbers, but for those of a large text that are safe at first sight."""
    if len(document.source) >= LARGE:
        from inspector.core.rules.survey import numbers_beyond

        yield from numbers_beyond(document, ALWAYS_EXACT)
        return
    index = document.kinds.find(Kind.NUMBER)
    while index >= 0:
        yield index
        index = document.kinds.find(Kind.NUMBER, index + 1)


def _is_lost(seen: str) -> bool:
    """Whether nothing of the number is left."""
    return seen in ("Infinity", "-Infinity", "0")
