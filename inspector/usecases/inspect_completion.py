"""Fetch a completion and read it: the one way from an ID and a key to an inspection."""

import asyncio
from collections.abc import Callable
from dataclasses import replace
from typing import assert_never

from inspector.core.conversation.prompt import Waiting
from inspector.core.exchange import Failed, FetchOutcome, Progress, Received, Request
from inspector.core.inspection import Inspection, inspect_failure, unread_received
from inspector.core.schemas.tool_schemas import ToolSchemas
from inspector.usecases.echoed_key import without_key
from inspector.usecases.ports import CompletionsApi, Inspector, OnRead
from inspector.usecases.prompt_call import PromptCall


async def inspect_completion(
    api: CompletionsApi,
    request: Request,
    tools: ToolSchemas | None,
    on_progress: Callable[[Progress], None],
    prompt_call: PromptCall | None = None,
    *,
    inspector: Inspector,
    on_read: OnRead | None = None,
) -> Inspection:
    """What came back for `request`, read by the `inspector`; `on_progress` is called on the loop.

    With a `prompt_call` the prompt is asked for at the same time; what comes of that is its own `outcome`, which delays
    and fails nothing here. Without a completion there it ends. Where `on_read` was told of one and this is cancelled then, the
    prompt belongs to that reading.
    """
    if prompt_call is None:
        return await _inspect(api, request, tools, on_progress, inspector=inspector, on_read=on_read)
    prompt_call.begin(api, request)
    readings: list[Inspection] = []
    try:
        waiting_too = _waiting_too(on_read, readings)
        inspection = await _inspect(api, request, tools, on_progress, inspector=inspector, on_read=waiting_too)
    except BaseException:
        if readings:
            prompt_call.read(readings[-1])
        else:
            prompt_call.end()
        raise
    if inspection.completion is None or inspection.problem is not None:
        prompt_call.end()
        return inspection
    waiting = replace(inspection, prompt=Waiting())
    prompt_call.read(waiting)
    return waiting


def _waiting_too(on_read: OnRead | None, readings: list[Inspection]) -> OnRead | None:
    """Tells of a reading that its prompt is awaited, and puts it to `readings`."""
    if on_read is None:
        return None

    def tell(reading: Inspection) -> None:
        readings.append(replace(reading, prompt=Waiting()))
        on_read(readings[-1])

    return tell


async def _inspect(
    api: CompletionsApi,
    request: Request,
    tools: ToolSchemas | None,
    on_progress: Callable[[Progress], None],
    *,
    inspector: Inspector,
    on_read: OnRead | None,
) -> Inspection:
    outcome = await api.fetch(request, on_progress)
    unread = await asyncio.to_thread(unread_outcome, outcome, request)
    if unread.problem is not None or unread.received is None:
        return unread
    return await inspector.inspect(unread, tools, unread.received.timings.fetched_at, on_read)


def unread_outcome(outcome: FetchOutcome, request: Request) -> Inspection:
    """What an exchange brought, not looked at yet; without an answer it has a problem, and there is nothing to read."""
    match outcome:
        case Received():
            return unread_received(without_key(outcome, request.key), request.completion.text)
        case Failed():
            partial = without_key(outcome.partial, request.key) if outcome.partial else None
            return inspect_failure(replace(outcome, partial=partial), request.completion.text)
        case _:
            assert_never(outcome)
