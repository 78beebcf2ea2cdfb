"""Why a text is not JSON, or not an object: the names of the JSON report."""

from enum import StrEnum


class Cause(StrEnum):
    """A diagnosis, so where the evidence does not tell there is none.

    `too-deep` is for readers that stop at some depth; the scanner here does not, so it never says so.
    """

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
