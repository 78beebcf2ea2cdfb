"""Everything known about one answer, in one frozen value: what the report prints and the window shows."""

import hashlib
from dataclasses import dataclass, field, replace
from enum import StrEnum
from http import HTTPStatus

from inspector.core.completion import Completion, read_completion
from inspector.core.conversation.conversation import read_conversation
from inspector.core.conversation.prompt import NotAsked, Prompt, PromptMessages
from inspector.core.exchange import Failed, Received
from inspector.core.findings import Evidence, Finding, Severity, find
from inspector.core.json.document import JsonDocument
from inspector.core.json.text import BYTE_ORDER_MARK, LARGE, JsonFault, parse_body
from inspector.core.problems.problem import Problem, problem_of_answer, problem_of_failure
from inspector.core.rules import ALL_RULES
from inspector.core.rules import conversation as conversation_rules
from inspector.core.schemas.tool_schemas import SchemaCheck, ToolSchemas
from inspector.core.tally import Tally, tally_of

CASE_POINTER = "/choices/0/message/tool_calls/0"
"""The one call of a completion that is made around a case."""
_OVER_CONVERSATION = frozenset(rule.id for rule in conversation_rules.RULES)


@dataclass(frozen=True, slots=True)
class Source:
    """Where the bytes came from. `fetched_at` is Unix seconds; `path` is set for files, `url` for the service.

    `size` and `sha256` are those of the bytes as they came, set where the body is no longer these: redacted, or one case of a file;
    the latter also where the body is large.
    `is_redacted` tells that the body's texts and numbers are stand-ins, `is_case` that all but one call is this program's own.
    """

    kind: str
    url: str | None = None
    path: str | None = None
    fetched_at: float | None = None
    size: int | None = None
    sha256: str | None = None
    is_redacted: bool = False
    is_case: bool = False


class Checks(StrEnum):
    """How far the looking for findings has come, with a word for it. A large answer is there before they are done."""

    DONE = ""
    RUNNING = "being checked …"
    STOPPED = "not checked"


@dataclass(frozen=True, slots=True)
class Inspection:
    """`requested` is the ID that was asked for. Without a completion there is a `problem`, and there may be both.

    `findings`, `schemas` and `tally` are complete once the `checks` are done, and empty before.

    `prompt` is what the service told of the prompt; `read_conversation` makes one conversation of it and the answer.
    `notice` is a sentence on how it was read, where that is worth a word.
    """

    requested: str | None
    source: Source
    body: bytes = field(repr=False)
    received: Received | None = None
    document: JsonDocument | None = field(default=None, repr=False)
    fault: JsonFault | None = None
    completion: Completion | None = field(default=None, repr=False)
    schemas: dict[str, SchemaCheck] = field(default_factory=dict, repr=False)
    tally: Tally | None = None
    findings: tuple[Finding, ...] = ()
    problem: Problem | None = None
    prompt: Prompt = field(default_factory=NotAsked)
    notice: str = ""
    checks: Checks = Checks.DONE

    @property
    def sha256(self) -> str:
        return self.source.sha256 or hashlib.sha256(self.body).hexdigest()

    @property
    def size(self) -> int:
        """Bytes of the body as it came."""
        return len(self.body) if self.source.size is None else self.source.size

    @property
    def worst(self) -> Severity | None:
        return max((finding.severity for finding in self.findings), default=None)


def unread_received(received: Received, requested: str | None) -> Inspection:
    """An answer of the service that nobody has looked at yet."""
    source = Source("service", url=received.url, fetched_at=received.timings.fetched_at)
    return Inspection(requested, source, received.body, received)


def inspect(unread: Inspection, tools: ToolSchemas | None, now: float) -> Inspection:
    """Reads and judges an answer: a completion, or a problem told in its status and body.

    `now` is Unix seconds, for what came from no service.
    """
    return judge(read(unread), tools, now)


def read(unread: Inspection) -> Inspection:
    """An answer read, and its checks still to come."""
    reading = parse_body(unread.body.removeprefix(BYTE_ORDER_MARK))
    if isinstance(reading, JsonFault):
        return replace(unread, fault=reading, checks=Checks.RUNNING)
    return replace(unread, document=reading, completion=read_completion(reading), checks=Checks.RUNNING)


def judge(reading: Inspection, tools: ToolSchemas | None, now: float) -> Inspection:
    """The second half of `inspect`, for what was read. Of a large body the digest is reckoned too, as nobody waits here."""
    if reading.source.sha256 is None and len(reading.body) >= LARGE:
        reading = replace(reading, source=replace(reading.source, sha256=reading.sha256))
    received = reading.received
    if received is None:
        return _judge(reading, now, tools)
    problem = problem_of_answer(received, reading.document, reading.fault, reading.requested)
    if problem is not None and received.status != HTTPStatus.OK:
        return replace(reading, completion=None, problem=problem, checks=Checks.DONE)
    return replace(_judge(reading, received.timings.fetched_at, tools), problem=problem)


def inspect_received(received: Received, requested: str | None, tools: ToolSchemas | None = None) -> Inspection:
    """What an answer of the service is."""
    return inspect(unread_received(received, requested), tools, received.timings.fetched_at)


def inspect_failure(failed: Failed, requested: str | None) -> Inspection:
    """A fetch that brought no complete answer; what had arrived by then can still be looked at."""
    source = Source("service", url=failed.url)
    body = failed.partial.body if failed.partial else b""
    return Inspection(requested, source, body, failed.partial, problem=problem_of_failure(failed))


def inspect_file(body: bytes, path: str, now: float, tools: ToolSchemas | None = None) -> Inspection:
    """A saved response; whatever is JSON is shown, and judged as a completion."""
    return inspect_saved(body, Source("file", path=path), now, tools)


def inspect_saved(body: bytes, source: Source, now: float, tools: ToolSchemas | None = None) -> Inspection:
    """What came from no service, or not now."""
    return inspect(Inspection(None, source, body), tools, now)


def inspect_again(inspection: Inspection, tools: ToolSchemas | None, now: float) -> Inspection:
    """The same answer held against other tool schemas; None stands for those that the body itself carries."""
    if inspection.problem is not None:
        return inspection
    return _judge(inspection, inspection.source.fetched_at or now, tools)


def with_prompt(inspection: Inspection, prompt: Prompt) -> Inspection:
    """The same answer with what has come to be known of its prompt; only the rules over the conversation are asked again."""
    told = replace(inspection, prompt=prompt)
    if not isinstance(inspection.prompt, PromptMessages) and not isinstance(prompt, PromptMessages):
        return told
    evidence = _evidence(told, told.source.fetched_at or 0.0)
    others = tuple(found for found in told.findings if found.rule not in _OVER_CONVERSATION)
    return replace(told, findings=(*others, *find(conversation_rules.RULES, evidence)))


def _judge(inspection: Inspection, now: float, tools: ToolSchemas | None) -> Inspection:
    completion = inspection.completion
    schemas = (tools or ToolSchemas.in_body(completion)).check_all(completion) if completion else {}
    tally = tally_of(completion, schemas) if completion is not None else None
    judged = replace(inspection, schemas=schemas, tally=tally, checks=Checks.DONE)
    found = find(ALL_RULES, _evidence(judged, now))
    if inspection.source.is_case:
        found = (each for each in found if each.pointer.startswith(CASE_POINTER))
    return replace(judged, findings=tuple(found))


def _evidence(inspection: Inspection, now: float) -> Evidence:
    return Evidence(
        inspection.body,
        inspection.completion,
        inspection.fault,
        inspection.received,
        now,
        inspection.schemas,
        read_conversation(inspection.prompt, inspection.completion),
    )
