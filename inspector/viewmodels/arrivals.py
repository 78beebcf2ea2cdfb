"""Answers that have come: each gets its line in the list, and is kept to be shown again."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from inspector.viewmodels.completion_list import CompletionList, ended
from inspector.viewmodels.session_state import Stage

if TYPE_CHECKING:
    from inspector.core.inspection import Inspection
    from inspector.viewmodels.answer_desk import AnswerDesk

Named = tuple[str, "Inspection"]
"""The ID or the name that an answer was asked for by, and the answer."""


class Arrivals:
    """Where a fetch, a file and an answer whose checks were stopped end."""

    def __init__(self, answers: AnswerDesk, completions: CompletionList) -> None:
        self._answers = answers
        self._completions = completions

    def take(self, *answers: Named) -> None:
        """Lines first; keeping is done in the background."""
        from inspector.core.digest import digest_of

        self._completions.put([ended(subject, digest_of(each), each.source.path) for subject, each in answers])
        self._answers.keep(answers)

    def leave(self, subject: str, reading: Inspection) -> Inspection:
        """An answer whose checks are stopped: its line says so. What was kept already has a line, with what was found before."""
        from inspector.core.inspection import Checks

        stopped = replace(reading, checks=Checks.STOPPED)
        known = self._completions.get(subject)
        if known is None or known.stage is Stage.CHECKING:
            self.take((subject, stopped))
        return stopped

    def learn(self, subject: str, inspection: Inspection) -> None:
        """What was kept unchecked has been checked now."""
        from inspector.core.digest import digest_of

        known = self._completions.get(subject)
        if known is not None and known.digest is not None and not known.digest.is_checked:
            self._completions.judge([(subject, digest_of(inspection))])
