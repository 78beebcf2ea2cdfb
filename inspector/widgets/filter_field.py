"""The line in which a filter is written: proposals as one types, and a wave under what is wrong."""

from __future__ import annotations

from PySide6.QtCore import QAbstractListModel, QModelIndex, QObject, QPersistentModelIndex, QPointF, Qt, Signal
from PySide6.QtGui import QColor, QKeyEvent, QPainter, QPaintEvent, QPen, QPolygonF
from PySide6.QtWidgets import QCompleter, QListView, QWidget

from inspector.viewmodels.completion_filter import CompletionFilter
from inspector.widgets.escaping_field import EscapingField
from inspector.widgets.theme import Theme, fixed_font

_NOWHERE = QModelIndex()
_WAVE = 3


class FilterField(EscapingField):
    """`left` tells that Escape was pressed where there was nothing to clear."""

    left = Signal()

    def __init__(self, wish: CompletionFilter, theme: Theme, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._filter = wish
        self._theme = theme
        self._proposals = _Proposals(self)
        self._range = (0, 0)
        self._popup = QListView()
        self._completer = QCompleter(self._proposals, self)
        self._completer.setCompletionMode(QCompleter.CompletionMode.UnfilteredPopupCompletion)
        self._completer.setWidget(self)
        self._completer.setMaxVisibleItems(12)
        self._popup.setAccessibleName("Proposals")
        self._popup.setFont(fixed_font())
        self._completer.setPopup(self._popup)
        self._completer.activated[QModelIndex].connect(self._on_proposal_chosen)  # type: ignore[index]
        self.setAccessibleName("Filter")
        self.setPlaceholderText("Filter, for example: invalid and tokens > 1000")
        self.setClearButtonEnabled(True)
        self.setFont(fixed_font())
        self.textEdited.connect(self.propose)
        self.escaped.connect(self._on_escaped)
        theme.changed.connect(self.update)

    def propose(self) -> None:
        """Opens the list of what can be written at the caret, where there is something to choose."""
        found = self._filter.proposals(self.text(), self._caret())
        begun, before = self.text()[found.start : found.end], self.text()[: found.start]
        items = [item for item in found.items if item.text.strip() != begun]
        if not items or (before and not before.endswith((" ", ":", "(", "!", "=", "~", ">", "<"))):
            self._popup.hide()
            return
        self._range = (found.start, found.end)
        width = max(len(item.text) for item in items)
        self._proposals.show([(item.text, f"{item.text:<{width}}  {item.why}".rstrip()) for item in items])
        place = self.cursorRect().translated(-self.fontMetrics().horizontalAdvance(begun), 4)
        place.setWidth(min(520, self.width()))
        self._completer.complete(place)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() == Qt.Key.Key_Down or (
            event.key() == Qt.Key.Key_Space and event.modifiers() & Qt.KeyboardModifier.ControlModifier
        ):
            self.propose()
        else:
            super().keyPressEvent(event)

    def paintEvent(self, event: QPaintEvent) -> None:
        super().paintEvent(event)
        fault = self._filter.fault
        if fault is None:
            return
        text, metrics, cursor = self.text(), self.fontMetrics(), self.cursorRect()
        origin = cursor.center().x() - metrics.horizontalAdvance(text[: self._caret()])
        left = origin + metrics.horizontalAdvance(text[: fault.start])
        right = max(left + metrics.averageCharWidth(), origin + metrics.horizontalAdvance(text[: fault.end]))
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setPen(QPen(QColor(self._theme.colours.error), 1.4))
        foot = cursor.bottom() - 1
        steps = range(max(1, left), min(right, self.width()) + 1, _WAVE)
        painter.drawPolyline(QPolygonF([QPointF(x, foot + (_WAVE if at % 2 else 0)) for at, x in enumerate(steps)]))
        painter.end()

    def _caret(self) -> int:
        """The caret in code points; Qt counts UTF-16 units."""
        units = self.text().encode("utf-16-le", "surrogatepass")[: 2 * self.cursorPosition()]
        return len(units.decode("utf-16-le", "replace"))

    def _on_escaped(self) -> None:
        if self.text():
            self.clear()
        else:
            self.left.emit()

    def _on_proposal_chosen(self, index: QModelIndex) -> None:
        start, end = self._range
        text, chosen = self.text(), str(index.data(Qt.ItemDataRole.EditRole) or "")
        head = text[:start] + chosen
        self.setText(head + text[end:])
        self.setCursorPosition(len(head.encode("utf-16-le", "surrogatepass")) // 2)
        if chosen.endswith((" ", ":")):
            self.propose()


class _Proposals(QAbstractListModel):
    """What is proposed, in a form to read and as it is written."""

    def __init__(self, parent: QObject) -> None:
        super().__init__(parent)
        self._items: list[tuple[str, str]] = []

    def show(self, items: list[tuple[str, str]]) -> None:
        self.beginResetModel()
        self._items = items
        self.endResetModel()

    def rowCount(self, parent: QModelIndex | QPersistentModelIndex = _NOWHERE) -> int:
        return 0 if parent.isValid() else len(self._items)

    def data(self, index: QModelIndex | QPersistentModelIndex, role: int = Qt.ItemDataRole.DisplayRole) -> object:
        from inspector.core.visible_text import one_line

        text, words = self._items[index.row()]
        if role == Qt.ItemDataRole.DisplayRole:
            return one_line(words, 120)
        return text if role == Qt.ItemDataRole.EditRole else None
