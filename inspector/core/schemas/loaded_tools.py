"""Tool schemas as they were loaded, and what of them is remembered for a profile: where the file is, or a copy."""

from dataclasses import dataclass, field
from enum import StrEnum
from typing import TYPE_CHECKING

if TYPE_CHECKING:  # takes long to import, and the menu of what is remembered does not need it
    from inspector.core.schemas.tool_schemas import ToolSchemas

MOST_BYTES = 32 * 2**20
"""Of a file with a copy: every character of the longest schemas may take six bytes in it."""


@dataclass(frozen=True, slots=True)
class LoadedTools:
    """`text` is what the schemas were read from; `path` is its file, None where it was pasted."""

    schemas: "ToolSchemas"
    text: str = field(repr=False)
    path: str | None = None


class Memory(StrEnum):
    """What is remembered of the tools that are loaded."""

    NOTHING = "nothing"
    PATH = "path"
    COPY = "copy"


@dataclass(frozen=True, slots=True)
class RememberedTools:
    """Either `path` or `text` is set."""

    profile: str
    path: str | None = None
    text: str | None = field(default=None, repr=False)

    @property
    def memory(self) -> Memory:
        return Memory.COPY if self.path is None else Memory.PATH


def remembered(profile: str, tools: LoadedTools, memory: Memory) -> RememberedTools | None:
    """What to write for `memory`; pasted schemas have no file that could be named, so a copy stands for it."""
    if memory is Memory.NOTHING:
        return None
    if memory is Memory.PATH and tools.path is not None:
        return RememberedTools(profile, path=tools.path)
    return RememberedTools(profile, text=tools.text)


def written(tools: RememberedTools) -> bytes:
    """The text for the file."""
    import json

    told = {"profile": tools.profile} | ({"text": tools.text} if tools.path is None else {"path": tools.path})
    return json.dumps(told).encode() + b"\n"


def read_remembered(data: bytes) -> RememberedTools | None:
    """What a file holds; None where it is damaged."""
    import json

    try:
        given = json.loads(data)
    except (ValueError, RecursionError):
        return None
    match given:
        case {"profile": str(profile), "path": str(path)} if path:
            return RememberedTools(profile, path=path)
        case {"profile": str(profile), "text": str(text)}:
            return RememberedTools(profile, text=text)
        case _:
            return None
