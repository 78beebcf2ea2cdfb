"""Open a completion by its ID: find the key, then fetch and read. The one path of the window and the command line."""

import asyncio
from collections.abc import Callable, Mapping
from dataclasses import dataclass

from inspector.core.conversation.prompt import Prompt, PromptUnavailable
from inspector.core.exchange import Progress, Request
from inspector.core.inputs import BaseUrl, CompletionId, Refused, read_completion_id
from inspector.core.inspection import Inspection, with_prompt
from inspector.core.keys.lookup import KeyFound, KeyLookup
from inspector.core.profile import Profile
from inspector.core.schemas.tool_schemas import ToolSchemas
from inspector.usecases.api_key import SessionKeys, find_key
from inspector.usecases.fetch_prompt import fetch_prompt
from inspector.usecases.inspect_completion import inspect_completion
from inspector.usecases.ports import CompletionsApi, Inspector, KeyStore, OnRead
from inspector.usecases.prompt_call import PromptCall

_NO_KEY = "There is no API key to ask for the prompt messages with."


@dataclass(frozen=True, slots=True)
class Opened:
    """The inspection, and the key that it was fetched with, so that the next fetch need not ask the keyring."""

    inspection: Inspection
    key: KeyFound


async def open_completion(
    completion: CompletionId,
    *,
    profile: Profile,
    base_url: BaseUrl,
    environ: Mapping[str, str],
    session_keys: SessionKeys,
    key_store: KeyStore,
    api: CompletionsApi,
    inspector: Inspector,
    known_key: KeyFound | None,
    tools: ToolSchemas | None,
    deadline: float,
    on_progress: Callable[[Progress], None],
    on_read: OnRead | None = None,
    prompt_call: PromptCall | None = None,
) -> Opened | KeyLookup:
    """`known_key` saves the search where an earlier fetch of the same profile found one. No key: how the search ended.

    With a `prompt_call` the prompt is asked for beside, as `inspect_completion` does.
    """
    found = known_key or await find_key(profile, base_url, environ, session_keys, key_store)
    if not isinstance(found, KeyFound):
        if prompt_call is not None:
            prompt_call.end()
        return found
    request = Request(base_url, completion, found.key, deadline)
    inspection = await inspect_completion(
        api, request, tools, on_progress, prompt_call, inspector=inspector, on_read=on_read
    )
    return Opened(inspection, found)


async def open_prompt(
    inspection: Inspection,
    *,
    profile: Profile,
    base_url: BaseUrl,
    environ: Mapping[str, str],
    session_keys: SessionKeys,
    key_store: KeyStore,
    api: CompletionsApi,
    known_key: KeyFound | None,
    deadline: float,
) -> Inspection:
    """The inspection with its prompt, for an answer that was fetched without it."""
    completion = read_completion_id(inspection.requested or "")
    found = known_key or await find_key(profile, base_url, environ, session_keys, key_store)
    if isinstance(completion, Refused) or not isinstance(found, KeyFound):
        prompt: Prompt = PromptUnavailable(_NO_KEY)
    else:
        prompt = await fetch_prompt(api, Request(base_url, completion, found.key, deadline))
    return await asyncio.to_thread(with_prompt, inspection, prompt)
