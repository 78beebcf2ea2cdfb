"""Numbers of JSON compared exactly, whatever their size: no float, and no power is written out."""

_MOST_EXPONENT_DIGITS = 18


def is_same_number(left: str, right: str) -> bool:
    """Whether two spellings stand for one value. Exponents of more than 18 digits are compared as spelled."""
    return left == right or _canonical(left) == _canonical(right)


def _canonical(number: str) -> tuple[str, int] | str:
    """The digits that count, with their sign, and the power of ten of the last."""
    mantissa, _, exponent = number.lower().partition("e")
    power = exponent.lstrip("+-").lstrip("0") or "0"
    whole, _, fraction = mantissa.lstrip("-").partition(".")
    digits = (whole + fraction).lstrip("0")
    kept = digits.rstrip("0")
    if not kept:
        return "0", 0
    if len(power) > _MOST_EXPONENT_DIGITS:
        return number
    shift = -int(power) if exponent.startswith("-") else int(power)
    sign = "-" if number.startswith("-") else ""
    return sign + kept, shift - len(fraction) + len(digits) - len(kept)
