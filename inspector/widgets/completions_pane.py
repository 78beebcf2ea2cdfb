"""The completions of this run, or those that the demo offers: a click opens one."""

from __future__ import annotations

from PySide6.QtCore import QModelIndex, Qt, Signal
from PySide6.QtWidgets import (
    QHeaderView,
    QStyledItemDelegate,
    QStyleOptionViewItem,
    QTableView,
    QVBoxLayout,
    QWidget,
)

from inspector.viewmodels.completions_model import RESULT, SUBJECT, CompletionsModel
from inspector.viewmodels.session import Session
from inspector.widgets.cells import add_icon, ink
from inspector.widgets.glyphs import severity_icon
from inspector.widgets.plain import plain_label
from inspector.widgets.theme import Theme


class CompletionsPane(QWidget):
    """`chosen` tells the entry to show. Hidden while there are fewer than two."""

    chosen = Signal(object)

    def __init__(self, session: Session, theme: Theme, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._session = session
        self._model = CompletionsModel(session, self)
        self.table = QTableView()
        self.table.setAccessibleName("Completions")
        self.table.setModel(self._model)
        self.table.setItemDelegate(_EntryDelegate(theme, self.table))
        self.table.setFrameShape(QTableView.Shape.NoFrame)
        self.table.setShowGrid(False)
        self.table.setWordWrap(False)
        self.table.setTabKeyNavigation(False)
        self.table.setSelectionBehavior(QTableView.SelectionBehavior.SelectRows)
        self.table.setSelectionMode(QTableView.SelectionMode.SingleSelection)
        self.table.verticalHeader().hide()
        self.table.verticalHeader().setDefaultSectionSize(self.table.fontMetrics().height() + 9)
        header = self.table.horizontalHeader()
        header.setHighlightSections(False)
        header.setDefaultAlignment(Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter)
        header.resizeSection(SUBJECT, 112)
        header.setSectionResizeMode(RESULT, QHeaderView.ResizeMode.Stretch)
        self._title = plain_label("Completions")
        self._title.setContentsMargins(10, 6, 10, 6)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(0)
        layout.addWidget(self._title)
        layout.addWidget(self.table)
        self.table.clicked.connect(self._on_activated)
        self.table.activated.connect(self._on_activated)
        session.entries_changed.connect(self._on_entries_changed)
        session.changed.connect(self._on_state_changed)
        self._on_entries_changed()

    def _on_activated(self, index: QModelIndex) -> None:
        entry = self._model.entry_at(index)
        if entry is not None:
            self.chosen.emit(entry)

    def _on_entries_changed(self) -> None:
        count = len(self._session.entries)
        self._title.setText(f"Completions · {count}")
        self.setVisible(count > 1)

    def _on_state_changed(self) -> None:
        subject = getattr(self._session.state, "subject", "")
        if self._session.inspection is not None:
            subject = self._session.inspection.requested or ""
        row = self._model.row_of(subject) if subject else -1
        if row >= 0:
            self.table.selectRow(row)


class _EntryDelegate(QStyledItemDelegate):
    def __init__(self, theme: Theme, parent: QWidget) -> None:
        super().__init__(parent)
        self._theme = theme

    def initStyleOption(self, option: QStyleOptionViewItem, index: QModelIndex) -> None:  # type: ignore[override]
        super().initStyleOption(option, index)
        if index.column() != RESULT:
            option.textElideMode = Qt.TextElideMode.ElideMiddle
            return
        severity = int(index.data(Qt.ItemDataRole.UserRole) or 0)
        colour = self._theme.severity(severity)
        if severity:
            add_icon(option, severity_icon(severity, colour))
        ink(option, colour)
