"""The hits of a search in a text view: which lie in sight, since a text may have thousands and each mark costs."""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Iterator, Sequence


class HitMarks:
    """Ranges in order, which do not overlap; `current` is the place of the one that was stepped to, -1 for none."""

    def __init__(self, spans: Sequence[tuple[int, int]] = (), current: int = -1) -> None:
        self.spans = spans
        self.current = current

    def within(self, first: int, last: int) -> Iterator[tuple[int, int, bool]]:
        """Those that touch a range: start, end, and whether it is the current one."""
        place = max(0, bisect_left(self.spans, (first, first)) - 1)
        while place < len(self.spans) and self.spans[place][0] <= last:
            start, end = self.spans[place]
            if end > first:
                yield start, end, place == self.current
            place += 1
