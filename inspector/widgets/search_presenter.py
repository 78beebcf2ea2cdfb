"""Finding in the window: looks in the background, marks the hits in the view, and leads from one to the next.

In one view all of its text is searched where that is at hand, and a hit outside of what is shown brings its part into view.
In the whole answer a hit selects its row, and the view that shows the row marks the hits in it.
"""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, Qt

from inspector.widgets.detail_pane import RAW, TEXT
from inspector.widgets.main_window import MainWindow
from inspector.widgets.search_bar import ANSWER, VIEW

if TYPE_CHECKING:
    from inspector.core.search.hits import Answered, Hit
    from inspector.core.search.view_search import Searched
    from inspector.core.search.view_subject import Subject
    from inspector.viewmodels.content_reader import ContentReader

_VIEW_LANE, _ANSWER_LANE = "search in a view", "search in an answer"


class SearchPresenter(QObject):
    """Links the search bar with the detail and the structure."""

    def __init__(self, contents: ContentReader, window: MainWindow) -> None:
        super().__init__(window)
        self._contents = contents
        self._window = window
        self._subject: Subject | None = None
        self._found: Searched | None = None
        self._at = -1
        self._moves = False  # whether the first hit is to be shown once it is found
        self._hits: list[Hit] = []
        self._is_searching = False
        self._note = ""
        bar = self._bar = window.detail.search
        bar.wished.connect(self._on_wished)
        bar.stepped.connect(self.step)
        bar.closed.connect(self._on_closed)
        window.detail.refreshed.connect(self._on_refreshed)
        window.structure.replaced.connect(self._on_replaced)

    def open(self) -> None:
        """Opens the bar, in the structure for the whole answer, with what is selected as what is looked for."""
        bar, view = self._bar, self._window.detail.view
        is_structure = self._window.structure.hasFocus() or self._view_subject() is None
        selected = view.selected_source() if view.isVisible() and not is_structure else ""
        bar.show()
        bar.place.setCurrentIndex(ANSWER if is_structure else VIEW)
        if selected and "\n" not in selected and len(selected) <= 200:
            bar.field.setText(selected)
        bar.field.setFocus(Qt.FocusReason.ShortcutFocusReason)
        bar.field.selectAll()
        self._on_wished()

    def next(self) -> None:
        self._step_or_open(1)

    def previous(self) -> None:
        self._step_or_open(-1)

    def step(self, step: int) -> None:
        """To another hit, round at the ends."""
        if self._bar.place.currentIndex() == ANSWER:
            if self._hits:
                self._at = (self._at + step) % len(self._hits)
                self._show_hit()
        elif self._found is not None and self._found.spans:
            self._at = (self._at + step) % len(self._found.spans)
            self._show_span()

    def _step_or_open(self, step: int) -> None:
        if self._bar.isVisible():
            self.step(step)
        else:
            self.open()

    def _on_wished(self) -> None:
        self._forget()
        wish = self._bar.wish
        if not wish.text or not self._bar.isVisible():
            return
        if self._bar.place.currentIndex() == VIEW:
            self._search_view(moves=True)
            return
        outline = self._window.structure.outline
        if outline is not None:
            from inspector.core.search.hits import AnswerSearch

            self._is_searching = True
            self._bar.show_count("searching …")
            work = AnswerSearch(wish)
            self._contents.work(_ANSWER_LANE, outline.inspection, work, self._on_answered, self._on_all_answered)

    def _on_refreshed(self) -> None:
        """The view shows something else: its hits are marked, and nothing moves but what was to move already."""
        if self._bar.isVisible() and self._bar.field.text():
            moves = self._moves
            if self._bar.place.currentIndex() == VIEW:
                self._forget()
            self._search_view(moves=moves)

    def _on_replaced(self) -> None:
        if self._bar.isVisible() and self._bar.place.currentIndex() == ANSWER:
            self._on_wished()

    def _view_subject(self) -> Subject | None:
        """What can be searched of the view that is shown."""
        from inspector.core.search.view_subject import Subject, raw_subject, text_subject

        detail, structure = self._window.detail, self._window.structure
        if detail.reading is None or structure.outline is None or structure.current_row is None:
            return None
        maker = {RAW: raw_subject, TEXT: text_subject}.get(detail.tab)
        return maker(structure.outline, structure.current_row, detail.reading) if maker else Subject(detail.reading)

    def _search_view(self, *, moves: bool) -> None:
        subject, outline, self._moves = self._view_subject(), self._window.structure.outline, moves
        if subject is None or outline is None:
            if self._bar.place.currentIndex() == VIEW:
                self._bar.show_count("", "This view cannot be searched: choose the whole answer.")
            return
        from inspector.core.search.view_subject import merged, search_view, view_search

        wish, receive = self._bar.wish, partial(self._on_searched, subject)
        work = view_search(subject, wish)
        if work is None:
            self._contents.read(_VIEW_LANE, partial(search_view, subject, wish), receive)
            return
        parts: list[Searched] = []
        self._contents.work(_VIEW_LANE, outline.inspection, work, parts.append, lambda: receive(merged(parts)))

    def _on_searched(self, subject: Subject, found: Searched) -> None:
        from inspector.core.search.view_search import nearest

        moves, self._moves = self._moves, False
        self._subject, self._found = subject, found
        if self._bar.place.currentIndex() == ANSWER:
            self._show_marks(self._hit_in_view(found))
            return
        self._note = found.note
        self._at = nearest(found.spans, subject.reading.starts_at) if found.spans else -1
        if moves and found.spans:
            self._show_span()
        else:
            self._show_marks(-1)
            self._show_count(len(found.spans), -1)

    def _on_answered(self, answered: Answered) -> None:
        """Some more hits, the first of which is shown at once."""
        is_first = bool(answered.hits) and not self._hits
        self._hits.extend(answered.hits)
        self._note = answered.note
        if is_first:
            self._at = 0
            self._show_hit()
        elif self._hits:
            self._show_count(len(self._hits), self._at)

    def _on_all_answered(self) -> None:
        self._is_searching = False
        self._show_count(len(self._hits), self._at)

    def _show_hit(self) -> None:
        """Selects the row of the current hit; its view is then searched for marks."""
        outline, hit = self._window.structure.outline, self._hits[self._at]
        self._show_count(len(self._hits), self._at)
        if outline is None:
            return
        before = self._window.structure.current_row
        row = outline.root
        if hit.index >= 0 and outline.inspection.document is not None:
            from inspector.core.json.document import JsonNode

            row = outline.row_of(JsonNode(outline.inspection.document, hit.index))
        self._window.structure.select(row)
        if row is before:
            self._search_view(moves=False)

    def _hit_in_view(self, found: Searched) -> int:
        """The number of the current hit among those of the view, where the view shows the characters of its value."""
        hit = self._hits[self._at] if self._hits else None
        if hit is None or hit.in_key or self._subject is None or self._subject.row is None:
            return -1
        return next((number for number, span in enumerate(found.spans) if span == (hit.start, hit.end)), -1)

    def _show_span(self) -> None:
        assert self._found is not None  # noqa: S101 - there is a hit to show
        self._show_marks(self._at)
        self._show_count(len(self._found.spans), self._at)

    def _show_marks(self, current: int) -> None:
        """Marks the hits in what is shown; brings the part with the current one into view where it lies outside."""
        from inspector.core.search.view_search import spans_shown
        from inspector.core.search.view_subject import part_around

        detail, subject, found = self._window.detail, self._subject, self._found
        if subject is None or found is None or detail.reading is None:
            return
        shown = spans_shown(detail.reading, found.spans, in_bytes=subject.in_bytes)
        if current >= 0 and all(number != current for number, _, _ in shown):
            detail.show_part(part_around(subject, found, found.spans[current][0]))
            shown = spans_shown(detail.reading, found.spans, in_bytes=subject.in_bytes)
        place = next((at for at, (number, _, _) in enumerate(shown) if number == current), -1)
        detail.view.show_hits([(start, end) for _, start, end in shown], place)

    def _show_count(self, count: int, at: int) -> None:
        if not count:
            self._bar.show_count("none found" if not self._note else "", self._note)
        else:
            so_far = " so far" if self._is_searching else ""
            self._bar.show_count(f"{at + 1:,} of {count:,}{so_far}" if at >= 0 else f"{count:,} found", self._note)

    def _forget(self) -> None:
        for lane in (_VIEW_LANE, _ANSWER_LANE):
            self._contents.drop(lane)
        self._subject, self._found, self._hits, self._note, self._at = None, None, [], "", -1
        self._moves = self._is_searching = False
        self._window.detail.view.show_hits((), -1)
        self._bar.show_count("")

    def _on_closed(self) -> None:
        was_answer = self._bar.place.currentIndex() == ANSWER
        self._forget()
        (self._window.structure if was_answer else self._window.detail.page).setFocus()
