"""Opens the search over all completions, and leads from a hit to its completion and row."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QObject

from inspector.widgets.main_window import MainWindow

if TYPE_CHECKING:
    from inspector.viewmodels.job_runner import JobRunner
    from inspector.viewmodels.session import Session
    from inspector.widgets.presenter import Presenter


class WideSearchOpener(QObject):
    """A hit's row is selected once its completion is shown, unless another one is shown first."""

    def __init__(self, jobs: JobRunner, session: Session, presenter: Presenter, window: MainWindow) -> None:
        super().__init__(window)
        self._jobs = jobs
        self._session = session
        self._window = window
        self._wanted: tuple[str, str] | None = None
        presenter.filled.connect(self._on_filled)

    def open(self) -> None:
        """Opens the search, or brings it to the front."""
        from inspector.viewmodels.wide_search import WideSearch
        from inspector.widgets.wide_search_dialog import WideSearchDialog

        known = self._window.findChild(WideSearchDialog)
        if isinstance(known, WideSearchDialog):
            dialog = known
        else:
            dialog = WideSearchDialog(
                WideSearch(self._jobs, self._session.completions), self._window.theme, self._window
            )
            dialog.chosen.connect(self._on_chosen)
        dialog.show()
        dialog.raise_()
        dialog.activateWindow()
        dialog.bar.field.setFocus()
        dialog.bar.field.selectAll()

    def _on_chosen(self, subject: str, pointer: str) -> None:
        entry = self._session.completions.get(subject)
        if entry is not None:
            self._wanted = (subject, pointer)
            self._session.show(entry)

    def _on_filled(self) -> None:
        wanted, self._wanted = self._wanted, None
        inspection, outline = self._session.inspection, self._window.structure.outline
        if wanted is None or inspection is None or outline is None:
            return
        if inspection.requested in (None, wanted[0]):
            self._window.structure.select(outline.find(wanted[1]))
