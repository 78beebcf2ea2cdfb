"""The tools in a JSON text, in every form in which people keep them: a tool, a list of tools, or a request that holds some.

A function stands bare (`{name, parameters}`), inside a tool (`{type: "function", function: {…}}`), or flat beside its type.
`input_schema` and `inputSchema` are what other services call `parameters`.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from enum import Enum, auto

from inspector.core.completion import string_of
from inspector.core.json.document import JsonNode, Kind

_SCHEMA_MEMBERS = ("parameters", "input_schema", "inputSchema")
_LIST_MEMBERS = ("tools", "functions")


class ToolForm(Enum):
    """What a tool takes: parameters, free text, or what the service alone knows."""

    FUNCTION = auto()
    CUSTOM = auto()
    BUILT_IN = auto()


@dataclass(frozen=True, slots=True)
class OfferedTool:
    """A tool by the name that a call uses. `schema` is None where a function takes no parameters, and for other forms."""

    name: str
    form: ToolForm
    schema: JsonNode | None = None
    strict: bool = False


@dataclass(frozen=True, slots=True)
class NoTool:
    """An entry that is no tool; `pointer` is RFC 6901 into the text."""

    pointer: str


def tools_in(root: JsonNode) -> Iterator[OfferedTool | NoTool]:
    """The tools of a text whose root is `root`; nothing where it is a request without tools."""
    if root.kind is Kind.ARRAY:
        yield from _listed(root)
        return
    held = [held for member in _LIST_MEMBERS if (held := root.get(member)) is not None]
    if not held:
        yield _tool(root)
    for entries in held:
        yield from _listed(entries)


def listed_tools(root: JsonNode) -> Iterator[OfferedTool | NoTool]:
    """The tools that a request or a response lists under `tools` or `functions`."""
    for member in _LIST_MEMBERS:
        if (held := root.get(member)) is not None:
            yield from _listed(held)


def _listed(entries: JsonNode) -> Iterator[OfferedTool | NoTool]:
    if entries.kind is Kind.ARRAY:
        yield from map(_tool, entries.children())
    elif entries.kind is not Kind.NULL:
        yield NoTool(entries.pointer)


def _tool(entry: JsonNode) -> OfferedTool | NoTool:
    kind = string_of(entry.get("type")) or ""
    custom = entry.get("custom")
    holder = entry.get("function") or custom or entry
    name = string_of(holder.get("name"))
    if not name:
        built_in = kind and kind not in ("function", "custom", "object")
        return OfferedTool(kind, ToolForm.BUILT_IN) if built_in else NoTool(entry.pointer)
    if custom is not None or kind == "custom":
        return OfferedTool(name, ToolForm.CUSTOM)
    schema = next((held for member in _SCHEMA_MEMBERS if (held := holder.get(member)) is not None), None)
    strict = holder.get("strict")
    return OfferedTool(
        name,
        ToolForm.FUNCTION,
        None if schema is not None and schema.kind is Kind.NULL else schema,
        strict is not None and strict.kind is Kind.TRUE,
    )
