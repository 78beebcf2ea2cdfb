"""Which strings and keys of a large text are not written as they read."""

import numpy as np

from inspector.core.json.bulk.ranges import column, covering, places_of
from inspector.core.json.document import JsonDocument, Kind


def rows_with_escapes(document: JsonDocument) -> list[int]:
    """The rows with a backslash in the string or in the key, in the order sent."""
    strings = np.flatnonzero(np.frombuffer(document.kinds, np.uint8) == Kind.STRING)
    keys = np.flatnonzero(column(document.key_starts) >= 0)
    marks = np.zeros(len(document), np.bool_)
    for rows, starts, ends in (
        (strings, column(document.starts)[strings], column(document.ends)[strings]),
        (keys, column(document.key_starts)[keys], column(document.key_ends)[keys]),
    ):
        for places in places_of(document.source, b"\\"):
            marks[rows[covering(starts, ends, places)]] = True
    found: list[int] = np.flatnonzero(marks).tolist()
    return found
