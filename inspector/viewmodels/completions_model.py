"""The completions of this run as a table that may have ten thousand rows, and stays live while they fill.

It sorts and hides by itself, over a list of places: a proxy model over Python rows takes a second for that. A row that
changes is told by its number, so that only what is seen is painted again. While answers arrive, rows keep their places:
what was sorted is sorted again when somebody asks for it, or by `arrange`.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator

from PySide6.QtCore import QAbstractTableModel, QModelIndex, QObject, QPersistentModelIndex, Qt

from inspector.core.filter.saved import SavedFilter
from inspector.viewmodels.completion_columns import COLUMNS, SUBJECT, row_words, severity_of
from inspector.viewmodels.completion_list import CompletionList
from inspector.viewmodels.headers import head
from inspector.viewmodels.session_state import Entry

Index = QModelIndex | QPersistentModelIndex
Wanted = Callable[[Entry], bool]
_HEADERS = tuple(column.name for column in COLUMNS)
_NOWHERE = QModelIndex()
_HIDDEN = -1
_FIGURES = int(Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter)


class CompletionsModel(QAbstractTableModel):
    """Follows the list. `show_only` hides what is not wanted."""

    def __init__(self, completions: CompletionList, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._list = completions
        self._wanted: Wanted | None = None
        self._mark_of: Callable[[Entry], SavedFilter | None] = _unmarked
        self._sorting: tuple[int, bool] | None = None
        self._places: list[int] = []
        self._rows: list[int] = []
        completions.added.connect(self._on_added)
        completions.altered.connect(self._on_altered)
        completions.rearranged.connect(self._on_rearranged)
        self._on_rearranged()

    def entry_at(self, index: Index) -> Entry | None:
        return self._entry(index.row()) if index.isValid() and index.row() < len(self._places) else None

    def row_of(self, subject: str) -> int:
        """The row of a completion, -1 where there is none or it is hidden."""
        place = self._list.place_of(subject)
        return _HIDDEN if place is None else self._rows[place]

    def show_only(self, wanted: Wanted | None) -> None:
        """Hides the lines that are not wanted; those that change or come later are judged as well. None shows all."""
        self._wanted = wanted
        self._on_rearranged()

    def show_marks(self, mark_of: Callable[[Entry], SavedFilter | None]) -> None:
        """Tells by the names of filters which lines they mark."""
        self._mark_of = mark_of
        if self._places:
            self.dataChanged.emit(self.index(0, SUBJECT), self.index(len(self._places) - 1, SUBJECT))

    def sort(self, column: int, order: Qt.SortOrder = Qt.SortOrder.AscendingOrder) -> None:
        """By a column; a column below 0 stands for the order in which the completions were asked for."""
        self._sorting = None if column < 0 else (column, order is Qt.SortOrder.DescendingOrder)
        self.arrange()

    def arrange(self) -> None:
        """Sorts again, since answers have come."""
        self.layoutAboutToBeChanged.emit()
        kept = self.persistentIndexList()
        places = [self._places[index.row()] for index in kept]
        self._put(self._sorted(self._places))
        moved = [self.index(self._rows[place], index.column()) for place, index in zip(places, kept, strict=True)]
        self.changePersistentIndexList(kept, moved)
        self.layoutChanged.emit()

    def rowCount(self, parent: Index = _NOWHERE) -> int:
        return 0 if parent.isValid() else len(self._places)

    def columnCount(self, parent: Index = _NOWHERE) -> int:
        return 0 if parent.isValid() else len(_HEADERS)

    def headerData(self, section: int, orientation: Qt.Orientation, role: int = Qt.ItemDataRole.DisplayRole) -> object:
        return head(_HEADERS, section, orientation, role)

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> object:
        entry = self.entry_at(index)
        if entry is None:
            return None
        column = COLUMNS[index.column()]
        if role == Qt.ItemDataRole.DisplayRole:
            return column.words(entry)
        if role == Qt.ItemDataRole.UserRole:
            return severity_of(entry)
        if role == Qt.ItemDataRole.TextAlignmentRole:
            return _FIGURES if column.is_figure else None
        if role == Qt.ItemDataRole.AccessibleTextRole and index.column() != SUBJECT:
            return f"{column.name}: {column.words(entry) or 'none'}"
        if role == Qt.ItemDataRole.AccessibleDescriptionRole and index.column() == SUBJECT:
            mark = self._mark_of(entry)
            return row_words(entry) if mark is None else f"{row_words(entry)}, {mark.name}"
        return None

    def _entry(self, row: int) -> Entry:
        return self._list.entries[self._places[row]]

    def _on_added(self, count: int) -> None:
        first = len(self._list.entries) - count
        self._rows.extend([_HIDDEN] * count)
        self._append([place for place in range(first, first + count) if self._is_wanted(place)])

    def _on_altered(self, places: list[int]) -> None:
        seen = [place for place in places if self._rows[place] != _HIDDEN]
        if self._wanted is not None:
            lost = [place for place in seen if not self._is_wanted(place)]
            found = [place for place in places if self._rows[place] == _HIDDEN and self._is_wanted(place)]
            self._remove(lost)
            self._append(found)
            seen = [place for place in seen if self._rows[place] != _HIDDEN]
        last = len(_HEADERS) - 1
        for first, end in _runs(sorted(self._rows[place] for place in seen)):
            self.dataChanged.emit(self.index(first, 0), self.index(end, last))

    def _on_rearranged(self) -> None:
        self.beginResetModel()
        self._put(self._sorted([place for place in range(len(self._list.entries)) if self._is_wanted(place)]))
        self.endResetModel()

    def _append(self, places: list[int]) -> None:
        if places:
            at = len(self._places)
            self.beginInsertRows(_NOWHERE, at, at + len(places) - 1)
            self._put([*self._places, *places])
            self.endInsertRows()

    def _remove(self, places: list[int]) -> None:
        for first, end in reversed(list(_runs(sorted(self._rows[place] for place in places)))):
            self.beginRemoveRows(_NOWHERE, first, end)
            self._put(self._places[:first] + self._places[end + 1 :])
            self.endRemoveRows()

    def _put(self, places: list[int]) -> None:
        self._places = places
        self._rows = [_HIDDEN] * len(self._list.entries)
        for row, place in enumerate(places):
            self._rows[place] = row

    def _is_wanted(self, place: int) -> bool:
        return self._wanted is None or self._wanted(self._list.entries[place])

    def _sorted(self, places: list[int]) -> list[int]:
        """Those without a value come last, whichever way the others go; equals stay as they were asked for."""
        if self._sorting is None:
            return sorted(places)
        column, descending = self._sorting
        key, entries = COLUMNS[column].key, self._list.entries
        keyed = [(key(entries[place]), place) for place in sorted(places)]
        valued = sorted((pair for pair in keyed if pair[0] is not None), key=lambda pair: pair[0], reverse=descending)
        return [place for _, place in valued] + [place for value, place in keyed if value is None]


def _unmarked(_entry: Entry) -> None:
    """No filter marks lines."""


def _runs(numbers: Iterable[int]) -> Iterator[tuple[int, int]]:
    """Rising numbers as runs without gaps: first and last of each."""
    first = last = None
    for number in numbers:
        if first is None or last is None or number != last + 1:
            if first is not None and last is not None:
                yield first, last
            first = number
        last = number
    if first is not None and last is not None:
        yield first, last
