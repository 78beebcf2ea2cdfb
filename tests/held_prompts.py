"""A gateway that holds prompts back until the test says so."""

import asyncio
from collections.abc import Callable
from threading import Event

from inspector.core.exchange import FetchOutcome, Progress, Request
from inspector.usecases.ports import CompletionsApi


class HeldApi:
    """The real gateway, but for the prompts, which wait for the test's word. `asked` are the prompts that were asked for."""

    def __init__(self, api: CompletionsApi) -> None:
        self._api = api
        self.asked: list[str] = []
        self.reached, self.may_answer, self.given_up = Event(), Event(), Event()

    async def fetch(self, request: Request, on_progress: Callable[[Progress], None]) -> FetchOutcome:
        if request.page is not None:
            self.asked.append(request.completion.text)
            self.reached.set()
            try:
                await asyncio.to_thread(self.may_answer.wait, 20)
            except asyncio.CancelledError:
                self.given_up.set()
                raise
        return await self._api.fetch(request, on_progress)
