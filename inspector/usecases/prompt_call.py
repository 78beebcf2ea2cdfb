"""The call for a prompt that runs beside the completion's: begun by whoever found the key, awaited by somebody else.

The completion must be shown as soon as it is there, and the prompt when it comes; so there are two who wait, and one may be
told to stop without the other. It is made in any thread and used on one event loop. The window makes one when somebody
presses Enter, which may be before anything else was imported: so all that is slow to import is imported on the loop.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    import asyncio

    from inspector.core.conversation.prompt import Prompt
    from inspector.core.exchange import Request
    from inspector.core.inspection import Inspection
    from inspector.usecases.ports import CompletionsApi


class PromptCall:
    """`begin`, then `read` or `end`; `outcome` may be awaited before, between and after."""

    def __init__(self) -> None:
        self._settled: asyncio.Event | None = None
        self._inspection: Inspection | None = None
        self._fetching: asyncio.Task[Prompt] | None = None
        self._is_over = False

    def begin(self, api: CompletionsApi, request: Request) -> None:
        """Sends the request, unless nobody wants to know any more."""
        import asyncio

        from inspector.usecases.fetch_prompt import fetch_prompt

        if not self._is_over:
            self._fetching = asyncio.create_task(fetch_prompt(api, request))

    def read(self, inspection: Inspection) -> None:
        """The completion has come: the prompt belongs to this inspection."""
        self._inspection = inspection
        self._settling().set()

    def end(self) -> None:
        """There is no completion, or nobody who waits: the request is stopped at once."""
        self._is_over = True
        self._settling().set()
        if self._fetching is not None:
            self._fetching.cancel()

    async def outcome(self) -> tuple[Inspection, Inspection] | None:
        """The inspection without and with its prompt; None where there will be none. Cancelling this ends the call."""
        import asyncio

        try:
            await self._settling().wait()
            if self._inspection is None or self._fetching is None or self._is_over:
                return None
            from inspector.core.inspection import with_prompt

            prompt = await self._fetching
            return self._inspection, await asyncio.to_thread(with_prompt, self._inspection, prompt)
        finally:
            self.end()

    def _settling(self) -> asyncio.Event:
        import asyncio

        if self._settled is None:
            self._settled = asyncio.Event()
        return self._settled
