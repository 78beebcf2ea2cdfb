"""A large JSON text read in one go.

Context: the scanner works once a value, about a microsecond each, so that a hundred megabytes of log probabilities take it
twelve seconds; libraries that are quicker lose what an inspector must show.
Choice: the same index made with array arithmetic: classes of bytes, quotes by parity, tokens, brackets paired by level, and
a table of what may follow what. A piece of half a megabyte at a time, so that the memory beside the index stays small.
Price: it says only whether a text is JSON. Where it is not, the scanner reads it once more and says where and why.
"""

from array import array

import numpy as np

from inspector.core.json.bulk.nesting import Containers, Nesting, is_opening, nest
from inspector.core.json.bulk.tokens import (
    ARRAY,
    ARRAY_END,
    COLON,
    COMMA,
    OBJECT,
    OBJECT_END,
    SCALAR,
    STRING,
    Bytes,
    Places,
    Tokenizer,
    Tokens,
    UnfitError,
)
from inspector.core.json.index import MANY, Index, Offsets

_LONGEST = 2**31 - 1
_KEY = 0
"""A string in front of a colon, in the place of blanks, which are no tokens."""
_START, _END = COMMA, OBJECT_END
"""What stands, as it were, in front of the text and behind it."""
_DONE = (SCALAR, STRING, OBJECT_END, ARRAY_END)
_VALUES = (SCALAR, STRING, OBJECT, ARRAY)
_AFTER: dict[tuple[int, int], tuple[int, ...]] = {
    (0, _START): _VALUES,
    (OBJECT, OBJECT): (_KEY, OBJECT_END),
    (OBJECT, _KEY): (COLON,),
    (OBJECT, COLON): _VALUES,
    (OBJECT, COMMA): (_KEY,),
    (ARRAY, ARRAY): (*_VALUES, ARRAY_END),
    (ARRAY, COMMA): _VALUES,
}
for _done in _DONE:
    _AFTER[0, _done] = (_END,)
    _AFTER[OBJECT, _done] = (COMMA, OBJECT_END)
    _AFTER[ARRAY, _done] = (COMMA, ARRAY_END)
_CONTEXTS = (0, OBJECT, ARRAY)
_CONTEXT_CODES = np.zeros(ARRAY + 1, np.uint8)
_CONTEXT_CODES[list(_CONTEXTS)] = (0, 81, 162)
_WRONG = bytes(
    code >= 243 or code % 9 not in _AFTER.get((_CONTEXTS[code // 81], code // 9 % 9), ()) for code in range(256)
)
_KINDS = bytearray([3]) * 256
for _byte, _kind in zip(b'{["tfn', (0, 1, 2, 4, 5, 6), strict=True):
    _KINDS[_byte] = _kind
_KINDS_BY_BYTE = bytes(_KINDS)


def index_of(source: bytes) -> Index | None:
    """The index of a JSON text; None where it is none, or nests too deep, or is too long for this way of reading."""
    if len(source) > _LONGEST:
        return None
    try:
        return _Rows(source).read()
    except UnfitError:
        return None


class _Rows:
    """The columns so far, and the last tokens, whose neighbours are not known yet."""

    def __init__(self, source: bytes) -> None:
        self._source = source
        self._bytes = np.frombuffer(source, np.uint8)
        self._kinds = bytearray()
        self._starts, self._ends = array("i"), array("i")
        self._key_starts, self._key_ends = array("i"), array("i")
        self._parents = array("i")
        self._open = Containers.none()
        # Two tokens that are settled, for the keys, and one that waits for its neighbour.
        self._places = np.zeros(2, np.intp)
        self._classes = np.array([0, _START], np.uint8)
        self._token_ends = np.zeros(2, np.intp)
        self._role = _START

    def read(self) -> Index:
        tokenizer = Tokenizer(self._source)
        start = 0
        while start < len(self._source):
            end = tokenizer.piece_end(start)
            self._take(tokenizer.read(start, end))
            start = end
        end_token = Tokens(np.array([start]), np.array([_END], np.uint8), tokenizer.finish())
        self._take(end_token)
        if len(self._open.rows) or not self._kinds:
            raise UnfitError
        return self._index()

    def _take(self, tokens: Tokens) -> None:
        places = np.concatenate((self._places, tokens.places))
        classes = np.concatenate((self._classes, tokens.classes))
        ends = np.concatenate((self._token_ends, np.full(len(tokens.places), -1, np.intp)))
        with_end = np.flatnonzero((classes <= STRING) & (ends < 0))
        ends[with_end[: len(tokens.ends)]] = tokens.ends
        if len(classes) > 3:
            self._settle(places[:-1], classes, ends)
        kept = slice(-3, None)
        self._places, self._classes, self._token_ends = places[kept], classes[kept], ends[kept]

    def _settle(self, places: Places, classes: Bytes, ends: Places) -> None:
        """All tokens but the first two, which are settled, and the last, which only tells what the one before it is."""
        roles = classes[:-1].copy()
        roles[np.flatnonzero((roles == STRING) & (classes[1:] == COLON))] = _KEY
        roles[0], roles[1] = 0, self._role
        self._role = int(roles[-1])
        is_value = (roles == SCALAR) | (roles == STRING) | (roles == OBJECT) | (roles == ARRAY)
        is_value[:2] = False
        values = np.flatnonzero(is_value)
        first_row = len(self._kinds)
        bracket = (roles >= OBJECT) & (roles <= ARRAY_END)
        bracket[:2] = False
        brackets = np.flatnonzero(bracket)
        opens = is_opening(roles[brackets])
        opened = np.searchsorted(values, brackets[opens])
        nesting = nest(self._open, roles[brackets], opens, opened + first_row)
        inner = np.repeat(
            nesting.inner, np.diff(brackets, prepend=1, append=len(roles))
        )  # after each token from the second
        self._check(roles, nesting, inner)
        self._open = nesting.left_open
        own_ends = ends[values]
        self._close(nesting, places[brackets] + 1, own_ends, first_row)
        has_key = classes[values - 1] == COLON
        key_starts, key_ends = places[values - 2], ends[values - 2]
        key_starts[~has_key] = key_ends[~has_key] = -1
        self._kinds += self._bytes[places[values]].tobytes().translate(_KINDS_BY_BYTE)
        _extend(self._starts, places[values])
        _extend(self._ends, own_ends)
        _extend(self._key_starts, key_starts)
        _extend(self._key_ends, key_ends)
        _extend(self._parents, nesting.rows[inner[values - 2]])

    def _check(self, roles: Bytes, nesting: Nesting, inner: Places) -> None:
        codes = _CONTEXT_CODES[nesting.classes[inner[:-1]]] + roles[1:-1] * np.uint8(9) + roles[2:]
        if b"\1" in codes.tobytes().translate(_WRONG):
            raise UnfitError

    def _close(self, nesting: Nesting, bracket_ends: Places, own_ends: Places, first_row: int) -> None:
        """Writes where containers end: those of earlier pieces where they stand, those of this one into `own_ends`."""
        rows, ends = nesting.rows[nesting.closed], bracket_ends[nesting.closed_by]
        is_own = rows >= first_row
        own_ends[rows[is_own] - first_row] = ends[is_own]
        for row, end in zip(rows[~is_own].tolist(), ends[~is_own].tolist(), strict=True):
            self._ends[row] = end

    def _index(self) -> Index:
        parents = np.frombuffer(self._parents, np.intc)
        counts = np.bincount(parents[1:], minlength=len(parents)).astype(np.intc)
        children: dict[int, Offsets] = {}
        many = np.flatnonzero(counts > MANY)
        if len(many):
            inside = np.flatnonzero((counts > MANY)[parents] & (parents >= 0)).astype(np.intc)
            grouped = inside[np.argsort(parents[inside], kind="stable")]
            ends = np.cumsum(counts[many])
            for row, last in zip(many.tolist(), ends.tolist(), strict=True):
                children[row] = array("i", grouped[last - int(counts[row]) : last].tobytes())
        count_column = array("i", counts.tobytes())
        columns = (self._starts, self._ends, self._key_starts, self._key_ends, self._parents, count_column)
        return Index(self._kinds, *columns, children)


def _extend(column: "array[int]", values: Places) -> None:
    column.frombytes(values.astype(np.intc).tobytes())
