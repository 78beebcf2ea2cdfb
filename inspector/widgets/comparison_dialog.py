"""The comparison: a row for each difference with both sides beside each other, and the chosen one in full below."""

from __future__ import annotations

from functools import partial
from itertools import pairwise
from typing import TYPE_CHECKING

from PySide6.QtCore import QEvent, QModelIndex, QObject, Qt, QTimer
from PySide6.QtGui import QKeyEvent, QResizeEvent
from PySide6.QtWidgets import (
    QCheckBox,
    QDialog,
    QHBoxLayout,
    QPushButton,
    QSplitter,
    QStyledItemDelegate,
    QStyleOptionViewItem,
    QTableView,
    QVBoxLayout,
    QWidget,
)

from inspector.viewmodels.comparison_model import LEFT, QUIET, WHAT, WHERE, ComparisonModel
from inspector.widgets.cells import ink
from inspector.widgets.difference_view import DifferenceView
from inspector.widgets.plain import ElidedLabel, copy_text, plain_label, set_words
from inspector.widgets.row_table import row_table
from inspector.widgets.theme import Theme

if TYPE_CHECKING:
    from inspector.core.comparison.compared import Compared
    from inspector.core.comparison.reading import RowReading
    from inspector.viewmodels.comparer import Comparer

_SHARES = {WHERE: 0.32, WHAT: 0.17, LEFT: 0.25}
"""Of the width; the rest is the right side's."""
_SLOW = 100
"""Milliseconds that the difference before may stay."""
_OPENING = {Qt.Key.Key_Right: True, Qt.Key.Key_Left: False}


class ComparisonDialog(QDialog):
    """Stays open beside the window; `names` are what the two completions are called, the left one first."""

    def __init__(
        self, comparison: Compared, names: tuple[str, str], comparer: Comparer, theme: Theme, parent: QWidget
    ) -> None:
        super().__init__(parent)
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self.setWindowTitle("Comparison")
        self.resize(max(560, min(1100, parent.width() - 60)), max(420, min(720, parent.height() - 60)))
        self._comparison = comparison
        self._names = names
        self._comparer = comparer
        self._is_backwards = False
        self._steps_due = 0
        self._is_reading = False
        self._slow = QTimer(self)
        self._slow.setSingleShot(True)
        self._slow.setInterval(_SLOW)
        self.model = ComparisonModel(comparison, self)
        self.table = self._made_table(theme)
        self.difference = DifferenceView(theme)
        self.told = plain_label(wraps=True, selectable=True)
        self.told.setAccessibleName("Summary of the comparison")
        self.only = QCheckBox("Only differences")
        self.only.setChecked(True)
        self.previous_button, self.next_button = QPushButton("Previous"), QPushButton("Next")
        self.copy_button, self._close = QPushButton("Copy as text"), QPushButton("Close")
        self._lay_out()
        self.only.toggled.connect(self._on_only)
        self.previous_button.clicked.connect(partial(self._on_step, -1))
        self.next_button.clicked.connect(partial(self._on_step, 1))
        self.copy_button.clicked.connect(self.copy)
        self._close.clicked.connect(self.reject)
        self.table.clicked.connect(self._on_clicked)
        self.table.selectionModel().currentChanged.connect(self._on_current_changed)
        self._slow.timeout.connect(self._on_slow)
        comparer.job_failed.connect(self._on_job_failed)
        self.finished.connect(comparer.stop)
        set_words(self.told, comparison.sentence)
        self._choose(self.model.next_difference(QModelIndex(), 1), 1)

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        for column, share in _SHARES.items():
            self.table.horizontalHeader().resizeSection(column, int(share * self.width()))

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Right and Left open and fold a row with others in it; so does Enter."""
        if isinstance(event, QKeyEvent) and event.type() is QEvent.Type.KeyPress:
            index = self.table.currentIndex()
            wanted = _OPENING.get(Qt.Key(event.key()))
            if wanted is None and event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
                wanted = not self._is_open(index)
            if wanted is not None:
                self.model.open(index, wanted=wanted)
                return True
        return super().eventFilter(watched, event)

    def step(self, step: int) -> None:
        """To the next change in the difference that is shown, then to the next difference; back with -1.

        While a difference is read the wish is kept: where its next change is, is not known before.
        """
        if self._is_reading:
            self._steps_due += step
            return
        if self.difference.step(step):
            return
        following = self.model.next_difference(self.table.currentIndex(), step)
        if following.isValid():
            set_words(self.told, self._comparison.sentence)
            self._choose(following, step)
        else:
            set_words(
                self.told, f"There is no {'other' if step > 0 else 'earlier'} difference. {self._comparison.sentence}"
            )

    def copy(self) -> None:
        """Copies the whole comparison, once it is written."""
        self.copy_button.setEnabled(False)
        self._comparer.write(self._comparison, self._names, self._on_written)

    def _on_written(self, text: str) -> None:
        told = copy_text(text, f"Copied {len(text):,} characters.")
        self.copy_button.setEnabled(True)
        set_words(self.told, f"{told} {self._comparison.sentence}")

    def _on_step(self, step: int, _checked: bool = False) -> None:  # noqa: FBT001, FBT002 - Qt's signature
        self.step(step)

    def _on_only(self, only: bool) -> None:  # noqa: FBT001 - a toggle
        row = self.model.row_at(self.table.currentIndex())
        self.model.show_all(not only)
        kept = self.model.index_of(row) if row is not None else QModelIndex()
        self._choose(kept if kept.isValid() else self.model.next_difference(QModelIndex(), 1), 1)

    def _choose(self, index: QModelIndex, step: int) -> None:
        self._is_backwards = step < 0
        self.table.setCurrentIndex(index)
        self.table.scrollTo(index)
        self._is_backwards = False
        if not index.isValid():
            self.difference.show_nothing("")

    def _on_current_changed(self, index: QModelIndex, _previous: QModelIndex) -> None:
        row = self.model.row_at(index)
        self._steps_due = 0
        if row is None or row.below:
            self._comparer.stop_reading()
            self._end_reading()
            self.difference.show_nothing("Open the row to see what differs as expected." if row is not None else "")
        else:
            self._is_reading = True
            self._slow.start()
            self._comparer.read(row, partial(self._on_read, self._is_backwards))

    def _on_read(self, is_backwards: bool, reading: RowReading) -> None:  # noqa: FBT001 - bound beforehand
        self._end_reading()
        self.difference.show_reading(reading, from_end=is_backwards)
        due, self._steps_due = self._steps_due, 0
        step = 1 if due > 0 else -1
        while due and not self._is_reading:
            self.step(step)
            due -= step
        self._steps_due = due

    def _on_slow(self) -> None:
        """What is shown is of another row, and is not left there for long."""
        self.difference.show_nothing("Reading the difference …")

    def _on_job_failed(self, _error: object) -> None:
        self.copy_button.setEnabled(not self._comparer.is_writing)

    def _end_reading(self) -> None:
        self._is_reading = False
        self._slow.stop()

    def _on_clicked(self, index: QModelIndex) -> None:
        self.model.open(index, wanted=not self._is_open(index))

    def _is_open(self, index: QModelIndex) -> bool:
        row = self.model.row_at(index)
        return row is not None and self.model.is_open(row)

    def _made_table(self, theme: Theme) -> QTableView:
        table = row_table("Differences", self.model)
        table.setFrameShape(QTableView.Shape.NoFrame)
        table.setItemDelegate(_RowDelegate(theme, table))
        table.horizontalHeader().setStretchLastSection(True)
        table.horizontalHeader().setMinimumSectionSize(60)
        table.installEventFilter(self)
        return table

    def _lay_out(self) -> None:
        layout = QVBoxLayout(self)
        for side, name in zip(("Left", "Right"), self._names, strict=True):
            label = ElidedLabel(Qt.TextElideMode.ElideMiddle)
            label.show_text(f"{side}: {name}")
            layout.addWidget(label)
        layout.addWidget(self.told)
        halves = QSplitter(Qt.Orientation.Vertical)
        halves.addWidget(self.table)
        halves.addWidget(self.difference)
        halves.setChildrenCollapsible(False)
        halves.setSizes([300, 260])
        layout.addWidget(halves, 1)
        buttons = QHBoxLayout()
        buttons.addWidget(self.only)
        buttons.addStretch(1)
        for button in (self.previous_button, self.next_button, self.copy_button, self._close):
            button.setAutoDefault(False)
            buttons.addWidget(button)
        layout.addLayout(buttons)
        self._set_order()

    def _set_order(self) -> None:
        """Tab goes as one reads, and begins at the differences."""
        difference = self.difference
        buttons = (self.only, self.previous_button, self.next_button, self.copy_button, self._close)
        order = (self.told, self.table, difference.earlier, difference.later, difference.view, *buttons)
        for earlier, later in pairwise(order):
            self.setTabOrder(earlier, later)
        self.table.setFocus()


class _RowDelegate(QStyledItemDelegate):
    """A place is told by its beginning and its end; what is no difference is muted."""

    def __init__(self, theme: Theme, parent: QWidget) -> None:
        super().__init__(parent)
        self._theme = theme

    def initStyleOption(self, option: QStyleOptionViewItem, index: QModelIndex) -> None:  # type: ignore[override]
        super().initStyleOption(option, index)
        model = index.model()
        row = model.row_at(index) if isinstance(model, ComparisonModel) else None
        if index.column() == WHERE:
            option.textElideMode = Qt.TextElideMode.ElideMiddle
        if row is not None and row.change in QUIET:
            ink(option, self._theme.colours.muted)
