"""The text of the detail pane: plain, exact, with marks on characters.

The widget holds a displayable form of the text; selection and copy go back through its map to the text as sent, since Qt drops lone
surrogates and turns no-break spaces and separators into others.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QEvent, QMimeData, QPoint, QRectF, Qt, Signal
from PySide6.QtGui import (
    QColor,
    QHelpEvent,
    QKeyEvent,
    QMouseEvent,
    QPainter,
    QPaintEvent,
    QPen,
    QResizeEvent,
    QTextCharFormat,
    QTextCursor,
    QTextOption,
)
from PySide6.QtWidgets import QPlainTextEdit, QTextEdit, QWidget

from inspector.widgets.hit_marks import HitMarks
from inspector.widgets.json_highlighter import JsonHighlighter
from inspector.widgets.theme import Theme, fixed_font

if TYPE_CHECKING:
    from collections.abc import Sequence

    from inspector.core.readings.detail import Reading, TextChange
    from inspector.core.visible_text import Shown

_HIGHLIGHT_LIMIT = 48 * 1024


class ContentView(QPlainTextEdit):
    """Read-only. `pointed` tells the code point of the text under a click."""

    pointed = Signal(int)

    def __init__(self, theme: Theme, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._theme = theme
        self._shown: Shown | None = None
        self._reading: Reading | None = None
        self._reveal = False
        self._highlighter: JsonHighlighter | None = None
        self._end_mark = False
        self._marks: list[QTextEdit.ExtraSelection] = []
        self._hits = HitMarks()
        self.setReadOnly(True)
        self.setAccessibleName("Detail")
        self.setFont(fixed_font())
        self.setWordWrapMode(QTextOption.WrapMode.WrapAtWordBoundaryOrAnywhere)
        self.setTextInteractionFlags(
            Qt.TextInteractionFlag.TextSelectableByMouse | Qt.TextInteractionFlag.TextSelectableByKeyboard
        )
        self.setFrameShape(QPlainTextEdit.Shape.NoFrame)
        self.document().setDocumentMargin(10)
        theme.changed.connect(self._on_theme_changed)

    @property
    def source(self) -> str:
        """The text as sent."""
        return self._reading.source if self._reading is not None else ""

    @property
    def columns(self) -> int:
        """How many characters of the fixed font fit into a line, within reason."""
        room = (
            self.viewport().width() - 2 * self.document().documentMargin() - self.verticalScrollBar().sizeHint().width()
        )
        return max(40, min(100, int(room / self.fontMetrics().horizontalAdvance("0")) - 2))

    @property
    def reveals(self) -> bool:
        return self._reveal

    @property
    def wraps(self) -> bool:
        return self.lineWrapMode() is not QPlainTextEdit.LineWrapMode.NoWrap

    def show_reading(self, reading: Reading) -> None:
        """Replaces the text, colours it where it is JSON, and brings its mark into sight."""
        from inspector.core.visible_text import shown

        self._reading, self._hits = reading, HitMarks()
        self._shown = shown(reading.text, reveal=self._reveal)
        self._drop_highlighter()
        self.setPlainText(self._shown.text)
        if reading.is_json and len(self._shown.text) <= _HIGHLIGHT_LIMIT:
            whole = reading.fault is None or reading.fault >= len(reading.text)
            end = -1 if whole else self._shown.to_shown_utf16(reading.fault or 0)
            self._highlighter = JsonHighlighter(self.document(), self._theme.colours, end)
        self._mark(reading)

    def show_nothing(self) -> None:
        """Empties the view; nothing that knows of answers is imported for that."""
        self._reading, self._shown, self._end_mark, self._hits = None, None, False, HitMarks()
        self._drop_highlighter()
        self.clear()
        self._show_marks([])

    def reveal(self, reveal: bool) -> None:  # noqa: FBT001 - a toggle
        """Shows stand-ins for invisible characters, or not."""
        self._reveal = reveal
        if self._reading is not None:
            self.show_reading(self._reading)

    def wrap(self, wrap: bool) -> None:  # noqa: FBT001 - a toggle
        self.setLineWrapMode(QPlainTextEdit.LineWrapMode.WidgetWidth if wrap else QPlainTextEdit.LineWrapMode.NoWrap)

    def show_hits(self, spans: Sequence[tuple[int, int]], current: int) -> None:
        """Marks what was found, and brings the current one into sight."""
        self._hits = HitMarks(spans, current)
        if current >= 0:
            self._reveal_position(spans[current][0])
        self._show_marks(self._marks)

    def selected_source(self) -> str:
        """The selected characters as sent."""
        cursor = self.textCursor()
        if self._shown is None or self._reading is None:
            return ""
        start, end = (self._shown.to_source(at) for at in (cursor.selectionStart(), cursor.selectionEnd()))
        return self._reading.sent(start, end)

    def createMimeDataFromSelection(self) -> QMimeData:
        from inspector.widgets.plain import plain_data

        return plain_data(self.selected_source())

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Enter points where the cursor is, as a click does."""
        if event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter) and self._shown is not None:
            self.pointed.emit(self._shown.to_source(self.textCursor().position()))
        else:
            super().keyPressEvent(event)

    def mouseReleaseEvent(self, event: QMouseEvent) -> None:
        super().mouseReleaseEvent(event)
        if self._shown is not None and not self.textCursor().hasSelection():
            position = self.cursorForPosition(event.position().toPoint()).position()
            self.pointed.emit(self._shown.to_source(position))

    def scrollContentsBy(self, dx: int, dy: int) -> None:
        super().scrollContentsBy(dx, dy)
        self._mark_in_sight()

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._mark_in_sight()

    def event(self, event: QEvent) -> bool:
        if event.type() is QEvent.Type.ToolTip and isinstance(event, QHelpEvent):
            self._show_token_tip(event)
            return True
        return super().event(event)

    def paintEvent(self, event: QPaintEvent) -> None:
        super().paintEvent(event)
        if self._end_mark:
            self._paint_end_mark()

    def _drop_highlighter(self) -> None:
        if self._highlighter is not None:
            self._highlighter.setDocument(None)
            self._highlighter = None

    def _show_token_tip(self, event: QHelpEvent) -> None:
        from inspector.core.readings.token_words import piece_words
        from inspector.widgets.plain import show_tip

        tokens = self._reading.tokens if self._reading is not None else None
        if tokens is None or self._shown is None:
            return
        place = self.cursorForPosition(self.viewport().mapFromGlobal(event.globalPos())).position()
        piece = tokens.at(self._shown.to_source(place))
        show_tip(event.globalPos(), piece_words(tokens, piece) if piece is not None else "", self)

    def _mark(self, reading: Reading) -> None:
        self._end_mark = False
        if reading.tokens is not None or reading.changes:
            if reading.changes:
                self._reveal_position(reading.changes[0].start)
            self._mark_in_sight()
            return
        marks: list[QTextEdit.ExtraSelection] = []
        if reading.chosen is not None:
            marks.append(self._selection(reading.chosen[0], reading.chosen[1], self._theme.colours.chosen_back))
            self._reveal_position(reading.chosen[0])
        if reading.fault is not None:
            self._end_mark = reading.fault >= len(reading.text)
            if not self._end_mark:
                marks.append(self._fault_selection(reading.fault))
            self._reveal_position(reading.fault)
        self._show_marks(marks)

    def _mark_in_sight(self) -> None:
        """Colours the tokens or changes in sight only: a text may have a hundred thousand tokens, and each mark costs."""
        reading = self._reading
        if reading is None or self._shown is None:
            return
        if reading.tokens is None and not reading.changes:
            if self._hits.spans:
                self._show_marks(self._marks)
            return
        first, last = self._sight(self._shown)
        marks = [self._change_selection(each) for each in reading.changes if each.end > first and each.start <= last]
        for piece in reading.tokens.within(first, last) if reading.tokens is not None else ():
            colour = self._theme.heat(piece.probability)
            if colour is not None and piece.end <= len(self.source):
                marks.append(self._selection(piece.start, piece.end, colour))
        self._show_marks(marks)

    def _show_marks(self, marks: list[QTextEdit.ExtraSelection]) -> None:
        """Shows the marks of the reading, and over them the hits in sight."""
        self._marks = marks
        hits = self._hits.within(*self._sight(self._shown)) if self._shown is not None else ()
        self.setExtraSelections([*marks, *(self._hit_selection(*hit) for hit in hits)])

    def _sight(self, shown: Shown) -> tuple[int, int]:
        """The first and the last code point that are seen."""
        bottom = self.cursorForPosition(self.viewport().rect().bottomRight()).position()
        return shown.to_source(self.cursorForPosition(QPoint(0, 0)).position()), shown.to_source(bottom)

    def _hit_selection(self, start: int, end: int, is_current: bool) -> QTextEdit.ExtraSelection:  # noqa: FBT001
        colours = self._theme.colours
        mark = self._selection(start, end, colours.accent if is_current else colours.found_back)
        style = mark.format
        style.setForeground(QColor(colours.on_accent if is_current else colours.text))
        style.setFontUnderline(is_current)
        mark.format = style
        return mark

    def _fault_selection(self, offset: int) -> QTextEdit.ExtraSelection:
        mark = self._selection(offset, offset + 1, self._theme.colours.error)
        style = mark.format
        style.setForeground(QColor(self._theme.colours.base))
        style.setFontWeight(700)
        mark.format = style
        return mark

    def _change_selection(self, change: TextChange) -> QTextEdit.ExtraSelection:
        """What goes is struck out, what comes is underlined, so that nobody needs the colours to tell them apart."""
        colours = self._theme.colours
        mark = self._selection(
            change.start, change.end, colours.added_back if change.inserted else colours.removed_back
        )
        style = mark.format
        style.setForeground(QColor(colours.text))
        style.setFontUnderline(change.inserted)
        style.setFontStrikeOut(not change.inserted)
        mark.format = style
        return mark

    def _selection(self, start: int, end: int, background: str) -> QTextEdit.ExtraSelection:
        assert self._shown is not None  # noqa: S101 - as in _mark
        mark = QTextEdit.ExtraSelection()
        cursor = QTextCursor(self.document())
        cursor.setPosition(self._shown.to_shown_utf16(start))
        cursor.setPosition(self._shown.to_shown_utf16(end), QTextCursor.MoveMode.KeepAnchor)
        style = QTextCharFormat()
        style.setBackground(QColor(background))
        mark.cursor = cursor
        mark.format = style
        return mark

    def _reveal_position(self, offset: int) -> None:
        assert self._shown is not None  # noqa: S101 - as in _mark
        cursor = QTextCursor(self.document())
        cursor.setPosition(min(self._shown.to_shown_utf16(offset), self.document().characterCount() - 1))
        is_in_sight = self.viewport().rect().contains(self.cursorRect(cursor))
        self.setTextCursor(cursor)
        if not is_in_sight:
            self.centerCursor()

    def _paint_end_mark(self) -> None:
        """A text that ends too early has no character to mark: a bar and a wave stand where more was due."""
        cursor = QTextCursor(self.document())
        cursor.movePosition(QTextCursor.MoveOperation.End)
        place = QRectF(self.cursorRect(cursor))
        painter = QPainter(self.viewport())
        painter.fillRect(
            QRectF(place.left() + 1, place.top(), 9, place.height()), QColor(self._theme.colours.error_back)
        )
        painter.setPen(QPen(QColor(self._theme.colours.error), 2))
        painter.drawLine(place.topLeft(), place.bottomLeft())
        painter.end()

    def _on_theme_changed(self) -> None:
        if self._highlighter is not None:
            self._highlighter.recolour(self._theme.colours)
            self._highlighter.rehighlight()
        if self._reading is not None:
            self._mark(self._reading)
