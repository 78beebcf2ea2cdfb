"""Asks what to compare with, opens the comparison, and has its actions in the menu: they work in either window."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject
from PySide6.QtGui import QAction, QKeySequence
from PySide6.QtWidgets import QMenu

from inspector.widgets.main_window import MainWindow

if TYPE_CHECKING:
    from inspector.core.comparison.compared import Compared
    from inspector.core.inputs import Refused
    from inspector.core.inspection import Inspection
    from inspector.viewmodels.comparer import Comparer
    from inspector.viewmodels.session import Session
    from inspector.widgets.comparison_dialog import ComparisonDialog


class ComparisonOpener(QObject):
    """One comparison is open at a time; another one takes its place."""

    def __init__(self, session: Session, comparer: Comparer, window: MainWindow) -> None:
        super().__init__(window)
        self._session = session
        self._comparer = comparer
        self._window = window
        self._dialog: ComparisonDialog | None = None
        self.menu = QMenu("Co&mparison", window.menus["Edit"])
        self._next = self._action("Next &difference", "F7")
        self._next.triggered.connect(partial(self._step, 1))
        self._previous = self._action("&Previous difference", "Shift+F7")
        self._previous.triggered.connect(partial(self._step, -1))
        self._only = self._action("&Only differences", "Ctrl+Shift+D")
        self._only.setCheckable(True)
        self._only.toggled.connect(self._on_only)
        self._copy = self._action("&Copy the comparison as text", "")
        self._copy.triggered.connect(self._on_copy)
        self._look()

    def compare(self) -> None:
        """Asks which completion of this run to compare with, and shows what differs."""
        from inspector.viewmodels.completion_columns import CALLS, COLUMNS, MODEL, SHOWS, WORST, status_words
        from inspector.widgets.comparison_chooser import ComparisonChooser

        told = [*(COLUMNS[column].words for column in (SHOWS, MODEL, CALLS, WORST)), status_words]
        shown, name = self._session.inspection, self._session.subject
        if shown is None:
            return
        entries = [entry for entry in self._session.entries if entry.digest and entry.subject != name]
        others = {entry.subject: " · ".join(filter(None, (words(entry) for words in told))) for entry in entries}
        if not others:
            self._window.say("There is nothing to compare with yet: fetch another completion first.")
            return
        chooser = ComparisonChooser(others, self._window)
        chooser.chosen.connect(partial(self._compare_with, shown, name))
        chooser.open()

    def cancel(self) -> None:
        """Gives up the comparison that is being made, or else what the session does."""
        if self._comparer.give_up():
            self._window.say("Cancelled. Nothing was compared.")
        else:
            self._session.cancel()

    def _compare_with(self, shown: Inspection, name: str, other: str) -> None:
        from inspector.core.visible_text import one_line

        self._window.say(f"Comparing with {one_line(other)} …")
        self._comparer.compare(shown, other, partial(self._on_compared, name, other))

    def _on_compared(self, name: str, other: str, comparison: Compared | Refused) -> None:
        from inspector.core.inputs import Refused
        from inspector.core.visible_text import one_line
        from inspector.widgets.comparison_dialog import ComparisonDialog

        if isinstance(comparison, Refused):
            self._window.say(comparison.sentence)
            return
        if self._dialog is not None:
            self._dialog.close()
        names = (one_line(name), one_line(other))
        dialog = self._dialog = ComparisonDialog(comparison, names, self._comparer, self._window.theme, self._window)
        dialog.addActions(self.menu.actions())
        dialog.only.toggled.connect(self._only.setChecked)
        dialog.finished.connect(self._on_finished)
        self._look()
        self._window.say(comparison.sentence)
        dialog.show()
        dialog.activateWindow()

    def _action(self, text: str, shortcut: str) -> QAction:
        action = QAction(text, self._window)
        if shortcut:
            action.setShortcut(QKeySequence(shortcut))
        self.menu.addAction(action)
        return action

    def _look(self) -> None:
        """Without a comparison there is nothing to step through."""
        for action in self.menu.actions():
            action.setEnabled(self._dialog is not None)
        self._only.setChecked(self._dialog is None or self._dialog.only.isChecked())

    def _on_finished(self, _result: int) -> None:
        self._dialog = None
        self._look()

    def _step(self, step: int, _checked: bool = False) -> None:  # noqa: FBT001, FBT002 - Qt's signature
        if self._dialog is not None:
            self._dialog.step(step)

    def _on_only(self, only: bool) -> None:  # noqa: FBT001 - a toggle
        if self._dialog is not None:
            self._dialog.only.setChecked(only)

    def _on_copy(self) -> None:
        if self._dialog is not None:
            self._dialog.copy()
