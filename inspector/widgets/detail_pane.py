"""The detail of the selected row in several views, and among them the conversation that the whole answer belongs to."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QColor, QPalette
from PySide6.QtWidgets import QHBoxLayout, QStackedWidget, QToolButton, QVBoxLayout, QWidget

from inspector.widgets.banner import Banner
from inspector.widgets.conversation_page import ConversationPage
from inspector.widgets.plain import ElidedLabel, copy_text, plain_label, set_tooltip, set_words
from inspector.widgets.prose_view import ProseView
from inspector.widgets.search_bar import SearchBar
from inspector.widgets.summary_strip import SummaryStrip
from inspector.widgets.theme import Theme, paint_words
from inspector.widgets.view_tabs import ViewTabs

if TYPE_CHECKING:
    from inspector.core.arguments.verdict import Arguments
    from inspector.core.inspection import Inspection
    from inspector.core.json.document import JsonNode
    from inspector.core.outline.outline import Outline, Row
    from inspector.core.readings.detail import Reading
    from inspector.core.readings.shown_conversation import ShownConversation
    from inspector.core.readings.token_probs import TokenMap
    from inspector.core.suggestion.suggestion import NoSuggestion, Suggestion

TEXT, CONVERSATION, JSON, RAW, RESPONSE, TOKENS, SUGGESTION = range(7)
_TABS = ("Text", "Conversation", "JSON", "Raw", "Response", "Tokens", "Suggestion")


class DetailPane(QWidget):
    """`row_pointed` tells a row that was clicked in the raw body.

    `tokens_wanted` tells log probabilities to be read for it, `suggestion_wanted` a text, `conversation_wanted` an inspection.
    `refreshed` tells that the view shows something else.
    """

    row_pointed = Signal(object)
    tokens_wanted = Signal(object)
    suggestion_wanted = Signal(str)
    conversation_wanted = Signal(object)
    refreshed = Signal()

    def __init__(self, theme: Theme, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._theme = theme
        self.outline: Outline | None = None
        self._row: Row | None = None
        self._reading: Reading | None = None
        self._first: Reading | None = None  # the same before a part elsewhere was shown
        self._logprobs: JsonNode | None = None
        self._tokens: TokenMap | None = None
        self._tokens_are_read = False
        self._doubtful: Arguments | None = None
        self._suggestion: Suggestion | NoSuggestion | None = None
        self.summary = SummaryStrip(theme)
        self.banner = Banner(theme)
        self.prose = ProseView(theme)
        self.view = self.prose.view
        self.conversation = ConversationPage(theme)
        self._conversation: ShownConversation | None = None
        self.search = SearchBar(theme)
        self._pages = QStackedWidget()
        self._tabs = ViewTabs(_TABS)
        self._path = ElidedLabel(Qt.TextElideMode.ElideLeft)
        self._render = QToolButton()
        self.copy_button = QToolButton()
        self._note = plain_label(wraps=True, selectable=True)
        self._lay_out()
        self._tabs.currentChanged.connect(self._refresh)
        self._render.clicked.connect(self._on_render_clicked)
        self.prose.changed.connect(self._tell)
        self.conversation.current_changed.connect(self._tell)
        self.view.pointed.connect(self._on_pointed)
        self.banner.raw_wanted.connect(self.show_raw)
        theme.changed.connect(self._recolour)
        self._recolour()
        self.show_row(None, None)

    @property
    def tab(self) -> int:
        return self._tabs.currentIndex()

    @property
    def tab_names(self) -> tuple[str, ...]:
        return _TABS

    @property
    def page(self) -> QWidget:
        """The view that is seen and takes the focus."""
        return self.conversation.view if self.tab == CONVERSATION else self.prose.page

    def show_row(self, outline: Outline | None, row: Row | None) -> None:
        """Shows a row in the current view."""
        if row is not self._row:
            self.prose.show_reading(None)
        if outline is not self.outline:
            self._conversation = None
            self.conversation.show_conversation(None)
        self.outline, self._row = outline, row
        logprobs = doubtful = None
        if outline is not None and row is not None:
            from inspector.core.readings.suggested import doubtful_arguments
            from inspector.core.readings.token_words import logprobs_at

            logprobs, doubtful = logprobs_at(outline, row), doubtful_arguments(row)
        if logprobs != self._logprobs:
            self._logprobs, self._tokens, self._tokens_are_read = logprobs, None, False
        if doubtful is not self._doubtful:
            self._doubtful, self._suggestion = doubtful, None
        is_completion = outline is not None and outline.inspection.completion is not None
        self._tabs.offer(CONVERSATION, is_offered=is_completion)
        self._tabs.offer(TOKENS, is_offered=logprobs is not None)
        self._tabs.offer(SUGGESTION, is_offered=doubtful is not None)
        self._refresh()

    def show_tokens(self, logprobs: JsonNode | None, tokens: TokenMap | None) -> None:
        """Takes the tokens of log probabilities that were wanted, if they are still those of the row."""
        if logprobs != self._logprobs:
            return
        self._tokens, self._tokens_are_read = tokens, True
        if self.tab == TOKENS:
            self._refresh()

    def show_suggestion(self, text: str, suggestion: Suggestion | NoSuggestion) -> None:
        """Takes what is suggested for arguments, if they are still those of the row."""
        if self._doubtful is None or text != self._doubtful.text:
            return
        self._suggestion = suggestion
        if self.tab == SUGGESTION:
            self._refresh()

    def show_conversation(self, inspection: Inspection, conversation: ShownConversation) -> None:
        """Takes a conversation that was wanted, if its answer is still shown."""
        if self.outline is None or inspection is not self.outline.inspection:
            return
        self._conversation = conversation
        self.conversation.show_conversation(conversation)
        if self._row is not None:
            self.conversation.show_place(self._row.pointer)
        self._tell()

    def look_again(self) -> None:
        """More is known of the answer: what is shown of it is made anew where that changes it, the rest when it is looked at."""
        self._conversation, outline, row = None, self.outline, self._row
        is_other = self.tab == TEXT and outline and row and self._made(outline, row) != self._first
        if is_other or self.tab == CONVERSATION:
            self._refresh()

    def render_markdown(self) -> None:
        """Shows the message that is shown as its Markdown looks, or plain again."""
        if self._render.isVisible():
            self._render.click()

    def reveal(self, reveal: bool) -> None:  # noqa: FBT001 - a toggle
        """Shows stand-ins for invisible characters, or not."""
        self.prose.reveal(reveal)
        self.conversation.view.reveal(reveal)

    @property
    def reading(self) -> Reading | None:
        """What the view shows; None where it shows nothing, or the conversation."""
        return self._reading

    def show_part(self, reading: Reading) -> None:
        """Shows another part of what the view shows."""
        self._reading = reading
        self.prose.show_reading(reading)
        self._tell()

    def show_tab(self, tab: int) -> None:
        if self._tabs.isTabVisible(tab):
            self._tabs.setCurrentIndex(tab)

    def show_raw(self) -> None:
        self.show_tab(RAW)
        self.view.setFocus()

    def copy_all(self) -> str:
        """Copies the text of the view as sent, all of it; of a conversation that of the current turn. Says how much that is."""
        if self.tab == CONVERSATION:
            return self.conversation.copy_current()
        return copy_text(self.view.source, f"Copied {len(self.view.source):,} characters as sent.")

    def _lay_out(self) -> None:
        self._path.setAlignment(Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter)
        self._render.setText("Render Markdown")
        self._render.setCheckable(True)
        self._render.setAutoRaise(True)
        self._render.setAccessibleName("Render Markdown")
        set_tooltip(self._render, "Show this message as its Markdown looks. Nothing is loaded or followed")
        self.copy_button.setText("Copy")
        self.copy_button.setAutoRaise(True)
        self.copy_button.setAccessibleName("Copy view")
        set_tooltip(self.copy_button, "Copy the whole text of this view, exactly as sent")
        row = QHBoxLayout()
        row.setContentsMargins(8, 2, 6, 0)
        row.setSpacing(8)
        row.addWidget(self._tabs)
        row.addWidget(self._path, 1)
        row.addWidget(self._render)
        row.addWidget(self.copy_button)
        self._note.setContentsMargins(12, 8, 12, 8)
        self._note.setAccessibleName("Explanation")
        self._note.setAutoFillBackground(True)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(0)
        for part in (self.summary, self.banner):
            layout.addWidget(part)
        layout.addLayout(row)
        for view in (self.prose, self.conversation):
            self._pages.addWidget(view)
        layout.addWidget(self.search)
        layout.addWidget(self._pages, 1)
        layout.addWidget(self._note)

    def _refresh(self) -> None:
        outline, row = self.outline, self._row
        is_conversation = self.tab == CONVERSATION and outline is not None
        reading = None if outline is None or row is None or is_conversation else self._made(outline, row)
        self._reading = self._first = reading
        self.prose.show_reading(self._reading)
        self._pages.setCurrentWidget(self.conversation if is_conversation else self.prose)
        if outline is not None and row is not None and is_conversation:
            self._show_conversation_at(outline, row)
        self._tell()
        self._recolour()
        self.refreshed.emit()

    def _tell(self) -> None:
        """Says where the row stands and what is to be known of the view; sets the button to how it is shown."""
        is_conversation, reading, path, note = self.tab == CONVERSATION, self._reading, "", ""
        if self._row is not None and not is_conversation:
            from inspector.core.readings.detail import words_around

            path, note = words_around(self._row, reading, self.prose.words)
        self._path.show_text(path)
        set_words(self._note, note)
        self._note.setVisible(bool(note))
        self._render.setVisible(is_conversation or (reading is not None and reading.is_prose))
        is_rendered = self.conversation.is_rendered if is_conversation else self.prose.is_wanted_rendered
        self._render.setChecked(is_rendered)

    def _made(self, outline: Outline, row: Row) -> Reading:
        from inspector.core.readings import detail

        if self.tab == TEXT:
            return detail.text_reading(outline, row, self.view.columns)
        if self.tab == SUGGESTION and self._doubtful is not None:
            return self._suggested(self._doubtful.text or "")
        if self.tab != TOKENS:
            maker = {JSON: detail.json_reading, RAW: detail.raw_reading, RESPONSE: detail.response_reading}[self.tab]
            return maker(outline, row)
        if self._tokens is not None:
            return detail.tokens_reading(self._tokens)
        if self._tokens_are_read:
            return detail.Reading("", note="There are no tokens in these log probabilities.")
        self.tokens_wanted.emit(self._logprobs)
        return detail.Reading("", note="Reading the tokens …")

    def _suggested(self, text: str) -> Reading:
        from inspector.core.readings import detail
        from inspector.core.readings.suggested import suggested_reading

        if self._suggestion is not None:
            return suggested_reading(text, self._suggestion)
        self.suggestion_wanted.emit(text)
        return detail.Reading("", note="Looking for a reading …")

    def _show_conversation_at(self, outline: Outline, row: Row) -> None:
        """Shows the conversation, once it has been read, at the turn in which the row lies."""
        if self._conversation is None:
            self.conversation_wanted.emit(outline.inspection)
        else:
            self.conversation.show_place(row.pointer)

    def _on_render_clicked(self, wanted: bool) -> None:  # noqa: FBT001 - Qt's signature
        (self.conversation.render_current if self.tab == CONVERSATION else self.prose.render_markdown)(wanted)

    def _on_pointed(self, offset: int) -> None:
        from inspector.core.readings import detail

        if self.tab != RAW or self.outline is None or self._reading is None:
            return
        before = self._reading.text[:offset].encode("utf-8", "surrogateescape")
        self.row_pointed.emit(detail.row_at(self.outline, self._reading.starts_at + len(before)))

    def _recolour(self) -> None:
        colours = self._theme.colours
        paint_words(self._path, colours.muted)
        is_fault = self._reading is not None and self._reading.is_grave
        palette = self._note.palette()
        palette.setColor(QPalette.ColorRole.Window, QColor(colours.raised))
        self._note.setPalette(palette)
        paint_words(self._note, colours.error if is_fault else colours.muted)
