"""A text under change: the edits found so far, carried back to the text as sent."""

from bisect import bisect_right

from inspector.core.suggestion.suggestion import Edit, applied


class Draft:
    """`text` is what the edits make of the source. What an edit brought in is not edited again: a guess upon a guess is none."""

    def __init__(self, source: str) -> None:
        self._source = source
        self.text = source
        self.edits: tuple[Edit, ...] = ()
        self._starts: list[int] = []
        self._ends: list[int] = []

    def change(self, step: tuple[Edit, ...]) -> bool:
        """Makes edits of `text`, given in its order; False, and nothing is done, where one meets what an edit brought in."""
        placed: list[Edit] = []
        for edit in step:
            start, end = self._source_of(edit.start), self._source_of(max(edit.start, edit.end - 1))
            if start is None or end is None or end - start != max(0, edit.end - edit.start - 1):
                return False
            placed.append(Edit(start, start + edit.end - edit.start, edit.replacement, edit.why))
        self.edits = tuple(sorted((*self.edits, *placed), key=lambda edit: (edit.start, edit.end)))
        self.text = applied(self._source, self.edits)
        self._starts, self._ends = [], []
        grown = 0
        for edit in self.edits:
            self._starts.append(edit.start + grown)
            grown += len(edit.replacement) - (edit.end - edit.start)
            self._ends.append(edit.end + grown)
        return True

    def _source_of(self, place: int) -> int | None:
        """Where the character at `place` stands in the source; None for one that was brought in."""
        before = bisect_right(self._starts, place) - 1
        if before < 0:
            return place
        return None if place < self._ends[before] else self.edits[before].end + place - self._ends[before]
