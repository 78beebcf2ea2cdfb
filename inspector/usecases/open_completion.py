"""Open a completion by its ID: find the key, then fetch and read. The one path of the window and the command line."""

import asyncio
from collections.abc import Callable
from dataclasses import dataclass

from inspector.core.conversation.prompt import Prompt, PromptUnavailable
from inspector.core.exchange import Progress
from inspector.core.inputs import CompletionId, Refused, read_completion_id
from inspector.core.inspection import Inspection, with_prompt
from inspector.core.keys.lookup import KeyFound, KeyLookup
from inspector.core.schemas.tool_schemas import ToolSchemas
from inspector.usecases.access import Access
from inspector.usecases.fetch_prompt import fetch_prompt
from inspector.usecases.inspect_completion import inspect_completion
from inspector.usecases.ports import Inspector, OnRead
from inspector.usecases.prompt_call import PromptCall

_NO_KEY = "There is no API key to ask for the prompt messages with."


@dataclass(frozen=True, slots=True)
class Opened:
    """The inspection, and the key that it was fetched with, so that the next fetch need not ask the keyring."""

    inspection: Inspection
    key: KeyFound


async def open_completion(
    completion: CompletionId,
    access: Access,
    *,
    inspector: Inspector,
    tools: ToolSchemas | None,
    on_progress: Callable[[Progress], None],
    on_read: OnRead | None = None,
    prompt_call: PromptCall | None = None,
) -> Opened | KeyLookup:
    """No key: how the search ended.

    With a `prompt_call` the prompt is asked for beside, as `inspect_completion` does.
    """
    found = await access.find_key()
    if not isinstance(found, KeyFound):
        if prompt_call is not None:
            prompt_call.end()
        return found
    request = access.request(completion, found)
    inspection = await inspect_completion(
        access.api, request, tools, on_progress, prompt_call, inspector=inspector, on_read=on_read
    )
    return Opened(inspection, found)


async def open_prompt(inspection: Inspection, access: Access) -> Inspection:
    """The inspection with its prompt, for an answer that was fetched without it."""
    completion = read_completion_id(inspection.requested or "")
    found = await access.find_key()
    if isinstance(completion, Refused) or not isinstance(found, KeyFound):
        prompt: Prompt = PromptUnavailable(_NO_KEY)
    else:
        prompt = await fetch_prompt(access.api, access.request(completion, found))
    return await asyncio.to_thread(with_prompt, inspection, prompt)
