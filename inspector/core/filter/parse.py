"""From the text of a filter to its tree, or to a fault with its place. Any text ends in one of the two.

Long chains of `and` or `or` are one level, so only `not` and parentheses nest, and these are bounded.
"""

from collections.abc import Iterable
from difflib import get_close_matches

from inspector.core.filter.fields import FIELDS, TEXT_OPERATORS, AmountField, Field, Flag, TextField, operators_of
from inspector.core.filter.tokens import Form, Token, tokens
from inspector.core.filter.tree import All, AnyOf, Compare, Filter, FilterFault, Has, Not, Operator, Value
from inspector.core.filter.values import read_amount
from inspector.core.visible_text import one_line

LONGEST = 2_000
DEEPEST = 50
_SAME = {"=": Operator.IS}
_JOINS = (Form.AND, Form.OR)


def parse(text: str) -> Filter | FilterFault:
    """The filter that a text spells; of an empty text the one that lets everything through."""
    if len(text) > LONGEST:
        return FilterFault(
            f"A filter has at most {LONGEST:,} characters; this one has {len(text):,}.", LONGEST, len(text)
        )
    try:
        return _Parser(list(tokens(text))).whole()
    except _NoFilterError as error:
        return error.fault


def field_named(name: str) -> Field | None:
    """The field of that name, whatever its case; a hyphen stands for the underscore."""
    return FIELDS.get(name.lower().replace("-", "_"))


class _NoFilterError(Exception):
    """Leads from where the fault is found back to `parse`, and no further."""

    def __init__(self, sentence: str, token: Token) -> None:
        super().__init__(sentence)
        self.fault = FilterFault(sentence, token.start, token.end)


class _Parser:
    """Recursive descent over the tokens."""

    def __init__(self, found: list[Token]) -> None:
        self._tokens = found
        self._at = 0
        self._depth = 0

    def whole(self) -> Filter:
        if self._peek.form is Form.END:
            return All()
        found = self._any_of()
        token = self._peek
        if token.form is Form.CLOSE:
            raise _NoFilterError("There is no open parenthesis that this one closes.", token)
        if token.form is not Form.END:
            raise _NoFilterError(_what_was_due(self._tokens[self._at - 1], token), token)
        return found

    @property
    def _peek(self) -> Token:
        return self._tokens[self._at]

    def _take(self) -> Token:
        token = self._tokens[self._at]
        self._at += 1
        return token

    def _any_of(self) -> Filter:
        parts = [self._all()]
        while self._peek.form is Form.OR:
            self._take()
            parts.append(self._all())
        return parts[0] if len(parts) == 1 else AnyOf(tuple(parts))

    def _all(self) -> Filter:
        parts = [self._condition()]
        while self._peek.form is Form.AND:
            self._take()
            parts.append(self._condition())
        return parts[0] if len(parts) == 1 else All(tuple(parts))

    def _condition(self) -> Filter:
        token = self._take()
        match token.form:
            case Form.NOT:
                self._enter(token)
                part = self._condition()
                self._depth -= 1
                return Not(part)
            case Form.OPEN:
                return self._in_parentheses(token)
            case Form.NAME:
                return self._about(token)
            case _:
                raise _NoFilterError(_no_condition(self._tokens[self._at - 2] if self._at > 1 else None, token), token)

    def _in_parentheses(self, opened: Token) -> Filter:
        self._enter(opened)
        found = self._any_of()
        self._depth -= 1
        if self._peek.form is Form.END:
            raise _NoFilterError("This parenthesis is not closed.", opened)
        if self._peek.form is not Form.CLOSE:
            raise _NoFilterError(_what_was_due(self._tokens[self._at - 1], self._peek), self._peek)
        self._take()
        return found

    def _enter(self, token: Token) -> None:
        self._depth += 1
        if self._depth > DEEPEST:
            raise _NoFilterError(f"Conditions are nested more than {DEEPEST} deep here.", token)

    def _about(self, name: Token) -> Filter:
        field = field_named(name.text)
        if field is None:
            raise _NoFilterError(_unknown(name.text), name)
        if self._peek.form is not Form.OPERATOR:
            return Has(field.name)
        sign = self._take()
        operator = _operator(field, sign)
        return Compare(field.name, operator, _value(field, sign, self._take()))


def _operator(field: Field, sign: Token) -> Operator:
    if isinstance(field, Flag):
        raise _NoFilterError(f"“{field.name}” stands alone: write it, or “not {field.name}”.", sign)
    operator = _SAME.get(sign.text) or Operator(sign.text)
    if operator is Operator.BEGINS and isinstance(field, AmountField):
        return Operator.IS
    fitting = operators_of(field)
    if operator not in fitting:
        kind = "text" if fitting is TEXT_OPERATORS else "an amount"
        raise _NoFilterError(f"“{field.name}” is {kind}: use {_listed(fitting)}.", sign)
    return operator


def _value(field: TextField | AmountField | Flag, sign: Token, token: Token) -> Value:
    if token.form is Form.UNCLOSED:
        raise _NoFilterError("This quotation mark is not closed.", token)
    if token.form not in (Form.VALUE, Form.QUOTED):
        named = f' To mean the word itself, write "{token.text}".' if token.form in (Form.NOT, *_JOINS) else ""
        missing = Token(token.form, token.text, sign.start, sign.end) if token.form is Form.END else token
        raise _NoFilterError(f"A value is missing after “{sign.text}”.{named}", missing)
    if not isinstance(field, AmountField):
        return token.text
    amount = read_amount(token.text, field.measure)
    if amount is None:
        raise _NoFilterError(f"“{_short(token.text)}” is not {field.measure.value}.", token)
    return amount


def _no_condition(before: Token | None, token: Token) -> str:
    if token.form is Form.END:
        return f"A condition is missing after “{before.text}”." if before else "A condition is missing."
    if token.form in (Form.CLOSE, *_JOINS):
        return f"A condition is missing before “{token.text}”."
    if token.form is Form.OPERATOR:
        return f"The name of a field is missing before “{token.text}”."
    if token.form is Form.UNCLOSED:
        return "This quotation mark is not closed."
    return f"“{_short(token.text)}” is not the name of a field. To look for it in IDs, write id ~ {_short(token.text)}"


def _what_was_due(before: Token, token: Token) -> str:
    field = field_named(before.text) if before.form is Form.NAME else None
    behind = f", or {_listed(operators_of(field))}" if field is not None and operators_of(field) else ""
    return f"“and” or “or”{behind} is missing before “{_short(token.text)}”."


def _unknown(name: str) -> str:
    near = get_close_matches(name.lower()[:40], FIELDS, n=1, cutoff=0.7)
    if near:
        return f"There is no field “{_short(name)}”; did you mean “{near[0]}”?"
    return f"There is no field “{_short(name)}”. To look for it in IDs, write id ~ {_short(name)}"


def _listed(operators: Iterable[Operator]) -> str:
    *first, last = operators
    return f"{', '.join(first)} or {last}"


def _short(text: str) -> str:
    return one_line(text, 40)
