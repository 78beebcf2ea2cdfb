"""The detail of the selected row: Text, JSON, Raw, Response, Tokens and Suggestion, one text view for all of them."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QColor, QPalette
from PySide6.QtWidgets import QHBoxLayout, QStackedWidget, QToolButton, QVBoxLayout, QWidget

from inspector.widgets.banner import Banner
from inspector.widgets.citation_list import CitationList
from inspector.widgets.content_view import ContentView
from inspector.widgets.plain import ElidedLabel, copy_text, plain_label, set_tooltip, set_words
from inspector.widgets.rendered_view import RenderedView
from inspector.widgets.summary_strip import SummaryStrip
from inspector.widgets.theme import Theme, paint_words
from inspector.widgets.view_tabs import ViewTabs

if TYPE_CHECKING:
    from inspector.core.arguments.verdict import Arguments
    from inspector.core.citations import Citation
    from inspector.core.json.document import JsonNode
    from inspector.core.markdown.blocks import Rendering, StaysPlain
    from inspector.core.outline.outline import Outline, Row
    from inspector.core.readings.detail import Reading
    from inspector.core.readings.token_probs import TokenMap
    from inspector.core.suggestion.suggestion import NoSuggestion, Suggestion

TEXT, JSON, RAW, RESPONSE, TOKENS, SUGGESTION = range(6)
_TABS = ("Text", "JSON", "Raw", "Response", "Tokens", "Suggestion")


class DetailPane(QWidget):
    """`row_pointed` tells a row that was clicked in the raw body.

    `tokens_wanted` tells log probabilities to be read for it, `markdown_wanted` and `suggestion_wanted` a text.
    """

    row_pointed = Signal(object)
    tokens_wanted = Signal(object)
    markdown_wanted = Signal(str)
    suggestion_wanted = Signal(str)

    def __init__(self, theme: Theme, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._theme = theme
        self._outline: Outline | None = None
        self._row: Row | None = None
        self._reading: Reading | None = None
        self._logprobs: JsonNode | None = None
        self._tokens: TokenMap | None = None
        self._tokens_are_read = False
        self._doubtful: Arguments | None = None
        self._suggestion: Suggestion | NoSuggestion | None = None
        self.summary = SummaryStrip(theme)
        self.banner = Banner(theme)
        self.view = ContentView(theme)
        self.rendered = RenderedView(theme)
        self.citations = CitationList()
        self._rendering: Rendering | StaysPlain | None = None
        self._pages = QStackedWidget()
        self._tabs = ViewTabs(_TABS)
        self._path = ElidedLabel(Qt.TextElideMode.ElideLeft)
        self._render = QToolButton()
        self._copy = QToolButton()
        self._note = plain_label(wraps=True, selectable=True)
        self._lay_out()
        self._tabs.currentChanged.connect(self._on_tab_changed)
        self._render.toggled.connect(self._on_render_toggled)
        self._copy.clicked.connect(self.copy_all)
        self.citations.chosen.connect(self._on_citation_chosen)
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
        """The view that is seen."""
        return self._pages.currentWidget() or self.view

    def show_row(self, outline: Outline | None, row: Row | None) -> None:
        """Shows a row in the current view; what was rendered before is plain again."""
        if row is not self._row:
            self._render.setChecked(False)
        self._outline, self._row = outline, row
        logprobs = _logprobs_at(outline, row) if outline is not None and row is not None else None
        if logprobs != self._logprobs:
            self._logprobs, self._tokens, self._tokens_are_read = logprobs, None, False
        doubtful = _doubtful_at(row) if row is not None else None
        if doubtful is not self._doubtful:
            self._doubtful, self._suggestion = doubtful, None
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

    def show_markdown(self, text: str, rendering: Rendering | StaysPlain) -> None:
        """Takes the blocks of a text that were wanted, if it is still shown."""
        if self._render.isChecked() and self._reading is not None and text == self._reading.text:
            self._rendering = rendering
            self._refresh()

    def render_markdown(self) -> None:
        """Shows the message that is shown as its Markdown looks, or plain again."""
        if self._render.isVisible():
            self._render.toggle()

    def reveal(self, reveal: bool) -> None:  # noqa: FBT001 - a toggle
        """Shows stand-ins for invisible characters, or not."""
        self.view.reveal(reveal)
        self.rendered.reveal(reveal)

    def show_tab(self, tab: int) -> None:
        if self._tabs.isTabVisible(tab):
            self._tabs.setCurrentIndex(tab)

    def show_raw(self) -> None:
        self.show_tab(RAW)
        self.view.setFocus()

    def copy_all(self) -> None:
        """Copies the text of the view as sent, all of it."""
        copy_text(self.view.source)

    def _lay_out(self) -> None:
        self._path.setAlignment(Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter)
        self._render.setText("Render Markdown")
        self._render.setCheckable(True)
        self._render.setAutoRaise(True)
        self._render.setAccessibleName("Render Markdown")
        set_tooltip(self._render, "Show this message as its Markdown looks. Nothing is loaded or followed")
        self._copy.setText("Copy")
        self._copy.setAutoRaise(True)
        self._copy.setAccessibleName("Copy view")
        set_tooltip(self._copy, "Copy the whole text of this view, exactly as sent")
        row = QHBoxLayout()
        row.setContentsMargins(8, 2, 6, 0)
        row.setSpacing(8)
        row.addWidget(self._tabs)
        row.addWidget(self._path, 1)
        row.addWidget(self._render)
        row.addWidget(self._copy)
        self._note.setContentsMargins(12, 8, 12, 8)
        self._note.setAccessibleName("Explanation")
        self._note.setAutoFillBackground(True)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(0)
        for part in (self.summary, self.banner):
            layout.addWidget(part)
        layout.addLayout(row)
        for view in (self.view, self.rendered):
            self._pages.addWidget(view)
        layout.addWidget(self._pages, 1)
        layout.addWidget(self.citations)
        layout.addWidget(self._note)

    def _refresh(self) -> None:
        if self._outline is None or self._row is None:
            self._reading, path, note = None, "", ""
            self.view.show_nothing()
            self._show_prose(None)
        else:
            from inspector.core.readings.detail import note_of, path_words

            self._reading = self._made(self._outline, self._row)
            self.view.show_reading(self._reading)
            path, note = (
                path_words(self._row),
                "\n".join(filter(None, (note_of(self._reading), self._show_prose(self._reading)))),
            )
        self._path.show_text(path)
        set_words(self._note, note)
        self._note.setVisible(bool(note))
        self._recolour()

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

    def _show_prose(self, reading: Reading | None) -> str:
        """Shows the reading rendered where that is wished and can be, else plain; returns what is to be said of it."""
        from inspector.core.markdown.blocks import Rendering, StaysPlain

        is_prose = reading is not None and reading.is_prose
        self._render.setVisible(is_prose)
        self.citations.show_citations(reading.citations if reading is not None else ())
        wanted = is_prose and self._render.isChecked()
        shown = self._rendering if wanted and isinstance(self._rendering, Rendering) else None
        self.rendered.show_rendering(self.view.source, shown)
        self._pages.setCurrentWidget(self.view if shown is None else self.rendered)
        if not wanted:
            return ""
        if isinstance(self._rendering, StaysPlain):
            return f"This text is not rendered. {self._rendering.reason}"
        return "Rendered: not the exact text." if shown is not None else "Reading the Markdown …"

    def _on_render_toggled(self, wanted: bool) -> None:  # noqa: FBT001 - Qt's signature
        self._rendering = None
        self._refresh()
        if wanted and self._reading is not None:
            self.markdown_wanted.emit(self._reading.text)

    def _on_citation_chosen(self, citation: Citation) -> None:
        """Marks the cited words in the text as sent."""
        if self._reading is not None:
            self.view.show_reading(replace(self._reading, chosen=citation.cited))

    def _on_tab_changed(self, _tab: int) -> None:
        self._refresh()

    def _on_pointed(self, offset: int) -> None:
        from inspector.core.readings import detail

        if self.tab != RAW or self._outline is None or self._reading is None:
            return
        before = self._reading.text[:offset].encode("utf-8", "surrogateescape")
        self.row_pointed.emit(detail.row_at(self._outline, self._reading.starts_at + len(before)))

    def _recolour(self) -> None:
        colours = self._theme.colours
        paint_words(self._path, colours.muted)
        is_fault = self._reading is not None and self._reading.is_grave
        palette = self._note.palette()
        palette.setColor(QPalette.ColorRole.Window, QColor(colours.raised))
        self._note.setPalette(palette)
        paint_words(self._note, colours.error if is_fault else colours.muted)


def _doubtful_at(row: Row) -> Arguments | None:
    from inspector.core.readings.suggested import doubtful_arguments

    return doubtful_arguments(row)


def _logprobs_at(outline: Outline, row: Row) -> JsonNode | None:
    from inspector.core.readings.token_words import logprobs_at

    return logprobs_at(outline, row)
