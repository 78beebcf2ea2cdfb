"""An answer read and judged in one place and shown in another: what is asked there, and what comes back.

The two share no memory but the bytes that they lend each other: the body goes one way and the index of its values the other,
beside these. What a completion is made of follows from the index, so it never travels.
"""

from collections.abc import Iterator
from dataclasses import dataclass, replace
from enum import Enum, auto
from itertools import islice

from inspector.core.completion import read_completion
from inspector.core.digest import Digest, digest_of
from inspector.core.inspection import Inspection, inspect
from inspector.core.json.document import JsonDocument
from inspector.core.schemas.tool_schemas import SchemaCheck, ToolSchemas

_MOST_AT_ONCE = 500
Checks = list[tuple[str, SchemaCheck]]


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
    bundles: list[Checks]


def question_on(unread: Inspection, tools: ToolSchemas | None, now: float, wish: Wish) -> Question:
    """The question, without the body, which is lent."""
    received = replace(unread.received, body=b"") if unread.received is not None else None
    return Question(replace(unread, body=b"", received=received), tools, now, wish)


def judged(question: Question, body: bytes) -> tuple[Judgement, list[Checks], JsonDocument | None]:
    """The answer to a question; the document is to be lent where it is wanted."""
    received = replace(question.unread.received, body=body) if question.unread.received is not None else None
    inspection = inspect(replace(question.unread, body=body, received=received), question.tools, question.now)
    if question.wish is Wish.DIGEST:
        return Judgement(None, digest_of(inspection)), [], None
    bundles = list(_bundled(inspection.schemas))
    told = replace(inspection, body=b"", received=None, document=None, completion=None, schemas={})
    document = inspection.document if question.wish is Wish.WHOLE else None
    return Judgement(told, None, len(bundles)), bundles, document


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
    return replace(inspection, findings=second.findings, tally=second.tally, schemas=_checks(told.bundles))


def unread_again(inspection: Inspection) -> Inspection:
    """The same answer as if nobody had looked at it."""
    return replace(
        inspection, document=None, fault=None, completion=None, schemas={}, tally=None, findings=(), problem=None
    )


def _checks(bundles: list[Checks]) -> dict[str, SchemaCheck]:
    return {pointer: check for bundle in bundles for pointer, check in bundle}


def _bundled(schemas: dict[str, SchemaCheck]) -> Iterator[Checks]:
    """Bundles so small that taking one apart holds nobody up."""
    items = iter(schemas.items())
    while bundle := list(islice(items, _MOST_AT_ONCE)):
        yield bundle
