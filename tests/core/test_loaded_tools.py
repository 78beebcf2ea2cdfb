"""What is remembered of tool schemas, and the text of the file for it."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from inspector.core.schemas.loaded_tools import (
    LoadedTools,
    Memory,
    RememberedTools,
    read_remembered,
    remembered,
    written,
)
from inspector.core.schemas.tool_schemas import ToolSchemas

FROM_FILE = LoadedTools(ToolSchemas(), "[…]", "/home/me/tools.json")
PASTED = LoadedTools(ToolSchemas(), "[…]")


@pytest.mark.parametrize(
    ("tools", "memory", "kept"),
    [
        (FROM_FILE, Memory.NOTHING, None),
        (FROM_FILE, Memory.PATH, RememberedTools("work", path="/home/me/tools.json")),
        (FROM_FILE, Memory.COPY, RememberedTools("work", text="[…]")),
        (PASTED, Memory.PATH, RememberedTools("work", text="[…]")),
        (PASTED, Memory.COPY, RememberedTools("work", text="[…]")),
    ],
)
def test_what_is_remembered(tools: LoadedTools, memory: Memory, kept: RememberedTools | None) -> None:
    assert remembered("work", tools, memory) == kept


def test_what_is_remembered_says_how() -> None:
    assert RememberedTools("work", path="/x").memory is Memory.PATH
    assert RememberedTools("work", text="[]").memory is Memory.COPY


@given(st.text(), st.text(min_size=1), st.booleans())
def test_it_reads_back_as_written(profile: str, told: str, is_path: bool) -> None:
    tools = RememberedTools(profile, path=told) if is_path else RememberedTools(profile, text=told)
    assert read_remembered(written(tools)) == tools


@pytest.mark.parametrize(
    "data", [b"", b"{", b"[]", b'{"profile": "work"}', b'{"profile": 1, "path": "/x"}', b'{"profile": "w", "path": ""}']
)
def test_a_damaged_file_holds_nothing(data: bytes) -> None:
    assert read_remembered(data) is None


def test_contents_are_not_in_the_representation() -> None:
    assert "secret" not in repr(LoadedTools(ToolSchemas(), "secret")) + repr(RememberedTools("work", text="secret"))
