"""The stored completions of the profile as a table that is fetched a page at a time, when somebody scrolls to its end."""

from __future__ import annotations

import time
from dataclasses import replace
from functools import partial
from typing import TYPE_CHECKING

from PySide6.QtCore import QAbstractTableModel, QModelIndex, QObject, QPersistentModelIndex, Qt, Signal

from inspector.viewmodels.headers import head
from inspector.viewmodels.session_state import Terms

if TYPE_CHECKING:
    from inspector.core.exchange import StoredQuery
    from inspector.core.stored.listing import Listing
    from inspector.core.stored.row import StoredRow
    from inspector.viewmodels.job_runner import JobRunner
    from inspector.viewmodels.services import Services

LANE = "stored completions"
_HEADERS = ("Completion", "When", "Model", "Finish reason", "Answer", "Metadata")
ID, WHEN, MODEL, FINISH_REASON, ANSWER, METADATA = range(len(_HEADERS))
_NOWHERE = QModelIndex()
Index = QModelIndex | QPersistentModelIndex


class StoredList(QAbstractTableModel):
    """`changed` tells that the list, or what is said of it, is another. A view asks for `more` where it `goes_on`.

    Qt's own `fetchMore` is not used: a view calls it for new rows before they have their places, and so loads page after page.
    """

    changed = Signal()

    def __init__(self, jobs: JobRunner, deadline: float = 60.0, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._jobs = jobs
        self._terms = Terms(deadline)
        self._listing: Listing | None = None
        self.is_busy = False
        self.needs_key = False
        jobs.failed.connect(self._on_failed)

    @property
    def is_asked(self) -> bool:
        """Whether somebody asked for the list already."""
        return self._listing is not None

    @property
    def is_empty(self) -> bool:
        """Whether the service said that there is nothing to list."""
        listing = self._listing
        return listing is not None and not (listing.rows or listing.has_more or listing.sentence or listing.notice)

    @property
    def is_narrowed(self) -> bool:
        """Whether only some of the completions were asked for."""
        query = self._listing.query if self._listing is not None else None
        return query is not None and bool(query.model or query.metadata)

    @property
    def goes_on(self) -> bool:
        """Whether the next page may be asked for as soon as somebody comes to the end of this."""
        return self._listing is not None and self._listing.goes_on and not self.is_busy

    @property
    def has_more(self) -> bool:
        return self._listing is not None and self._listing.has_more

    @property
    def status(self) -> str:
        """How much is there, such as `40 loaded, more below`."""
        count = self.rowCount()
        if self._listing is None or self.is_empty:
            return ""
        if self.is_busy:
            return f"Loading … {count:,} so far" if count else "Loading …"
        if self._listing.goes_on:
            return f"{count:,} loaded, more below"
        return f"{count:,} loaded" if self._listing.has_more else f"{count:,} listed, that is all"

    @property
    def sentence(self) -> str:
        """What is wrong, or worth knowing; empty where nothing is."""
        if self._listing is None:
            return ""
        return " ".join(filter(None, (self._listing.sentence, self._listing.notice)))

    def ask(self, query: StoredQuery) -> None:
        """Lists others from the beginning, in place of those that are there."""
        from inspector.core.stored.listing import Listing

        self.beginResetModel()
        self._listing = Listing(query)
        self.endResetModel()
        self._load(self._listing)

    def more(self) -> None:
        """Asks for the next page, or again for the one that did not come."""
        if self._listing is not None and self._listing.has_more and not self.is_busy:
            self._load(self._listing)

    def stop(self) -> None:
        """What is on its way is not wanted any more; what is there stays."""
        if self.is_busy and self._listing is not None:
            self._jobs.cancel(LANE)
            self._end(self._listing.stopped("Stopped."))

    def forget_key(self) -> None:
        """Another key may be in use now: what failed for want of one is worth a new try."""
        self._terms.forget_key()
        if self.needs_key:
            self.more()

    def row_at(self, row: int) -> StoredRow | None:
        rows = self._rows
        return rows[row] if 0 <= row < len(rows) else None

    def rowCount(self, parent: Index = _NOWHERE) -> int:
        return 0 if parent.isValid() else len(self._rows)

    def columnCount(self, parent: Index = _NOWHERE) -> int:
        return 0 if parent.isValid() else len(_HEADERS)

    def headerData(self, section: int, orientation: Qt.Orientation, role: int = Qt.ItemDataRole.DisplayRole) -> object:
        return head(_HEADERS, section, orientation, role)

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> object:
        row = self.row_at(index.row()) if index.isValid() else None
        if row is None:
            return None
        words = _cells(row)[index.column()]
        if role == Qt.ItemDataRole.DisplayRole:
            return words
        if role == Qt.ItemDataRole.AccessibleTextRole and index.column() != ID:
            return f"{_HEADERS[index.column()]}: {words or 'none'}"
        return None

    @property
    def _rows(self) -> tuple[StoredRow, ...]:
        return self._listing.rows if self._listing is not None else ()

    def _load(self, listing: Listing) -> None:
        async def work(services: Services) -> object:
            return await services.list_stored(listing, known_key=self._terms.key, deadline=self._terms.deadline)

        self.is_busy, self.needs_key = True, False
        self._listing = replace(listing, sentence="")
        self._jobs.start(LANE, work, partial(self._on_listed, self._terms.key_turn))
        self.changed.emit()

    def _on_listed(self, key_turn: int, outcome: object) -> None:
        from inspector.core.keys.words import key_lookup_sentence
        from inspector.usecases.list_completions import Listed

        assert self._listing is not None  # noqa: S101 - asked for by _load
        if isinstance(outcome, Listed):
            self._terms.learn_key(outcome.key, key_turn)
            self._end(outcome.listing)
        else:
            self.needs_key = True
            self._end(self._listing.stopped(key_lookup_sentence(outcome)))  # type: ignore[arg-type]

    def _on_failed(self, _error: object) -> None:
        if self.is_busy and self._listing is not None and not self._jobs.is_busy(LANE):
            self._end(self._listing.stopped("The list could not be read because of a fault in this program."))

    def _end(self, listing: Listing) -> None:
        self.is_busy = False
        first, count = self.rowCount(), len(listing.rows)
        if count > first:
            self.beginInsertRows(_NOWHERE, first, count - 1)
            self._listing = listing
            self.endInsertRows()
        self._listing = listing
        self.changed.emit()


def _cells(row: StoredRow) -> tuple[str, ...]:
    from inspector.core.visible_text import one_line

    made = "" if row.created is None else time.strftime("%Y-%m-%d %H:%M", time.localtime(row.created))
    name = one_line(row.id, 120) or "(no ID)"
    return (name, made, row.model, row.finish_reason, row.words, row.metadata)
