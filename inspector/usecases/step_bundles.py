"""Steps told in bundles, so that whoever paints them is called some twenty times a second, not a thousand."""

import asyncio
from collections.abc import Callable

from inspector.usecases.inspect_many import Step

BUNDLE_SECONDS = 0.05
BEAT_SECONDS = 1.0


class StepBundles:
    """Passes on what is added, at most once in `seconds`. To be used on the running loop."""

    def __init__(self, tell: Callable[[tuple[Step, ...]], None], seconds: float = BUNDLE_SECONDS) -> None:
        self._tell = tell
        self._seconds = seconds
        self._steps: list[Step] = []
        self._timer: asyncio.TimerHandle | None = None

    def add(self, step: Step) -> None:
        self._steps.append(step)
        if self._timer is None:
            self._timer = asyncio.get_running_loop().call_later(self._seconds, self.flush)

    def flush(self) -> None:
        """Passes on what has been added and not told yet."""
        if self._timer is not None:
            self._timer.cancel()
            self._timer = None
        if self._steps:
            steps, self._steps = tuple(self._steps), []
            self._tell(steps)

    async def beat(self, seconds: float = BEAT_SECONDS) -> None:
        """Tells of nothing from time to time, for whoever shows how time passes; ends by being cancelled."""
        while True:
            await asyncio.sleep(seconds)
            self._tell(())
