"""The completions of this run, or those that the demo offers: a table over the answer; a click opens a line."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING

from PySide6.QtCore import QEvent, QModelIndex, QObject, QPoint, Qt, Signal
from PySide6.QtGui import QBrush, QColor
from PySide6.QtWidgets import (
    QAbstractItemView,
    QMenu,
    QStyledItemDelegate,
    QStyleOptionViewItem,
    QTableView,
    QVBoxLayout,
    QWidget,
)

from inspector.viewmodels.completion_columns import COLUMNS, SHOWS, STATUS, SUBJECT, WORST
from inspector.viewmodels.completion_filter import CompletionFilter, conditions_of
from inspector.viewmodels.completions_model import CompletionsModel
from inspector.viewmodels.session import Session
from inspector.viewmodels.session_state import Entry, Stage
from inspector.widgets.batch_strip import BatchStrip
from inspector.widgets.cells import add_icon, ink
from inspector.widgets.filter_line import FilterLine
from inspector.widgets.glyphs import letter_icon, severity_icon
from inspector.widgets.head_menus import ColumnsMenu, SortMenu
from inspector.widgets.plain import plain_label
from inspector.widgets.row_table import row_table
from inspector.widgets.theme import Theme

if TYPE_CHECKING:
    from inspector.core.filter.tree import Filter


class CompletionsPane(QWidget):
    """`chosen` tells the entry to show. Hidden while there are fewer than two. `model` sorts and hides."""

    chosen = Signal(object)

    def __init__(self, session: Session, theme: Theme, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._session = session
        self.model = CompletionsModel(session.completions, self)
        self.filter = CompletionFilter(session.completions, self)
        self.strip = BatchStrip(session.batch, theme)
        self.line = FilterLine(self.filter, theme)
        self.table = self._made_table(theme)
        self._none = plain_label("No completion fits this filter.")
        QVBoxLayout(self.table.viewport()).addWidget(self._none, 0, Qt.AlignmentFlag.AlignCenter)
        self.columns = ColumnsMenu(self.table, always=SUBJECT)
        self.columns.show_column(SHOWS, shown=False)
        self.sorting = SortMenu("S&ort completions by", self.table, unsorted="As asked for")
        self._phase = session.batch.course.phase
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(0)
        layout.addWidget(self.strip)
        layout.addWidget(self.line)
        layout.addWidget(self.table)
        self.table.clicked.connect(self._on_activated)
        self.table.activated.connect(self._on_activated)
        self.table.customContextMenuRequested.connect(self._on_conditions_wanted)
        self.table.installEventFilter(self)
        self.filter.changed.connect(self._on_filter_changed)
        self.filter.marks_changed.connect(self._on_marks_changed)
        self.line.field.left.connect(self.table.setFocus)
        session.entries_changed.connect(self._on_entries_changed)
        session.changed.connect(self._on_state_changed)
        session.batch.changed.connect(self._on_batch_changed)
        self.model.modelReset.connect(self._on_state_changed)
        for signal in (self.model.modelReset, self.model.rowsInserted, self.model.rowsRemoved):
            signal.connect(self._show_count)
        self._on_entries_changed()

    @property
    def tab_order(self) -> tuple[QWidget, ...]:
        """What Tab leads through, in order."""
        strip = (self.strip.pause_button, self.strip.cancel_button, self.strip.retry_button)
        return *strip, self.line.field, self.line.button, self.table

    def _made_table(self, theme: Theme) -> QTableView:
        table = row_table("Completions", self.model)
        table.setItemDelegate(_EntryDelegate(theme, self.filter, table))
        table.setFrameShape(QTableView.Shape.NoFrame)
        table.setHorizontalScrollMode(QAbstractItemView.ScrollMode.ScrollPerPixel)
        table.setContextMenuPolicy(Qt.ContextMenuPolicy.CustomContextMenu)
        header = table.horizontalHeader()
        header.setHighlightSections(False)
        header.setSectionsMovable(True)
        header.setStretchLastSection(True)
        header.setSortIndicatorClearable(True)
        header.setSortIndicator(-1, Qt.SortOrder.AscendingOrder)
        table.setSortingEnabled(True)
        character = table.fontMetrics().averageCharWidth()
        for at, column in enumerate(COLUMNS):
            header.resizeSection(at, column.width * character + 16)
        header.setContextMenuPolicy(Qt.ContextMenuPolicy.CustomContextMenu)
        header.customContextMenuRequested.connect(self._on_columns_wanted)
        return table

    def _on_activated(self, index: QModelIndex) -> None:
        entry = self.model.entry_at(index)
        if entry is not None:
            self.chosen.emit(entry)

    def focus_filter(self) -> None:
        """Goes to the filter line, where there is something to filter."""
        self.line.field.setFocus(Qt.FocusReason.ShortcutFocusReason)
        self.line.field.selectAll()

    def _on_filter_changed(self) -> None:
        self.model.show_only(self.filter.wanted)

    def _on_marks_changed(self) -> None:
        self.model.show_marks(self.filter.mark_of)

    def _show_count(self) -> None:
        """Also after the rows have followed the list, which tells of a change before they do."""
        count, seen = len(self._session.entries), self.model.rowCount()
        self.strip.show_count(count, seen)
        self._none.setVisible(count > 0 and seen == 0)

    def _on_entries_changed(self) -> None:
        entries = self._session.entries
        self._show_count()
        if self.isHidden() and len(entries) > 1:
            self.columns.show_column(SHOWS, shown=any(entry.shows for entry in entries))
        self.setVisible(len(entries) > 1)

    def _on_batch_changed(self) -> None:
        """What came in any order is put in the chosen one once all has come."""
        before, self._phase = self._phase, self._session.batch.course.phase
        if before is not self._phase and not self._session.batch.is_open:
            self.model.arrange()

    def _on_state_changed(self) -> None:
        subject = getattr(self._session.state, "subject", "") or self._session.subject
        row = self.model.row_of(subject) if subject else -1
        if row >= 0:
            self.table.selectRow(row)
            self.table.scrollTo(self.model.index(row, 0))

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """The key for the menu asks for that of the current cell; Qt's place for it is a row too low, by the head."""
        if event.type() is QEvent.Type.ContextMenu:
            self._on_conditions_wanted(self.table.visualRect(self.table.currentIndex()).center())
            return True
        return super().eventFilter(watched, event)

    def _on_conditions_wanted(self, place: QPoint) -> None:
        """Offers what the cell says as a filter."""
        from inspector.core.filter.tree import Not
        from inspector.core.filter.words import words
        from inspector.core.visible_text import one_line

        index = self.table.indexAt(place)
        entry = self.model.entry_at(index)
        conditions = conditions_of(entry, index.column()) if entry is not None else ()
        if not conditions:
            return
        menu = QMenu(self)
        menu.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        for condition in (*conditions, *map(Not, conditions)):
            action = menu.addAction(f"Show only: {one_line(words(condition), 80)}".replace("&", "&&"))
            action.triggered.connect(partial(self._narrow, condition))
        menu.popup(self.table.viewport().mapToGlobal(place))

    def _narrow(self, condition: Filter, _checked: bool = False) -> None:  # noqa: FBT001, FBT002 - Qt's signature
        self.line.field.setText(self.filter.narrowed(condition))

    def _on_columns_wanted(self, place: QPoint) -> None:
        self.columns.popup(self.table.horizontalHeader().mapToGlobal(place))


class _EntryDelegate(QStyledItemDelegate):
    def __init__(self, theme: Theme, wish: CompletionFilter, parent: QWidget) -> None:
        super().__init__(parent)
        self._theme = theme
        self._filter = wish

    def initStyleOption(self, option: QStyleOptionViewItem, index: QModelIndex) -> None:  # type: ignore[override]
        super().initStyleOption(option, index)
        column = index.column()
        if column == SUBJECT:
            option.textElideMode = Qt.TextElideMode.ElideMiddle
            self._mark(option, index)
        elif column in (STATUS, WORST):
            severity = int(index.data(Qt.ItemDataRole.UserRole) or 0)
            colour = self._theme.severity(severity)
            if severity and option.text and (column == WORST) != _has_failed(index):
                add_icon(option, severity_icon(severity, colour))
                ink(option, colour)
            else:
                ink(option, self._theme.colours.muted)
        elif column == SHOWS:
            ink(option, self._theme.colours.muted)

    def _mark(self, option: QStyleOptionViewItem, index: QModelIndex) -> None:
        """Colours the ID as its filter wants, with the first letter of the filter's name beside it."""
        entry = _entry_at(index)
        mark = self._filter.mark_of(entry) if entry is not None else None
        if mark is not None:
            back = self._theme.mark(mark.colour)
            option.backgroundBrush = QBrush(QColor(back))
            add_icon(option, letter_icon(mark.name[:1].upper(), back, self._theme.colours.text))


def _has_failed(index: QModelIndex) -> bool:
    entry = _entry_at(index)
    return entry is not None and entry.stage is Stage.FAILED


def _entry_at(index: QModelIndex) -> Entry | None:
    model = index.model()
    assert isinstance(model, CompletionsModel)  # noqa: S101 - the only one that this delegate paints
    return model.entry_at(index)
