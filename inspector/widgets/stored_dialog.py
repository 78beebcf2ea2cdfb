"""The stored completions to choose from: for people who have no ID. One is opened, several become a batch."""

from __future__ import annotations

from collections.abc import Iterable
from typing import cast

from PySide6.QtCore import QEvent, QItemSelection, QItemSelectionRange, QModelIndex, QObject, Qt, Signal
from PySide6.QtGui import QKeyEvent, QKeySequence, QResizeEvent, QShortcut
from PySide6.QtWidgets import (
    QAbstractItemView,
    QDialog,
    QGridLayout,
    QHBoxLayout,
    QLineEdit,
    QPushButton,
    QStackedWidget,
    QStyledItemDelegate,
    QStyleOptionViewItem,
    QTableView,
    QVBoxLayout,
    QWidget,
)

from inspector.core.inputs import Refused
from inspector.viewmodels.stored_list import ANSWER, FINISH_REASON, ID, METADATA, MODEL, WHEN, StoredList
from inspector.widgets.plain import plain_label, set_words
from inspector.widgets.row_table import row_table
from inspector.widgets.theme import Theme, paint_words

_WIDTHS = {ID: 24, WHEN: 17, MODEL: 24, FINISH_REASON: 13, METADATA: 30}
_LEAST_ANSWER = 280
_MARGIN = 14
_NONE = (
    "No stored completions.\n\n"
    "Only those made with “store: true” are listed here, and a key sees only those of its own app. "
    "With an ID, a completion may be fetched all the same."
)
_NONE_SUCH = "No stored completion fits this model and these metadata.\n\nBoth are compared exactly."


class StoredDialog(QDialog):
    """Stays as it was when it is closed and opened again. `chosen` tells the IDs to fetch, `key_wanted` asks for the key."""

    chosen = Signal(list)
    key_wanted = Signal()

    def __init__(self, stored: StoredList, theme: Theme, parent: QWidget) -> None:
        super().__init__(parent)
        self._stored = stored
        self._theme = theme
        stored.setParent(self)
        self.setWindowTitle("Stored completions")
        self.resize(min(1080, max(560, parent.width() - 60)), min(600, max(360, parent.height() - 80)))
        self.model_field = _field("Model", "any model")
        self.metadata_field = _field("Metadata", "any, or for example team=support")
        self.list_button = _button("&List", "List stored completions")
        self.table = self._made_table()
        self._empty = plain_label(_NONE, wraps=True)
        self._pages = QStackedWidget()
        self._note = plain_label(wraps=True, selectable=True)
        self._note.setAccessibleName("Note")
        self._status = plain_label()
        self._status.setAccessibleName("How many are listed")
        self.key_button = _button("API &key…")
        self.stop_button = _button("&Stop")
        self.more_button = _button("Load &more")
        self.fetch_button = _button("&Fetch")
        self.close_button = _button("&Close")
        self._lay_out()
        self._connect()
        theme.changed.connect(self._look)
        self._look()

    def show_list(self) -> None:
        """Comes to the front; the first time it lists what there is."""
        self.show()
        self.raise_()
        self.activateWindow()
        if self._stored.is_asked:
            self.table.setFocus()
        else:
            self.model_field.setFocus()
            self._on_list()

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Enter in the table opens what is selected; a dialog would take it for its own."""
        if isinstance(event, QKeyEvent) and event.type() is QEvent.Type.KeyPress and event.key() in _ENTER:
            self._on_fetch()
            return True
        return super().eventFilter(watched, event)

    def resizeEvent(self, event: QResizeEvent) -> None:
        """The answers get what the other columns leave, and a readable piece in any case."""
        super().resizeEvent(event)
        header = self.table.horizontalHeader()
        others = sum(header.sectionSize(column) for column in _WIDTHS if column != METADATA) + self._width_of(METADATA)
        edges = 2 * (_MARGIN + self.table.frameWidth())
        room = event.size().width() - edges - self.table.verticalScrollBar().sizeHint().width()
        header.resizeSection(ANSWER, max(_LEAST_ANSWER, room - others))
        self._fill()

    def _width_of(self, column: int) -> int:
        return _WIDTHS[column] * self.fontMetrics().averageCharWidth() + 16

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() in _ENTER:
            event.ignore()
        else:
            super().keyPressEvent(event)

    def _connect(self) -> None:
        for field in (self.model_field, self.metadata_field):
            field.returnPressed.connect(self._on_list)
        QShortcut(QKeySequence("F5"), self).activated.connect(self._on_list)
        self.list_button.clicked.connect(self._on_list)
        self.table.installEventFilter(self)
        self.table.doubleClicked.connect(self._on_double_clicked)
        self.table.selectionModel().selectionChanged.connect(self._on_selection_changed)
        self.key_button.clicked.connect(self.key_wanted)
        self.stop_button.clicked.connect(self._stored.stop)
        self.more_button.clicked.connect(self._stored.more)
        self.fetch_button.clicked.connect(self._on_fetch)
        self.close_button.clicked.connect(self.reject)
        self.rejected.connect(self._stored.stop)
        self._stored.changed.connect(self._look)
        self._stored.changed.connect(self._fill)
        self.table.verticalScrollBar().valueChanged.connect(self._fill)

    def _made_table(self) -> QTableView:
        table = row_table("Stored completions", self._stored)
        table.setSelectionMode(QTableView.SelectionMode.ExtendedSelection)
        table.setHorizontalScrollMode(QAbstractItemView.ScrollMode.ScrollPerPixel)
        header = table.horizontalHeader()
        header.setHighlightSections(False)
        header.setSectionsMovable(True)
        header.setStretchLastSection(True)
        for column in _WIDTHS:
            header.resizeSection(column, self._width_of(column))
        table.setItemDelegate(_RowDelegate(table))
        return table

    def _lay_out(self) -> None:
        top = QGridLayout()
        top.setHorizontalSpacing(8)
        for column, (field, stretch) in enumerate(((self.model_field, 2), (self.metadata_field, 3))):
            label = plain_label(f"{field.accessibleName()}:")
            label.setBuddy(field)
            top.addWidget(label, 0, 2 * column)
            top.addWidget(field, 0, 2 * column + 1)
            top.setColumnStretch(2 * column + 1, stretch)
        top.addWidget(self.list_button, 0, 4)
        empty = QWidget()
        around = QVBoxLayout(empty)
        around.setContentsMargins(40, 30, 40, 30)
        self._empty.setAlignment(Qt.AlignmentFlag.AlignCenter)
        around.addWidget(self._empty)
        self._pages.addWidget(self.table)
        self._pages.addWidget(empty)
        foot = QHBoxLayout()
        foot.addWidget(self._status, 1)
        for button in (self.key_button, self.stop_button, self.more_button, self.fetch_button, self.close_button):
            foot.addWidget(button)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(_MARGIN, 12, _MARGIN, 12)
        layout.setSpacing(10)
        layout.addLayout(top)
        layout.addWidget(self._pages, 1)
        layout.addWidget(self._note)
        layout.addLayout(foot)

    def _look(self) -> None:
        """Says how things stand, and offers what can be done about it."""
        stored = self._stored
        self._pages.setCurrentIndex(1 if stored.is_empty else 0)
        set_words(self._empty, _NONE_SUCH if stored.is_narrowed else _NONE)
        paint_words(self._empty, self._theme.colours.muted)
        self._say(stored.sentence)
        self._status.setText(stored.status)
        paint_words(self._status, self._theme.colours.muted)
        self.key_button.setVisible(stored.needs_key)
        self.stop_button.setEnabled(stored.is_busy)
        self.more_button.setEnabled(stored.has_more and not stored.is_busy)
        self.more_button.setText("&Try again" if stored.sentence and stored.has_more else "Load &more")
        self._on_selection_changed()

    def _fill(self, _value: int = 0) -> None:
        """Asks for more where the last line is in sight, or soon will be."""
        last, seen = self._stored.rowCount() - 1, self.table.viewport().height()
        if self.isVisible() and self._stored.goes_on and self.table.rowViewportPosition(last) < seen * 3 // 2:
            self._stored.more()

    def _say(self, sentence: str) -> None:
        set_words(self._note, sentence)
        paint_words(self._note, self._theme.colours.warning)
        self._note.setVisible(bool(sentence))

    def _selected(self) -> list[str]:
        """The IDs of the selected lines, as far as they are IDs, in the order of the table."""
        selection = cast("Iterable[QItemSelectionRange]", self.table.selectionModel().selection())
        runs = (range(run.top(), run.bottom() + 1) for run in selection)
        places = sorted({place for run in runs for place in run})  # selectedRows() takes half a second for ten thousand
        rows = [row for place in places if (row := self._stored.row_at(place)) is not None]
        return [row.id for row in rows if row.can_be_fetched]

    def _on_selection_changed(self, _now: QItemSelection | None = None, _before: QItemSelection | None = None) -> None:
        count = len(self._selected())
        self.fetch_button.setEnabled(count > 0)
        self.fetch_button.setText(f"&Fetch {count:,}" if count > 1 else "&Fetch")

    def _on_list(self) -> None:
        from inspector.core.stored.query import read_query

        query = read_query(self.model_field.text(), self.metadata_field.text())
        if isinstance(query, Refused):
            self._say(query.sentence)
        else:
            self._stored.ask(query)

    def _on_double_clicked(self, index: QModelIndex) -> None:
        self.table.selectRow(index.row())
        self._on_fetch()

    def _on_fetch(self) -> None:
        wanted = self._selected()
        if wanted:
            self.accept()
            self.chosen.emit(wanted)


class _RowDelegate(QStyledItemDelegate):
    """An ID is told by its end."""

    def initStyleOption(self, option: QStyleOptionViewItem, index: QModelIndex) -> None:  # type: ignore[override]
        super().initStyleOption(option, index)
        if index.column() == ID:
            option.textElideMode = Qt.TextElideMode.ElideMiddle


_ENTER = (Qt.Key.Key_Return, Qt.Key.Key_Enter)


def _field(name: str, placeholder: str) -> QLineEdit:
    field = QLineEdit()
    field.setAccessibleName(name)
    field.setPlaceholderText(placeholder)
    field.setClearButtonEnabled(True)
    field.setAcceptDrops(False)
    return field


def _button(text: str, name: str = "") -> QPushButton:
    """A button that Enter does not press from elsewhere."""
    button = QPushButton(text)
    button.setAutoDefault(False)
    if name:
        button.setAccessibleName(name)
    return button
