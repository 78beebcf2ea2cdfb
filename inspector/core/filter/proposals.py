"""What can stand at the caret of a filter: names of fields, operators, values that were seen."""

from collections import Counter
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass

from inspector.core.digest import Digest
from inspector.core.filter.fields import FIELDS, AmountField, Field, Flag, Measure, TextField, operators_of
from inspector.core.filter.parse import LONGEST, field_named
from inspector.core.filter.tokens import Form, Token, tokens
from inspector.core.filter.tree import Operator
from inspector.core.filter.words import value_text

MOST = 40
_MOST_VALUES = 300
_BEFORE_CONDITION = (Form.AND, Form.OR, Form.NOT, Form.OPEN)
_MEANINGS = {
    Operator.IS: "is exactly",
    Operator.IS_NOT: "is not",
    Operator.LESS: "less than",
    Operator.AT_MOST: "at most",
    Operator.MORE: "more than",
    Operator.AT_LEAST: "at least",
    Operator.CONTAINS: "contains",
    Operator.LACKS: "does not contain",
    Operator.BEGINS: "is, or begins with",
}
_WORDS = (Form.NAME, Form.VALUE, Form.QUOTED, Form.UNCLOSED, Form.AND, Form.OR, Form.NOT)

Seen = Callable[[str], Iterable[str]]
"""Gives the values that were seen of a field, the commonest first."""


@dataclass(frozen=True, slots=True)
class Proposal:
    """`text` is to be put in place of the range; `why` explains it, or is empty."""

    text: str
    why: str = ""


@dataclass(frozen=True, slots=True)
class Proposals:
    """What could stand between `start` and `end`, likeliest first."""

    start: int
    end: int
    items: tuple[Proposal, ...]


def values_seen(name: str, digests: Iterable[Digest]) -> tuple[str, ...]:
    """The values of a field of text, or of the status, the commonest first; none of a field that has a value of its own each."""
    field, counts = FIELDS[name], Counter[str]()
    if isinstance(field, TextField) and name != "id":
        for digest in digests:
            counts.update(field.read(digest))
    elif name == "status":
        counts.update(str(digest.status) for digest in digests if digest.status is not None)
    return tuple(text for text, _ in counts.most_common(_MOST_VALUES))


def completions(text: str, caret: int, seen: Seen) -> Proposals:
    """What can be written at the caret, in place of the word that it stands in or behind."""
    if len(text) > LONGEST:
        return Proposals(caret, caret, ())
    found = [token for token in tokens(text) if token.form is not Form.END]
    before = [token for token in found if token.start < caret]
    under = before.pop() if before and caret <= before[-1].end and before[-1].form in _WORDS else None
    start, end = (under.start, under.end) if under else (caret, caret)
    begun = text[start:caret]
    items: dict[str, Proposal] = {}
    for item in _fitting(before, begun, seen):
        items.setdefault(item.text, item)
    return Proposals(start, end, tuple(items.values())[:MOST])


def _fitting(before: list[Token], begun: str, seen: Seen) -> Iterator[Proposal]:
    last = before[-1] if before else None
    if last is None or last.form in _BEFORE_CONDITION:
        yield from _conditions(begun)
    elif last.form is Form.OPERATOR and len(before) > 1:
        field = field_named(before[-2].text)
        if field is not None:
            yield from _values(field, begun, seen)
    elif last.form in _WORDS or last.form is Form.CLOSE:
        field = field_named(last.text) if last.form is Form.NAME else None
        if field is not None and not begun:
            yield from (Proposal(f"{sign} ", _MEANINGS[sign]) for sign in operators_of(field))
        yield from (Proposal(f"{word} ") for word in ("and", "or") if word.startswith(begun.lower()))


def _conditions(begun: str) -> Iterator[Proposal]:
    exact = field_named(begun)
    if exact is not None:
        yield from (Proposal(_with_sign(exact, sign), _MEANINGS[sign]) for sign in operators_of(exact))
    plain = begun.lower()
    starting = [field for field in FIELDS.values() if field.name.startswith(plain)]
    inside = [field for field in FIELDS.values() if f"_{plain}" in field.name and plain]
    for field in (*starting, *inside):
        yield Proposal(_with_sign(field, _usual(field)), field.title)
    if "not".startswith(plain):
        yield Proposal("not ", "the opposite of what follows")


def _usual(field: Field) -> Operator | None:
    """The operator that people mostly want; flags and counts are mostly asked for as they stand."""
    if isinstance(field, Flag) or (isinstance(field, AmountField) and field.measure is Measure.COUNT):
        return None
    return field.usual


def _with_sign(field: Field, sign: Operator | None) -> str:
    """The beginning of a condition, in the way that people write it."""
    if sign is None:
        return field.name
    return f"{field.name}:" if sign is Operator.BEGINS else f"{field.name} {sign} "


def _values(field: Field, begun: str, seen: Seen) -> Iterator[Proposal]:
    plain = begun.strip("\"'").casefold()
    foretold = field.known if isinstance(field, TextField) else ()
    values = dict.fromkeys((*seen(field.name), *foretold))
    found = [value for value in values if plain in value.casefold()]
    found.sort(key=lambda value: not value.casefold().startswith(plain))
    return (Proposal(value_text(value)) for value in found)
