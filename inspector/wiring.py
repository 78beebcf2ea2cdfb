"""Makes the services behind the window. Everything slow to import is imported here, away from the first paint."""

import asyncio
import os
import time
from collections.abc import Mapping
from concurrent.futures import wait
from functools import partial
from importlib import import_module
from itertools import islice
from pathlib import Path

from inspector.core.candidates import decoded
from inspector.core.case_file import cases_in, inspect_cases
from inspector.core.file_kind import FileKind, kind_of_file
from inspector.core.inputs import BaseUrl, Refused, read_base_url
from inspector.core.inspection import Inspection, Source
from inspector.core.profile import Profile
from inspector.core.rate_limiter import RateLimiter
from inspector.core.schemas.loaded_tools import LoadedTools
from inspector.core.schemas.tool_schemas import ToolSchemas
from inspector.demo.service import DemoService
from inspector.gateways.answer_store import AnswerStore
from inspector.gateways.background import BackgroundLoop
from inspector.gateways.completions_api import HttpCompletionsApi
from inspector.gateways.files import LIMIT_BYTES, read_response_file
from inspector.gateways.inspecting_process import InspectorInChildren
from inspector.gateways.keyring_store import KeyringStore
from inspector.gateways.preferences_file import write_atomically
from inspector.gateways.steady_clock import SteadyClock
from inspector.usecases.api_key import SessionKeys
from inspector.usecases.ports import Inspector, OnRead
from inspector.viewmodels.services import Services, Shelved

_CLOSE_SECONDS = 0.3
_MOST_CASES = 10_000
_NEXT = (
    "inspector.usecases.open_completion",
    "inspector.usecases.kept_answers",
    "inspector.core.outline.showing",
    "inspector.core.readings.suggested",
    "inspector.core.readings.token_words",
    "inspector.core.readings.response_text",
)


def make_services(profile: Profile, base_url: BaseUrl, *, demo: bool, most_bytes: int = LIMIT_BYTES) -> Services:
    """The real gateways; with `demo` they are pointed at the demo service on this computer, which is started here.

    No body and no file of more than `most_bytes` is read.
    """
    loop = BackgroundLoop()
    loop.start()
    api = HttpCompletionsApi(proxy=profile.proxy, limit_bytes=most_bytes)
    answers = AnswerStore()
    inspector = InspectorInChildren()
    keys = SessionKeys()
    environ: Mapping[str, str] = os.environ
    shelf: tuple[Shelved, ...] = ()
    service = DemoService() if demo else None
    if service is not None:
        service.start()
        base_url = _demo_url(service)
        profile, environ = Profile("demo", base_url), {}
        keys.hold(profile.name, base_url, service.key)
        shelf = tuple(Shelved(sample.id, sample.shows) for sample in service.samples)
    loop.submit(api.warm(base_url))
    loop.submit(inspector.warm())
    loop.submit(asyncio.to_thread(_import_what_comes_next))

    def close() -> None:
        wait([loop.submit(api.close())], _CLOSE_SECONDS)
        loop.stop()
        inspector.close()
        answers.close()
        if service is not None:
            service.stop()

    return Services(
        submit=loop.submit,
        close=close,
        api=api,
        key_store=KeyringStore(),
        session_keys=keys,
        environ=environ,
        profile=profile,
        base_url=base_url,
        read_file=partial(_read_file, inspector, most_bytes),
        save_file=_save_file,
        read_tools=_read_tools,
        sort_file=_sort_file,
        answers=answers,
        inspector=inspector,
        limiter=RateLimiter(),
        clock=SteadyClock(),
        shelf=shelf,
    )


def _import_what_comes_next() -> None:
    """What the first answer is fetched, kept and shown with, so that the window does not wait for it then."""
    for module in _NEXT:
        import_module(module)


def _demo_url(service: DemoService) -> BaseUrl:
    url = read_base_url(service.base_url)
    assert isinstance(url, BaseUrl)  # noqa: S101 - our own loopback address
    return url


async def _read_file(
    inspector: Inspector, most_bytes: int, path: str, tools: ToolSchemas | None, on_read: OnRead
) -> tuple[Inspection, ...] | Refused:
    """The saved response, or the cases of a case file, of which as many are read as a list may hold.

    `on_read` is told of a large response that can be shown already.
    """

    def tell(reading: Inspection) -> None:
        if cases_in(reading.document) is None:
            on_read(reading)

    body = await asyncio.to_thread(read_response_file, Path(path), most_bytes)
    if isinstance(body, Refused):
        return body
    now = time.time()
    file = await inspector.inspect(Inspection(None, Source("file", path=path), body), tools, now, tell)
    cases = cases_in(file.document)
    if cases is None:
        return (file,)
    found = await asyncio.to_thread(lambda: tuple(islice(inspect_cases(file, cases, now, tools), _MOST_CASES)))
    return found or Refused(f"{path} holds no cases.")


async def _read_tools(path: str) -> LoadedTools | Refused:
    def read() -> LoadedTools | Refused:
        data = read_response_file(Path(path))
        if isinstance(data, Refused):
            return data
        text = data.decode("utf-8", "replace")
        tools = ToolSchemas.read(text)
        return tools if isinstance(tools, Refused) else LoadedTools(tools, text, path)

    return await asyncio.to_thread(read)


async def _sort_file(path: str) -> tuple[FileKind, str] | Refused:
    """What the file is, and its text where that is to be searched."""

    def read() -> tuple[FileKind, str] | Refused:
        data = read_response_file(Path(path))
        if isinstance(data, Refused):
            return data
        kind = kind_of_file(data)
        return kind, decoded(data) if kind is FileKind.TEXT else ""

    return await asyncio.to_thread(read)


async def _save_file(path: str, data: bytes) -> str:
    """Saves in a worker; the sentence tells how it went."""
    try:
        await asyncio.to_thread(write_atomically, Path(path), data)
    except OSError as error:
        return f"The body could not be saved to {path}: {error.strerror}. What was there before is unchanged."
    return f"Saved {len(data):,} bytes to {path}."
