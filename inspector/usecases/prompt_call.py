"""The call for a prompt that runs beside the completion's: begun by whoever found the key, awaited by somebody else.

The completion must be shown as soon as it is there, and the prompt when it comes; so there are two who wait, and one may be
told to stop without the other. Made in any thread, used on one event loop.
"""

import asyncio

from inspector.core.conversation.prompt import Prompt
from inspector.core.exchange import Request
from inspector.core.inspection import Inspection, with_prompt
from inspector.usecases.fetch_prompt import fetch_prompt
from inspector.usecases.ports import CompletionsApi


class PromptCall:
    """`begin`, then `read` or `end`; `outcome` may be awaited before, between and after."""

    def __init__(self) -> None:
        self._settled = asyncio.Event()
        self._inspection: Inspection | None = None
        self._fetching: asyncio.Task[Prompt] | None = None
        self._is_over = False

    def begin(self, api: CompletionsApi, request: Request) -> None:
        """Sends the request, unless nobody wants to know any more."""
        if not self._is_over:
            self._fetching = asyncio.create_task(fetch_prompt(api, request))

    def read(self, inspection: Inspection) -> None:
        """The completion has come: the prompt belongs to this inspection."""
        self._inspection = inspection
        self._settled.set()

    def end(self) -> None:
        """There is no completion, or nobody who waits: the request is stopped at once."""
        self._is_over = True
        self._settled.set()
        if self._fetching is not None:
            self._fetching.cancel()

    async def outcome(self) -> tuple[Inspection, Inspection] | None:
        """The inspection without and with its prompt; None where there will be none. Cancelling this ends the call."""
        try:
            await self._settled.wait()
            if self._inspection is None or self._fetching is None or self._is_over:
                return None
            prompt = await self._fetching
            return self._inspection, await asyncio.to_thread(with_prompt, self._inspection, prompt)
        finally:
            self.end()
