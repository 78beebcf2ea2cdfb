"""How severe the findings on a row and below it are, and whether it breaks the schema of its call."""

from collections.abc import Iterable

from inspector.core.findings import Severity
from inspector.core.inspection import Inspection
from inspector.core.outline.row import Row, step_to

DEEPEST = 200
"""Levels of the tree. Item views walk through all that lie above a row, and crash somewhere beyond ten thousand."""


class Marks:
    """The worst severity at each pointer and within it, for pointers of at most `DEEPEST` steps."""

    def __init__(self, found: Iterable[tuple[str, Severity]]) -> None:
        self._at: dict[str, Severity] = {}
        self._within: dict[str, Severity] = {}
        self._below: dict[str, dict[str, Severity]] = {}
        for pointer, severity in found:
            self._add(pointer, severity)

    def at(self, pointer: str) -> Severity | None:
        """The worst that was found at this very place."""
        return self._at.get(pointer)

    def within(self, pointer: str) -> Severity | None:
        """The worst that was found at this place or anywhere below it."""
        return self._within.get(pointer)

    def below(self, pointer: str) -> dict[str, Severity]:
        """The worst within each place one step below, by that step; only those where something was found."""
        return self._below.get(pointer, {})

    def _add(self, pointer: str, severity: Severity) -> None:
        steps = pointer.split("/", DEEPEST + 1)
        if len(steps) > DEEPEST + 1:
            pointer = "/".join(steps[:-1])
        else:
            self._at[pointer] = max(severity, self._at.get(pointer, severity))
        while self._within.get(pointer, 0) < severity:
            self._within[pointer] = severity
            above, slash, step = pointer.rpartition("/")
            if slash:
                self._below.setdefault(above, {})[step] = severity
            pointer = above


class RowMarks:
    """The marks of one inspection, by row. Inside arguments what breaks the schema counts as an error."""

    def __init__(self, inspection: Inspection) -> None:
        self._found = Marks((finding.pointer, finding.severity) for finding in inspection.findings)
        self._schemas = inspection.schemas
        self._broken: dict[str, Marks] = {}

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
        if row.is_range:
            return self._worst_in_range(row, inner, broken)
        found = self._found.within(row.pointer) if row.inner is None else None
        return max(filter(None, (found, broken.within(inner) if inner else None)), default=None)

    def breaks_schema(self, row: Row) -> bool:
        inner, broken = self._in_arguments(row)
        return inner != "" and broken.at(inner) is not None

    def _worst_in_range(self, row: Row, inner: str, broken: Marks) -> Severity | None:
        marks = (self._found.below(row.pointer) if row.inner is None else {}), broken.below(inner)
        if row.source is None or not any(marks):
            return None
        steps = (step_to(child) for child in row.source.children(row.first, row.last))
        return max((found[step] for step in steps for found in marks if step in found), default=None)

    def _in_arguments(self, row: Row) -> tuple[str, Marks]:
        """Where the row stands in the arguments of its call, "" at their root and outside, and what breaks the schema there."""
        given = row.call.arguments_pointer if row.call is not None else None
        if row.call is None or given is None or not f"{row.pointer}/".startswith(f"{given}/"):
            return "", _NONE
        inner = row.pointer.removeprefix(given) if row.inner is None else row.inner
        return inner, self._broken_in(row.call.pointer)

    def _broken_in(self, call: str) -> Marks:
        """What breaks the schema in the arguments of the call at that pointer."""
        known = self._broken.get(call)
        if known is None:
            check = self._schemas.get(call)
            violations = check.violations if check is not None else ()
            known = self._broken[call] = Marks((violation.pointer, Severity.ERROR) for violation in violations)
        return known


_NONE = Marks(())
