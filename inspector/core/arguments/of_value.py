"""What it means when something else stands where a value should, inside an object or array."""

import re

from inspector.core.arguments.cause import Cause
from inspector.core.arguments.fault_scene import FaultScene, excerpt, forms, meaning
from inspector.core.arguments.of_number import NOT_A_NUMBER, OPERAND, number_forms

END = r"(?=\s*(?:[,}\]]|//|/\*|#\s|\Z))"
"""What may follow a value inside a container; a text that breaks off there may be complete or not."""

PYTHON_STRING = r"[bBrRuUfF]{0,2}'"
PYTHON_WORD = r"(?:True|False|None)"
PYTHON_TUPLE = r"\(\s*(?:(?:[-\d\"'\[{]|True|False|None)[^()]*,[^()]*)?\)"
FOREIGN_WORD = r"(?:undefined|nil|NIL|NULL|Null|TRUE|FALSE|void)"
_OPERATOR = r"(?:\s*(?:[*+]|\|\||&&|\?\?)\s*|\s+[-/%]\s+)"

_WORDS = forms(
    (PYTHON_STRING, Cause.PYTHON_LITERAL),
    (r"[bBrRuUfF]{1,2}\"[^\"\\]*(?:\\.[^\"\\]*)*\"" + END, Cause.PYTHON_LITERAL),
    (PYTHON_WORD + END, Cause.PYTHON_LITERAL),
    (PYTHON_WORD + r"\s+(?:and|or|if|is|in|not|==)\s", Cause.EXPRESSION),
    (NOT_A_NUMBER + END, Cause.NAN_OR_INFINITY),
    (r"(?:T|Tr|Tru|F|Fa|Fal|Fals|N|No|Non|Na|-?I|-?In|-?Infi|-?Infin|-?Infini|-?Infinit)\Z", None),
    (FOREIGN_WORD + END, None),
    (r"(?:tr|tru|fal|fals|nu|nul)" + END, None),
    (PYTHON_TUPLE + END, Cause.PYTHON_LITERAL),
)
_CODE = forms(
    (r"\(\s*[-\w.]+\s*[-+*/%]\s*[-\w.(]", Cause.EXPRESSION),
    (r"[^\W\d][^\"\n{}\[\]]*\"\s*[,}\]]", Cause.UNQUOTED),
    (r"(?:new\s+)?[^\W\d][\w$]*(?:\.[\w$]+)*\(", Cause.EXPRESSION),
    (r"(?:async\s+)?(?:function\b\s*\w*\s*\(|\([\w\s,]*\)\s*=>|\w+\s*=>)|lambda\b[^:\"]{0,80}:", Cause.EXPRESSION),
    (r"(?:[Mm]ath|Number|process\.env|os\.environ)\.\w", Cause.EXPRESSION),
    (r"[^\W\d][\w.]*\[(?:\d+|\"[^\"]*\"|'[^']*')\]", Cause.EXPRESSION),
    (r"`[^`]*\$\{", Cause.EXPRESSION),
    (r"!+(?:true|false|[01])" + END, Cause.EXPRESSION),
    (r"(\w+)\b[^\]\"]{0,200}\bfor\s+\1\s+in\b", Cause.EXPRESSION),
    (rf"{OPERAND}(?:{_OPERATOR}{OPERAND})+{END}", Cause.EXPRESSION),
)
_TEXTS = forms(
    (r"/(?:[^/\n\\]|\\.)+/[gimsuyd]{0,7}" + END, None),
    (r"(?:~|\.{1,2})?(?:/[\w.\-]+)+/?" + END, Cause.UNQUOTED),
    (r"#[\da-fA-F]{3,8}" + END, Cause.UNQUOTED),
    (r"#(?:\s|.*\n)", Cause.COMMENT),
    (r"\w+[\[{<=]", None),
    (r"[^\W\d]", Cause.UNQUOTED),
)
_INSTEAD_OF_VALUE = (*_WORDS, *number_forms(END), *_CODE, *_TEXTS)
_BRACKETED_WORDS = re.compile(r"\s*\[[^\[\]{}\",]*\](?:\s*[^\s,}\]]|(?<=\[object Object\]))")


def cause_of_value(scene: FaultScene) -> Cause | None:
    """The fault is at, or in, what stands in place of a value."""
    if scene.found == "]" and scene.token == scene.offset and scene.behind.endswith(","):
        return Cause.TRAILING_COMMA
    if scene.depth == 1 and scene.path == (0,) and _BRACKETED_WORDS.match(excerpt(scene.text, 0)):
        return Cause.NOT_JSON
    return meaning(_INSTEAD_OF_VALUE, excerpt(scene.text, scene.token))
