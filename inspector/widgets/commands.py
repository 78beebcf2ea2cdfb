"""Everything that a person can ask the window to do, apart from looking at it."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING, assert_never

from PySide6.QtCore import QObject, Qt, QTimer
from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import QFileDialog

from inspector import __version__
from inspector.widgets.main_window import TITLE, MainWindow
from inspector.widgets.plain import message_box

if TYPE_CHECKING:
    from inspector.core.candidates import Candidate, Found
    from inspector.core.file_kind import FileKind
    from inspector.core.inputs import Refused
    from inspector.viewmodels.file_sorter import FileSorter
    from inspector.viewmodels.id_finder import IdFinder
    from inspector.viewmodels.key_keeper import KeyKeeper
    from inspector.viewmodels.session import Session


class Commands(QObject):
    """The slots behind menus, shortcuts and buttons."""

    def __init__(
        self,
        session: Session,
        keeper: KeyKeeper,
        window: MainWindow,
        *,
        finder: IdFinder,
        sorter: FileSorter,
    ) -> None:
        super().__init__(window)
        self._finder = finder
        self._sorter = sorter
        self._session = session
        self._keeper = keeper
        self._window = window
        window.id_bar.submitted.connect(self.take_text)
        window.id_bar.field.inputRejected.connect(self._on_cut)
        window.welcome.key_wanted.connect(self.ask_for_key)
        window.welcome.file_wanted.connect(self.open_file)
        window.detail.banner.key_wanted.connect(self.ask_for_key)
        window.files_dropped.connect(self.take_files)
        window.text_dropped.connect(self.take_text)
        session.told.connect(window.say)

    def fetch(self, *texts: str) -> None:
        """Fetches the ID in each text, of a longer one all that are found in it, without asking: a start names them."""
        self._finder.find(texts, partial(self._on_found, texts))

    def take_text(self, text: str) -> None:
        """Fetches the ID that was typed, pasted or dropped; several are shown first, and fetched once that is agreed to."""
        self._finder.find((text,), partial(self._on_taken, text))

    def _on_taken(self, text: str, each: tuple[Found, ...]) -> None:
        (found,) = each
        if len(found.completions) > 1:
            self._ask(found)
        else:
            self._on_found((text,), each)

    def _ask(self, found: Found) -> None:
        """Shows what was found, in place of an older question; where it is declined, the field stays as it is now."""
        from inspector.widgets.confirmation_dialog import ConfirmationDialog

        keep = partial(self._window.id_bar.keep_text, self._window.id_bar.field.text())
        for older in self._window.findChildren(ConfirmationDialog):
            older.reject()
            keep()
        dialog = ConfirmationDialog(found, self._window)
        dialog.agreed.connect(self._session.fetch_all)
        dialog.rejected.connect(keep)
        dialog.open()

    def _on_found(self, texts: tuple[str, ...], each: tuple[Found, ...]) -> None:
        candidates = [candidate for found in each for candidate in found.candidates]
        found = dict.fromkeys(candidate.text for candidate in candidates if candidate.is_completion)
        if found:
            self._session.fetch_all(list(found))
            self._tell_of(candidates)
        elif candidates:
            first = candidates[0]
            self._session.reject(f"{first.name} {first.refusal}.")
        elif any(text.strip() for text in texts):
            self._session.reject(
                "No completion ID was found in this text. Such an ID usually starts with chatcmpl- or gen-."
            )
        else:
            self._session.fetch("")

    def _tell_of(self, candidates: list[Candidate]) -> None:
        """What was left out of the IDs, and of the text."""
        from inspector.core.candidates import counted

        others = [candidate for candidate in candidates if not candidate.is_completion]
        noted = next((candidate for candidate in candidates if candidate.is_completion and candidate.note), None)
        if others:
            self._window.say(f"Not fetched, as they name no completions: {counted(others)}.")
        elif noted is not None:
            self._window.say(f"{noted.text}: {noted.why}.")

    def paste_and_fetch(self) -> None:
        """Fetches the IDs in the clipboard."""
        text = QGuiApplication.clipboard().text()
        if not text or text.isspace():
            self._window.say(
                "There is no text in the clipboard: copy a completion ID first, or a text that holds some."
            )
            return
        from inspector.core.ids.kinds import without_keys

        shown = without_keys(" ".join(text.lstrip()[:20_000].split()))[:2000]
        self._window.id_bar.field.setText(shown)
        self.take_text(text)

    def _on_cut(self) -> None:
        """A field cuts what is too long for it without a word: that is searched as if it had been pasted elsewhere."""
        if len(QGuiApplication.clipboard().text()) > self._window.id_bar.field.maxLength():
            QTimer.singleShot(0, self.paste_and_fetch)

    def open_file(self) -> None:
        patterns = "Responses (*.json *.txt);;All files (*)"
        path, _ = QFileDialog.getOpenFileName(self._window, "Open a saved response", "", patterns)
        if path:
            self._session.open_file(path)

    def load_tools(self) -> None:
        """Asks for a file with the tools that the model was offered."""
        patterns = "Tool schemas or request bodies (*.json);;All files (*)"
        path, _ = QFileDialog.getOpenFileName(self._window, "Load tool schemas", "", patterns)
        if path:
            self._session.tool_desk.load(path)

    def paste_tools(self) -> None:
        """Takes the tool schemas in the clipboard."""
        text = QGuiApplication.clipboard().text()
        if text.strip():
            self._session.tool_desk.paste(text)
        else:
            self._window.say("There is no text in the clipboard: copy a “tools” list or a request body first.")

    def take_files(self, paths: list[str]) -> None:
        """Loads, opens or searches the first of the dropped files, as it deserves."""
        path = paths[0]
        self._sorter.sort(path, partial(self._on_sorted, path))

    def _on_sorted(self, path: str, found: tuple[FileKind, str] | Refused) -> None:
        from inspector.core.file_kind import FileKind
        from inspector.core.inputs import Refused

        if isinstance(found, Refused):
            self._window.say(found.sentence)
            return
        kind, text = found
        match kind:
            case FileKind.TOOLS:
                self._session.tool_desk.load(path)
            case FileKind.RESPONSE:
                self._session.open_file(path)
            case FileKind.TEXT:
                self.take_text(text)
            case _:
                assert_never(kind)

    def save_body(self) -> None:
        """Saves the bytes as received, under a harmless name unless another is chosen."""
        from inspector.core.file_name import file_name

        inspection = self._session.inspection
        if inspection is None:
            self._window.say("There is nothing to save yet: fetch a completion first.")
            return
        suggested = file_name(inspection.requested or "")
        path, _ = QFileDialog.getSaveFileName(self._window, "Save the body as received", suggested)
        if path:
            self._session.save_body(path)

    def ask_for_key(self) -> None:
        """Opens the key dialog, unless it is open."""
        from inspector.widgets.key_dialog import KeyDialog

        if any(dialog.isVisible() for dialog in self._window.findChildren(KeyDialog)):
            return
        dialog = KeyDialog(self._keeper, self._window.theme, self._window)
        dialog.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self._keeper.look()
        dialog.open()

    def copy_view(self) -> None:
        self._window.say(self._window.detail.copy_all())

    def focus_field(self) -> None:
        self._window.id_bar.field.setFocus(Qt.FocusReason.ShortcutFocusReason)
        self._window.id_bar.field.selectAll()

    def next_pane(self) -> None:
        self._window.focus_pane(1)

    def previous_pane(self) -> None:
        self._window.focus_pane(-1)

    def next_finding(self) -> None:
        self._window.findings.step(1)

    def previous_finding(self) -> None:
        self._window.findings.step(-1)

    def show_palette(self) -> None:
        """Offers every action by name."""
        from inspector.widgets.command_palette import CommandPalette
        from inspector.widgets.named_actions import named_actions

        CommandPalette(named_actions(self._window), self._window).open()

    def show_rules(self) -> None:
        """The page of all rules, from the rules themselves."""
        from inspector.core.rules import ALL_RULES
        from inspector.widgets.table_dialog import TableDialog

        rows = [(rule.id, rule.severity.word, f"{rule.title} {rule.why}") for rule in ALL_RULES]
        TableDialog("Findings", ("Rule", "Severity", "What it finds, and why it matters"), rows, self._window).open()

    def show_shortcuts(self) -> None:
        from inspector.widgets.named_actions import named_actions
        from inspector.widgets.shortcuts import cheat_sheet
        from inspector.widgets.table_dialog import TableDialog

        TableDialog(
            "Shortcuts", ("Keys", "What they do"), cheat_sheet(named_actions(self._window)), self._window
        ).open()

    def show_about(self) -> None:
        text = f"{TITLE} {__version__}\n\nFetches a chat completion by its ID and shows what really came back.\nMIT licence."
        message_box(self._window, "About", text).open()
