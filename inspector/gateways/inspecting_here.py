"""Answers read and judged in threads of this process: enough where nobody looks at a window meanwhile."""

import asyncio
from collections.abc import Callable
from threading import Event
from typing import TypeVar

from inspector.core.answer_work import AnswerWork
from inspector.core.digest import Digest, digest_of
from inspector.core.inspection import Inspection, inspect, inspect_again
from inspector.core.schemas.tool_schemas import ToolSchemas
from inspector.gateways.work_in_child import Ordered

Part = TypeVar("Part")


class InspectorHere:
    """What is cancelled runs on to its end, and nobody waits for it."""

    async def inspect(
        self,
        unread: Inspection,
        tools: ToolSchemas | None,
        now: float,
        on_read: Callable[[Inspection], None] | None = None,  # noqa: ARG002 - nobody looks at a window meanwhile
    ) -> Inspection:
        """Reads and judges an answer, and tells it once, when it is judged."""
        return await asyncio.to_thread(inspect, unread, tools, now)

    async def inspect_again(self, inspection: Inspection, tools: ToolSchemas | None, now: float) -> Inspection:
        """The same answer held against other tools."""
        return await asyncio.to_thread(inspect_again, inspection, tools, now)

    async def work_on(self, inspection: Inspection, work: AnswerWork[Part], tell: Callable[[Part], None]) -> None:
        """Work on an answer that was read; of what is cancelled no more than one part is still made."""
        await do_here(Ordered(inspection, work, tell))

    async def digest(self, unread: Inspection, tools: ToolSchemas | None, now: float) -> Digest:
        """The one line on an answer."""
        return await asyncio.to_thread(lambda: digest_of(inspect(unread, tools, now)))


async def do_here(ordered: Ordered) -> None:
    """Has an order done in a thread of this process."""
    unwanted = Event()
    try:
        await asyncio.to_thread(ordered.do_here, unwanted.is_set)
    finally:
        unwanted.set()
