"""The search over all completions that were loaded: a table of hits that fills while it runs. The newest wish wins."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING

from PySide6.QtCore import QAbstractTableModel, QModelIndex, QObject, QPersistentModelIndex, Qt, Signal

from inspector.viewmodels.headers import head

if TYPE_CHECKING:
    from inspector.core.search.searcher import Wish
    from inspector.usecases.search_answers import HitIn, Searching
    from inspector.viewmodels.completion_list import CompletionList
    from inspector.viewmodels.job_runner import JobRunner, Tell
    from inspector.viewmodels.services import Services

LANE = "search in all"
_HEADERS = ("Completion", "Where", "Line")
_NOWHERE = QModelIndex()
Index = QModelIndex | QPersistentModelIndex


class WideSearch(QAbstractTableModel):
    """`told` tells how far it has come, and a sentence where that is not all that is to be said."""

    told = Signal(str, str)

    def __init__(self, jobs: JobRunner, completions: CompletionList, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._jobs = jobs
        self._list = completions
        self._hits: list[HitIn] = []
        self._not_there = ""

    def search(self, wish: Wish) -> None:
        """Looks for something else; an empty text is nothing to look for."""
        self.stop()
        self.beginResetModel()
        self._hits = []
        self.endResetModel()
        self.told.emit("", "")
        subjects = [entry.subject for entry in self._list.entries if entry.digest is not None]
        more = len(self._list.entries) - len(subjects)
        self._not_there = f"The {more:,} others of the list were not fetched, so they are not searched." if more else ""
        if not wish.text:
            return
        from inspector.usecases.search_answers import search_answers

        async def work(services: Services, tell: Tell) -> object:
            with self._jobs.short_turns:
                return await search_answers(services.answers, subjects, wish, partial(tell, self._on_searching))

        self._jobs.start_telling(LANE, work, self._on_done)

    def stop(self) -> None:
        """Nothing is looked for any more; what was found stays."""
        self._jobs.cancel(LANE)

    def hit_at(self, index: Index) -> HitIn | None:
        return self._hits[index.row()] if index.isValid() and index.row() < len(self._hits) else None

    def rowCount(self, parent: Index = _NOWHERE) -> int:
        return 0 if parent.isValid() else len(self._hits)

    def columnCount(self, parent: Index = _NOWHERE) -> int:
        return 0 if parent.isValid() else len(_HEADERS)

    def headerData(self, section: int, orientation: Qt.Orientation, role: int = Qt.ItemDataRole.DisplayRole) -> object:
        return head(_HEADERS, section, orientation, role)

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> object:
        from inspector.core.visible_text import one_line

        found = self.hit_at(index)
        if found is None or role != Qt.ItemDataRole.DisplayRole:
            return None
        return one_line((found.subject, found.hit.pointer or "the whole answer", found.hit.line)[index.column()], 200)

    def _on_searching(self, searching: Searching) -> None:
        if searching.hits:
            at = len(self._hits)
            self.beginInsertRows(_NOWHERE, at, at + len(searching.hits) - 1)
            self._hits.extend(searching.hits)
            self.endInsertRows()
        self.told.emit(f"{len(self._hits):,} found in {searching.searched:,} of {searching.total:,}", "")

    def _on_done(self, note: object) -> None:
        answers = len({found.subject for found in self._hits})
        plural = "" if answers == 1 else "s"
        words = f"{len(self._hits):,} found in {answers:,} completion{plural}" if self._hits else "none found"
        self.told.emit(words, " ".join(filter(None, (str(note), self._not_there))))
