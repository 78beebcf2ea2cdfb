"""A case file: tool-call arguments collected to be judged, without the completions that they came from.

It is a JSON object with `cases`, an array of objects that each hold `arguments` and may hold `id` and `name`; what else they
hold is nobody's business here. Each case becomes a completion with this one call and nothing else; its source stays the file.
Only what is found about the call is told, since the completion around it is this program's own.
"""

import json
from collections.abc import Iterator, Sequence
from dataclasses import replace

from inspector.core.completion import string_of
from inspector.core.inspection import Inspection, inspect_file, inspect_saved
from inspector.core.json.document import JsonDocument, JsonNode, Kind
from inspector.core.schemas.tool_schemas import ToolSchemas


def inspect_saved_file(body: bytes, path: str, now: float, tools: ToolSchemas | None = None) -> Iterator[Inspection]:
    """What a file holds: a saved response, or the cases of a case file one by one."""
    inspection = inspect_file(body, path, now, tools)
    cases = cases_in(inspection.document)
    if cases is None:
        yield inspection
    else:
        yield from inspect_cases(inspection, cases, now, tools)


def cases_in(document: JsonDocument | None) -> JsonNode | None:
    """The array of cases, where the document is a case file."""
    if document is None or document.root.get("choices") is not None:
        return None
    cases = document.root.get("cases")
    return cases if cases is not None and cases.kind is Kind.ARRAY else None


def inspect_cases(
    file: Inspection, cases: JsonNode, now: float, tools: ToolSchemas | None = None
) -> Iterator[Inspection]:
    """One inspection a case, in order. `file` is the inspection of the file itself, `now` Unix seconds."""
    source = replace(file.source, size=file.size, sha256=file.sha256, is_case=True)
    for case in cases.children():
        yield inspect_saved(_completion(case), source, now, tools)


def names_of(found: Sequence[Inspection], name: str) -> list[str]:
    """Names for a list: that of the file; for each case with its number from 1 and its ID where it has one."""
    if not found[0].source.is_case:
        return [name]
    width = len(str(len(found)))
    ids = (string_of(case.completion.id) if case.completion else None for case in found)
    return [f"{name} {number:0{width}}{f' {id_}' if id_ else ''}" for number, id_ in enumerate(ids, 1)]


def _completion(case: JsonNode) -> bytes:
    """A completion around one case, with the case's own values as they are spelled in the file."""
    function = _members(name=_raw(case, "name"), arguments=_raw(case, "arguments"))
    call = _members(id=_raw(case, "id"), type=b'"function"', function=function)
    message = _members(role=b'"assistant"', content=b"null", tool_calls=b"[%s]" % call)
    choice = _members(index=b"0", finish_reason=b'"tool_calls"', message=message)
    return _members(id=_raw(case, "id"), object=b'"chat.completion"', choices=b"[%s]" % choice)


def _raw(case: JsonNode, key: str) -> bytes | None:
    value = case.get(key)
    return value.raw if value is not None else None


def _members(**members: bytes | None) -> bytes:
    """An object of the members that are there."""
    written = (b"%s: %s" % (json.dumps(key).encode(), value) for key, value in members.items() if value is not None)
    return b"{%s}" % b", ".join(written)
