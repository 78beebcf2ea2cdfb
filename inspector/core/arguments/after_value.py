"""What it means when a value or key is followed by something that JSON does not let follow."""

import re

from inspector.core.arguments.cause import Cause
from inspector.core.arguments.fault_scene import FaultScene, excerpt, forms, meaning
from inspector.core.arguments.of_number import number_forms
from inspector.core.arguments.of_value import END
from inspector.core.json.viable_prefix import Expecting

_OPERATIONS = forms((r"(?:\|\||&&|\?\?)\s*\S", Cause.EXPRESSION), (r"\.[^\W\d]\w*\(", Cause.EXPRESSION))
_WORDS_OF_CODE = forms(
    (r"for\s+\w+(?:\s*,\s*\w+)*\s+in\b", Cause.EXPRESSION),
    (r"if\s[^\n]{1,200}?\selse\s", Cause.EXPRESSION),
    (r"%\s*[\w(]", Cause.EXPRESSION),
)
_ON_STRING = forms((r"\+\s*[\"'\w(\[`]", Cause.EXPRESSION), (r"\*\s*\d", Cause.EXPRESSION))
_ON_CONTAINER = forms((r"[+*]\s*[\[{(\d]", Cause.EXPRESSION), (r"\+\s*\w", Cause.EXPRESSION))
_ON_NUMBER = number_forms(END)
_ON_LITERAL = forms((r"[^\W\d][^\"{}\[\]:,\0]*" + END, Cause.UNQUOTED), (r"\w+" + END, Cause.UNQUOTED))
_STRING_END = re.compile(r'"\s*(?:[,}\]]|\Z)')
_NEXT_STRING = re.compile(r'"[^"\\]*+(?>(?:\\.[^"\\]*+)*)"\s*+[^:\s]', re.DOTALL)
_NEXT_KEY = re.compile(r"\s*[\w$]+\s*:\s*")
_REST_OF_KEY = re.compile(r'[^"]*+"\s*+:')
_PUNCTUATION = re.compile(r"[).!?…'’*/>]+")
_STRUCTURE = re.compile(r"[,:{}\[\]]")


def cause_after_value(scene: FaultScene) -> Cause | None:
    """The fault follows a complete value in an object or array; a number may go on in a way that is no number."""
    operation = _cause_of_operation(scene)
    if operation is not None:
        return operation
    last = scene.behind[-1]
    if last == '"':
        return _after_string(scene)
    if last.isdigit() and scene.found not in ",}]{[\"'":
        return meaning(_ON_NUMBER, excerpt(scene.text, _start_of_number(scene)))
    return meaning(_ON_CONTAINER if last in "}]" else _ON_LITERAL, scene.ahead)


def cause_after_key(scene: FaultScene) -> Cause | None:
    """The fault follows a complete key that no colon follows."""
    key = scene.behind[:-1].rpartition('"')[2]
    if scene.is_adjacent and scene.found.isalnum() and ":" not in key and not key.rstrip().endswith(","):
        rest_of_key = _REST_OF_KEY.match(scene.text, scene.offset)
        return Cause.UNESCAPED_QUOTE if rest_of_key else None
    return None


def _cause_of_operation(scene: FaultScene) -> Cause | None:
    words = None if scene.is_adjacent else meaning(_WORDS_OF_CODE, scene.ahead)
    return words or meaning(_OPERATIONS, scene.ahead)


def _start_of_number(scene: FaultScene) -> int:
    if scene.token < scene.offset:
        return scene.token
    return scene.last_end - len(scene.behind) + len(scene.behind.rstrip("0123456789.eE+-"))


def _after_string(scene: FaultScene) -> Cause | None:
    """What looks like a complete string; maybe it ended at a quote that was meant as text."""
    operation = meaning(_ON_STRING, scene.ahead)
    if operation is not None:
        return operation
    if scene.found == '"':
        return _after_quotes(scene)
    return Cause.UNESCAPED_QUOTE if _is_quote_in_string(scene) else None


def _after_quotes(scene: FaultScene) -> Cause | None:
    """A string and right after it another: a quote within the text, unless a comma was forgotten between the two."""
    text, offset = scene.text, scene.offset
    if not scene.is_adjacent:
        return None
    if scene.behind.endswith('""') and scene.behind[-3:-2] != "\\" and text.find('"""', offset + 1) > 0:
        return Cause.PYTHON_LITERAL
    if _STRING_END.match(text, offset):
        return Cause.UNESCAPED_QUOTE
    if scene.expecting is Expecting.COMMA_OR_BRACE and _NEXT_STRING.match(scene.ahead):
        return Cause.UNESCAPED_QUOTE
    return None


def _is_quote_in_string(scene: FaultScene) -> bool:
    """Whether the text goes on behind the quote and ends at a later quote, as a string would."""
    text, quote = scene.text, scene.text.find('"', scene.offset)
    if quote < 0 or scene.found in ",:{[}]" or not _STRING_END.search(text, quote):
        return False
    inner = text[scene.offset : quote]
    if _NEXT_KEY.fullmatch(inner) or not (any(map(str.isalnum, inner)) or _PUNCTUATION.fullmatch(inner)):
        return False
    follows = text[quote + 1 : quote + 100].lstrip()[:1]
    if scene.is_adjacent:
        is_next_item = follows == ":" or scene.expecting is Expecting.COMMA_OR_BRACKET
        return not (is_next_item and scene.behind[:-1].rstrip().endswith(","))
    return follows in ("", ",", "}", "]", '"') and not _STRUCTURE.search(inner)
