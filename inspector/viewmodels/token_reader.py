"""Reads the tokens of a choice in the background: a long answer has a hundred thousand of them."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from inspector.core.inspection import Inspection
    from inspector.core.json.document import JsonNode
    from inspector.core.readings.token_probs import TokenMap, Tokens
    from inspector.viewmodels.job_runner import JobRunner
    from inspector.viewmodels.services import Services

LANE = "tokens"


class TokenReader:
    """The newest wish wins."""

    def __init__(self, jobs: JobRunner) -> None:
        self._jobs = jobs

    def read(
        self, inspection: Inspection, logprobs: JsonNode | None, receive: Callable[[TokenMap | None], None]
    ) -> None:
        """Hands the map of the tokens of one of the answer's choices to `receive`; None where there are none."""
        from inspector.core.readings.token_probs import TokenMap, TokenReading, token_entries

        async def work(services: Services) -> object:
            entries = token_entries(logprobs)
            found: list[Tokens] = []
            if entries is None:
                return None
            with self._jobs.short_turns:
                await services.inspector.work_on(inspection, TokenReading(entries.index), found.append)
            return TokenMap(found[0], entries)

        self._jobs.start(LANE, work, receive)
