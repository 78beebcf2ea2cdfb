"""Which characters beyond ASCII a large text holds at all, so that nobody has to look for those that it does not hold."""

import numpy as np

_PIECE = 4 * 2**20
_LONGEST = 4


def beyond_ascii(source: bytes) -> frozenset[bytes]:
    """The bytes of each such character, once; what is no UTF-8 gives something that begins with the same byte."""
    whole = np.frombuffer(source + bytes(_LONGEST), np.uint8)
    found: set[bytes] = set()
    for start in range(0, len(source), _PIECE):
        heads = np.flatnonzero(whole[start : min(start + _PIECE, len(source))] >= 0xC0) + start
        codes = sum(whole[heads + place].astype(np.uint32) << (24 - 8 * place) for place in range(_LONGEST))
        found.update(_character(int(code).to_bytes(_LONGEST, "big")) for code in np.unique(np.asarray(codes)))
    return frozenset(found)


def _character(run: bytes) -> bytes:
    """What follows a two-byte or a three-byte character is not part of it."""
    return run[: 2 if run[0] < 0xE0 else 3 if run[0] < 0xF0 else 4]
