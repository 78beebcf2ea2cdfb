"""How severe the findings on a row and below it are, and whether it breaks the schema of its call."""

from collections.abc import Iterable

from inspector.core.findings import Severity
from inspector.core.inspection import Inspection
from inspector.core.outline_row import Row, step_to

DEEPEST = 200
"""Levels of the tree. Item views walk through all that lie above a row, and crash somewhere beyond ten thousand."""


class Marks:
    """The worst severity at each pointer and within it, for pointers of at most `DEEPEST` steps."""

    def __init__(self, found: Iterable[tuple[str, Severity]]) -> None:
        self._at: dict[str, Severity] = {}
        self._within: dict[str, Severity] = {}
        for pointer, severity in found:
            self._add(pointer, severity)

    def at(self, pointer: str) -> Severity | None:
        """The worst that was found at this very place."""
        return self._at.get(pointer)

    def within(self, pointer: str) -> Severity | None:
        """The worst that was found at this place or anywhere below it."""
        return self._within.get(pointer)

    def _add(self, pointer: str, severity: Severity) -> None:
        steps = pointer.split("/", DEEPEST + 1)
        if len(steps) > DEEPEST + 1:
            pointer = "/".join(steps[:-1])
        else:
            self._at[pointer] = max(severity, self._at.get(pointer, severity))
        while self._within.get(pointer, 0) < severity:
            self._within[pointer] = severity
            pointer = pointer.rpartition("/")[0]


class RowMarks:
    """The marks of one inspection, by row. Inside arguments what breaks the schema counts as an error."""

    def __init__(self, inspection: Inspection) -> None:
        self._found = Marks((finding.pointer, finding.severity) for finding in inspection.findings)
        self._broken = {
            pointer: Marks((violation.pointer, Severity.ERROR) for violation in check.violations)
            for pointer, check in inspection.schemas.items()
            if check.violations
        }

    def own(self, row: Row) -> Severity | None:
        """The worst on the row itself; a range has nothing of its own."""
        if row.is_range:
            return None
        if self.breaks_schema(row):
            return Severity.ERROR
        return self._found.at(row.pointer) if row.inner is None else None

    def worst(self, row: Row) -> Severity | None:
        """The worst on the row or below it."""
        inner, broken = self._in_arguments(row)
        if not row.is_range or row.source is None:
            return self._worst_of(row, inner, broken, [""])
        if broken is None and self._found.within(row.pointer) is None:
            return None
        tails = [f"/{step_to(child)}" for child in row.source.children(row.first, row.last)]
        return self._worst_of(row, inner, broken, tails)

    def breaks_schema(self, row: Row) -> bool:
        inner, broken = self._in_arguments(row)
        return broken is not None and inner != "" and broken.at(inner) is not None

    def _worst_of(self, row: Row, inner: str, broken: Marks | None, tails: list[str]) -> Severity | None:
        """The worst within the places that have one of `tails` after the row's own."""
        marks = [self._found.within(row.pointer + tail) for tail in tails] if row.inner is None else []
        if broken is not None:
            marks += [broken.within(inner + tail) for tail in tails if inner + tail]
        return max(filter(None, marks), default=None)

    def _in_arguments(self, row: Row) -> tuple[str, Marks | None]:
        """Where the row stands in the arguments of its call, and what breaks the schema there."""
        if row.call is None:
            return "", None
        broken = self._broken.get(row.call.pointer)
        if row.inner is not None:
            return row.inner, broken
        given = row.call.arguments_pointer
        is_given = row.pointer == given or row.pointer.startswith(f"{given}/")
        return (row.pointer.removeprefix(given), broken) if is_given else ("", None)
