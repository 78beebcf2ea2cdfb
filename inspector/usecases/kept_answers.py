"""Answers that were kept, shown again or looked at again; each is read anew, in a thread."""

import asyncio
from collections.abc import Iterable
from typing import TYPE_CHECKING

from inspector.core.digest import digest_of
from inspector.core.inspection import Inspection
from inspector.core.kept_answer import packed, unpacked
from inspector.core.schemas.tool_schemas import ToolSchemas
from inspector.usecases.inspect_many import Ended

if TYPE_CHECKING:
    from inspector.usecases.ports import Answers
    from inspector.usecases.step_bundles import StepBundles


async def keep_answer(answers: "Answers", subject: str, inspection: Inspection) -> None:
    """Keeps an answer under the ID or the file name that it was asked for by."""
    await asyncio.to_thread(lambda: answers.keep(subject, packed(inspection)))


async def kept_answer(answers: "Answers", subject: str, tools: ToolSchemas | None, now: float) -> Inspection | None:
    """The answer read again and held against these tools; None where it is not kept any more."""

    def read() -> Inspection | None:
        data = answers.get(subject)
        return None if data is None else unpacked(data, tools, now)

    return await asyncio.to_thread(read)


async def judge_again(
    answers: "Answers", subjects: Iterable[str], tools: ToolSchemas | None, now: float, bundles: "StepBundles"
) -> None:
    """Looks at each kept answer again, one after the other, and tells what is found now; others stay as they are."""
    for subject in subjects:
        inspection = await kept_answer(answers, subject, tools, now)
        if inspection is not None:
            bundles.add(Ended(subject, digest_of(inspection)))
    bundles.flush()
