"""Why a text is not JSON: a diagnosis of what the model did. No answer is better than a wrong one."""

from enum import StrEnum

from inspector.core.json_text import JsonFault


class Cause(StrEnum):
    """The names of the JSON report."""

    CUT_OFF = "cut-off"
    TRAILING_COMMA = "trailing-comma"
    PYTHON_LITERAL = "python-literal"
    UNQUOTED = "unquoted"
    CODE_FENCE = "code-fence"
    EXTRA_DATA = "extra-data"
    CONCATENATED = "concatenated"
    RAW_CONTROL_CHARACTER = "raw-control-character"
    NAN_OR_INFINITY = "nan-or-infinity"
    UNESCAPED_QUOTE = "unescaped-quote"
    ESCAPED_TEXT = "escaped-text"
    BAD_ESCAPE = "bad-escape"
    COMMENT = "comment"
    EXPRESSION = "expression"
    LEADING_ZERO_OR_BAD_NUMBER = "leading-zero-or-bad-number"
    BYTE_ORDER_MARK = "byte-order-mark"
    NOT_JSON = "not-json"
    TOO_DEEP = "too-deep"
    DOUBLE_ENCODED = "double-encoded"


def diagnose(text: str, fault: JsonFault, offset: int) -> Cause | None:
    """The cause of the fault at code point `offset` of `text`, or None where the evidence does not tell."""
    if offset == len(text):
        return Cause.CUT_OFF
    return None
