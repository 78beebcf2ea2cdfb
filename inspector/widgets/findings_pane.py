"""The findings: a table to filter and sort; a click leads to the place."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QItemSelection, QModelIndex, Qt, Signal
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import (
    QHBoxLayout,
    QHeaderView,
    QStyledItemDelegate,
    QStyleOptionViewItem,
    QTableView,
    QToolButton,
    QVBoxLayout,
    QWidget,
)

from inspector.viewmodels.findings_model import MESSAGE, PLACE, RULE, SEVERITY, FindingsModel
from inspector.widgets.cells import add_icon, ink
from inspector.widgets.glyphs import severity_icon
from inspector.widgets.head_menus import SortMenu
from inspector.widgets.plain import plain_label, set_tooltip
from inspector.widgets.row_table import row_table
from inspector.widgets.theme import Theme

if TYPE_CHECKING:
    from inspector.core.findings import Finding

_ERROR, _WARNING, _INFO = 3, 2, 1
_WIDTHS = {SEVERITY: (92, 0.18), PLACE: (210, 0.2), RULE: (150, 0.16)}
"""In pixels, and as a share of the table that is not exceeded: the rest is the message's."""
_PLURALS = {_ERROR: "errors", _WARNING: "warnings", _INFO: "notes"}


class FindingsPane(QWidget):
    """`chosen` tells the finding whose place is wanted."""

    chosen = Signal(object)

    def __init__(self, theme: Theme, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._theme = theme
        self._model = FindingsModel(self)
        self.table = self._made_table(theme)
        self._instead = ""
        self.sorting = SortMenu("Sor&t findings by", self.table)
        self._title = plain_label("Findings")
        self._filters = {severity: self._filter_button(severity) for severity in (_ERROR, _WARNING, _INFO)}
        bar = QHBoxLayout()
        bar.setContentsMargins(10, 4, 6, 4)
        bar.setSpacing(4)
        bar.addWidget(self._title)
        bar.addStretch(1)
        for button in self._filters.values():
            bar.addWidget(button)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(0)
        layout.addLayout(bar)
        layout.addWidget(self.table)
        theme.changed.connect(self._recount)
        self._recount()

    def resizeEvent(self, event: QResizeEvent) -> None:
        """A narrow window has room for the message first; a width that was chosen by hand stays."""
        super().resizeEvent(event)
        header = self.table.horizontalHeader()
        before = max(event.oldSize().width(), 0)
        for column, (width, share) in _WIDTHS.items():
            if header.sectionSize(column) in (width, min(width, int(share * before))):
                header.resizeSection(column, min(width, int(share * self.width())))

    def show_findings(self, findings: tuple[Finding, ...], instead: str = "") -> None:
        """`instead` is a word on why there are none yet."""
        self._instead = instead
        self._model.show(findings)
        self._recount()

    def step(self, by: int) -> None:
        """Selects the finding `by` rows on, around the ends; one that is alone is led to again."""
        count = len(self._model.findings)
        if count:
            row = self._selected
            start = row if by > 0 else max(row, 0)
            self.table.selectRow((start + by) % count)
            if self._selected == row:
                self._choose(row)

    def _made_table(self, theme: Theme) -> QTableView:
        table = row_table("Findings", self._model, air=8)
        table.setItemDelegate(_FindingDelegate(theme, table))
        table.setFrameShape(QTableView.Shape.NoFrame)
        header = table.horizontalHeader()
        header.setHighlightSections(False)
        header.setSectionResizeMode(MESSAGE, QHeaderView.ResizeMode.Stretch)
        for column, (width, _) in _WIDTHS.items():
            header.resizeSection(column, width)
        header.setSortIndicator(SEVERITY, Qt.SortOrder.DescendingOrder)
        table.setSortingEnabled(True)
        table.selectionModel().selectionChanged.connect(self._on_selection_changed)
        table.clicked.connect(self._on_activated)
        table.activated.connect(self._on_activated)
        return table

    def _filter_button(self, severity: int) -> QToolButton:
        button = QToolButton()
        button.setCheckable(True)
        button.setChecked(True)
        button.setAutoRaise(True)
        button.setToolButtonStyle(Qt.ToolButtonStyle.ToolButtonTextBesideIcon)
        button.setAccessibleName(f"Show {_PLURALS[severity]}")
        set_tooltip(button, f"Show or hide {_PLURALS[severity]}")
        button.toggled.connect(self._on_filter_toggled)
        return button

    def _recount(self) -> None:
        for severity, button in self._filters.items():
            button.setText("–" if self._instead else str(self._model.count(severity)))
            button.setIcon(severity_icon(severity, self._theme.severity(severity)))
        total = sum(self._model.count(severity) for severity in self._filters)
        self._title.setText(f"Findings · {self._instead or total or 'none'}")

    def _on_filter_toggled(self, _checked: bool) -> None:  # noqa: FBT001 - Qt's signature
        self._model.hide(frozenset(severity for severity, button in self._filters.items() if not button.isChecked()))

    @property
    def _selected(self) -> int:
        """The row that is selected, -1 for none. Qt makes a row the current one as soon as Tab leads to the table."""
        rows = self.table.selectionModel().selectedRows()
        return rows[0].row() if rows else -1

    def _on_selection_changed(self, _now: QItemSelection, _before: QItemSelection) -> None:
        self._choose(self._selected)

    def _on_activated(self, index: QModelIndex) -> None:
        self._choose(index.row())

    def _choose(self, row: int) -> None:
        if 0 <= row < len(self._model.findings):
            self.chosen.emit(self._model.findings[row])


class _FindingDelegate(QStyledItemDelegate):
    def __init__(self, theme: Theme, parent: QWidget) -> None:
        super().__init__(parent)
        self._theme = theme

    def initStyleOption(self, option: QStyleOptionViewItem, index: QModelIndex) -> None:  # type: ignore[override]
        super().initStyleOption(option, index)
        severity = int(index.data(Qt.ItemDataRole.UserRole) or 0)
        if index.column() == SEVERITY:
            colour = self._theme.severity(severity)
            add_icon(option, severity_icon(severity, colour))
            ink(option, colour)
        elif index.column() in (PLACE, RULE):
            ink(option, self._theme.colours.muted)
