"""An independent judge of RFC 8259: the grammar as a table, run by a pushdown automaton one character at a time.

It shares nothing with the scanner: that one matches whole members by regular expressions over bytes, this one derives the
grammar's leftmost symbol over code points. An LL(1) automaton without conflicts stops at the first character after which no
sentence of the grammar can follow, which is the offset that the scanner promises.
"""

from collections.abc import Callable

Takes = Callable[[str], bool]


def _one_of(characters: str) -> Takes:
    return lambda character: character in characters


def _text(character: str) -> bool:
    return character >= " " and character not in '"\\'


_DIGITS, _BLANKS = "0123456789", " \t\n\r"
_HEX = " hex hex hex hex"
_MEMBER = "characters blank colon blank value blank members"
# Each symbol: what the next character may be, and which symbols then stand in its place.
_GRAMMAR: dict[str, list[tuple[Takes, str]]] = {
    "blank": [(_one_of(_BLANKS), "blank")],
    "value": [
        (_one_of("{"), "blank first-member"),
        (_one_of("["), "blank first-element"),
        (_one_of('"'), "characters"),
        (_one_of("-"), "integer fraction exponent"),
        (_one_of("0"), "fraction exponent"),
        (_one_of("123456789"), "digits fraction exponent"),
        (_one_of("t"), "r u e"),
        (_one_of("f"), "a l s e"),
        (_one_of("n"), "u l l"),
    ],
    "first-member": [(_one_of("}"), ""), (_one_of('"'), _MEMBER)],
    "members": [(_one_of("}"), ""), (_one_of(","), "blank member")],
    "member": [(_one_of('"'), _MEMBER)],
    "colon": [(_one_of(":"), "")],
    "elements": [(_one_of("]"), ""), (_one_of(","), "blank value blank elements")],
    "characters": [(_one_of('"'), ""), (_one_of("\\"), "escape characters"), (_text, "characters")],
    "escape": [(_one_of('"\\/bfnrt'), ""), (_one_of("u"), _HEX)],
    "hex": [(_one_of(_DIGITS + "abcdefABCDEF"), "")],
    "integer": [(_one_of("0"), ""), (_one_of("123456789"), "digits")],
    "digit": [(_one_of(_DIGITS), "")],
    "digits": [(_one_of(_DIGITS), "digits")],
    "fraction": [(_one_of("."), "digit digits")],
    "exponent": [(_one_of("eE"), "sign digit digits")],
    "sign": [(_one_of("+-"), "")],
    **{letter: [(_one_of(letter), "")] for letter in "ruealsn"},
}
_GRAMMAR["first-element"] = [(_one_of("]"), "")] + [
    (takes, f"{symbols} blank elements") for takes, symbols in _GRAMMAR["value"]
]
_MAY_BE_EMPTY = {"blank", "digits", "fraction", "exponent", "sign"}


def first_break(text: str) -> int | None:
    """The code point at which `text` stops being JSON, its length if it ends too early, None if it is JSON."""
    stack = ["blank", "value", "blank"]
    for offset, character in enumerate(text):
        while True:
            if not stack:
                return offset
            symbol = stack.pop()
            following = next((symbols for takes, symbols in _GRAMMAR[symbol] if takes(character)), None)
            if following is not None:
                stack.extend(reversed(following.split()))
                break
            if symbol not in _MAY_BE_EMPTY:
                return offset
    return None if _MAY_BE_EMPTY.issuperset(stack) else len(text)
