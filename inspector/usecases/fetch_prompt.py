"""Fetch the prompt of a completion, page by page."""

import asyncio
from dataclasses import replace

from inspector.core.conversation.paging import PromptPages
from inspector.core.conversation.prompt import Prompt
from inspector.core.exchange import FetchOutcome, Progress, Received, Request
from inspector.usecases.echoed_key import without_key
from inspector.usecases.ports import CompletionsApi


async def fetch_prompt(api: CompletionsApi, request: Request) -> Prompt:
    """`request` is that of the completion; its deadline holds for all pages together, and so does the limit in bytes."""
    loop, pages = asyncio.get_running_loop(), PromptPages()
    ends = loop.time() + request.deadline
    while pages.next is not None:
        left = max(0.0, ends - loop.time())
        asked = replace(request, page=pages.next, deadline=left, most_bytes=pages.room)
        outcome = await api.fetch(asked, _nobody_listens)
        await asyncio.to_thread(_take, pages, outcome, request)
    return pages.prompt


def _take(pages: PromptPages, outcome: FetchOutcome, request: Request) -> None:
    pages.take(without_key(outcome, request.key) if isinstance(outcome, Received) else outcome)


def _nobody_listens(_progress: Progress) -> None:
    """The bytes that are counted for the person are the completion's."""
