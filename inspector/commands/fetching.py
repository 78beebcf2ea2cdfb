"""Fetches completions for a command. The gateways, and the demo service, are put together when the first ID comes."""

from collections.abc import Coroutine, Mapping
from concurrent.futures import wait
from contextlib import ExitStack, suppress
from dataclasses import dataclass, replace
from types import TracebackType
from typing import TYPE_CHECKING, Any, Self, TypeVar, assert_never

from inspector.core.exchange import Failed, FailureKind, Progress, Request
from inspector.core.inputs import BaseUrl, CompletionId, Refused, read_base_url
from inspector.core.inspection import Inspection, inspect_failure
from inspector.core.keys.faults import KeyFailure
from inspector.core.keys.lookup import KeyFound, KeyLookup, KeyOrigin, KeyWithheld, NoKey
from inspector.core.keys.words import key_lookup_sentence
from inspector.core.profile import Profile
from inspector.core.schemas.tool_schemas import ToolSchemas

if TYPE_CHECKING:
    from inspector.gateways.background import BackgroundLoop
    from inspector.gateways.completions_api import HttpCompletionsApi
    from inspector.usecases.ports import CompletionsApi, KeyStore

_Answer = TypeVar("_Answer")
_PATIENCE_SECONDS = 0.5
_CLOSE_SECONDS = 1.0
_ID_IS_KEY = "what was given as an ID is the API key"


@dataclass(frozen=True, slots=True)
class Terms:
    """On which terms a command fetches. `deadline` is in seconds for a whole request; `demo` asks the demo service.

    With `messages` the prompt is asked for too.
    """

    profile: Profile
    base_url: BaseUrl
    environ: Mapping[str, str]
    key_store: "KeyStore"
    deadline: float
    tools: ToolSchemas | None
    demo: bool
    messages: bool = True
    most_bytes: int = 256 * 2**20


class Fetching:
    """Fetches one completion after another over one connection. A context manager; leaving it ends all work at once."""

    def __init__(self, terms: Terms) -> None:
        self._terms = terms
        self._stack = ExitStack()
        self._line: _Line | None = None

    def __enter__(self) -> Self:
        return self

    def __exit__(self, kind: type[BaseException] | None, error: BaseException | None, at: TracebackType | None) -> None:
        self._stack.close()

    def fetch(self, completion: CompletionId) -> Inspection:
        """The inspection of one completion, be it only of the reason why there is none."""
        line = self._line = self._line or self._opened()
        if not isinstance(line.lookup, KeyFound):
            return _without_key(line.lookup, line.base_url, completion)
        key = line.lookup.key
        if key.redacted_from(completion.text) != completion.text:
            return inspect_failure(Failed(FailureKind.BAD_INPUT, str(line.base_url), _ID_IS_KEY), None)
        request = Request(line.base_url, completion, key, self._terms.deadline)
        return _result(line.loop, _inspected(line.api, request, self._terms))

    def _opened(self) -> "_Line":
        from inspector.gateways.background import BackgroundLoop
        from inspector.gateways.completions_api import HttpCompletionsApi

        loop, api = (
            BackgroundLoop(),
            HttpCompletionsApi(proxy=self._terms.profile.proxy, limit_bytes=self._terms.most_bytes),
        )
        self._stack.callback(loop.stop)
        self._stack.callback(_close, loop, api)
        if self._terms.demo:
            base_url, lookup = self._demo()
        else:
            base_url, lookup = self._terms.base_url, self._key(loop)
        return _Line(loop, api, base_url, lookup)

    def _demo(self) -> tuple[BaseUrl, KeyLookup]:
        from inspector.demo.service import DemoService

        service = self._stack.enter_context(DemoService())
        base_url = read_base_url(service.base_url)
        assert isinstance(base_url, BaseUrl)  # noqa: S101 - an address of our own
        return base_url, KeyFound(service.key, KeyOrigin.MEMORY)

    def _key(self, loop: "BackgroundLoop") -> KeyLookup:
        from inspector.usecases.api_key import SessionKeys, find_key

        terms = self._terms
        return _result(loop, find_key(terms.profile, terms.base_url, terms.environ, SessionKeys(), terms.key_store))


@dataclass(frozen=True, slots=True)
class _Line:
    """What is open while a command fetches."""

    loop: "BackgroundLoop"
    api: "CompletionsApi"
    base_url: BaseUrl
    lookup: KeyLookup


async def _inspected(api: "CompletionsApi", request: Request, terms: Terms) -> Inspection:
    """A report is printed once, so it waits for the prompt, if not longer than for the completion."""
    from inspector.gateways.inspecting_here import InspectorHere
    from inspector.usecases.inspect_completion import inspect_completion
    from inspector.usecases.prompt_call import PromptCall

    if not terms.messages:
        return await inspect_completion(api, request, terms.tools, _ignore, inspector=InspectorHere())
    call = PromptCall()
    inspection = await inspect_completion(api, request, terms.tools, _ignore, call, inspector=InspectorHere())
    told = await call.outcome()
    return inspection if told is None else told[1]


def _without_key(
    lookup: NoKey | KeyWithheld | KeyFailure | Refused, base_url: BaseUrl, completion: CompletionId
) -> Inspection:
    inspection = inspect_failure(Failed(_kind_of(lookup), base_url.completion_url(completion)), completion.text)
    problem = inspection.problem
    told = replace(problem, message=key_lookup_sentence(lookup), hint=None) if problem else None
    return replace(inspection, problem=told)


def _kind_of(lookup: NoKey | KeyWithheld | KeyFailure | Refused) -> FailureKind:
    match lookup:
        case NoKey() | KeyWithheld():
            return FailureKind.NO_KEY
        case KeyFailure():
            return FailureKind.KEYRING
        case Refused():
            return FailureKind.BAD_INPUT
        case _:
            assert_never(lookup)


def _result(loop: "BackgroundLoop", work: Coroutine[Any, Any, _Answer]) -> _Answer:
    """The result of `work`; Ctrl+C is noticed within half a second even where waiting itself cannot be interrupted."""
    future = loop.submit(work)
    while not wait([future], _PATIENCE_SECONDS).done:
        pass
    return future.result()


def _close(loop: "BackgroundLoop", api: "HttpCompletionsApi") -> None:
    """Closes the connections, unless that takes longer than anybody wants to wait at the end of a command."""
    with suppress(TimeoutError):
        loop.submit(api.close()).result(_CLOSE_SECONDS)


def _ignore(_progress: Progress) -> None:
    """A command shows no progress."""
