"""Opens the list of stored completions, and fetches what is chosen there: what is shown is always the answer by its ID."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QObject

from inspector.widgets.main_window import MainWindow

if TYPE_CHECKING:
    from collections.abc import Callable

    from inspector.viewmodels.job_runner import JobRunner
    from inspector.viewmodels.key_keeper import KeyKeeper
    from inspector.viewmodels.session import Session
    from inspector.widgets.stored_dialog import StoredDialog


class StoredOpener(QObject):
    """The list is kept as it was, so that somebody who looks at several in turn finds the place again."""

    def __init__(
        self, jobs: JobRunner, session: Session, keeper: KeyKeeper, window: MainWindow, ask_for_key: Callable[[], None]
    ) -> None:
        super().__init__(window)
        self._jobs = jobs
        self._session = session
        self._keeper = keeper
        self._window = window
        self._ask_for_key = ask_for_key
        self._dialog: StoredDialog | None = None
        window.welcome.browse_wanted.connect(self.open)

    def open(self) -> None:
        if self._dialog is None:
            self._dialog = self._made()
        self._dialog.show_list()

    def _made(self) -> StoredDialog:
        from inspector.viewmodels.stored_list import StoredList
        from inspector.widgets.stored_dialog import StoredDialog

        stored = StoredList(self._jobs)
        dialog = StoredDialog(stored, self._window.theme, self._window)
        dialog.chosen.connect(self._session.fetch_all)
        dialog.key_wanted.connect(self._ask_for_key)
        self._keeper.replaced.connect(stored.forget_key)
        return dialog
