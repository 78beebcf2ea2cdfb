"""What jobs run on, behind the ports; made by the composition root after the first paint."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:  # what these names stand for takes long to import, and is not needed for the first paint
    from collections.abc import Callable, Coroutine, Mapping
    from concurrent.futures import Future

    from inspector.core.exchange import Progress
    from inspector.core.file_kind import FileKind
    from inspector.core.inputs import BaseUrl, CompletionId, Refused
    from inspector.core.inspection import Inspection
    from inspector.core.keys.lookup import KeyFound, KeyLookup
    from inspector.core.profile import Profile
    from inspector.core.rate_limiter import RateLimiter
    from inspector.core.schemas.loaded_tools import LoadedTools
    from inspector.core.schemas.tool_schemas import ToolSchemas
    from inspector.core.stored.listing import Listing
    from inspector.usecases.access import Access
    from inspector.usecases.api_key import SessionKeys
    from inspector.usecases.inspect_many import Order, Step
    from inspector.usecases.list_completions import Listed
    from inspector.usecases.open_completion import Opened
    from inspector.usecases.open_many import OpenedMany
    from inspector.usecases.ports import Answers, Clock, CompletionsApi, Inspector, KeyStore, OnRead
    from inspector.usecases.prompt_call import PromptCall


@dataclass(frozen=True, slots=True)
class Shelved:
    """A completion that can be opened without knowing its ID: `shows` says what it is."""

    id: str
    shows: str


@dataclass(frozen=True, slots=True)
class Services:
    """`submit` runs a coroutine on the background loop; `close` ends the loop and everything on it."""

    submit: Callable[[Coroutine[Any, Any, object]], Future[object]]
    close: Callable[[], None]
    api: CompletionsApi
    key_store: KeyStore
    session_keys: SessionKeys
    environ: Mapping[str, str]
    profile: Profile
    base_url: BaseUrl
    read_file: Callable[[str, ToolSchemas | None, OnRead], Coroutine[Any, Any, tuple[Inspection, ...] | Refused]]
    save_file: Callable[[str, bytes], Coroutine[Any, Any, str]]
    read_tools: Callable[[str], Coroutine[Any, Any, LoadedTools | Refused]]
    sort_file: Callable[[str], Coroutine[Any, Any, tuple[FileKind, str] | Refused]]
    answers: Answers
    inspector: Inspector
    limiter: RateLimiter
    clock: Clock
    shelf: tuple[Shelved, ...] = ()

    async def open(
        self,
        completion: CompletionId,
        *,
        known_key: KeyFound | None = None,
        tools: ToolSchemas | None = None,
        deadline: float,
        on_progress: Callable[[Progress], None],
        on_read: OnRead | None = None,
        prompt_call: PromptCall | None = None,
    ) -> Opened | KeyLookup:
        """Opens a completion under the profile, as `usecases.open_completion` does."""
        from inspector.usecases.open_completion import open_completion

        return await open_completion(
            completion,
            self._access(known_key, deadline),
            inspector=self.inspector,
            tools=tools,
            on_progress=on_progress,
            on_read=on_read,
            prompt_call=prompt_call,
        )

    async def open_prompt(self, inspection: Inspection, *, known_key: KeyFound | None, deadline: float) -> Inspection:
        """Asks for the prompt of an answer, as `usecases.open_completion` does."""
        from inspector.usecases.open_completion import open_prompt

        return await open_prompt(inspection, self._access(known_key, deadline))

    async def list_stored(self, listing: Listing, *, known_key: KeyFound | None, deadline: float) -> Listed | KeyLookup:
        """Asks for the next page of the stored completions, as `usecases.list_completions` does."""
        from inspector.usecases.list_completions import list_completions

        return await list_completions(listing, self._access(known_key, deadline))

    async def open_many(
        self,
        order: Order,
        *,
        known_key: KeyFound | None,
        tools: ToolSchemas | None,
        deadline: float,
        tell: Callable[[tuple[Step, ...]], None],
    ) -> OpenedMany | KeyLookup:
        """Opens many completions under the profile, as `usecases.open_many` does."""
        from inspector.usecases.open_many import open_many

        return await open_many(
            order,
            self._access(known_key, deadline),
            answers=self.answers,
            inspector=self.inspector,
            limiter=self.limiter,
            clock=self.clock,
            tools=tools,
            tell=tell,
        )

    def _access(self, known_key: KeyFound | None, deadline: float) -> Access:
        from inspector.usecases.access import Access

        return Access(
            self.api,
            self.profile,
            self.base_url,
            self.environ,
            self.session_keys,
            self.key_store,
            known_key,
            deadline,
        )
