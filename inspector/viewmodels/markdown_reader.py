"""Reads Markdown in the background: the parser takes long to import, and seconds for a hostile text."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from inspector.core.markdown.blocks import Rendering, StaysPlain
    from inspector.viewmodels.job_runner import JobRunner
    from inspector.viewmodels.services import Services


class MarkdownReader:
    """The newest wish of each lane wins."""

    def __init__(self, jobs: JobRunner) -> None:
        self._jobs = jobs

    def read(self, lane: str, text: str, receive: Callable[[Rendering | StaysPlain], None]) -> None:
        """Hands the blocks of `text` to `receive`, or why it stays plain."""

        async def work(_services: Services) -> object:
            import asyncio

            from inspector.core.markdown.reading import read_markdown

            return await asyncio.to_thread(read_markdown, text)

        self._jobs.start(lane, work, receive)  # type: ignore[arg-type]
