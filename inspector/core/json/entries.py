"""What is made of the objects in an array: each when somebody looks at it, and once. A body may hold a million of them."""

from bisect import bisect_left
from collections.abc import Callable, Iterable, Iterator, Sequence
from itertools import compress
from operator import itemgetter
from typing import Protocol, TypeVar, overload

from inspector.core.json.document import JsonNode, Kind


class Entry(Protocol):
    """Something that is made of a value."""

    @property
    def node(self) -> JsonNode: ...


T = TypeVar("T", bound=Entry)


class Entries(Sequence[T]):
    """The entries that are objects, in the order sent; `last` stand behind all that the array holds."""

    def __init__(
        self, array: JsonNode | None, make: Callable[[JsonNode], T] | None = None, last: tuple[T, ...] = ()
    ) -> None:
        self._array = array if array is not None and array.kind is Kind.ARRAY else None
        self._rows = _objects_in(self._array) if self._array is not None else ()
        self._make = make
        self._last = last
        self._made: dict[int, T] = {}

    def __len__(self) -> int:
        return len(self._rows) + len(self._last)

    def __iter__(self) -> Iterator[T]:
        return map(self._at, range(len(self)))

    @overload
    def __getitem__(self, place: int) -> T: ...
    @overload
    def __getitem__(self, place: slice) -> tuple[T, ...]: ...
    def __getitem__(self, place: int | slice) -> T | tuple[T, ...]:
        wanted = range(len(self))[place]
        return self._at(wanted) if isinstance(wanted, int) else tuple(map(self._at, wanted))

    def of(self, node: JsonNode) -> T | None:
        """What is made of that very value."""
        place = bisect_left(self._rows, node.index)
        if self._array is None or place == len(self._rows) or self._rows[place] != node.index:
            return next((each for each in self._last if each.node == node), None)
        return self._at(place) if node.document is self._array.document else None

    def _at(self, place: int) -> T:
        made = self._made.get(place)
        if made is None:
            if self._array is None or self._make is None or place >= len(self._rows):
                return self._last[place - len(self._rows)]
            made = self._made[place] = self._make(JsonNode(self._array.document, self._rows[place]))
        return made


def given(entries: Iterable[T]) -> Entries[T]:
    """Entries that are there already."""
    return Entries(None, None, tuple(entries))


def _objects_in(array: JsonNode) -> Sequence[int]:
    rows = array.document.children(array.index)
    if len(rows) < 2:
        return [row for row in rows if array.document.kinds[row] == Kind.OBJECT]
    kinds = bytes(itemgetter(*rows)(array.document.kinds))  # half a million of them in a tenth of a loop's time
    return list(compress(rows, (kind == Kind.OBJECT for kind in kinds))) if any(kinds) else rows
