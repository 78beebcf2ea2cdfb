"""The further files of those that are opened together: they join the list, while the first is shown."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import TYPE_CHECKING

from inspector.viewmodels.file_names import FileNames

if TYPE_CHECKING:
    from inspector.viewmodels.answer_desk import AnswerDesk
    from inspector.viewmodels.arrivals import Arrivals


class MoreFiles:
    """`tell` is told why a file cannot be read, in a sentence."""

    def __init__(self, answers: AnswerDesk, arrivals: Arrivals, tell: Callable[[str], None]) -> None:
        self._tell = tell
        self._answers = answers
        self.names = FileNames()
        self._arrivals = arrivals

    def read(self, paths: Sequence[str]) -> None:
        """Reads all but the first, which is opened by itself."""
        if paths[1:]:
            self._answers.read_more([(path, self.names.name_of(path)) for path in paths[1:]], self._on_read)

    def _on_read(self, outcome: object) -> None:
        if isinstance(outcome, list):
            self._arrivals.take(*outcome)
        else:
            self._tell(str(getattr(outcome, "sentence", outcome)))
