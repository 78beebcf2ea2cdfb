"""The conversation as one text: turn by turn, some at once, each folded until more of it is asked for.

Context: a conversation may have thousands of turns and a turn megabytes; laying out is what takes time.
Choice: one read-only text with a page of turns. The turn in which the cursor stands is the current one; keys, clicks and the menu
act on it. What is copied comes from the turns, never from the widget.
Price: no picture stands in the text. One that is inside the message is shown in a window of its own when that is asked for; one at
an address is never loaded, since the server there would learn who looks at what, and when: the address can be copied.
"""

from __future__ import annotations

from bisect import bisect_right
from typing import TYPE_CHECKING

from PySide6.QtCore import QPoint, Qt, Signal
from PySide6.QtGui import QColor, QKeyEvent, QMouseEvent, QTextCursor, QTextFormat
from PySide6.QtWidgets import QTextEdit, QWidget

from inspector.widgets.painted_text import PaintedText
from inspector.widgets.theme import Theme

if TYPE_CHECKING:
    from collections.abc import Mapping

    from inspector.core.markdown.blocks import Rendering
    from inspector.core.readings.shown_conversation import ShownConversation
    from inspector.core.readings.shown_turn import ShownTurn
    from inspector.widgets.turn_painter import Stretch

PAGE = 20
"""Turns that are laid out at once."""
_AIR = 4
PAGE_ROOM = 40_000
"""What the turns of a page may cost to paint before it ends early."""


class ConversationView(PaintedText):
    """`turn_chosen` tells the number of the turn that became the current one by a key or a click."""

    turn_chosen = Signal(int)
    paged = Signal()
    picture_wanted = Signal(object)

    def __init__(self, theme: Theme, parent: QWidget | None = None) -> None:
        super().__init__(theme, parent)
        self.turns: ShownConversation | None = None
        self.first = 0
        self.current = 0
        self._reveal = False
        self._page: list[ShownTurn] = []
        self._heads: list[int] = []
        self._stretches: list[Stretch] = []
        self._unfolded: dict[tuple[int, int], int] = {}
        self._rendered: dict[tuple[int, int], Rendering] = {}
        self._painting = False
        self.setAccessibleName("Conversation")
        self.viewport().setMouseTracking(True)
        self.document().setDocumentMargin(10)
        self.cursorPositionChanged.connect(self._on_cursor_moved)
        theme.changed.connect(self._repaint)

    def show_turns(self, turns: ShownConversation | None) -> None:
        """Shows the beginning of a conversation, folded and plain."""
        self.turns, self.first, self.current = turns, 0, 0
        self._unfolded, self._rendered = {}, {}
        self._repaint()
        self.verticalScrollBar().setValue(0)

    def reveal(self, reveal: bool) -> None:  # noqa: FBT001 - a toggle
        """Shows stand-ins for invisible characters, or not."""
        self._reveal = reveal
        self._repaint()

    @property
    def last(self) -> int:
        """The number behind the last turn that is laid out."""
        return self.first + len(self._page)

    def go_to(self, number: int) -> None:
        """Makes a turn the current one and brings its head to the top, on whatever page it is."""
        if self.turns is None or not 0 <= number < len(self.turns):
            return
        self.current = number
        if not self.first <= number < self.last:
            self._show_page(number // PAGE * PAGE)
        if number >= self.last:  # the page ended before it
            self._show_page(number)
        cursor = QTextCursor(self.document())
        cursor.setPosition(self._heads[number - self.first])
        self._place_cursor(cursor)
        bar = self.verticalScrollBar()
        bar.setValue(bar.value() + int(self.block_top(cursor.block())) - _AIR)
        self._mark_current()

    def unfold(self) -> None:
        """Shows more of the first text of the current turn that is folded."""
        more = (each for each in self._stretches if each.turn == self.current and each.action == "more")
        first = next(more, None)
        if first is not None:
            self._act(first)

    @property
    def is_folded(self) -> bool:
        """Whether there is more of the current turn to show."""
        return any(each.turn == self.current and each.action == "more" for each in self._stretches)

    @property
    def current_turn(self) -> ShownTurn | None:
        return self._page[self.current - self.first] if self.first <= self.current < self.last else None

    def show_renderings(self, turn: int, renderings: Mapping[int, Rendering | None]) -> None:
        """Shows texts of a turn as their Markdown looks, by piece; None shows one plain again."""
        for piece, rendering in renderings.items():
            if rendering is None:
                self._rendered.pop((turn, piece), None)
            else:
                self._rendered[turn, piece] = rendering
        self._repaint()

    def is_rendered(self, turn: int, piece: int) -> bool:
        return (turn, piece) in self._rendered

    def selected_source(self) -> str:
        """What is said in the selection, as sent; of a text in another form all of it."""
        cursor = self.textCursor()
        start, end = cursor.selectionStart(), cursor.selectionEnd()
        parts: list[str] = []
        before: Stretch | None = None
        for each in self._stretches:
            if each.action or each.end < start or each.start >= end:
                continue
            same = before is not None and (before.turn, before.piece) == (each.turn, each.piece)
            if same and each.places is None:
                continue
            parts += ["" if same or before is None else "\n\n", each.selected(max(start, each.start), end)]
            before = each
        return "".join(parts)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        control = event.modifiers() == Qt.KeyboardModifier.ControlModifier
        plain = event.modifiers() in (Qt.KeyboardModifier.NoModifier, Qt.KeyboardModifier.KeypadModifier)
        count = len(self.turns) if self.turns is not None else 0
        match event.key():
            case Qt.Key.Key_Return | Qt.Key.Key_Enter if plain:
                self.unfold()
            case Qt.Key.Key_Home if plain:
                self.choose(0)
            case Qt.Key.Key_End if plain:
                self.choose(count - 1)
            case Qt.Key.Key_Down if control:
                self.choose(self.current + 1)
            case Qt.Key.Key_Up if control:
                self.choose(self.current - 1)
            case _:
                super().keyPressEvent(event)

    def mouseReleaseEvent(self, event: QMouseEvent) -> None:
        super().mouseReleaseEvent(event)
        action = self._action_at(event.position().toPoint())
        if action is not None and not self.textCursor().hasSelection():
            self._act(action)

    def mouseMoveEvent(self, event: QMouseEvent) -> None:
        super().mouseMoveEvent(event)
        on_action = self._action_at(event.position().toPoint()) is not None
        self.viewport().setCursor(Qt.CursorShape.PointingHandCursor if on_action else Qt.CursorShape.IBeamCursor)

    def choose(self, number: int) -> None:
        """Goes to a turn by the wish of the person, as far as there are turns."""
        if self.turns is None or not 0 <= number < len(self.turns):
            return
        is_other = number != self.current
        self.go_to(number)
        if is_other:
            self.turn_chosen.emit(number)

    def _act(self, stretch: Stretch) -> None:
        """Does what a line of the text offers."""
        if stretch.action == "picture":
            self.picture_wanted.emit(self._page[stretch.turn - self.first].pieces[stretch.piece])
            return
        self._unfolded[stretch.turn, stretch.piece] = self._unfolded.get((stretch.turn, stretch.piece), 0) + 1
        self._repaint()

    def _action_at(self, place: QPoint) -> Stretch | None:
        """The offer that is written under a place of the viewport."""
        cursor = self.cursorForPosition(place)
        at = cursor.position()
        offers = (each for each in self._stretches if each.action and each.start <= at <= each.end)
        return next((each for each in offers if self.cursorRect(cursor).adjusted(-9, 0, 9, 0).contains(place)), None)

    def _show_page(self, first: int) -> None:
        self.first = first
        self._repaint()
        self.paged.emit()

    def _repaint(self) -> None:
        """Paints the page anew; what is in sight stays where it is."""
        from inspector.widgets.text_pen import TextPen
        from inspector.widgets.turn_painter import TurnPainter

        self._painting = True
        at, height = self.textCursor().position(), self.verticalScrollBar().value()
        self.clear_text()
        self._page, self._heads = [], []
        cursor = QTextCursor(self.document())
        cursor.beginEditBlock()
        pen = TextPen(cursor, self.theme.colours, self.font(), reveal=self._reveal)
        painter = TurnPainter(pen, self._unfolded, self._rendered)
        count = len(self.turns) if self.turns is not None else 0
        for number in range(self.first, min(self.first + PAGE, count)):
            if self.turns is None or painter.effort > PAGE_ROOM:
                break
            self._page.append(self.turns.turn(number))
            self._heads.append(painter.paint(number, self._page[-1]))
        cursor.endEditBlock()
        self._stretches = painter.stretches
        self._painting = False
        cursor.setPosition(min(at, self.document().characterCount() - 1))
        self._place_cursor(cursor)
        self.verticalScrollBar().setValue(height)
        self._mark_current()

    def _place_cursor(self, cursor: QTextCursor) -> None:
        """Moves the cursor without taking that for a choice."""
        self._painting = True
        self.setTextCursor(cursor)
        self._painting = False

    def _on_cursor_moved(self) -> None:
        if self._painting or not self._heads:
            return
        number = self.first + max(0, bisect_right(self._heads, self.textCursor().position()) - 1)
        if number != self.current:
            self.current = number
            self._mark_current()
            self.turn_chosen.emit(number)

    def _mark_current(self) -> None:
        """A band behind the head of the current turn, and its place in words for a screen reader."""
        self.setExtraSelections([])
        if not self.first <= self.current < self.last:
            return
        mark = QTextEdit.ExtraSelection()
        cursor = QTextCursor(self.document())
        cursor.setPosition(self._heads[self.current - self.first])
        style = mark.format
        style.setBackground(QColor(self.theme.colours.window))
        style.setProperty(QTextFormat.Property.FullWidthSelection, True)  # noqa: FBT003 - Qt takes it by position only
        mark.cursor, mark.format = cursor, style
        self.setExtraSelections([mark])
        turn, count = self._page[self.current - self.first], len(self.turns) if self.turns is not None else 0
        self.setAccessibleDescription(f"Turn {self.current + 1:,} of {count:,}: {turn.title} {turn.facts}".strip())
