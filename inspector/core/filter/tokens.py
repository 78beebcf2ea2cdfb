"""The words of a filter with their places. No text fails here: what cannot be used is a `STRAY`.

What follows an operator is a value, up to the next space or parenthesis: `model:a/b:free` and dates need no quotes.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from enum import Enum, auto


class Form(Enum):
    """What a token is."""

    NAME = auto()
    OPERATOR = auto()
    VALUE = auto()
    QUOTED = auto()
    UNCLOSED = auto()
    OPEN = auto()
    CLOSE = auto()
    AND = auto()
    OR = auto()
    NOT = auto()
    STRAY = auto()
    END = auto()


@dataclass(frozen=True, slots=True)
class Token:
    """`text` is what is meant: of quoted text the characters without quotes and backslashes."""

    form: Form
    text: str
    start: int
    end: int


_QUOTED = r"""(?P<QUOTED>"(?:[^"\\]|\\.)*"|'(?:[^'\\]|\\.)*')|(?P<UNCLOSED>["'].*+)|(?P<OPEN>\()|(?P<CLOSE>\))"""
_CONDITION = re.compile(
    r"\s*+(?:"
    + _QUOTED
    + r"|(?P<AND>&&)|(?P<OR>\|\|)|(?P<OPERATOR>==|!=|!~|<=|>=|[=<>~:])|(?P<NOT>!)"
    + r"|(?P<NAME>[^\W\d][\w.-]*+)|(?P<STRAY>[\w.,/@#%+*-]++|.)|(?P<END>\Z))",
    re.DOTALL,
)
_VALUE = re.compile(
    r"\s*+(?:" + _QUOTED + r"|(?P<VALUE>(?:[^\s()\"&|]|&(?!&)|\|(?!\|))+)|(?P<AND>&&)|(?P<OR>\|\|)|(?P<END>\Z))",
    re.DOTALL,
)
_ESCAPE = re.compile(r"\\(.)", re.DOTALL)
_WORDS = {"and": Form.AND, "or": Form.OR, "not": Form.NOT}


def tokens(text: str) -> Iterator[Token]:
    """All tokens, and an END behind them."""
    place, form = 0, Form.AND
    while form is not Form.END:
        match = (_VALUE if form is Form.OPERATOR else _CONDITION).match(text, place)
        assert match is not None and match.lastgroup is not None  # noqa: S101, PT018 - both take any text
        name, place = match.lastgroup, match.end()
        form, said = Form[name], match[name]
        if form in (Form.NAME, Form.VALUE):
            form = _WORDS.get(said.lower(), form)
        yield Token(form, _meant(form, said), match.start(name), place)


def _meant(form: Form, said: str) -> str:
    if form is Form.QUOTED:
        return _ESCAPE.sub(r"\1", said[1:-1])
    return said
