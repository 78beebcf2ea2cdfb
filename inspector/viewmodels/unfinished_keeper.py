"""Keeps the IDs of a batch that has not ended, so that a later run can go on with them."""

from __future__ import annotations

import time
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, Signal

from inspector.core.unfinished_batch import UnfinishedBatch
from inspector.viewmodels.session import Session

if TYPE_CHECKING:
    from inspector.gateways.unfinished_file import UnfinishedFile
    from inspector.viewmodels.job_runner import JobRunner
    from inspector.viewmodels.services import Services

UNFINISHED = "unfinished"
_SECONDS = 5.0


class UnfinishedKeeper(QObject):
    """`offered` tells of a batch that an earlier run left. It stays in the file until it is taken up or forgotten."""

    offered = Signal(object)

    def __init__(
        self, session: Session, jobs: JobRunner, file: UnfinishedFile, profile: str, parent: QObject | None = None
    ) -> None:
        super().__init__(parent)
        self._session = session
        self._jobs = jobs
        self._file = file
        self._profile = profile
        self._earlier: UnfinishedBatch | None = None
        self._saved_at = float("-inf")
        self._was_open = self._has_saved = False
        session.batch.changed.connect(self._on_batch_changed)

    def look(self) -> None:
        """Looks for what an earlier run left."""

        async def work(_services: Services) -> object:
            import asyncio

            return await asyncio.to_thread(self._file.load)

        self._jobs.start(UNFINISHED, work, self._on_loaded)

    def resume(self) -> None:
        """Goes on with what an earlier run left."""
        earlier, self._earlier = self._earlier, None
        if earlier is not None:
            self._session.fetch_all(list(earlier.left))

    def forget(self) -> None:
        self._earlier = None
        self._save()

    def close(self) -> None:
        """The last word, written before the program ends."""
        if self._has_saved:
            self._file.want(self._left())
            self._file.settle()
        self._file.close()

    def _on_loaded(self, found: object) -> None:
        if isinstance(found, UnfinishedBatch) and found.profile == self._profile:
            self._earlier = found
            self.offered.emit(found)

    def _on_batch_changed(self) -> None:
        is_open = self._session.batch.is_open
        due = time.monotonic() - self._saved_at >= _SECONDS
        if (is_open and due) or is_open is not self._was_open:
            self._was_open = is_open
            self._save()

    def _save(self) -> None:
        self._saved_at, self._has_saved = time.monotonic(), True
        self._file.want(self._left())

        async def work(_services: Services) -> object:
            import asyncio

            return await asyncio.to_thread(self._file.settle)

        self._jobs.start(UNFINISHED, work, _settled)

    def _left(self) -> UnfinishedBatch | None:
        """What is still to come, of this run and of an earlier one that nobody has taken up."""
        batch, earlier = self._session.batch, self._earlier
        left = batch.subjects_left if batch.is_open else []
        came = batch.course.settled if left else 0
        if earlier is not None:
            known = set(left)
            left += [subject for subject in earlier.left if subject not in known]
            came += earlier.total - len(earlier.left)
        return UnfinishedBatch(self._profile, came + len(left), tuple(left)) if left else None


def _settled(_worked: object) -> None:
    """Where the file cannot be written, a batch cannot go on later; it goes on now."""
