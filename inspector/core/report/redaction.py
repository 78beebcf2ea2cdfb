"""A report that can be passed on: the shape of an answer without what it says.

The promise. Replaced are: every string value, in contents, prompts, arguments, metadata, error bodies and unknown fields, by
`‹redacted: 34 characters›`; every digit of every number by 1; every key that does not look like a name; every finding's
sentence by its rule's title; the server's words; a file's path; the headers. In arguments that are not JSON every character
but brackets, quotes, commas, colons, backslashes and white space becomes `x` or `1`, so that offsets, lines and columns hold.

Kept are: structure, order, lengths, keys that look like names, true, false and null; the figures of usage, `created`, indices
and sampling settings; the address that was asked; and, where they look like names (no spaces, at most 128 characters), the IDs
of the completion, request and calls, the model, roles, types, reasons and tool names. The verdicts on arguments are those of
the text as it was. So are the size and SHA-256 of the source: whoever can guess all of the body can tell by them that the
guess was right.

Choice: the body itself is rewritten and read again, so that no format can show what another one hides. Price: one more pass.
"""

from dataclasses import replace
from typing import cast

from inspector.core.arguments.verdict import Arguments
from inspector.core.completion import Choice, Completion, Message, ToolCall, read_completion
from inspector.core.conversation.prompt import Prompt, PromptMessages
from inspector.core.exchange import Received
from inspector.core.findings import Finding
from inspector.core.inspection import Inspection, Source
from inspector.core.json.document import JsonDocument
from inspector.core.json.entries import given
from inspector.core.json.text import JsonFault, parse_body
from inspector.core.problems.problem import Problem, request_id_of
from inspector.core.problems.status_words import meaning_of, status_name
from inspector.core.report.masks import looks_like_id, mask_document, mask_pointer, mask_prompt, mask_raw, mask_text
from inspector.core.rules import ALL_RULES
from inspector.core.schemas.tool_schemas import SchemaCheck
from inspector.core.tally import Tally

_TITLES = {rule.id: rule.title for rule in ALL_RULES}


def redacted(inspection: Inspection) -> Inspection:
    """The same inspection without what the answer says; the module says what is promised."""
    document, completion, received = inspection.document, inspection.completion, inspection.received
    body = mask_raw(inspection.body) if document is None else mask_document(document)
    shape = None if document is None else cast("JsonDocument", parse_body(body))  # masked JSON is JSON
    return replace(
        inspection,
        requested=_id(inspection.requested),
        source=_source(inspection),
        body=body,
        received=_received(received, inspection.requested, body) if received else None,
        document=shape,
        fault=_fault(inspection.fault) if inspection.fault else None,
        completion=_with_verdicts(read_completion(shape), completion) if shape and completion else None,
        schemas={call.pointer: _check(call, inspection) for _, call in completion.tool_calls} if completion else {},
        tally=_tally(inspection.tally) if inspection.tally is not None else None,
        findings=tuple(_finding(found, document) for found in inspection.findings),
        problem=_problem(inspection.problem) if inspection.problem else None,
        prompt=_prompt(inspection.prompt),
    )


def _prompt(prompt: Prompt) -> Prompt:
    """The sentences about a prompt are this program's own and stay."""
    if not isinstance(prompt, PromptMessages):
        return prompt
    shapes = (cast("JsonDocument", parse_body(mask_prompt(page))) for page in prompt.pages)
    return replace(prompt, pages=tuple(shapes))


def _id(text: str | None) -> str | None:
    return text if text is None or looks_like_id(text) else mask_text(text)


def _source(inspection: Inspection) -> Source:
    source = inspection.source
    return replace(
        source,
        url=_url(source.url, inspection.requested),
        path=None if source.path is None else mask_text(source.path),
        size=inspection.size,
        sha256=inspection.sha256,
        is_redacted=True,
    )


def _url(url: str | None, requested: str | None) -> str | None:
    """The address without the ID where that is not kept."""
    if url is None or requested is None or looks_like_id(requested):
        return url
    return f"{url.rpartition('/')[0]}/{mask_text(requested)}"


def _fault(fault: JsonFault) -> JsonFault:
    """The place in a body that is not JSON, with the keys on the way there as they are in what is left of it."""
    return replace(fault, path=tuple("x" * len(step) if isinstance(step, str) else step for step in fault.path))


def _received(received: Received, requested: str | None, body: bytes) -> Received:
    """Of the headers only the request's ID stays, where it is one."""
    named = _id(request_id_of(received))
    headers = (("x-request-id", named),) if named else ()
    return replace(received, url=_url(received.url, requested) or "", reason="", headers=headers, body=body, notes=())


def _with_verdicts(shape: Completion, told: Completion) -> Completion:
    """The redacted completion, judged as the answer itself was."""
    pairs = zip(shape.choices, told.choices, strict=True)
    return replace(shape, choices=given(_choice(new, old.message) for new, old in pairs))


def _choice(new: Choice, told: Message | None) -> Choice:
    if new.message is None or told is None:
        return new
    calls = zip(new.message.tool_calls, told.tool_calls, strict=True)
    return replace(new, message=replace(new.message, tool_calls=given(_call(*pair) for pair in calls)))


def _call(new: ToolCall, told: ToolCall) -> ToolCall:
    fault = told.arguments.fault
    return replace(
        new,
        arguments=Arguments(
            new.arguments.node,
            told.arguments.verdict,
            new.arguments.text,
            new.arguments.document if told.arguments.document else None,
            replace(fault, message="From this character on the text is not JSON.") if fault else None,
            told.arguments.cause,
        ),
    )


def _check(call: ToolCall, inspection: Inspection) -> SchemaCheck:
    check = inspection.schemas[call.pointer]
    violations = tuple(
        replace(
            one,
            pointer=mask_pointer(one.pointer, call.arguments.document),
            message="The value here does not fit the schema.",
        )
        for one in check.violations
    )
    return replace(check, violations=violations, reason="")


def _tally(tally: Tally) -> Tally:
    """A reason may name tools."""
    return tally if tally.unchecked is None else replace(tally, unchecked="")


def _finding(found: Finding, document: JsonDocument | None) -> Finding:
    title = _TITLES.get(found.rule, found.rule)
    return replace(found, pointer=mask_pointer(found.pointer, document), message=title)


def _problem(problem: Problem) -> Problem:
    """Hint and causes are this program's own words and stay; the sentence is told without what the server said."""
    meaning = meaning_of(problem.status) if problem.status is not None else None
    happened = meaning.happened if meaning is not None and meaning.kind == problem.kind else "No completion came back"
    answered = f" ({status_name(problem.status, '')})" if problem.status is not None else f" ({problem.kind})"
    return replace(
        problem,
        message=f"{happened}{answered}.",
        server_words=mask_text(problem.server_words),
        request_id=_id(problem.request_id),
    )
