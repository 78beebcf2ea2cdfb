"""What a report for people says, in order: the facts, what went wrong, the findings, the prompt, every choice and the usage."""

from collections.abc import Iterator
from itertools import islice

from inspector.core.findings import Finding, Severity
from inspector.core.inspection import Checks, Inspection
from inspector.core.json.document import JsonNode, Kind
from inspector.core.json.fault import describe_body
from inspector.core.json.pretty import UNLIMITED
from inspector.core.json.text import BYTE_ORDER_MARK
from inspector.core.moment import Moment
from inspector.core.outline.words import figure, plain_value, value_words
from inspector.core.report.calls import Telling
from inspector.core.report.choices import told_choice
from inspector.core.report.facts import not_json_sentence, report_id, request_id
from inspector.core.report.items import ERROR, WARNING, Facts, Found, Heading, Item, Points, Quote, Words
from inspector.core.report.json import laid_out
from inspector.core.report.prompt import told_prompt

_BODY_SHOWN = 4_000
_REDACTED = (
    "Redacted: every text is replaced by its length, every digit of a number by 1, broken arguments by x and 1. Structure, "
    "lengths, usage, verdicts and places are those of the answer."
)
_UNCHECKED = {
    Checks.RUNNING: "This is still being checked: whatever may be wrong is told when that is done.",
    Checks.STOPPED: "This was not checked to the end, so nothing is told of what may be wrong.",
}


def sheet(inspection: Inspection, moment: Moment, most: int = UNLIMITED) -> Iterator[Item]:
    """All that is told of an inspection; of what is longer than `most` characters maybe only as many."""
    yield Heading(1, _title(inspection))
    yield Facts((*_about(inspection, moment), *_transport(inspection)))
    if inspection.source.is_redacted:
        yield Words(_REDACTED, WARNING)
    yield from (Words(note, WARNING) for note in (inspection.received.notes if inspection.received else ()))
    yield from _problem(inspection)
    if inspection.checks is not Checks.DONE:
        yield Words(_UNCHECKED[inspection.checks], WARNING)
    if inspection.findings:
        yield Heading(2, f"Findings ({len(inspection.findings):,})")
        yield Found(tuple(islice(_worst_first(inspection.findings), most)))
    yield from told_prompt(inspection, most)
    completion = inspection.completion
    if completion is not None:
        unchecked = inspection.tally.unchecked if inspection.tally is not None else None
        telling = Telling(inspection, completion, moment, unchecked, most)
        for choice in completion.choices:
            yield from told_choice(telling, choice)
        if telling.unchecked is not None:
            yield Heading(3, "Tool schemas")
            yield Words(f"No arguments were checked against a schema. {telling.unchecked}".strip())
        yield from _usage(completion.usage)


def _worst_first(findings: tuple[Finding, ...]) -> Iterator[Finding]:
    return (found for severity in sorted(Severity, reverse=True) for found in findings if found.severity is severity)


def _title(inspection: Inspection) -> str:
    named = report_id(inspection)
    if named is None:
        return "Saved response without an ID" if inspection.source.kind == "file" else "Chat completion without an ID"
    return f"Chat completion {named}"


def _about(inspection: Inspection, moment: Moment) -> Iterator[tuple[str, str]]:
    """The fields beside the choices and the usage, in the order sent, also those that nobody knows."""
    root = inspection.completion.root if inspection.completion else None
    if root is None or root.kind is not Kind.OBJECT:
        return
    for member in root.children():
        key = member.key or ""
        if key not in ("choices", "usage"):
            yield key, value_words(f"/{key}", member, inspection, moment)


def _transport(inspection: Inspection) -> Iterator[tuple[str, str]]:
    source, received = inspection.source, inspection.received
    if source.path is not None:
        yield "file", source.path
    if source.url is not None:
        yield "asked", source.url
    if received is not None:
        took = f"{received.timings.last_byte_ms:,.0f} ms"
        yield "answer", f"status {received.status}, {inspection.size:,} bytes in {took}"
    elif source.path is not None:
        yield "size", f"{inspection.size:,} bytes"
    if (named := request_id(inspection)) is not None:
        yield "request ID", named


def _problem(inspection: Inspection) -> Iterator[Item]:
    problem = inspection.problem
    if problem is not None:
        yield Heading(2, "What went wrong", ERROR)
        yield Words(problem.message)
        if " ".join(problem.server_words.split()) not in problem.message:
            yield Words("The server said:")
            yield Quote(problem.server_words)
        if problem.hint:
            yield Words(problem.hint)
        if problem.causes:
            yield Words("Possible causes:")
            yield Points(problem.causes)
    elif inspection.fault is not None:
        yield Heading(2, "What went wrong", ERROR)
        yield Words(not_json_sentence(inspection.body, inspection.fault))
    if inspection.body and (inspection.completion is None or problem is not None):
        yield from _body(inspection)


def _body(inspection: Inspection) -> Iterator[Item]:
    """What came in a completion's stead: its beginning, or the surroundings of the place where it stops being JSON."""
    if inspection.document is not None:
        text = laid_out(inspection.document.root)
        yield from _beginning(text, is_json=True)
        return
    body, fault = inspection.body.removeprefix(BYTE_ORDER_MARK), inspection.fault
    if fault is None or fault.offset == 0:
        yield from _beginning(body.decode("utf-8", "surrogateescape"), is_json=False)
        return
    offset, text = describe_body(body, fault).offset, body.decode("utf-8", "surrogateescape")
    first = max(0, offset - _BODY_SHOWN)
    yield Heading(3, "The body, around the place" if first or len(text) > offset + _BODY_SHOWN else "The body")
    yield Quote(text[first : offset + _BODY_SHOWN], fault=offset - first)


def _beginning(text: str, *, is_json: bool) -> Iterator[Item]:
    yield Heading(3, "The body" if len(text) <= _BODY_SHOWN else f"The body, its first {_BODY_SHOWN:,} characters")
    yield Quote(text[:_BODY_SHOWN], is_json=is_json)


def _usage(usage: JsonNode | None) -> Iterator[Item]:
    yield Heading(2, "Usage")
    if usage is None or usage.kind is not Kind.OBJECT:
        yield Words("The body does not report any usage.")
        return
    wanted = ("prompt_tokens", "completion_tokens", "total_tokens")
    rows = [(name, figure(usage, name)) for name in wanted]
    for member in usage.children():
        if member.key not in wanted:
            rows += _figures(member.key or "", member)
    yield Facts(tuple(rows))


def _figures(name: str, node: JsonNode) -> Iterator[tuple[str, str]]:
    """A figure beyond the three, or those of a breakdown."""
    if node.kind is Kind.OBJECT and node.count:
        for member in node.children():
            yield f"{name.removesuffix('_tokens_details')}: {member.key}", plain_value("/usage", member)
    else:
        yield name, plain_value("/usage", node)
