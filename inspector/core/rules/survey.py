"""Which values of a large text are worth a closer look, found by array arithmetic; what is not named needs none."""

import numpy as np
import numpy.typing as npt

from inspector.core.json.bulk.ranges import Rows, column, covering, places_of
from inspector.core.json.document import JsonDocument, Kind

_WORD = 8
_MIX = np.uint64(0x9E3779B97F4A7C15)


def numbers_beyond(document: JsonDocument, length: int) -> list[int]:
    """The rows of numbers that have more than `length` characters, or an exponent, in the order sent."""
    numbers = np.flatnonzero(np.frombuffer(document.kinds, np.uint8) == Kind.NUMBER)
    starts, ends = column(document.starts)[numbers], column(document.ends)[numbers]
    chosen = ends - starts > length
    for places in places_of(document.source, b"eE"):
        chosen[covering(starts, ends, places)] = True
    found: list[int] = numbers[chosen].tolist()
    return found


def keys_to_compare(document: JsonDocument) -> list[int]:
    """The rows of all members of objects in which a key may be repeated, in the order sent."""
    keys = np.flatnonzero(column(document.key_starts) >= 0)
    starts, ends = column(document.key_starts)[keys] + 1, column(document.key_ends)[keys] - 1
    parents = column(document.parents)[keys]
    marks = _marks(document.source, starts, ends, parents)
    ordered = np.sort(marks)
    repeated = ordered[1:][ordered[1:] == ordered[:-1]]
    doubtful = np.isin(marks, repeated)
    for places in places_of(document.source, b"\\"):
        doubtful[covering(starts, ends, places)] = True
    found: list[int] = keys[np.isin(parents, parents[doubtful])].tolist()
    return found


def is_deeper(document: JsonDocument, levels: int) -> bool:
    """Whether more containers than `levels` stand inside one another."""
    parents = column(document.parents)
    above = np.flatnonzero(np.frombuffer(document.kinds, np.uint8) <= Kind.ARRAY)
    is_there = np.zeros(len(document) + 1, np.bool_)  # the last is what stands above the root
    for _ in range(levels):
        is_there[:] = False
        is_there[parents[above]] = True
        above = np.flatnonzero(is_there[:-1])
    return len(above) > 0


def _marks(source: bytes, starts: Rows, ends: Rows, parents: Rows) -> npt.NDArray[np.uint64]:
    """One number for each key, the same for keys of one object that are spelled the same, and hardly for others."""
    padded = np.frombuffer(source + bytes(_WORD), np.uint8)
    words = np.ndarray((len(source) + 1,), "<u8", padded, strides=(1,))
    lengths = (ends - starts).astype(np.uint64)
    kept = np.minimum(lengths, np.uint64(_WORD)) * np.uint64(8)
    mask = np.where(kept == 64, ~np.uint64(0), (np.uint64(1) << kept) - np.uint64(1))
    first, last = words[starts] & mask, words[np.maximum(ends - _WORD, starts)] & mask
    mark = parents.astype(np.uint64)
    for part in (lengths, first, last):
        mark = (mark ^ part) * _MIX
        mark ^= mark >> np.uint64(29)
    return mark
