"""The structure tree."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING

from PySide6.QtCore import QModelIndex, QPersistentModelIndex, QPoint, QSize, Qt, Signal
from PySide6.QtGui import QIcon, QKeyEvent
from PySide6.QtWidgets import QHeaderView, QMenu, QStyledItemDelegate, QStyleOptionViewItem, QTreeView, QWidget

from inspector.viewmodels.outline_model import NAME, SEVERITY_ROLE, STATE, VALUE, OutlineModel
from inspector.widgets.cells import add_icon, ink
from inspector.widgets.glyphs import good_icon, severity_icon
from inspector.widgets.theme import Theme
from inspector.widgets.unfolding import Unfolding

if TYPE_CHECKING:
    from inspector.core.outline.outline import Outline, Row

_OPEN_AT_FIRST = ("", "/choices", "/choices/*", "/choices/*/message", "/choices/*/message/tool_calls")
_OPEN_CALLS = ("/choices/*/message/tool_calls/*", "/choices/*/message/function_call")
_MOST_OPENED = 12


class StructurePane(QTreeView):
    """Tells the row that was chosen, and by `replaced` another answer.

    Severity colours a row and all above it, with an icon and a word."""

    chosen = Signal(object)
    replaced = Signal()

    def __init__(self, theme: Theme, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._model = OutlineModel(self)
        self.setModel(self._model)
        self.setAccessibleName("Structure")
        self.setUniformRowHeights(True)
        self.setAlternatingRowColors(False)
        self.setFrameShape(QTreeView.Shape.NoFrame)
        self.setItemDelegate(_RowDelegate(theme, self))
        self.setTextElideMode(Qt.TextElideMode.ElideRight)
        header = self.header()
        header.setStretchLastSection(False)
        header.setSectionResizeMode(NAME, QHeaderView.ResizeMode.Interactive)
        header.setSectionResizeMode(VALUE, QHeaderView.ResizeMode.Stretch)
        header.setSectionResizeMode(STATE, QHeaderView.ResizeMode.Interactive)
        self.setIndentation(14)
        header.resizeSection(NAME, 215)
        header.resizeSection(STATE, 165)
        header.setMinimumSectionSize(60)
        theme.changed.connect(self._on_theme_changed)
        self.selectionModel().currentChanged.connect(self._on_current_changed)
        self.pressed.connect(self._on_pressed)
        self._is_chosen = False  # whether somebody wanted the row that is selected, be it the one that was already
        self.unfolding = Unfolding(self)

    def offer(self, menu: QMenu) -> None:
        """Opens `menu` as the context menu of a row."""
        self.setContextMenuPolicy(Qt.ContextMenuPolicy.CustomContextMenu)
        self.customContextMenuRequested.connect(partial(self._open_menu, menu))

    @property
    def outline(self) -> Outline | None:
        return self._model.outline

    @property
    def current_row(self) -> Row | None:
        return self._model.row_at(self.currentIndex())

    def show_outline(self, outline: Outline | None, first: Row | None = None) -> None:
        """Replaces the tree, opened as far as a person wants to see first; the row `first` is selected, or else the root."""
        self._model.show(outline)
        if outline is None:
            self.chosen.emit(None)
        else:
            self._open(outline.root)
            self._is_chosen = False
            self.suggest(first or outline.root)
        self.replaced.emit()

    def suggest(self, row: Row) -> None:
        """Selects a row of what is shown, unless somebody has chosen one."""
        if not self._is_chosen:
            self.select(row)
            self._is_chosen = False

    def refresh(self) -> None:
        """The words and the colours of the rows are others now."""
        self._model.refresh()
        self.viewport().update()

    def select(self, row: Row) -> None:
        """Opens the way to a row, selects it and brings it into sight."""
        index = self._model.index_of(row)
        above = index.parent()
        while above.isValid():
            self.expand(above)
            above = above.parent()
        self.setCurrentIndex(index)
        self.scrollTo(index)
        self._is_chosen = True

    def unfold(self) -> None:
        """Opens the chosen row and all below it."""
        self.unfolding.start(self.currentIndex())

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() == Qt.Key.Key_Asterisk:
            self.unfold()
            return
        super().keyPressEvent(event)

    def moveCursor(self, action: QTreeView.CursorAction, modifiers: Qt.KeyboardModifier) -> QModelIndex:
        """Where a key leads to is chosen, be it where one is already."""
        self._is_chosen = True
        return super().moveCursor(action, modifiers)

    def _open_menu(self, menu: QMenu, at: QPoint) -> None:
        menu.popup(self.viewport().mapToGlobal(at))

    def _open(self, row: Row) -> None:
        outline = self._model.outline
        if outline is None or not outline.has_children(row):
            return
        self.expand(self._model.index_of(row))
        for child in outline.children(row)[:_MOST_OPENED]:
            if not child.is_range and (child.place in _OPEN_AT_FIRST or self._is_call_worth_opening(child)):
                self._open(child)

    def _is_call_worth_opening(self, row: Row) -> bool:
        in_call = row.place in _OPEN_CALLS or row.place == f"{_OPEN_CALLS[0]}/function"
        return (in_call or row.arguments is not None) and row.position < _MOST_OPENED

    def _on_theme_changed(self) -> None:
        self.viewport().update()

    def _on_pressed(self, _index: QModelIndex) -> None:
        self._is_chosen = True

    def _on_current_changed(self, current: QModelIndex, _previous: QModelIndex) -> None:
        self._is_chosen = True
        self.chosen.emit(self._model.row_at(current))


class _RowDelegate(QStyledItemDelegate):
    """Colours: the state column by severity, the values muted where they are only counted."""

    def __init__(self, theme: Theme, parent: QWidget) -> None:
        super().__init__(parent)
        self._theme = theme

    def initStyleOption(self, option: QStyleOptionViewItem, index: QModelIndex) -> None:  # type: ignore[override]
        super().initStyleOption(option, index)
        severity = int(index.data(SEVERITY_ROLE) or 0)
        column = index.column()
        colours = self._theme.colours
        if column == NAME:
            option.icon = QIcon()
            if severity > 1:
                add_icon(option, severity_icon(severity, self._theme.severity(severity)))
        if column == STATE and option.text.startswith("valid JSON object"):
            ink(option, colours.good)
            add_icon(option, good_icon(colours.good))
        elif column == STATE or (column == NAME and severity > 1):
            ink(option, self._theme.severity(severity))

    def sizeHint(self, option: QStyleOptionViewItem, index: QModelIndex | QPersistentModelIndex) -> QSize:
        size = super().sizeHint(option, index)
        return QSize(size.width(), option.fontMetrics.height() + 7)
