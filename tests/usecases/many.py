"""What tests of many completions at once work with: a service in memory, and a clock that nobody waits for."""

import asyncio
from collections import Counter
from collections.abc import Callable

from inspector.core.exchange import Failed, FailureKind, FetchOutcome, Progress, Received, Request, Timings
from inspector.core.inputs import CompletionId
from tests.answers import as_bytes, completion

NOW = 1_795_000_000.0
GOOD = as_bytes(completion({"content": "Hi"}))


def ids(count: int) -> list[CompletionId]:
    return [CompletionId(f"chatcmpl-{at}") for at in range(count)]


def answer(status: int = 200, body: bytes = GOOD, **headers: str) -> Received:
    sent = tuple((name.replace("_", "-"), value) for name, value in headers.items())
    return Received("https://h/", status, "", "HTTP/1.1", sent, body, len(body), Timings(1, 2, NOW))


def failure(kind: FailureKind = FailureKind.DISCONNECTED) -> Failed:
    return Failed(kind, "https://h/")


class FakeClock:
    """Time passes only by sleeping, for everybody at once."""

    def __init__(self) -> None:
        self.time = 0.0
        self.slept: list[float] = []

    def now(self) -> float:
        return self.time

    async def sleep(self, seconds: float) -> None:
        self.slept.append(seconds)
        until = self.time + seconds
        await asyncio.sleep(0)
        self.time = max(self.time, until)


class FakeService:
    """Answers each ID with its script in turn, the last entry again and again; by default with a completion."""

    def __init__(self, **scripts: list[FetchOutcome]) -> None:
        self.asked: Counter[str] = Counter()
        self.order: list[str] = []
        self.most_at_once = 0
        self._at_once = 0
        self._scripts = {name.replace("_", "-"): script for name, script in scripts.items()}

    async def fetch(self, request: Request, on_progress: Callable[[Progress], None]) -> FetchOutcome:
        on_progress(Progress(0, None))
        name = request.completion.text
        self.order.append(name)
        self._at_once += 1
        self.most_at_once = max(self.most_at_once, self._at_once)
        try:
            await asyncio.sleep(0)
        finally:
            self._at_once -= 1
        script = self._scripts.get(name) or self._scripts.get("default") or [answer()]
        self.asked[name] += 1
        return script[min(self.asked[name], len(script)) - 1]
