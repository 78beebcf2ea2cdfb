"""Which of many ranges of a large text hold one of some letters."""

from collections.abc import Iterator

import numpy as np
import numpy.typing as npt

Rows = npt.NDArray[np.intp]
_PIECE = 4 * 2**20


def column(values: object) -> npt.NDArray[np.signedinteger]:
    """A column of an index, where it lies."""
    return np.frombuffer(values, memoryview(values).format)  # type: ignore[arg-type, call-overload, no-any-return]


def places_of(source: bytes, letters: bytes) -> Iterator[Rows]:
    """Where one of the letters stands, piece by piece."""
    whole = np.frombuffer(source, np.uint8)
    for start in range(0, len(source), _PIECE):
        piece = whole[start : start + _PIECE]
        hits = piece == letters[0]
        for letter in letters[1:]:
            hits |= piece == letter
        yield np.flatnonzero(hits) + start


def covering(starts: Rows, ends: Rows, places: Rows) -> Rows:
    """The numbers of the ranges, which follow one another, that hold one of the places."""
    ranges = np.searchsorted(starts, places, "right") - 1
    inside = ranges >= 0
    ranges, places = ranges[inside], places[inside]
    return ranges[places < ends[ranges]]
