"""The index of a JSON text: flat columns with one entry a value, however many there are no object each."""

from array import array
from typing import Literal, NamedTuple, TypeAlias

MANY = 1000
"""The children of a value that has more are listed by whoever reads the text, away from the thread that shows them."""
_INT_LIMIT = 2**31
Offsets: TypeAlias = "array[int] | memoryview"
"""Places in the bytes or in the index: made by whoever reads the text, or lent by whoever has read it."""


class Index(NamedTuple):
    """The columns of the index, one entry a value, and the children of values, by index, as far as they were listed."""

    kinds: bytes | bytearray
    starts: Offsets
    ends: Offsets
    key_starts: Offsets
    key_ends: Offsets
    parents: Offsets
    counts: Offsets
    children: dict[int, Offsets]


def offset_type(size: int) -> Literal["i", "q"]:
    """The type code of places in so many bytes."""
    return "i" if size < _INT_LIMIT else "q"
