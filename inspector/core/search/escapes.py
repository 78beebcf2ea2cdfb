"""Which strings and keys of a large text are not written as they read."""

from collections.abc import Iterator

import numpy as np
import numpy.typing as npt

from inspector.core.json.document import JsonDocument, Kind

_PIECE = 4 * 2**20
_BACKSLASH = ord("\\")


def rows_with_escapes(document: JsonDocument) -> list[int]:
    """The rows with a backslash in the string or in the key, in the order sent."""
    strings = np.flatnonzero(np.frombuffer(document.kinds, np.uint8) == Kind.STRING)
    keys = np.flatnonzero(_column(document.key_starts) >= 0)
    marks = np.zeros(len(document), np.bool_)
    for rows, starts, ends in (
        (strings, _column(document.starts)[strings], _column(document.ends)[strings]),
        (keys, _column(document.key_starts)[keys], _column(document.key_ends)[keys]),
    ):
        for places in _backslashes(document.source) if len(rows) else ():
            ranges = np.searchsorted(starts, places, "right") - 1
            is_inside = (ranges >= 0) & (places < ends[ranges])
            marks[rows[ranges[is_inside]]] = True
    found: list[int] = np.flatnonzero(marks).tolist()
    return found


def _backslashes(source: bytes) -> Iterator[npt.NDArray[np.intp]]:
    """Where they stand, piece by piece; nothing where a piece has none."""
    whole = np.frombuffer(source, np.uint8)
    for start in range(0, len(source), _PIECE):
        places = np.flatnonzero(whole[start : start + _PIECE] == _BACKSLASH)
        if len(places):
            yield places + start


def _column(values: object) -> npt.NDArray[np.signedinteger]:
    return np.frombuffer(values, memoryview(values).format)  # type: ignore[arg-type, call-overload, no-any-return]
