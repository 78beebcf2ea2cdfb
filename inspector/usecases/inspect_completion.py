"""Fetch a completion and read it: the one way from an ID and a key to an inspection."""

import asyncio
from collections.abc import Callable
from dataclasses import replace
from typing import assert_never

from inspector.core.exchange import Failed, FetchOutcome, Progress, Received, Request
from inspector.core.inspection import Inspection, inspect_failure, inspect_received
from inspector.core.schemas.tool_schemas import ToolSchemas
from inspector.core.secret import Secret
from inspector.usecases.ports import CompletionsApi

KEY_WITHHELD = "The answer repeated the API key. Each copy was replaced by *** before anything else looked at it."


async def inspect_completion(
    api: CompletionsApi, request: Request, tools: ToolSchemas | None, on_progress: Callable[[Progress], None]
) -> Inspection:
    """What came back for `request`. Reading is pure work and runs in a thread; `on_progress` is called on the loop."""
    outcome = await api.fetch(request, on_progress)
    return await asyncio.to_thread(read_outcome, outcome, request, tools)


def read_outcome(outcome: FetchOutcome, request: Request, tools: ToolSchemas | None) -> Inspection:
    """What an exchange brought. Pure, and slow for large bodies: to be called in a thread."""
    match outcome:
        case Received():
            return inspect_received(_without_key(outcome, request.key), request.completion.text, tools)
        case Failed():
            partial = _without_key(outcome.partial, request.key) if outcome.partial else None
            return inspect_failure(replace(outcome, partial=partial), request.completion.text)
        case _:
            assert_never(outcome)


def _without_key(received: Received, key: Secret) -> Received:
    """`received` with the key replaced where the server echoed it, so that no view, report or copy can hold it."""
    text = received.body.decode("latin-1")
    clean = key.redacted_from(text)
    headers = tuple((name, key.redacted_from(value)) for name, value in received.headers)
    if clean == text and headers == received.headers:
        return received
    return replace(received, body=clean.encode("latin-1"), headers=headers, notes=(*received.notes, KEY_WITHHELD))
