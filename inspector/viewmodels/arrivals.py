"""Answers that have come: each gets its line in the list, and is kept to be shown again."""

from __future__ import annotations

from typing import TYPE_CHECKING

from inspector.viewmodels.completion_list import CompletionList, ended

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
