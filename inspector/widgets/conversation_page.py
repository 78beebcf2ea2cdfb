"""The conversation with what belongs to it: a word on the prompt, a pager where there are many turns, and the menu of a turn."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING

from PySide6.QtCore import QPoint, Qt, Signal
from PySide6.QtWidgets import QHBoxLayout, QMenu, QToolButton, QVBoxLayout, QWidget

from inspector.widgets.conversation_view import PAGE, ConversationView
from inspector.widgets.plain import copy_text, plain_label, set_words
from inspector.widgets.theme import Theme, paint_words

if TYPE_CHECKING:
    from collections.abc import Mapping

    from inspector.core.markdown.blocks import Rendering, StaysPlain
    from inspector.core.readings.shown_conversation import ShownConversation


class ConversationPage(QWidget):
    """`place_chosen` tells the JSON Pointer of a turn that was chosen, where it stands in the body.

    `markdown_wanted` tells the number of a turn and its texts by piece, `picture_wanted` what is to be shown,
    `told` what became of a copy.
    """

    place_chosen = Signal(str)
    markdown_wanted = Signal(int, object)
    picture_wanted = Signal(object)
    current_changed = Signal()
    told = Signal(str)

    def __init__(self, theme: Theme, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._theme = theme
        self.view = ConversationView(theme)
        self._wanted: dict[int, str] | None = None
        self._notice = plain_label(wraps=True, selectable=True)
        self._where = plain_label()
        self._earlier = self._button("‹ Earlier", "Earlier turns")
        self._later = self._button("Later ›", "Later turns")
        self._pager = QWidget()
        self._lay_out()
        self.view.setContextMenuPolicy(Qt.ContextMenuPolicy.CustomContextMenu)
        self.view.customContextMenuRequested.connect(self._on_menu_wanted)
        self.view.turn_chosen.connect(self._on_turn_chosen)
        self.view.paged.connect(self._tell_page)
        self.view.picture_wanted.connect(self.picture_wanted)
        self._earlier.clicked.connect(self._on_earlier)
        self._later.clicked.connect(self._on_later)
        theme.changed.connect(self._recolour)
        self._recolour()

    def show_conversation(self, conversation: ShownConversation | None, notice: str = "") -> None:
        """Shows a conversation from its beginning, with its own notice; `notice` stands where there is none yet."""
        self._wanted = None
        self.view.show_turns(conversation)
        self._say(conversation.notice if conversation is not None else notice)
        self._tell_page()

    def show_place(self, pointer: str) -> None:
        """Brings the turn into sight in which a place of the body lies; where it lies in none, all stays as it is."""
        turns = self.view.turns
        number = turns.find(pointer) if turns is not None else None
        if number is not None and number != self.view.current:
            self.view.go_to(number)
            self.current_changed.emit()

    def copy_current(self) -> str:
        """Copies all that is said in the current turn, as sent; says how much that is."""
        turn = self.view.current_turn
        text = turn.text if turn is not None else ""
        return copy_text(text, f"Copied {len(text):,} characters as sent.")

    @property
    def is_rendered(self) -> bool:
        """Whether the current turn is shown as its Markdown looks."""
        return any(self.view.is_rendered(self.view.current, at) for at in self._prose())

    def render_current(self, wanted: bool) -> None:  # noqa: FBT001 - a toggle
        """Asks for the Markdown of the current turn, or shows it plain again."""
        prose = self._prose()
        if wanted and prose:
            self._wanted = prose
            self.markdown_wanted.emit(self.view.current, prose)
        elif not wanted:
            self.view.show_renderings(self.view.current, dict.fromkeys(prose))

    def show_markdown(self, turn: int, texts: dict[int, str], readings: Mapping[int, Rendering | StaysPlain]) -> None:
        """Takes the blocks of a turn's texts, by piece, if they are still wanted; says of those that stay plain why."""
        from inspector.core.markdown.blocks import Rendering, StaysPlain

        if texts is not self._wanted:
            return
        rendered = {at: each for at, each in readings.items() if isinstance(each, Rendering)}
        self.view.show_renderings(turn, rendered)
        reasons = [each.reason for each in readings.values() if isinstance(each, StaysPlain)]
        if reasons:
            self._say(f"A text of turn {turn + 1:,} is not rendered. {reasons[0]}")
        self.current_changed.emit()

    def _prose(self) -> dict[int, str]:
        """The texts of the current turn that may be Markdown, by piece."""
        from inspector.core.readings.shown_turn import Said

        turn = self.view.current_turn
        pieces = enumerate(turn.pieces) if turn is not None else ()
        return {at: piece.text for at, piece in pieces if isinstance(piece, Said) and not piece.is_code}

    def _say(self, words: str) -> None:
        set_words(self._notice, words)
        self._notice.setVisible(bool(words))

    def _tell_page(self) -> None:
        view = self.view
        count = len(view.turns) if view.turns is not None else 0
        self._pager.setVisible(view.last - view.first < count)
        self._where.setText(f"Turns {view.first + 1:,} to {view.last:,} of {count:,}")
        self._earlier.setEnabled(view.first > 0)
        self._later.setEnabled(view.last < count)

    def _on_earlier(self) -> None:
        self.view.choose(max(0, self.view.first - PAGE))

    def _on_later(self) -> None:
        self.view.choose(self.view.last)

    def _on_turn_chosen(self, _number: int) -> None:
        self.current_changed.emit()
        turn = self.view.current_turn
        if turn is not None and turn.pointer is not None:
            self.place_chosen.emit(turn.pointer)

    def _on_menu_wanted(self, place: QPoint) -> None:
        menu = self.menu()
        menu.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        menu.popup(self.view.viewport().mapToGlobal(place))

    def menu(self) -> QMenu:
        """What can be done with the current turn."""
        from inspector.core.readings.shown_turn import Attached
        from inspector.core.visible_text import one_line

        menu, turn = QMenu(self), self.view.current_turn
        copy = menu.addAction("&Copy")
        copy.setEnabled(self.view.textCursor().hasSelection())
        copy.triggered.connect(self.view.copy)
        menu.addAction("Copy the &message").triggered.connect(self._on_copy_wanted)
        more = menu.addAction("Show &more of it")
        more.setEnabled(self.view.is_folded)
        more.triggered.connect(self.view.unfold)
        render = menu.addAction("&Render Markdown")
        render.setCheckable(True)
        render.setChecked(self.is_rendered)
        render.setEnabled(bool(self._prose()))
        render.toggled.connect(self.render_current)
        for piece in turn.pieces if turn is not None else ():
            if isinstance(piece, Attached) and piece.picture is not None:
                menu.addAction("Show the &image").triggered.connect(partial(self._want_picture, piece))
            if isinstance(piece, Attached) and piece.address:
                words = f"Copy the &address {one_line(piece.address, 60).replace('&', '&&')}"
                menu.addAction(words).triggered.connect(partial(self._copy_address, piece.address))
        return menu

    def _want_picture(self, piece: object, _checked: bool = False) -> None:  # noqa: FBT001, FBT002 - Qt's signature
        self.picture_wanted.emit(piece)

    def _copy_address(self, address: str, _checked: bool = False) -> None:  # noqa: FBT001, FBT002 - Qt's signature
        from inspector.core.visible_text import one_line

        self.told.emit(copy_text(address, f"Copied {one_line(address, 300)}."))

    def _on_copy_wanted(self) -> None:
        self.told.emit(self.copy_current())

    def _button(self, text: str, name: str) -> QToolButton:
        button = QToolButton()
        button.setText(text)
        button.setAutoRaise(True)
        button.setAccessibleName(name)
        return button

    def _lay_out(self) -> None:
        self._notice.setContentsMargins(24, 8, 12, 4)
        self._notice.setAccessibleName("About the prompt")
        pager = QHBoxLayout(self._pager)
        pager.setContentsMargins(18, 2, 8, 2)
        for part in (self._earlier, self._where, self._later):
            pager.addWidget(part)
        pager.addStretch(1)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(0)
        layout.addWidget(self._notice)
        layout.addWidget(self._pager)
        layout.addWidget(self.view, 1)

    def _recolour(self) -> None:
        for label in (self._notice, self._where):
            paint_words(label, self._theme.colours.muted)
