"""Tool-call arguments held against the user's own tool schemas. Three states: passes, fails and not checked."""

from collections.abc import Iterable
from dataclasses import dataclass, field
from typing import cast

from inspector.core.arguments.verdict import Verdict
from inspector.core.completion import Completion, ToolCall
from inspector.core.inputs import Refused
from inspector.core.json.document import JsonDocument, JsonNode, Kind
from inspector.core.json.fault import describe
from inspector.core.json.text import JsonFault, parse_text
from inspector.core.schemas.check import ParameterSchema, read_schema
from inspector.core.schemas.names import did_you_mean, quoted
from inspector.core.schemas.offered_tools import NoTool, OfferedTool, ToolForm, listed_tools, tools_in
from inspector.core.schemas.survey import Effort
from inspector.core.schemas.verdict import SchemaCheck, SchemaVerdict, Violation, fails, not_checked
from inspector.core.schemas.words import kind_words

__all__ = ["SchemaCheck", "SchemaVerdict", "ToolSchemas", "Violation"]

_MOST_CHARACTERS = 4 * 1024 * 1024
_MOST_NAMES = 20
NOT_OFFERED = "The call names a function that was not offered:"
_NO_PARAMETERS = cast("JsonDocument", parse_text('{"type": "object", "properties": {}}')).root
_REASONS = {
    Verdict.EMPTY: "The arguments are empty, so there is nothing to check.",
    Verdict.ABSENT: "The call has no arguments, so there is nothing to check.",
    Verdict.FREE_TEXT: "The input is free text, so there is nothing to check.",
}
_FORMS = "Expected a “tools” list, one tool, one function with a name and parameters, or a whole request body."


@dataclass(frozen=True, slots=True)
class ToolSchemas:
    """The functions that were offered, with their parameter schemas; none means that nothing is known about what was.

    `whole` is false where entries could not be read, so that a name which is missing here may have been offered all the same.
    """

    tools: tuple[OfferedTool, ...] = field(default=(), repr=False)
    whole: bool = True

    @staticmethod
    def read(text: str) -> "ToolSchemas | Refused":
        """The tools in a file or a pasted text; a `Refused` says what is wrong with it."""
        if len(text) > _MOST_CHARACTERS:
            return Refused(
                f"The text has more than {_MOST_CHARACTERS:,} characters, which is too much for tool schemas."
            )
        text = text.removeprefix("\ufeff")
        document = parse_text(text)
        if isinstance(document, JsonFault):
            fault = describe(text, document)
            return Refused(
                f"The tool schemas are not JSON, at line {fault.line}, column {fault.column}: {fault.message}"
            )
        found = list(tools_in(document.root))
        for tool in found:
            if isinstance(tool, NoTool):
                where = f"At {tool.pointer} there is no tool." if tool.pointer else "This is no tool."
                return Refused(f"{where} {_FORMS}")
        schemas = _schemas(found)
        named = any(tool.form is not ToolForm.BUILT_IN for tool in schemas.tools)
        return schemas if named else Refused(f"The text lists no tool with a name. {_FORMS}")

    @staticmethod
    def in_body(completion: Completion | None) -> "ToolSchemas":
        """The tools that the body itself carries; none where it carries none."""
        return _schemas(listed_tools(completion.root)) if completion is not None else ToolSchemas()

    def check_all(self, completion: Completion) -> dict[str, SchemaCheck]:
        """One check per tool call, by the call's pointer."""
        checks = _Checks(self)
        return {call.pointer: checks.of(call) for _, call in completion.tool_calls}


def _schemas(found: Iterable[OfferedTool | NoTool]) -> ToolSchemas:
    found = list(found)
    tools = tuple(tool for tool in found if isinstance(tool, OfferedTool))
    return ToolSchemas(tools, whole=len(tools) == len(found))


class _Checks:
    """The checks of one completion: a schema is made ready once, and all share one effort."""

    def __init__(self, schemas: ToolSchemas) -> None:
        self._schemas = schemas
        self._by_name = {tool.name: tool for tool in schemas.tools}
        self._ready: dict[str, ParameterSchema | str] = {}
        self._effort = Effort()

    def of(self, call: ToolCall) -> SchemaCheck:
        if not self._schemas.tools:
            return not_checked("No tool schemas are loaded, and the body carries none.")
        if not call.name:
            return not_checked("The call names no function.")
        tool = self._by_name.get(call.name)
        if tool is None:
            return self._not_offered(call.name)
        if tool.form is not ToolForm.FUNCTION:
            return not_checked(f"{quoted(call.name)} takes free text or is built in, so it has no schema.")
        return self._check(call, tool)

    def _not_offered(self, name: str) -> SchemaCheck:
        if not self._schemas.whole:
            return not_checked(
                f"{quoted(name)} is not among the tools of the body, but not all of these could be read."
            )
        names = list(self._by_name)
        listed = ", ".join(map(quoted, names[:_MOST_NAMES])) + (", …" if len(names) > _MOST_NAMES else "")
        return fails(
            "",
            f"{quoted(name)} was not offered{did_you_mean(name, names, self._effort)} Offered: {listed}.",
            NOT_OFFERED,
        )

    def _check(self, call: ToolCall, tool: OfferedTool) -> SchemaCheck:
        given = _given(call)
        if isinstance(given, SchemaCheck):
            return given
        if tool.name not in self._ready:
            schema = tool.schema or _NO_PARAMETERS
            self._ready[tool.name] = read_schema(schema, strict=tool.strict, effort=self._effort)
        ready = self._ready[tool.name]
        if isinstance(ready, str):
            return not_checked(f"{quoted(tool.name)} was not checked: {ready}.")
        return ready.check(given, self._effort)


def _given(call: ToolCall) -> JsonNode | SchemaCheck:
    """The object of arguments, or what is to be said where there is none."""
    node, document = call.arguments.node, call.arguments.document
    if call.arguments.verdict is Verdict.NOT_A_STRING and node is not None:
        return node if node.kind is Kind.OBJECT else _no_object(node, "")
    if document is not None:
        again = " They were encoded as JSON more than once." if call.arguments.cause == "double-encoded" else ""
        return document.root if document.root.kind is Kind.OBJECT else _no_object(document.root, again)
    return not_checked(_REASONS.get(call.arguments.verdict, "The arguments are not JSON, so they cannot be checked."))


def _no_object(node: JsonNode, again: str) -> SchemaCheck:
    return fails("", f"The arguments are {kind_words(node)}, where an object is expected.{again}")
