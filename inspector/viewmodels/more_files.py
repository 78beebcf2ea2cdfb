"""The further files of those that are opened together: they join the list, while the first is shown."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from pathlib import Path
from typing import TYPE_CHECKING

from inspector.viewmodels.completion_list import CompletionList, ended

if TYPE_CHECKING:
    from inspector.viewmodels.answer_desk import AnswerDesk


class MoreFiles:
    """`tell` is told why a file cannot be read, in a sentence."""

    def __init__(self, answers: AnswerDesk, completions: CompletionList, tell: Callable[[str], None]) -> None:
        self._tell = tell
        self._answers = answers
        self._completions = completions

    def read(self, paths: Sequence[str]) -> None:
        """Reads all but the first, which is opened by itself. Of several of one name the later go by their whole path."""
        taken = {Path(path).name for path in paths[:1]}
        named: dict[str, str] = {}
        for path in paths[1:]:
            name = Path(path).name
            named[path] = path if name in taken else name
            taken.add(name)
        if named:
            self._answers.read_more(named, self._on_read)

    def _on_read(self, outcome: object) -> None:
        from inspector.core.digest import digest_of

        if isinstance(outcome, list):
            self._completions.put([ended(subject, digest_of(each), each.source.path) for subject, each in outcome])
            self._answers.keep(outcome)
        else:
            self._tell(str(getattr(outcome, "sentence", outcome)))
