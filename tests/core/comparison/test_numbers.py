"""Numbers are compared by value, exactly."""

from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from inspector.core.comparison.numbers import is_same_number

NUMBERS = st.from_regex(r"-?(0|[1-9][0-9]{0,3})(\.[0-9]{1,3})?([eE][+-]?[0-9]{1,2})?", fullmatch=True).filter(
    str.isascii
)


@pytest.mark.parametrize(
    ("left", "right", "same"),
    [
        ("1.10", "1.1", True),
        ("100", "1e2", True),
        ("-0", "0.0e9", True),
        ("1e400", "10e399", True),
        ("1e400", "1e401", False),
        ("1", "-1", False),
        ("9007199254740993", "9007199254740992", False),
        ("1e9999999999999999999", "1e9999999999999999999", True),
        ("1e9999999999999999999", "10e9999999999999999998", False),
        ("0e9999999999999999999", "0", True),
    ],
)
def test_values_of_spellings(left: str, right: str, same: bool) -> None:
    assert is_same_number(left, right) is same


@given(NUMBERS, NUMBERS)
def test_as_decimals_compare(left: str, right: str) -> None:
    assert is_same_number(left, right) is (Decimal(left) == Decimal(right))


@given(NUMBERS)
def test_another_spelling_of_the_same(number: str) -> None:
    assert is_same_number(number, f"{Decimal(number):E}")
