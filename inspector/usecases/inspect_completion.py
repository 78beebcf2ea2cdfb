"""Fetch a completion and read it: the one way from an ID and a key to an inspection."""

import asyncio
from collections.abc import Callable
from dataclasses import replace
from typing import assert_never

from inspector.core.conversation.prompt import Waiting
from inspector.core.exchange import Failed, FetchOutcome, Progress, Received, Request
from inspector.core.inspection import Inspection, inspect_failure, inspect_received
from inspector.core.schemas.tool_schemas import ToolSchemas
from inspector.usecases.echoed_key import without_key
from inspector.usecases.ports import CompletionsApi
from inspector.usecases.prompt_call import PromptCall


async def inspect_completion(
    api: CompletionsApi,
    request: Request,
    tools: ToolSchemas | None,
    on_progress: Callable[[Progress], None],
    prompt_call: PromptCall | None = None,
) -> Inspection:
    """What came back for `request`. Reading is pure work and runs in a thread; `on_progress` is called on the loop.

    With a `prompt_call` the prompt is asked for at the same time; what comes of that is its own `outcome`, which delays
    and fails nothing here. Without a completion there it ends.
    """
    if prompt_call is None:
        return await _inspect(api, request, tools, on_progress)
    prompt_call.begin(api, request)
    try:
        inspection = await _inspect(api, request, tools, on_progress)
    except BaseException:
        prompt_call.end()
        raise
    if inspection.completion is None or inspection.problem is not None:
        prompt_call.end()
        return inspection
    waiting = replace(inspection, prompt=Waiting())
    prompt_call.read(waiting)
    return waiting


async def _inspect(
    api: CompletionsApi, request: Request, tools: ToolSchemas | None, on_progress: Callable[[Progress], None]
) -> Inspection:
    outcome = await api.fetch(request, on_progress)
    return await asyncio.to_thread(read_outcome, outcome, request, tools)


def read_outcome(outcome: FetchOutcome, request: Request, tools: ToolSchemas | None) -> Inspection:
    """What an exchange brought. Pure, and slow for large bodies: to be called in a thread."""
    match outcome:
        case Received():
            return inspect_received(without_key(outcome, request.key), request.completion.text, tools)
        case Failed():
            partial = without_key(outcome.partial, request.key) if outcome.partial else None
            return inspect_failure(replace(outcome, partial=partial), request.completion.text)
        case _:
            assert_never(outcome)
