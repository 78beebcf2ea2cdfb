"""What can be opened without knowing its ID: it stands in front of the list as soon as there are services."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QObject

if TYPE_CHECKING:
    from inspector.viewmodels.completion_list import CompletionList
    from inspector.viewmodels.job_runner import JobRunner


class Shelf(QObject):
    """Offers what the services have, once."""

    def __init__(self, jobs: JobRunner, completions: CompletionList, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._jobs = jobs
        self._completions = completions
        jobs.ready.connect(self._on_ready)

    def _on_ready(self) -> None:
        if self._jobs.services is not None and (shelf := self._jobs.services.shelf):
            self._completions.offer((item.id, item.shows) for item in shelf)
