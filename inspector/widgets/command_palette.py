"""The command palette: every action of the window, found by a few words of its name and run by Enter."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import QAbstractTableModel, QEvent, QModelIndex, QObject, QPersistentModelIndex, Qt
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QAbstractItemView, QDialog, QHeaderView, QLineEdit, QTableView, QVBoxLayout, QWidget

from inspector.core.word_match import misfit
from inspector.widgets.named_actions import NamedAction
from inspector.widgets.plain import plain_label

Index = QModelIndex | QPersistentModelIndex
_NOWHERE = QModelIndex()
_MOVES = (Qt.Key.Key_Up, Qt.Key.Key_Down, Qt.Key.Key_PageUp, Qt.Key.Key_PageDown)
_PATH, _STATE, _KEYS = range(3)


class PaletteModel(QAbstractTableModel):
    """The actions that fit what is typed, best first."""

    def __init__(self, actions: Sequence[NamedAction], parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._all = tuple(actions)
        self.shown = list(self._all)

    def filter(self, words: str) -> None:
        fits = [(fit, place) for place, entry in enumerate(self._all) if (fit := misfit(words, entry.path)) is not None]
        self.beginResetModel()
        self.shown = [self._all[place] for _, place in sorted(fits)] if words.strip() else list(self._all)
        self.endResetModel()

    def rowCount(self, parent: Index = _NOWHERE) -> int:
        return 0 if parent.isValid() else len(self.shown)

    def columnCount(self, parent: Index = _NOWHERE) -> int:
        return 0 if parent.isValid() else 3

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> object:
        if not index.isValid():
            return None
        entry, column = self.shown[index.row()], index.column()
        if role == Qt.ItemDataRole.DisplayRole:
            return (entry.path, entry.state, entry.keys)[column]
        if role == Qt.ItemDataRole.AccessibleTextRole and column == _PATH:
            return told(entry)
        return None

    def flags(self, index: Index) -> Qt.ItemFlag:
        """What cannot be done now is there, but greyed."""
        if index.isValid() and not self.shown[index.row()].action.isEnabled():
            return Qt.ItemFlag.NoItemFlags
        return super().flags(index)


class CommandPalette(QDialog):
    """Opened without blocking; Enter runs the chosen action, Escape leaves."""

    def __init__(self, actions: Sequence[NamedAction], parent: QWidget) -> None:
        super().__init__(parent)
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self.setWindowTitle("Commands")
        self.resize(min(620, parent.width() - 40), 420)
        self.model = PaletteModel(actions, self)
        self.field = QLineEdit()
        self.field.setAccessibleName("Command")
        self.field.setPlaceholderText("Type a few words of a command")
        self.field.setMinimumHeight(32)
        self.field.installEventFilter(self)
        self.table = self._made_table()
        layout = QVBoxLayout(self)
        layout.addWidget(self.field)
        layout.addWidget(self.table)
        self._none = plain_label("No command has these words.")
        self._none.setAlignment(Qt.AlignmentFlag.AlignCenter)
        layout.addWidget(self._none, 1)
        self.field.textChanged.connect(self._on_typed)
        self.field.returnPressed.connect(self._run)
        self.table.clicked.connect(self._run)
        self.table.selectionModel().currentChanged.connect(self._tell_current)
        self._on_typed("")

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """The keys that move stay in the field for a reader, and move in the list."""
        if isinstance(event, QKeyEvent) and event.type() is QEvent.Type.KeyPress and event.key() in _MOVES:
            self.table.keyPressEvent(event)
            return True
        return super().eventFilter(watched, event)

    def _made_table(self) -> QTableView:
        table = QTableView()
        table.setAccessibleName("Commands")
        table.setModel(self.model)
        table.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        table.setShowGrid(False)
        table.setFrameShape(QTableView.Shape.NoFrame)
        table.setSelectionBehavior(QAbstractItemView.SelectionBehavior.SelectRows)
        table.setSelectionMode(QAbstractItemView.SelectionMode.SingleSelection)
        table.setEditTriggers(QAbstractItemView.EditTrigger.NoEditTriggers)
        table.horizontalHeader().hide()
        table.verticalHeader().hide()
        table.verticalHeader().setDefaultSectionSize(table.fontMetrics().height() + 9)
        table.horizontalHeader().setSectionResizeMode(_PATH, QHeaderView.ResizeMode.Stretch)
        for column in (_STATE, _KEYS):
            table.horizontalHeader().setSectionResizeMode(column, QHeaderView.ResizeMode.ResizeToContents)
        return table

    def _on_typed(self, words: str) -> None:
        self.model.filter(words)
        self.table.setVisible(bool(self.model.shown))
        self._none.setVisible(not self.model.shown)
        self._choose_first()

    def _choose_first(self) -> None:
        usable = (row for row, entry in enumerate(self.model.shown) if entry.action.isEnabled())
        row = next(usable, None)
        if row is not None:
            self.table.selectRow(row)
        self.table.scrollToTop()
        self._tell_current()

    def _tell_current(self) -> None:
        current = self.table.currentIndex()
        told_now = told(self.model.shown[current.row()]) if current.isValid() else "No command that can be run"
        self.field.setAccessibleDescription(told_now)

    def _run(self) -> None:
        current = self.table.currentIndex()
        if not current.isValid():
            return
        action = self.model.shown[current.row()].action
        if action.isEnabled():
            self.accept()
            action.trigger()


def told(entry: NamedAction) -> str:
    """An action as it is heard."""
    usable = "" if entry.action.isEnabled() else "not now"
    return ", ".join(filter(None, (entry.path, entry.state, entry.keys, usable)))
