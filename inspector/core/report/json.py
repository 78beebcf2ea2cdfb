"""The report for programs: one JSON object whose values out of the body keep every number's spelling and repeated keys.

Nothing of the body goes through Python numbers or dicts: a value is its own text as sent, with other white space. Characters
that could steer a terminal, end a line for some readers or not be encoded at all (controls, bidirectional marks, lone
surrogates) are written as `\\uXXXX`, which reads back as the same string.
"""

import json
import re
from collections.abc import Iterator
from dataclasses import dataclass

from inspector.core.arguments.verdict import Arguments
from inspector.core.completion import ToolCall
from inspector.core.conversation.prompt import Prompt, PromptMessages
from inspector.core.inspection import Inspection
from inspector.core.json.document import JsonDocument, JsonNode, Kind
from inspector.core.json.pretty import UNLIMITED, pretty
from inspector.core.report.facts import fetched_at, not_json_sentence, report_id, request_id
from inspector.core.schemas.tool_schemas import SchemaCheck, SchemaVerdict

NOT_JSON = "not-json"
_INDENT = "  "
_DEEPEST_INDENTED = 40
_UNSAFE = re.compile("[\x7f-\x9f\u061c\u200e\u200f\u2028-\u202e\u2066-\u2069\ufeff\ud800-\udfff]")
_NOT_ASCII = re.compile("[^\x00-\x7f]")
_BLANK = re.compile(r'("[^"\\]*+(?>(?:\\.[^"\\]*+)*)")|[ \t\r\n]++')


@dataclass(frozen=True, slots=True)
class _Sent:
    """A value out of the body, or null where the body has none."""

    node: JsonNode | None


_Value = str | int | float | _Sent | list["_Value"] | dict[str, "_Value"] | None


def json_report(inspection: Inspection, *, indented: bool = True) -> str:
    """The report without a line break at its end; with `indented` off it is one line."""
    written = _indented(_report(inspection), "\n") if indented else _compact(_report(inspection))
    return _UNSAFE.sub(_escaped, "".join(written))


def in_ascii(report: str) -> str:
    """The same report for an output that cannot hold every character."""
    return _NOT_ASCII.sub(_escaped, report)


def _report(inspection: Inspection) -> dict[str, _Value]:
    completion = inspection.completion
    usage = completion.usage if completion else None
    return {
        "id": report_id(inspection),
        "source": _source(inspection),
        "completion": _Sent(inspection.document.root if inspection.document else None),
        "messages": _messages(inspection.prompt),
        "tool_calls": [_call(call, inspection.schemas) for _, call in completion.tool_calls] if completion else [],
        "usage": _Sent(usage if usage is not None and usage.kind is Kind.OBJECT else None),
        "findings": [
            {"rule": found.rule, "severity": found.severity.word, "pointer": found.pointer, "message": found.message}
            for found in inspection.findings
        ],
        "error": _error(inspection),
    }


def _messages(prompt: Prompt) -> _Value:
    """Every message of every page; null where the service told none."""
    return [_Sent(message) for message in prompt.messages] if isinstance(prompt, PromptMessages) else None


def _source(inspection: Inspection) -> _Value:
    source, received = inspection.source, inspection.received
    return {
        "kind": source.kind,
        "url": source.url,
        "path": source.path,
        "status": received.status if received else None,
        "elapsed_ms": round(received.timings.last_byte_ms, 3) if received else None,
        "bytes": inspection.size,
        "sha256": inspection.sha256,
        "request_id": request_id(inspection),
        "fetched_at": fetched_at(inspection),
    }


def _call(call: ToolCall, schemas: dict[str, SchemaCheck]) -> _Value:
    check = schemas.get(call.pointer, SchemaCheck(SchemaVerdict.NOT_CHECKED))
    return {
        "pointer": call.pointer,
        "id": _Sent(call.id),
        "type": _Sent(call.type),
        "name": call.name,
        "arguments": {
            "text": call.arguments.text,
            "verdict": call.arguments.verdict,
            "error": _fault(call.arguments),
            "cause": call.arguments.cause,
            "schema": {
                "verdict": check.verdict,
                "violations": [{"pointer": one.pointer, "message": one.message} for one in check.violations],
            },
        },
    }


def _fault(arguments: Arguments) -> _Value:
    fault = arguments.fault
    if fault is None:
        return None
    return {"offset": fault.offset, "line": fault.line, "column": fault.column, "message": fault.message}


def _error(inspection: Inspection) -> _Value:
    problem = inspection.problem
    if problem is not None:
        return {
            "kind": problem.kind,
            "status": problem.status,
            "message": problem.message,
            "hint": problem.hint,
            "request_id": problem.request_id,
        }
    if inspection.fault is None:
        return None
    return {
        "kind": NOT_JSON,
        "status": None,
        "message": not_json_sentence(inspection.body, inspection.fault),
        "hint": None,
        "request_id": None,
    }


def _indented(value: _Value, line: str) -> Iterator[str]:
    """`line` is the line break and the indentation of the value's own line."""
    inner = line + _INDENT
    if isinstance(value, dict) and value:
        for at, (key, member) in enumerate(value.items()):
            yield f"{',' if at else '{'}{inner}{json.dumps(key)}: "
            yield from _indented(member, inner)
        yield line + "}"
    elif isinstance(value, list) and value:
        for at, member in enumerate(value):
            yield f"{',' if at else '['}{inner}"
            yield from _indented(member, inner)
        yield line + "]"
    elif isinstance(value, _Sent):
        yield laid_out(value.node).replace("\n", line)
    else:
        yield json.dumps(value, ensure_ascii=False)


def _compact(value: _Value) -> Iterator[str]:
    if isinstance(value, dict):
        for at, (key, member) in enumerate(value.items()):
            yield f"{', ' if at else '{'}{json.dumps(key)}: "
            yield from _compact(member)
        yield "}"
    elif isinstance(value, list):
        yield "["
        for at, member in enumerate(value):
            yield ", " if at else ""
            yield from _compact(member)
        yield "]"
    elif isinstance(value, _Sent):
        yield "null" if value.node is None else compact(value.node)
    else:
        yield json.dumps(value, ensure_ascii=False)


def laid_out(node: JsonNode | None, limit: int = UNLIMITED) -> str:
    """Indented for reading, but for what is nested so deeply that the indentation would outgrow the value.

    Of a value that takes more than `limit` characters the beginning.
    """
    if node is None:
        return "null"
    if is_deep(node.document, node.index, limit):
        return compact(node, limit)
    return pretty(node.document, node.index, limit)


def compact(node: JsonNode, limit: int = UNLIMITED) -> str:
    """A value in one line: as sent, without white space between the tokens."""
    return _BLANK.sub(lambda match: match[1] or "", node.sent(limit))


def is_deep(document: JsonDocument, top: int, most: int = UNLIMITED) -> bool:
    """Whether the value at index `top` is nested too deeply for a line per value; no more than `most` values are looked at."""
    depths = {document.parents[top]: 0}
    for index in range(top, min(document.next_of(top), top + most)):
        depth = depths[document.parents[index]] + 1
        if depth > _DEEPEST_INDENTED:
            return True
        if document.counts[index]:
            depths[index] = depth
    return False


def _escaped(match: re.Match[str]) -> str:
    return json.dumps(match[0])[1:-1]
