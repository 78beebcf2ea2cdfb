"""Finds out in the background what a dropped file is, so that it goes where it belongs."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from inspector.core.file_kind import FileKind
    from inspector.core.inputs import Refused
    from inspector.viewmodels.job_runner import JobRunner
    from inspector.viewmodels.services import Services

LANE = "sort"


class FileSorter:
    """The newest file wins."""

    def __init__(self, jobs: JobRunner) -> None:
        self._jobs = jobs

    def sort(self, path: str, receive: Callable[[tuple[FileKind, str] | Refused], None]) -> None:
        """Hands over what the file is, and its text where that is to be searched; or why it cannot be read."""

        async def work(services: Services) -> object:
            return await services.sort_file(path)

        self._jobs.start(LANE, work, receive)
