"""The clock by which requests are paced: it never goes back, whatever happens to the time of day, and it goes on in sleep."""

import time

_NUMBER = getattr(time, "CLOCK_BOOTTIME", getattr(time, "CLOCK_MONOTONIC", None))


def steady_seconds() -> float:
    """Seconds since some moment in the past, those that the computer slept included.

    Python's own monotonic clock stands still in sleep on Linux and macOS; where there is no other to choose, it does not.
    """
    return time.monotonic() if _NUMBER is None else time.clock_gettime(_NUMBER)


class SteadyClock:
    def now(self) -> float:
        return steady_seconds()

    async def sleep(self, seconds: float) -> None:
        import asyncio

        await asyncio.sleep(seconds)
