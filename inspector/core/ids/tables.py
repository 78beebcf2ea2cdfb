"""A table with a head: CSV with commas, semicolons or tabs, Markdown, a database's output, a single column with a name over it."""

import csv
import re
from collections.abc import Iterator

from inspector.core.ids.kinds import Candidate, Evidence, IdKind, by_looks, evidence_of_looks, looks_made

_LONGEST_HEAD = 10_000
_CERTAIN = re.compile(r"(?:[a-z0-9 _.-]*[ _.-])?(?:chat[ _.-]?)?(?:completion|chatcmpl|generation)[ _.-]?id")
_LIKELY = re.compile(r"(?:response[ _.-]?|body[ _.-]|data[ _.-])*id")
_ID = re.compile(r"[^\s\"'`,;|<>{}()\[\]]{1,600}")
_NO_VALUE = frozenset(("none", "null", "nil", "nan", "na", "n/a"))


class Columns:
    """The columns of a table that hold completions' IDs. Read `candidates` to its end; `note` then says whether that was all."""

    def __init__(self, text: str) -> None:
        self._text = text
        self.note = ""

    def candidates(self) -> Iterator[Candidate]:
        text = self._text
        start = len(text) - len(text.lstrip())
        end = text.find("\n", start, start + _LONGEST_HEAD)
        if end < 0:
            return
        delimiter, certain, columns = _head(text[start:end])
        if not columns:
            return
        lines = _Lines(text, start)
        try:
            for cells in csv.reader(lines, delimiter=delimiter):
                row, rows_end = lines.begin, lines.end
                lines.begin = lines.end
                for column in columns if row != start else ():
                    candidate = self._candidate(cells, column, (row, rows_end), is_certain=certain)
                    if candidate is not None:
                        yield candidate
        except csv.Error:
            line = text.count("\n", 0, lines.begin)
            self.note = f"The table could be read only up to line {line:,}; what stands below was searched as text."

    def _candidate(self, cells: list[str], column: int, row: tuple[int, int], *, is_certain: bool) -> Candidate | None:
        found = cells[column].strip() if column < len(cells) else ""
        start = self._text.find(found, *row)
        if not _ID.fullmatch(found) or found.lower() in _NO_VALUE or start < 0:
            return None
        identity = by_looks(found)
        end = start + len(found)
        if identity is not None:
            prefix, kind = identity
            reason = f"starts with {prefix}" if prefix else "in the column of IDs"
            return Candidate(start, end, found, kind, reason, evidence_of_looks(prefix, kind))
        if not (looks_made(found) or is_certain) or not any(char.isalnum() for char in found):
            return None
        evidence = Evidence.STRONG if is_certain else Evidence.WEAK
        return Candidate(start, end, found, IdKind.COMPLETION, "in the column of IDs", evidence)


class _Lines:
    """The lines of a text, for the reader of records, which may be several lines long: `begin` and `end` are a record's."""

    def __init__(self, text: str, start: int) -> None:
        self._text = text
        self.begin = self.end = start

    def __iter__(self) -> Iterator[str]:
        while self.end < len(self._text):
            start, newline = self.end, self._text.find("\n", self.end)
            self.end = newline + 1 if newline >= 0 else len(self._text)
            yield self._text[start : self.end]


def _head(line: str) -> tuple[str, bool, list[int]]:
    """The delimiter, and the columns that are named as completions' IDs are, or else as any IDs are."""
    for delimiter in ",;\t|":
        cells = [cell.strip(" \"'\r*`").lower() for cell in line.split(delimiter)]
        for is_certain, name in ((True, _CERTAIN), (False, _LIKELY)):
            columns = [place for place, cell in enumerate(cells) if name.fullmatch(cell)]
            if columns:
                return delimiter, is_certain, columns
    return ",", False, []
