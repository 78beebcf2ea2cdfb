"""Answers that were kept, shown again or looked at again; each is read anew, in a thread."""

import asyncio
from collections.abc import Iterable
from typing import TYPE_CHECKING

from inspector.core.digest import digest_of
from inspector.core.inspection import Inspection
from inspector.core.kept_answer import packed, unread_in
from inspector.core.schemas.tool_schemas import ToolSchemas
from inspector.usecases.inspect_many import Ended

if TYPE_CHECKING:
    from inspector.usecases.ports import Answers, Inspector, OnRead
    from inspector.usecases.step_bundles import StepBundles


async def keep_answer(answers: "Answers", subject: str, inspection: Inspection) -> None:
    """Keeps an answer under the ID or the file name that it was asked for by."""
    await asyncio.to_thread(lambda: answers.keep(subject, packed(inspection)))


async def kept_answer(
    answers: "Answers",
    subject: str,
    tools: ToolSchemas | None,
    now: float,
    *,
    inspector: "Inspector",
    on_read: "OnRead | None" = None,
) -> Inspection | None:
    """The answer read again and held against these tools; None where it is not kept any more."""
    unread = await asyncio.to_thread(_unread, answers, subject)
    if unread is None or unread.problem is not None:
        return unread
    return await inspector.inspect(unread, tools, now, on_read)


async def judge_again(
    answers: "Answers",
    subjects: Iterable[str],
    tools: ToolSchemas | None,
    now: float,
    bundles: "StepBundles",
    *,
    inspector: "Inspector",
) -> None:
    """Looks at each kept answer again, one after the other, and tells what is found now; others stay as they are."""
    for subject in subjects:
        unread = await asyncio.to_thread(_unread, answers, subject)
        if unread is not None:
            is_read = unread.problem is not None
            bundles.add(Ended(subject, digest_of(unread) if is_read else await inspector.digest(unread, tools, now)))
    bundles.flush()


def _unread(answers: "Answers", subject: str) -> Inspection | None:
    data = answers.get(subject)
    return None if data is None else unread_in(data)
