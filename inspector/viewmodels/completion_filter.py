"""The filter over the completions: what is typed, what it lets through, and what is wrong with it.

A text that is no filter leaves the last one that was in force, so that the table does not jump at every letter.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, Signal

from inspector.viewmodels.completion_columns import CALLS, ENDS, MODEL, STATUS, WORST
from inspector.viewmodels.session_state import Entry

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from inspector.core.digest import Digest
    from inspector.core.filter.proposals import Proposals
    from inspector.core.filter.saved import SavedFilter
    from inspector.core.filter.tree import Filter, FilterFault
    from inspector.viewmodels.completion_list import CompletionList


class CompletionFilter(QObject):
    """`changed` tells that other lines are wanted, `marks_changed` that lines are coloured otherwise.

    `fault` is what is wrong with the text, or None; `saved` are the filters that have names.
    """

    changed = Signal()
    marks_changed = Signal()

    def __init__(self, completions: CompletionList, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._list = completions
        self._test: Callable[[Digest], bool] | None = None
        self.text = ""
        self.fault: FilterFault | None = None
        self.saved: tuple[SavedFilter, ...] = ()
        self._marker: Callable[[Digest], SavedFilter | None] | None = None

    def write(self, text: str) -> None:
        """Takes what is typed now."""
        from inspector.core.filter.matching import matcher
        from inspector.core.filter.parse import parse
        from inspector.core.filter.tree import All, FilterFault

        self.text = text
        found = parse(text)
        self.fault = found if isinstance(found, FilterFault) else None
        if not isinstance(found, FilterFault):
            self._test = None if found == All() else matcher(found)
            self.changed.emit()

    @property
    def wanted(self) -> Callable[[Entry], bool] | None:
        """Whether a line is let through, be it not fetched yet and known by its ID alone; None where all are."""
        from inspector.core.digest import nothing_yet

        test = self._test
        if test is None:
            return None

        def is_wanted(entry: Entry) -> bool:
            blank = "bad-input" if entry.sentence else None
            return test(entry.digest or nothing_yet(entry.subject, blank))

        return is_wanted

    def keep(self, saved: tuple[SavedFilter, ...]) -> None:
        """Replaces the saved filters."""
        self.saved, self._marker = saved, None
        self.marks_changed.emit()

    def mark_of(self, entry: Entry) -> SavedFilter | None:
        """The first coloured filter that lets a line through."""
        from inspector.core.filter.saved import marker

        if entry.digest is None or not self.saved:
            return None
        if self._marker is None:
            self._marker = marker(self.saved)
        return self._marker(entry.digest)

    def proposals(self, text: str, caret: int) -> Proposals:
        """What can be written in a text at the caret, a code point of it."""
        from inspector.core.filter.proposals import completions, values_seen

        digests = [entry.digest for entry in self._list.entries if entry.digest is not None]
        return completions(text, caret, lambda name: values_seen(name, digests))

    def narrowed(self, condition: Filter) -> str:
        """The text with one more condition; that condition alone where the text is no filter."""
        from inspector.core.filter.parse import parse
        from inspector.core.filter.tree import All, FilterFault
        from inspector.core.filter.words import words

        now = parse(self.text)
        if isinstance(now, FilterFault) or now == All():
            return words(condition)
        return words(All((*(now.parts if isinstance(now, All) else (now,)), condition)))


def conditions_of(entry: Entry, column: int) -> Sequence[Filter]:
    """What the cell says of the line, as conditions that it fulfils; none where it says nothing."""
    from decimal import Decimal

    from inspector.core.filter.tree import Compare, Has, Operator

    digest = entry.digest
    if digest is None:
        return []
    texts: dict[int, tuple[str, tuple[str, ...]]] = {
        ENDS: ("finish_reason", digest.finish_reasons),
        CALLS: ("tool", tuple(name for name in digest.tools if name)),
        MODEL: ("model", (digest.model,) if digest.model is not None else ()),
    }
    if column in texts:
        field, values = texts[column]
        return [Compare(field, Operator.IS, value) for value in dict.fromkeys(values)][:5]
    if column == STATUS and digest.status is not None:
        return [Compare("status", Operator.IS, Decimal(digest.status))]
    if column == WORST and digest.worst is not None:
        return [Has(digest.worst.word)]
    return []
