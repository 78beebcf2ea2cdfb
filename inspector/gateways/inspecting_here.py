"""Answers read and judged in threads of this process: enough where nobody looks at a window meanwhile."""

import asyncio
from collections.abc import Callable

from inspector.core.digest import Digest, digest_of
from inspector.core.inspection import Inspection, inspect, inspect_again
from inspector.core.schemas.tool_schemas import ToolSchemas


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

    async def digest(self, unread: Inspection, tools: ToolSchemas | None, now: float) -> Digest:
        """The one line on an answer."""
        return await asyncio.to_thread(lambda: digest_of(inspect(unread, tools, now)))
