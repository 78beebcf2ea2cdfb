"""What the use cases need of the outside world, as protocols that gateways and test fakes fulfil."""

from collections.abc import Callable
from typing import Protocol, TypeVar

from inspector.core.answer_work import AnswerWork
from inspector.core.digest import Digest
from inspector.core.exchange import AnyRequest, FetchOutcome, Progress
from inspector.core.inspection import Inspection
from inspector.core.keys.faults import KeyFailure
from inspector.core.schemas.tool_schemas import ToolSchemas
from inspector.core.secret import Secret

Part = TypeVar("Part")


class CompletionsApi(Protocol):
    """Fetches one completion, a page of its prompt, or a page of the list of all. Never raises but for cancellation of the
    awaiting task, which stops the transfer at once.
    """

    async def fetch(self, request: AnyRequest, on_progress: Callable[[Progress], None]) -> FetchOutcome: ...


class KeyStore(Protocol):
    """The OS keyring, by profile name. Every call may block on D-Bus or a prompt, so each runs off the GUI thread."""

    def get(self, profile: str) -> Secret | KeyFailure | None: ...

    def set(self, profile: str, key: Secret) -> KeyFailure | None: ...

    def forget(self, profile: str) -> KeyFailure | None: ...

    def backend_name(self) -> str: ...


OnRead = Callable[[Inspection], None]
"""Told of an answer that can be shown already, while its checks are running; called in any thread."""


class Inspector(Protocol):
    """Reads and judges answers, away from whoever waits; `now` is Unix seconds. Cancelling stops the work at once.

    `inspect` and `digest` are asked of what nobody has looked at yet. Of a large answer `on_read` is told as soon as it is read.
    `work_on` does work on an answer that was read, and tells each part of what comes of it in any thread, before it returns.
    """

    async def inspect(
        self, unread: Inspection, tools: ToolSchemas | None, now: float, on_read: OnRead | None = None
    ) -> Inspection: ...

    async def inspect_again(self, inspection: Inspection, tools: ToolSchemas | None, now: float) -> Inspection: ...

    async def work_on(self, inspection: Inspection, work: AnswerWork[Part], tell: Callable[[Part], None]) -> None: ...

    async def digest(self, unread: Inspection, tools: ToolSchemas | None, now: float) -> Digest: ...


class Answers(Protocol):
    """Keeps packed answers by name; any thread may call. What there is no room for is dropped, and `get` gives None."""

    def keep(self, name: str, data: bytes) -> None: ...

    def get(self, name: str) -> bytes | None: ...


class Clock(Protocol):
    """The time that a pace is kept by: seconds that never go back."""

    def now(self) -> float: ...

    async def sleep(self, seconds: float) -> None: ...
