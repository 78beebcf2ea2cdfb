"""Why a text is not JSON: a diagnosis from the place of the fault and what stands around it.

The first fault decides, as that is what a reader trips over: a text that breaks off behind a raw line break is told for its
line break. Each place in the grammar has its own table of what people and models write there instead. Where two causes fit
as well, or a forgotten quote or comma has moved all that follows, there is none: no cause is better than a wrong one.
"""

import re

from inspector.core.arguments.after_value import cause_after_key, cause_after_value
from inspector.core.arguments.at_root import cause_at_root
from inspector.core.arguments.cause import Cause
from inspector.core.arguments.fault_scene import FaultScene, excerpt, forms, meaning
from inspector.core.arguments.of_value import PYTHON_STRING, PYTHON_WORD, cause_of_value
from inspector.core.json.fault import code_points
from inspector.core.json.viable_prefix import Expecting, JsonFault

__all__ = ["Cause", "diagnose"]

_STRAY = forms(
    (r"//|/\*", Cause.COMMENT),
    (r"[\x00-\x1f]", Cause.RAW_CONTROL_CHARACTER),
    (r"\ufeff", Cause.BYTE_ORDER_MARK),
)
_HASH = forms((r"#", Cause.COMMENT))
_ESCAPED_INSTEAD = forms(
    (r"\\+\"", Cause.ESCAPED_TEXT),
    (r"(?:\\+[nrt]\s*)+(?:[\"{}\[\]\\\d-]|true|false|null|\Z)", Cause.ESCAPED_TEXT),
)
_ESCAPED_AFTER = forms((r"(?:\\+[nrt]\s*)+(?:[}\],\\]|\Z)", Cause.ESCAPED_TEXT))
_INSTEAD_OF_KEY = forms(
    (PYTHON_STRING, Cause.PYTHON_LITERAL),
    (PYTHON_WORD + r"\s*:", Cause.PYTHON_LITERAL),
    (r"(?:[^\W\d]|\$)[\w$.\-]*\s*:", Cause.UNQUOTED),
    (r"[\w$][\w .$/\-]{0,80}\"\s*:", Cause.UNQUOTED),
    (r"-?\d+(?:\.\d+)?\s*:", Cause.UNQUOTED),
)
_REST_OF_NUMBER = re.compile(r"\d+(?:[,.]\d+)*\s*[,}]")
_NEXT_MEMBER_BELOW = re.compile(r'[\r\n]\s*"[^"\\\n]*"\s*:')
_CLOSERS_BELOW = re.compile(r"[\r\n]\s*[}\]][\s}\]]*\Z")


def diagnose(text: str, fault: JsonFault, offset: int) -> Cause | None:
    """The cause of the fault at code point `offset` of `text`, or None where the evidence does not tell."""
    if offset >= len(text):
        return Cause.CUT_OFF
    token = offset if fault.token == fault.offset else code_points(text, fault.token)[0]
    last_end = len(text[:offset].rstrip(" \t\n\r"))
    scene = FaultScene(text, offset, token, last_end, fault.expecting, len(fault.opened), fault.path)
    if fault.expecting in (Expecting.ESCAPE, Expecting.HEX_DIGIT):
        return Cause.BAD_ESCAPE
    if fault.expecting is Expecting.STRING_END:
        return None if _forgot_to_close(scene) else Cause.RAW_CONTROL_CHARACTER
    if not scene.depth:
        return cause_at_root(scene)
    return meaning(_STRAY, scene.ahead) or _cause_inside(scene)


def _cause_inside(scene: FaultScene) -> Cause | None:
    match scene.expecting:
        case Expecting.KEY | Expecting.KEY_OR_CLOSE:
            return meaning(_ESCAPED_INSTEAD + _HASH, scene.ahead) or _cause_of_key(scene)
        case Expecting.COLON:
            return meaning(_ESCAPED_INSTEAD + _HASH, scene.ahead) or cause_after_key(scene)
        case Expecting.COMMA_OR_BRACE | Expecting.COMMA_OR_BRACKET:
            return meaning(_ESCAPED_AFTER + _HASH, scene.ahead) or cause_after_value(scene)
        case _:
            return meaning(_ESCAPED_INSTEAD, excerpt(scene.text, scene.token)) or cause_of_value(scene)


def _cause_of_key(scene: FaultScene) -> Cause | None:
    if scene.found == "}":
        return Cause.TRAILING_COMMA
    if scene.is_adjacent and scene.behind[-2:-1].isdigit() and _REST_OF_NUMBER.match(scene.ahead):
        return Cause.LEADING_ZERO_OR_BAD_NUMBER
    return meaning(_INSTEAD_OF_KEY, scene.ahead)


def _forgot_to_close(scene: FaultScene) -> bool:
    """Whether the line break in a string looks like the end of a member whose closing quote is missing."""
    if scene.behind.endswith(","):
        return _NEXT_MEMBER_BELOW.match(scene.ahead) is not None
    closes_before = scene.behind.endswith(("}", "]")) and not scene.ahead.strip()
    return closes_before or _CLOSERS_BELOW.match(scene.ahead) is not None
