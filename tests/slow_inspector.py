"""An inspector that tells of each answer as soon as it is read, and judges it when the test says so."""

import asyncio
from collections.abc import Callable
from threading import Event

from inspector.core.answer_work import AnswerWork
from inspector.core.digest import Digest
from inspector.core.inspection import Inspection, judge, read
from inspector.core.schemas.tool_schemas import ToolSchemas
from inspector.gateways.inspecting_here import InspectorHere
from inspector.usecases.ports import OnRead, Part


class SlowInspector:
    """`may_judge` is waited for, ten seconds at most; with `fails` there is a fault of the program instead of a judgement."""

    def __init__(self) -> None:
        self.may_judge = Event()
        self.fails = False
        self._here = InspectorHere()

    async def inspect(
        self, unread: Inspection, tools: ToolSchemas | None, now: float, on_read: OnRead | None = None
    ) -> Inspection:
        reading = await asyncio.to_thread(read, unread)
        if on_read is not None and reading.document is not None:
            on_read(reading)
        await asyncio.to_thread(self.may_judge.wait, 10)
        if self.fails:
            raise RuntimeError("a rule that fails")
        return await asyncio.to_thread(judge, reading, tools, now)

    async def inspect_again(self, inspection: Inspection, tools: ToolSchemas | None, now: float) -> Inspection:
        return await self._here.inspect_again(inspection, tools, now)

    async def work_on(self, inspection: Inspection, work: AnswerWork[Part], tell: Callable[[Part], None]) -> None:
        await self._here.work_on(inspection, work, tell)

    async def digest(self, unread: Inspection, tools: ToolSchemas | None, now: float) -> Digest:
        return await self._here.digest(unread, tools, now)
