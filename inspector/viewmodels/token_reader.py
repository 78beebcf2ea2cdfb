"""Reads the tokens of a choice in the background: a long answer has a hundred thousand of them."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from inspector.core.json.document import JsonNode
    from inspector.core.readings.token_probs import TokenMap
    from inspector.viewmodels.job_runner import JobRunner
    from inspector.viewmodels.services import Services

LANE = "tokens"


class TokenReader:
    """The newest wish wins."""

    def __init__(self, jobs: JobRunner) -> None:
        self._jobs = jobs

    def read(self, logprobs: JsonNode | None, receive: Callable[[TokenMap | None], None]) -> None:
        """Hands the map of the tokens to `receive`; None where there are none."""

        async def work(_services: Services) -> object:
            import asyncio

            from inspector.core.readings.token_probs import read_tokens

            return await asyncio.to_thread(self._jobs.short_turns.run, partial(read_tokens, logprobs))

        self._jobs.start(LANE, work, receive)
