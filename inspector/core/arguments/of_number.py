"""What digits mean that are no JSON number: spellings of other languages, arithmetic, and texts that want quotes."""

from inspector.core.arguments.cause import Cause
from inspector.core.arguments.fault_scene import Form, forms

OPERAND = (
    r"(?:[-+]?(?:\d[\d_.]*(?:[eE][-+]?\d+)?|\.\d+)|[^\W\d][\w.]*(?:\([^()]*\))?|\((?:[^()]|\([^()]*\))*\)"
    r"|\"[^\"\\]*\"|'[^'\\]*')"
)
NOT_A_NUMBER = (
    r"[-+]?(?:NaN|nan|NAN|Nan|Infinity|[Ii]nf|infinity|INF|INFINITY|∞|\d\.#(?:INF|IND|QNAN|SNAN)\d*"
    r"|(?:np|numpy|math|Number|float)\.(?:nan|inf|NaN|Inf|NAN|POSITIVE_INFINITY|NEGATIVE_INFINITY))"
)
_OPERATOR = r"(?:\s*(?:\*\*|[-*/%+^]|<<|>>)\s*)"
# A “-” alone and without spaces may as well be a range or part of an identifier.
_IS_ARITHMETIC = r"(?=[-+.(\d])(?=[-+]*[^,}\]\-+*/%^<>\s]+\s*(?:-[^,}\]]*)?(?:[*/%+^]|<<|>>|\s-\s))"


def number_forms(end: str) -> tuple[Form, ...]:
    """The forms of what begins like a number and reaches up to `end`, a pattern of what may follow a value."""
    return forms(
        (NOT_A_NUMBER + end, Cause.NAN_OR_INFINITY),
        (r"\d[\d,]*\.{3}", None),
        (r"\d{4}([-/.])\d{1,2}\1\d{1,2}(?!\d)", Cause.UNQUOTED),
        (r"\d{1,2}([-/])\d{1,2}\1(?:\d\d|\d{4})(?!\d)", Cause.UNQUOTED),
        (r"\d{1,2}:\d\d(?!\d)", Cause.UNQUOTED),
        (r"\d{1,3}(?:\.\d{1,3}){3}(?![\d.])", Cause.UNQUOTED),
        (r"\+?\d{1,3}-\d{3}-\d{3,4}(?:-\d{4})?" + end, Cause.UNQUOTED),
        (r"\d[\d.,]*\s?%" + end, Cause.UNQUOTED),
        (r"\d[\d.,]*\s?[°€£$][^\"{}\[\]:,\0]*" + end, Cause.UNQUOTED),
        (r"[€£$]\s?\d[\d.,]*" + end, Cause.UNQUOTED),
        (r"\d{1,2}/\d{4}" + end, None),
        (r"(?:[-+]+\s*)?0(?:[xX][\da-fA-F_]+|[oO][0-7_]+|[bB][01_]+)[nLl]?" + end, Cause.LEADING_ZERO_OR_BAD_NUMBER),
        (r"(?:[-+]+\s*)?(?=[._]*\d)[\d._]++(?>(?:[eE][-+]?[\d._]*)*)[nLlfF]?" + end, Cause.LEADING_ZERO_OR_BAD_NUMBER),
        (r"[-+]+" + end, Cause.LEADING_ZERO_OR_BAD_NUMBER),
        (rf"{_IS_ARITHMETIC}{OPERAND}(?:{_OPERATOR}{OPERAND})+{end}", Cause.EXPRESSION),
        (rf"{_IS_ARITHMETIC}{OPERAND}(?:{_OPERATOR}{OPERAND})*{_OPERATOR}\Z", Cause.EXPRESSION),
        (r"\d(?=[\w.:@/-]*[^\W\d_])[\w.:@/-]++" + end, Cause.UNQUOTED),
        (r"\d[\w.]*\s+[^\W\d][^\"{}\[\]:,\0]*" + end, Cause.UNQUOTED),
    )
