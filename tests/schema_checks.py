"""One function, called with given arguments: how the calls stand against its parameters."""

import json
from typing import Any

from inspector.core.completion import read_completion
from inspector.core.json.document import JsonDocument
from inspector.core.json.text import parse_body
from inspector.core.schemas.tool_schemas import SchemaCheck, ToolSchemas


def check_all(parameters: object, arguments: list[str], *, strict: bool = False) -> list[SchemaCheck]:
    """One check for each call."""
    schemas = ToolSchemas.read(json.dumps({"name": "f", "strict": strict, "parameters": parameters}))
    assert isinstance(schemas, ToolSchemas)
    calls = [{"function": {"name": "f", "arguments": text}} for text in arguments]
    document = parse_body(json.dumps({"choices": [{"message": {"tool_calls": calls}}]}).encode())
    assert isinstance(document, JsonDocument)
    return list(schemas.check_all(read_completion(document)).values())


def check(parameters: object, arguments: object = None, *, strict: bool = False) -> SchemaCheck:
    """`arguments` as text, or as a value to be encoded."""
    text = arguments if isinstance(arguments, str) else json.dumps(arguments or {})
    return check_all(parameters, [text], strict=strict)[0]


def a(schema: object) -> dict[str, Any]:
    """Parameters with one member, `a`, of that schema."""
    return {"properties": {"a": schema}}
