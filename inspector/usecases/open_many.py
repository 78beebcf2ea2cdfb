"""Open many completions by their IDs: find the key, then fetch, read, keep and tell of each in short."""

import asyncio
from collections.abc import Callable
from dataclasses import dataclass
from functools import partial

from inspector.core.digest import Digest, digest_of
from inspector.core.exchange import FetchOutcome, Request
from inspector.core.inspection import Inspection
from inspector.core.kept_answer import packed
from inspector.core.keys.lookup import KeyFound, KeyLookup
from inspector.core.rate_limiter import RateLimiter
from inspector.core.schemas.tool_schemas import ToolSchemas
from inspector.usecases.access import Access
from inspector.usecases.inspect_completion import unread_outcome
from inspector.usecases.inspect_many import Finished, ManyInspector, Order, Step
from inspector.usecases.ports import Answers, Clock, Inspector
from inspector.usecases.step_bundles import StepBundles


@dataclass(frozen=True, slots=True)
class OpenedMany:
    """How the run ended, and the key that it was made with, so that the next fetch need not ask the keyring."""

    finished: Finished
    key: KeyFound


async def open_many(
    order: Order,
    access: Access,
    *,
    answers: Answers,
    inspector: Inspector,
    limiter: RateLimiter,
    clock: Clock,
    tools: ToolSchemas | None,
    tell: Callable[[tuple[Step, ...]], None],
) -> OpenedMany | KeyLookup:
    """`tell` is called on the loop with bundles of steps. No key: how the search ended, and the order is as it was."""
    found = await access.find_key()
    if not isinstance(found, KeyFound):
        return found
    bundles = StepBundles(tell)
    run = ManyInspector(
        order,
        lambda completion: access.request(completion, found),
        api=access.api,
        read=partial(read_and_keep, answers, inspector, tools),
        limiter=limiter,
        clock=clock,
        tell=bundles.add,
    )
    beating = asyncio.create_task(bundles.beat())
    try:
        return OpenedMany(await run.run(), found)
    finally:
        beating.cancel()
        bundles.flush()


async def read_and_keep(
    answers: Answers, inspector: Inspector, tools: ToolSchemas | None, outcome: FetchOutcome, request: Request
) -> Digest:
    """All that is done with what came of one request: kept as it came, read, and told in one line."""
    unread = await asyncio.to_thread(_kept, answers, outcome, request)
    if unread.problem is not None or unread.received is None:
        return digest_of(unread)
    return await inspector.digest(unread, tools, unread.received.timings.fetched_at)


def _kept(answers: Answers, outcome: FetchOutcome, request: Request) -> Inspection:
    """What came, kept before anybody looks at it."""
    unread = unread_outcome(outcome, request)
    answers.keep(request.completion.text, packed(unread))
    return unread
