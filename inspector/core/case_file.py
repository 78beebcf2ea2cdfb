"""A case file: tool-call arguments collected to be judged, without the completions that they came from.

It is a JSON object with `cases`, an array of objects that each hold `arguments` and may hold `id` and `name`; what else they
hold is nobody's business here. Each case becomes a completion with this one call and nothing else; its source stays the file.
Only what is found about the call is told, since the completion around it is this program's own.
"""

import json
from collections.abc import Iterator
from dataclasses import replace

from inspector.core.inspection import Inspection, inspect_file
from inspector.core.json.document import JsonDocument, JsonNode, Kind
from inspector.core.schemas.tool_schemas import ToolSchemas

_MESSAGE = "/choices/0/message/tool_calls/0"


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
    source = replace(file.source, size=file.size, sha256=file.sha256)
    for case in cases.children():
        inspection = inspect_file(_completion(case), file.source.path or "", now, tools)
        told = tuple(found for found in inspection.findings if found.pointer.startswith(_MESSAGE))
        yield replace(inspection, source=source, findings=told)


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
