"""What becomes of a JSON number in a reader that keeps every number as a double, as JavaScript does.

Number::toString of ECMA-262 on the nearest double; `repr` of Python gives the same shortest digits, in another layout.
"""

import math

ALWAYS_EXACT = 15
"""So many significant digits survive a double, as long as there is no exponent."""
_LONGEST_DOUBLE = 800
"""No double has more significant digits, written out in full."""


def is_safe(number: str) -> bool:
    """A quick yes for a number that a double shows unchanged; False where `javascript_spelling` must tell."""
    return len(number) <= ALWAYS_EXACT and "e" not in number and "E" not in number


def javascript_spelling(number: str) -> str:
    """What JavaScript shows for a number that is valid JSON."""
    value = float(number)
    if math.isinf(value):
        return "Infinity" if value > 0 else "-Infinity"
    if value == 0:
        return "0"
    sign, digits, exponent = _canonical(repr(value))
    point = len(digits) + exponent
    return sign + _laid_out(digits, point)


def is_changed(number: str) -> bool:
    """Whether an integer shows otherwise in JavaScript, or a fraction is not the nearest double as far as it is spelled.

    So 0.10000000000000001, which is how many programs write the double 0.1, is not changed.
    """
    if is_safe(number):
        return False
    value = float(number)
    if math.isinf(value):
        return True
    if value == 0:
        return _significant(number) != ""
    spelled = _canonical(number)
    if spelled == _canonical(repr(value)):
        return False
    is_integer = number.lstrip("-").isdecimal()
    return is_integer or spelled != _canonical(f"{value:.{min(len(spelled[1]), _LONGEST_DOUBLE) - 1}e}")


def _canonical(number: str) -> tuple[str, str, int]:
    """Sign, significant digits without zeros at either end, and the power of ten behind the last digit; not for zero."""
    mantissa, _, exponent = number.lower().partition("e")
    whole, _, fraction = mantissa.lstrip("-").partition(".")
    digits = whole + fraction
    kept = digits.rstrip("0")
    power = _small_integer(exponent) - len(fraction) + len(digits) - len(kept)
    return "-" if number.startswith("-") else "", kept.lstrip("0"), power


def _small_integer(exponent: str) -> int:
    """Leading zeros may be many; the rest is short in any number whose double is neither zero nor infinite."""
    digits = exponent.lstrip("+-").lstrip("0") or "0"
    return -int(digits) if exponent.startswith("-") else int(digits)


def _significant(number: str) -> str:
    return number.lower().partition("e")[0].strip("-0.")


def _laid_out(digits: str, point: int) -> str:
    """The digits with the decimal point `point` places from the left, by the five cases of Number::toString."""
    count = len(digits)
    if count <= point <= 21:
        return digits + "0" * (point - count)
    if 0 < point <= 21:
        return f"{digits[:point]}.{digits[point:]}"
    if -6 < point <= 0:
        return f"0.{'0' * -point}{digits}"
    power = f"e{point - 1:+d}"
    return f"{digits[0]}.{digits[1:]}{power}" if count > 1 else digits + power
