"""An answer read and judged in one place and shown in another: what is asked there, and what comes back.

The two share no memory but the bytes that they lend each other: the body goes one way and the index of its values the other.
What a completion is made of follows from the index, so it never travels. The index comes first, so that an answer can be
shown while it is being judged.
"""

from collections.abc import Iterator
from dataclasses import dataclass, replace
from enum import Enum, auto
from itertools import islice

from inspector.core.completion import read_completion
from inspector.core.digest import Digest, digest_of
from inspector.core.inspection import Checks, Inspection, judge, read
from inspector.core.json.document import JsonDocument
from inspector.core.problems.problem import problem_of_answer
from inspector.core.schemas.tool_schemas import SchemaCheck, ToolSchemas

_MOST_AT_ONCE = 500
SchemaChecks = list[tuple[str, SchemaCheck]]


class Wish(Enum):
    """What is wanted: everything, everything but the index, or the one line for the list."""

    WHOLE = auto()
    JUDGEMENT = auto()
    DIGEST = auto()


@dataclass(frozen=True, slots=True)
class Question:
    """`unread` comes without its body. With `same_tools` they are those of the question before."""

    unread: Inspection
    tools: ToolSchemas | None
    now: float
    wish: Wish = Wish.WHOLE
    same_tools: bool = False


@dataclass(frozen=True, slots=True)
class Judgement:
    """`told` has neither body nor document nor completion; `bundles` is how many bundles of schema checks follow."""

    told: Inspection | None
    digest: Digest | None
    bundles: int = 0


@dataclass(frozen=True, slots=True)
class Told:
    """All that came back. `inspection` is as in the judgement, `document` where it was wanted and the body is JSON."""

    inspection: Inspection | None
    digest: Digest | None
    document: JsonDocument | None
    bundles: list[SchemaChecks]


def question_on(unread: Inspection, tools: ToolSchemas | None, now: float, wish: Wish) -> Question:
    """The question, without the body, which is lent."""
    received = replace(unread.received, body=b"") if unread.received is not None else None
    return Question(replace(unread, body=b"", received=received), tools, now, wish)


def reading_of(question: Question, body: bytes) -> Inspection:
    """The first half of the answer to a question: what was read, its document to be lent where everything is wanted."""
    received = replace(question.unread.received, body=body) if question.unread.received is not None else None
    return read(replace(question.unread, body=body, received=received))


def judgement_on(question: Question, reading: Inspection) -> tuple[Judgement, list[SchemaChecks]]:
    """The second half."""
    inspection = judge(reading, question.tools, question.now)
    if question.wish is Wish.DIGEST:
        return Judgement(None, digest_of(inspection)), []
    bundles = list(_bundled(inspection.schemas))
    told = replace(inspection, body=b"", received=None, document=None, completion=None, schemas={})
    return Judgement(told, None, len(bundles)), bundles


def beforehand(unread: Inspection, document: JsonDocument) -> Inspection | None:
    """What can be shown of an answer that is still being judged; None where it is a problem, which is short."""
    received = unread.received
    if received is not None and problem_of_answer(received, document, None, unread.requested) is not None:
        return None
    completion = read_completion(document)
    for _ in completion.first_calls(_MOST_AT_ONCE):
        pass  # each is made when somebody looks for the first time: here, where nobody waits
    return replace(unread, document=document, completion=completion, checks=Checks.RUNNING)


def whole(unread: Inspection, told: Told) -> Inspection:
    """What was told of an answer, put together with the answer itself."""
    document, inspection = told.document, told.inspection or unread
    return replace(
        inspection,
        body=unread.body,
        received=unread.received,
        document=document,
        completion=read_completion(document) if document is not None and inspection.tally is not None else None,
        schemas=_checks(told.bundles),
    )


def judged_again(inspection: Inspection, told: Told) -> Inspection:
    """An answer with what was told of it by a second look."""
    second = told.inspection or inspection
    return replace(
        inspection, findings=second.findings, tally=second.tally, schemas=_checks(told.bundles), checks=Checks.DONE
    )


def unread_again(inspection: Inspection) -> Inspection:
    """The same answer as if nobody had looked at it."""
    return replace(
        inspection, document=None, fault=None, completion=None, schemas={}, tally=None, findings=(), problem=None
    )


def _checks(bundles: list[SchemaChecks]) -> dict[str, SchemaCheck]:
    return {pointer: check for bundle in bundles for pointer, check in bundle}


def _bundled(schemas: dict[str, SchemaCheck]) -> Iterator[SchemaChecks]:
    """Bundles so small that taking one apart holds nobody up."""
    items = iter(schemas.items())
    while bundle := list(islice(items, _MOST_AT_ONCE)):
        yield bundle
