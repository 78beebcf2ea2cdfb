"""A reading as sent; of a message also what it cites, and on request how its Markdown looks."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QStackedWidget, QVBoxLayout, QWidget

from inspector.widgets.citation_list import CitationList
from inspector.widgets.content_view import ContentView
from inspector.widgets.rendered_view import RenderedView
from inspector.widgets.theme import Theme

if TYPE_CHECKING:
    from inspector.core.citations import Citation
    from inspector.core.markdown.blocks import Rendering, StaysPlain
    from inspector.core.readings.detail import Reading


class ProseView(QWidget):
    """`markdown_wanted` tells a text whose Markdown is to be read, `changed` that what is said of the view has changed."""

    markdown_wanted = Signal(str)
    changed = Signal()

    def __init__(self, theme: Theme, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.view = ContentView(theme)
        self.rendered = RenderedView(theme)
        self.citations = CitationList()
        self._reading: Reading | None = None
        self._wanted = False
        self._rendering: Rendering | StaysPlain | None = None
        self._pages = QStackedWidget()
        for page in (self.view, self.rendered):
            self._pages.addWidget(page)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(0)
        layout.addWidget(self._pages, 1)
        layout.addWidget(self.citations)
        self.citations.chosen.connect(self._on_citation_chosen)

    @property
    def page(self) -> QWidget:
        """The view that is seen and takes the focus."""
        return self._pages.currentWidget() or self.view

    @property
    def is_wanted_rendered(self) -> bool:
        return self._wanted

    @property
    def words(self) -> str:
        """What is to be said of how the text is shown."""
        from inspector.core.markdown.blocks import StaysPlain

        if not self._wanted:
            return ""
        if isinstance(self._rendering, StaysPlain):
            return f"This text is not rendered. {self._rendering.reason}"
        return "Reading the Markdown …" if self._rendering is None else "Rendered: not the exact text."

    def show_reading(self, reading: Reading | None) -> None:
        """Replaces the text. One that was rendered stays so while the same is shown; every other begins plain."""
        if self._wanted and (reading is None or self._reading is None or reading.text != self._reading.text):
            self._wanted, self._rendering = False, None
        self._reading = reading
        if reading is None:
            self.view.show_nothing()
        else:
            self.view.show_reading(reading)
        self.citations.show_citations(reading.citations if reading is not None else ())
        self._show_page()

    def render_markdown(self, wanted: bool) -> None:  # noqa: FBT001 - a toggle
        """Shows the text as its Markdown looks, once that has been read, or as sent."""
        self._wanted, self._rendering = wanted, None
        self._show_page()
        if wanted:
            self.markdown_wanted.emit(self.view.source)

    def show_markdown(self, text: str, rendering: Rendering | StaysPlain) -> None:
        """Takes the blocks of a text that were wanted, if they still are."""
        if self._wanted and text == self.view.source:
            self._rendering = rendering
            self._show_page()

    def reveal(self, reveal: bool) -> None:  # noqa: FBT001 - a toggle
        """Shows stand-ins for invisible characters, or not."""
        self.view.reveal(reveal)
        self.rendered.reveal(reveal)

    def _show_page(self) -> None:
        shown = self._shown_rendering()
        self.rendered.show_rendering(self.view.source, shown)
        self._pages.setCurrentWidget(self.view if shown is None else self.rendered)
        self.changed.emit()

    def _shown_rendering(self) -> Rendering | None:
        if self._rendering is None:
            return None
        from inspector.core.markdown.blocks import Rendering

        return self._rendering if isinstance(self._rendering, Rendering) else None

    def _on_citation_chosen(self, citation: Citation) -> None:
        """Marks the cited words in the text as sent."""
        if self._reading is not None:
            self.view.show_reading(replace(self._reading, chosen=citation.cited))
