"""A fault as a sentence: what was expected, where in the structure, and what stands there instead."""

import re
from collections.abc import Callable

from inspector.core.json.character_words import name_of_character
from inspector.core.json.viable_prefix import Expecting, JsonFault
from inspector.core.visible_text import one_line

_WORD = re.compile(r"\w(?:[\w.'’-]{0,23}\w)?")
_IDENTIFIER = re.compile(r"[A-Za-z_$][\w$-]*", re.ASCII)
_LITERALS = {"t": "true", "f": "false", "n": "null"}
_KINDS = {"{": "object", "[": "array", '"': "string"}
_PARTS_SHOWN = 4
_KEY_LIMIT = 40
_SHORT_ESCAPES = {"\b": "\\b", "\t": "\\t", "\n": "\\n", "\f": "\\f", "\r": "\\r"}


def fault_sentence(
    text: str, fault: JsonFault, offset: int, token: int, name_of: Callable[[str], str] = name_of_character
) -> str:
    """`offset` and `token` are those of the fault in code points of `text`; `name_of` is how its characters are called."""
    place = _value_at(fault)
    match fault.expecting:
        case Expecting.STRING_END:
            return _in_string(text, offset, place)
        case Expecting.LITERAL:
            literal = _LITERALS.get(text[token], "a literal")  # a redacted body has lost its letters
            expected = f"the rest of {literal} as {place}"
        case Expecting.COMMA_OR_BRACE | Expecting.COMMA_OR_BRACKET | Expecting.END if token < offset:
            expected = f"{fault.expecting} after the number “{one_line(text[token:offset], _KEY_LIMIT)}” in {place}"
        case Expecting.END:
            expected = f"nothing more after the complete {_KINDS.get(text.lstrip()[:1], 'value')}"
        case _:
            expected = _expected(fault, place)
    is_inside = fault.expecting in (Expecting.ESCAPE, Expecting.HEX_DIGIT)
    return f"Expected {expected}, but {_found(text, offset, name_of, whole_word=not is_inside)}."


def path_words(path: tuple[str | int, ...]) -> str:
    """A path in quotes, in the manner of programs: “stops[2].city”; only the innermost parts of a long one."""
    words = "".join(_part(part) for part in path[-_PARTS_SHOWN:]).removeprefix(".")
    return f"“{'…' if len(path) > _PARTS_SHOWN else ''}{words}”"


def _part(part: str | int) -> str:
    if isinstance(part, int):
        return f"[{part}]"
    name = one_line(part, _KEY_LIMIT)
    return f".{name}" if _IDENTIFIER.fullmatch(part) else f'["{name}"]'


def _value_at(fault: JsonFault) -> str:
    """The value, or the key, at which the text breaks or that it breaks after."""
    if fault.in_key:
        return f"a key of {_container(fault.path)}"
    if not fault.path:
        return "the outermost value"
    last = fault.path[-1]
    if isinstance(last, str):
        return f"the value of {path_words(fault.path)}"
    return f"item {last + 1} of {_container(fault.path[:-1], 'array')}"


def _container(path: tuple[str | int, ...], kind: str = "object") -> str:
    return path_words(path) if path else f"the outermost {kind}"


def _expected(fault: JsonFault, place: str) -> str:
    expecting = fault.expecting
    match expecting:
        case Expecting.VALUE | Expecting.VALUE_OR_CLOSE:
            if not fault.path:
                return "a value at the start of the text"
            return (
                f"a value for {path_words(fault.path)}"
                if isinstance(fault.path[-1], str)
                else f"{expecting} as {place}"
            )
        case Expecting.KEY:
            return f"{expecting} after the comma in {_container(fault.path)}"
        case Expecting.KEY_OR_CLOSE:
            return f"{expecting} in {_container(fault.path)}"
        case Expecting.COLON:
            return f"“:” after the key {path_words(fault.path)}"
        case Expecting.HEX_DIGIT:
            return f"four hexadecimal digits after “\\u” in {place}"
        case Expecting.DIGIT | Expecting.ESCAPE:
            return f"{expecting} in {place}"
        case _:
            return f"{expecting} after {place}"


def _in_string(text: str, offset: int, place: str) -> str:
    if offset == len(text):
        return f"The text ends inside {place}: its closing quote is missing."
    character = text[offset]
    name = name_of_character(character)
    escape = _SHORT_ESCAPES.get(character) or f"\\u{ord(character):04x}"
    return f"{name[:1].upper()}{name[1:]} stands raw in {place}; inside a string JSON wants it written as {escape}."


def _found(text: str, offset: int, name_of: Callable[[str], str], *, whole_word: bool) -> str:
    if offset == len(text):
        return "the text ends here"
    word = _WORD.match(text, offset)
    if word is None:
        return f"found {name_of(text[offset])}"
    return f"found “{word[0] if whole_word else word[0][0]}”"
