"""The clock by which requests are paced: it never goes back, whatever happens to the time of day."""

import asyncio
import time


class SteadyClock:
    def now(self) -> float:
        return time.monotonic()

    async def sleep(self, seconds: float) -> None:
        await asyncio.sleep(seconds)
