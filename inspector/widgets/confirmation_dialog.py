"""The question before several completions are fetched: what was found in the text, each with its reason and its line."""

from __future__ import annotations

from collections.abc import Iterable
from textwrap import wrap
from typing import TYPE_CHECKING, cast

from PySide6.QtCore import (
    QEvent,
    QItemSelectionRange,
    QModelIndex,
    QObject,
    QPersistentModelIndex,
    Qt,
    Signal,
)
from PySide6.QtGui import QHelpEvent, QKeyEvent, QPalette, QResizeEvent
from PySide6.QtWidgets import (
    QAbstractItemView,
    QDialog,
    QHBoxLayout,
    QHeaderView,
    QPushButton,
    QStyle,
    QStyledItemDelegate,
    QStyleOptionViewItem,
    QTableView,
    QVBoxLayout,
    QWidget,
)

from inspector.core.confirmation import Confirmation
from inspector.viewmodels.offered_ids import ID, LINE, WHOLE, WHY, OfferedIds
from inspector.widgets.plain import plain_label, set_words, show_tip
from inspector.widgets.row_table import row_table

if TYPE_CHECKING:
    from inspector.core.candidates import Found

_MARGIN = 14
_BESIDE_ROWS, _AIR = 160, 7
_ID_CHARACTERS, _LINE_CHARACTERS = 54, 9
_TIP_CHARACTERS = 90


class ConfirmationDialog(QDialog):
    """Opened without blocking; `agreed` tells the IDs to fetch. Enter agrees, Escape leaves everything as it is."""

    agreed = Signal(list)

    def __init__(self, found: Found, parent: QWidget) -> None:
        super().__init__(parent)
        self._confirmation = Confirmation.of(found)
        self._model = OfferedIds(found, self)
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self.setWindowTitle("Fetch several completions")
        needed = _BESIDE_ROWS + len(found.candidates) * (self.fontMetrics().height() + _AIR)
        self.resize(min(900, max(420, parent.width() - 60)), min(560, max(300, min(needed, parent.height() - 80))))
        self._words = plain_label(wraps=True)
        self._words.setAccessibleName("What will be fetched")
        self.table = self._made_table()
        self.all_button, self.none_button = QPushButton("Check &all"), QPushButton("Check &none")
        self.fetch_button, self.cancel_button = QPushButton("&Fetch"), QPushButton("Cancel")
        self.fetch_button.setDefault(True)
        self._lay_out()
        self._model.rechecked.connect(self._look)
        self.all_button.clicked.connect(self._on_all)
        self.none_button.clicked.connect(self._on_none)
        self.fetch_button.clicked.connect(self.accept)
        self.cancel_button.clicked.connect(self.reject)
        self.accepted.connect(self._on_accepted)
        self._look()
        self.table.setFocus()

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Space checks all selected rows, whatever column the focus is in."""
        if isinstance(event, QKeyEvent) and event.type() is QEvent.Type.KeyPress and event.key() == Qt.Key.Key_Space:
            selection = cast("Iterable[QItemSelectionRange]", self.table.selectionModel().selection())
            self._model.turn_over([range(run.top(), run.bottom() + 1) for run in selection])
            return True
        return super().eventFilter(watched, event)

    def resizeEvent(self, event: QResizeEvent) -> None:
        """In a narrow dialog IDs and reasons share the room."""
        super().resizeEvent(event)
        wanted = _ID_CHARACTERS * self.fontMetrics().averageCharWidth()
        self.table.horizontalHeader().resizeSection(ID, min(wanted, event.size().width() * 9 // 20))

    def _made_table(self) -> QTableView:
        table = row_table("IDs in the text", self._model)
        table.setSelectionMode(QTableView.SelectionMode.ExtendedSelection)
        table.setItemDelegate(_IdDelegate(table))
        table.installEventFilter(self)
        header = table.horizontalHeader()
        header.setHighlightSections(False)
        header.setSectionResizeMode(WHY, QHeaderView.ResizeMode.Stretch)
        header.resizeSection(LINE, _LINE_CHARACTERS * self.fontMetrics().averageCharWidth())
        table.setCurrentIndex(self._model.index(0, ID))
        return table

    def _lay_out(self) -> None:
        foot = QHBoxLayout()
        foot.addWidget(self.all_button)
        foot.addWidget(self.none_button)
        foot.addStretch(1)
        foot.addWidget(self.fetch_button)
        foot.addWidget(self.cancel_button)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(_MARGIN, 12, _MARGIN, 12)
        layout.setSpacing(10)
        layout.addWidget(self._words)
        layout.addWidget(self.table, 1)
        layout.addLayout(foot)

    def _look(self) -> None:
        count = self._model.count
        sentence = self._confirmation.sentence(count)
        set_words(self._words, sentence)
        self.table.setAccessibleDescription(sentence)
        self.fetch_button.setText(f"&Fetch {count:,}")
        self.fetch_button.setEnabled(count > 0)

    def _on_all(self) -> None:
        self._model.check_all(on=True)

    def _on_none(self) -> None:
        self._model.check_all(on=False)

    def _on_accepted(self) -> None:
        self.agreed.emit(self._model.chosen)


class _IdDelegate(QStyledItemDelegate):
    """Greys what cannot be chosen; an ID is told by its end; the tip has the whole of a cell."""

    def initStyleOption(self, option: QStyleOptionViewItem, index: QModelIndex | QPersistentModelIndex) -> None:
        super().initStyleOption(option, index)
        if index.column() == ID:
            option.textElideMode = Qt.TextElideMode.ElideMiddle
        model, palette = index.model(), option.palette
        frame = QPalette.ColorRole.PlaceholderText
        if isinstance(model, OfferedIds) and not model.can_be_chosen(index):
            option.state &= ~QStyle.StateFlag.State_Enabled
            frame = QPalette.ColorRole.Mid
        # Fusion takes a darker shade of this for the frame of a box, which on dark colours cannot be told from what is around it.
        palette.setColor(QPalette.ColorRole.Window, palette.color(frame))
        option.palette = palette

    def helpEvent(
        self,
        event: QHelpEvent,
        view: QAbstractItemView,
        _option: QStyleOptionViewItem,
        index: QModelIndex | QPersistentModelIndex,
    ) -> bool:
        show_tip(event.globalPos(), "\n".join(wrap(str(index.data(WHOLE) or ""), _TIP_CHARACTERS)), view)
        return True
