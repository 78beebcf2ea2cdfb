"""What it means when a text does not begin as JSON, or goes on after a complete value.

Drawn lines: a fence with JSON in it is a code fence though prose leads up to it; prose or a tag in front of bare JSON is not
JSON; objects with or without a comma between them are concatenated, anything else behind a complete object or array is extra
data, except for a fence's end, a comment or the escaped line break of an escaped text. A lone word is not JSON, but a lone
Python constant is told for what it is.
"""

import re

from inspector.core.arguments.after_value import cause_after_value
from inspector.core.arguments.cause import Cause
from inspector.core.arguments.fault_scene import FaultScene, excerpt, forms, meaning
from inspector.core.arguments.of_number import NOT_A_NUMBER, number_forms
from inspector.core.arguments.of_value import FOREIGN_WORD, PYTHON_STRING, PYTHON_TUPLE, PYTHON_WORD
from inspector.core.json.viable_prefix import Expecting

_WHOLE = r"(?=\s*\Z)"
_MARK = re.compile("(?:\ufeff|ï»¿)\\s*")
_FENCE = re.compile(r"\s*(?:```|~~~|'''json\b)|json\s*\n\s*[{\[]|`\s*[{\[][^`]*`\s*\Z", re.IGNORECASE)
_FENCE_BELOW = re.compile(r"^[ \t]*```\w*\s*[{\[]", re.MULTILINE)
_COMMENT = re.compile(r"(?:(?://|#)[^\n]*+\n|/\*(?s:.*?)\*/)\s*+")
_BEGINNINGS = forms(
    (r"(?s:" + PYTHON_STRING + r".*'\s*\Z)", Cause.PYTHON_LITERAL),
    (PYTHON_STRING + r"[{\[]", Cause.PYTHON_LITERAL),
    (PYTHON_WORD + _WHOLE, Cause.PYTHON_LITERAL),
    (PYTHON_TUPLE + _WHOLE, Cause.PYTHON_LITERAL),
    (NOT_A_NUMBER + _WHOLE, Cause.NAN_OR_INFINITY),
    (FOREIGN_WORD + _WHOLE, None),
    (r"(?:true|false|null|-?\d[\d.]*)\s*[}\]]+" + _WHOLE, Cause.EXTRA_DATA),
    (r"(?:true|false|null|-?\d[\d.]*)\s*[{\[]", Cause.CONCATENATED),
    (r"-?\d[\d.]*(?:[\s,]+-?\d[\d.]*)+" + _WHOLE, None),
)
_OTHER_BEGINNINGS = forms(
    (r"(?:\\+[nrt]\s*)*\\+\"", Cause.ESCAPED_TEXT),
    (r"(?:\\+[nrt]\s*)+[{\[]", Cause.ESCAPED_TEXT),
    (r"[\x00-\x08\x0b\x0c\x0e-\x1f]+\s*[{\[\"]", Cause.RAW_CONTROL_CHARACTER),
    (r"[^\w\s<\"]{1,3}\s*[{\[]", None),
    (r"[(\"'“”„‘’`.]+\s?[^\W\d]", Cause.NOT_JSON),
    (r"[\w<#*>@$%&!?¿¡|/~^•=\-\\\u2190-\u2bff\U0001f000-\U0001faff]", Cause.NOT_JSON),
)
_NUMBERS = number_forms(_WHOLE)
_ENDINGS = forms(
    (r"```|~~~", Cause.CODE_FENCE),
    (r"//|/\*", Cause.COMMENT),
    (r"#[^\n]*\Z", Cause.COMMENT),
    (r"(?:\\+[nrt]\s*)+\Z", Cause.ESCAPED_TEXT),
    (r"[+*]\s*[\[{(\d]", Cause.EXPRESSION),
    (r",?\s*(?:\{\s*(?:[\"}]|\Z)|\[\s*(?:[\"\[\]{\d-]|true|false|null|\Z))", Cause.CONCATENATED),
)
_AFTER_STRING = forms((r",?\s*\{\s*[\"}]", Cause.CONCATENATED), (r"[}\]]+" + _WHOLE, Cause.EXTRA_DATA))


def cause_at_root(scene: FaultScene) -> Cause | None:
    """The fault lies outside of all containers."""
    root = scene.text[: scene.offset].lstrip()[:1]
    if scene.expecting is not Expecting.END or scene.token < scene.offset:
        return _cause_of_beginning(scene.text, scene.token)
    if root in "{[":
        return meaning(_ENDINGS, scene.ahead) or Cause.EXTRA_DATA
    if root == '"':
        return cause_after_value(scene) or meaning(_AFTER_STRING, scene.ahead)
    return _cause_of_beginning(scene.text, len(scene.text) - len(scene.text.lstrip()))


def _cause_of_beginning(text: str, start: int) -> Cause | None:
    mark = _MARK.match(text, start)
    if mark is not None and re.compile(r"[{\[\"]|\Z").match(text, mark.end()):
        return Cause.BYTE_ORDER_MARK
    start = start if mark is None else mark.end()
    if _FENCE.match(text, start) or _FENCE_BELOW.search(text, start):
        return Cause.CODE_FENCE
    if _begins_below_comments(text, start):
        return Cause.COMMENT
    words = excerpt(text, start)
    for table in (_BEGINNINGS, _NUMBERS, _OTHER_BEGINNINGS):
        for pattern, cause in table:
            if pattern.match(words):
                return Cause.NOT_JSON if cause is Cause.UNQUOTED else cause
    return None


def _begins_below_comments(text: str, start: int) -> bool:
    end = start
    while (comment := _COMMENT.match(text, end)) is not None:
        end = comment.end()
    return end > start and text[end : end + 1] in ("{", "[")
