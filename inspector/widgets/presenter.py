"""Shows each state of the session in the panes of the window, and links the panes with each other."""

from __future__ import annotations

import time
from functools import partial
from typing import TYPE_CHECKING, assert_never

from PySide6.QtCore import QObject, Signal

from inspector.viewmodels.session import Session
from inspector.viewmodels.session_state import Idle, KeyMissing, Rejected, Shown, Working
from inspector.widgets.main_window import MainWindow

if TYPE_CHECKING:
    from collections.abc import Callable

    from PySide6.QtGui import QImage

    from inspector.core.exchange import Progress
    from inspector.core.findings import Finding
    from inspector.core.inspection import Inspection
    from inspector.core.json.document import JsonNode
    from inspector.core.keys.lookup import KeyLookup
    from inspector.core.outline.outline import Row
    from inspector.core.outline.showing import Showing
    from inspector.core.readings.shown_turn import Attached
    from inspector.viewmodels.content_reader import ContentReader
    from inspector.viewmodels.key_keeper import KeyKeeper
    from inspector.viewmodels.showing_maker import ShowingMaker
    from inspector.viewmodels.suggestion_maker import SuggestionMaker
    from inspector.viewmodels.token_reader import TokenReader

_WARNING = 2


class Presenter(QObject):
    """`filled` tells that an answer's rows are in place, `checked` that what was found is shown too, `key_missing`, once, that
    no key has been kept yet.
    """

    filled = Signal()
    checked = Signal()
    key_missing = Signal()

    def __init__(
        self,
        session: Session,
        keeper: KeyKeeper,
        window: MainWindow,
        *,
        showings: ShowingMaker,
        tokens: TokenReader,
        suggestions: SuggestionMaker,
        contents: ContentReader,
    ) -> None:
        super().__init__(window)
        self._session = session
        self._keeper = keeper
        self._window = window
        self._showings = showings
        self._tokens = tokens
        self._suggestions = suggestions
        self._contents = contents
        self._asked_for_key = False
        window.structure.chosen.connect(self._on_row_chosen)
        window.structure.unfolding.ended.connect(window.say)
        window.detail.row_pointed.connect(window.structure.select)
        window.detail.tokens_wanted.connect(self._on_tokens_wanted)
        window.detail.suggestion_wanted.connect(self._on_suggestion_wanted)
        window.detail.prose.markdown_wanted.connect(self._on_markdown_wanted)
        window.detail.conversation_wanted.connect(self._on_conversation_wanted)
        window.detail.copy_button.clicked.connect(self._on_copy_wanted)
        window.detail.prose.citations.told.connect(window.say)
        window.detail.conversation.told.connect(window.say)
        window.detail.conversation.markdown_wanted.connect(self._on_turn_markdown_wanted)
        window.detail.conversation.picture_wanted.connect(self._on_picture_wanted)
        window.detail.conversation.place_chosen.connect(self._on_place_chosen)
        window.findings.chosen.connect(self._on_finding_chosen)
        window.completions.chosen.connect(session.show)
        window.id_bar.cancelled.connect(session.cancel)
        window.detail.banner.retry_wanted.connect(session.retry)
        keeper.changed.connect(self._on_key_changed)
        keeper.replaced.connect(self._on_key_replaced)
        session.changed.connect(self._on_state_changed)
        session.prompt_changed.connect(self._on_prompt_changed)
        session.checks_ended.connect(self._on_checks_ended)
        session.progressed.connect(self._on_progressed)
        self._on_state_changed()

    def _on_state_changed(self) -> None:
        state, window = self._session.state, self._window
        self._showings.drop()
        window.id_bar.show_busy(busy=isinstance(state, Working) or self._session.is_checking)
        match state:
            case Idle():
                self._show_sentence(state.notice)
            case Working():
                window.say(f"Fetching {state.subject} …")
                window.id_bar.show_subject(state.subject)
            case Rejected():
                self._show_sentence(state.sentence, _WARNING)
            case KeyMissing():
                self._show_key_missing(state.lookup)
            case Shown():
                self._show_inspection(state.inspection)
            case _:
                assert_never(state)

    def _show_sentence(self, sentence: str, severity: int = 1) -> None:
        self._clear()
        if sentence:
            self._window.show_analysis()
            self._window.detail.banner.show_sentence(sentence, severity)
        self._window.say(sentence or "Ready.")

    def _show_key_missing(self, lookup: KeyLookup) -> None:
        from inspector.core.keys.words import key_lookup_sentence

        self._clear()
        self._window.show_analysis()
        self._window.detail.banner.show_key_missing(key_lookup_sentence(lookup))
        self._window.say("Not fetched: there is no API key to ask with.")

    def _clear(self) -> None:
        window = self._window
        window.detail.banner.clear()
        window.detail.summary.show_summary(None)
        window.structure.show_outline(None)
        window.detail.show_row(None, None)
        window.findings.show_findings(())

    def _show_inspection(self, inspection: Inspection) -> None:
        if not self._make(inspection, partial(self._show, inspection)):
            self._clear()
            self._window.say(f"Making {inspection.size:,} bytes ready …")

    def _make(self, inspection: Inspection, receive: Callable[[Showing], None]) -> bool:
        from inspector.core.moment import Moment

        return self._showings.make(inspection, Moment(time.time()), receive)

    def _show(self, inspection: Inspection, showing: Showing) -> None:
        window = self._window
        if inspection.problem is not None:
            window.detail.banner.show_problem(inspection.problem, has_body=bool(inspection.body))
        else:
            window.detail.banner.clear()
        window.show_analysis()
        told = self._session.inspection or inspection  # its prompt may have come while the rows were made
        showing.outline.learn_prompt(told)
        window.structure.show_outline(showing.outline, showing.first)
        self._show_words(told, showing)
        if inspection.requested is not None:
            window.id_bar.show_subject(inspection.requested)
        self.filled.emit()
        if not self._session.is_checking:
            self.checked.emit()

    def _on_checks_ended(self) -> None:
        """Rows, places and selections stay: what was found colours them now."""
        inspection = self._session.inspection
        self._window.id_bar.show_busy(busy=False)
        if inspection is not None:
            self._make(inspection, partial(self._show_checks, inspection))

    def _show_checks(self, inspection: Inspection, showing: Showing) -> None:
        window, outline = self._window, self._window.structure.outline
        if outline is None or outline.inspection.document is not inspection.document:
            self._show(inspection, showing)
            return
        told = self._session.inspection or inspection
        outline.learn_checks(showing.outline)
        outline.learn_prompt(told)
        window.structure.refresh()
        window.structure.suggest(outline.find(showing.first.pointer))
        window.detail.look_again()
        self._show_words(told, showing)
        self.checked.emit()

    def _show_words(self, inspection: Inspection, showing: Showing) -> None:
        window = self._window
        window.detail.summary.show_summary(showing.summary)
        window.findings.show_findings(inspection.findings, inspection.checks.value)
        # Where nothing came that could be looked through, what to do about it has the room.
        window.findings.setVisible(inspection.problem is None or bool(inspection.findings))
        window.say(showing.status)

    def _on_prompt_changed(self) -> None:
        """Rows, places and selections stay: there is a conversation now, and what is found in it."""
        inspection, outline = self._session.inspection, self._window.structure.outline
        if inspection is not None and outline is not None and not self._showings.is_busy:
            outline.learn_prompt(inspection)
            self._window.findings.show_findings(inspection.findings, inspection.checks.value)
            self._window.detail.look_again()

    def _on_progressed(self, progress: Progress) -> None:
        self._window.id_bar.show_progress(progress.received, progress.total)
        if isinstance(self._session.state, Working):
            total = f" of {progress.total:,}" if progress.total else ""
            self._window.say(f"Fetching {self._session.state.subject} … {progress.received:,}{total} bytes")

    def _on_copy_wanted(self) -> None:
        self._window.say(self._window.detail.copy_all())

    def _on_row_chosen(self, row: Row | None) -> None:
        self._window.detail.show_row(self._window.structure.outline, row)

    def _on_tokens_wanted(self, logprobs: JsonNode | None) -> None:
        outline = self._window.detail.outline
        if outline is not None:
            receive = partial(self._window.detail.show_tokens, logprobs)
            self._tokens.read(outline.inspection, logprobs, receive)

    def _on_markdown_wanted(self, text: str) -> None:
        from inspector.core.markdown.reading import read_markdown

        receive = partial(self._window.detail.prose.show_markdown, text)
        self._contents.read("markdown", partial(read_markdown, text), receive)

    def _on_suggestion_wanted(self, text: str) -> None:
        self._suggestions.make(text, partial(self._window.detail.show_suggestion, text))

    def _on_turn_markdown_wanted(self, turn: int, texts: dict[int, str]) -> None:
        from inspector.core.markdown.reading import read_all

        receive = partial(self._window.detail.conversation.show_markdown, turn, texts)
        self._contents.read("markdown of a turn", partial(read_all, texts), receive)

    def _on_conversation_wanted(self, inspection: Inspection) -> None:
        from inspector.core.readings.shown_conversation import shown_conversation

        receive = partial(self._window.detail.show_conversation, inspection)
        self._contents.read("conversation", partial(shown_conversation, inspection), receive)

    def _on_picture_wanted(self, picture: Attached) -> None:
        from inspector.widgets.picture_dialog import read_picture

        if picture.picture is not None:
            self._window.say("Decoding the image …")
            self._contents.read("picture", partial(read_picture, picture.picture), partial(self._show_picture, picture))

    def _show_picture(self, picture: Attached, image: QImage | str) -> None:
        from inspector.widgets.picture_dialog import PictureDialog

        self._window.say(image if isinstance(image, str) else "Ready.")
        if not isinstance(image, str):
            PictureDialog(image, picture.words, self._window).open()

    def _on_place_chosen(self, pointer: str) -> None:
        outline = self._window.structure.outline
        if outline is not None:
            self._window.structure.select(outline.find(pointer))

    def _on_finding_chosen(self, finding: Finding) -> None:
        self._on_place_chosen(finding.pointer)

    def _on_key_changed(self) -> None:
        state = self._keeper.state
        self._window.welcome.show_key(state.where)
        if state.missing and not self._asked_for_key:
            self._asked_for_key = True
            self.key_missing.emit()

    def _on_key_replaced(self) -> None:
        self._session.forget_key()
        if isinstance(self._session.state, KeyMissing):
            self._session.retry()
