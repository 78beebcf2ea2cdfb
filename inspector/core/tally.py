"""How many choices and calls a completion has, and of what kind: counted once, where the answer is judged."""

from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass

from inspector.core.completion import Completion
from inspector.core.schemas.verdict import SchemaCheck, SchemaVerdict

_MOST_ENDS = 3
_MOST_CHARACTERS = 100


@dataclass(frozen=True, slots=True)
class Tally:
    """`ends` are the commonest finish reasons with their counts, cut at a hundred characters and "" where there is none.

    `faulty` are calls whose arguments a program could not use, or that fail their schema. `unchecked` is why no call was
    checked against a schema, where that is the same for all and so is to be said once; it may be empty.
    """

    choices: int
    ends: tuple[tuple[str, int], ...]
    calls: int
    faulty: int
    unchecked: str | None = None


def tally_of(completion: Completion, schemas: Mapping[str, SchemaCheck]) -> Tally:
    """Every choice and every call, counted."""
    ends = Counter((choice.finish_reason_text or "")[:_MOST_CHARACTERS] for choice in completion.choices)
    calls = faulty = 0
    reasons: set[str] = set()
    is_any_checked = False
    for _, call in completion.tool_calls:
        calls += 1
        check = schemas.get(call.pointer)
        if check is not None:
            reasons.add(check.reason)
            is_any_checked = is_any_checked or check.verdict is not SchemaVerdict.NOT_CHECKED
        faulty += call.arguments.is_faulty or (check is not None and check.verdict is SchemaVerdict.FAILS)
    unchecked = reasons.pop() if len(reasons) == 1 and not is_any_checked else None
    return Tally(len(completion.choices), tuple(ends.most_common(_MOST_ENDS)), calls, faulty, unchecked)
