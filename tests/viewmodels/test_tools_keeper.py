"""Tool schemas that are remembered from run to run."""

import json
from pathlib import Path

import pytest
from pytestqt.qtbot import QtBot

from inspector.core.schemas.loaded_tools import Memory, RememberedTools
from inspector.gateways.tools_file import ToolsFile
from inspector.viewmodels.job_runner import JobRunner
from inspector.viewmodels.session import Session
from inspector.viewmodels.tools_keeper import LANE, ToolsKeeper

TOOLS = json.dumps([{"type": "function", "function": {"name": "get_order", "parameters": {"type": "object"}}}])


@pytest.fixture
def tools(tmp_path: Path) -> Path:
    path = tmp_path / "tools.json"
    path.write_text(TOOLS)
    return path


@pytest.fixture
def file(tmp_path: Path) -> ToolsFile:
    return ToolsFile(tmp_path / "settings", "work")


@pytest.fixture
def keeper(session: Session, runner: JobRunner, file: ToolsFile) -> ToolsKeeper:
    return ToolsKeeper(session, runner, file)


def settled(runner: JobRunner, qtbot: QtBot) -> None:
    qtbot.waitUntil(lambda: not runner.is_busy(LANE))


def load(session: Session, runner: JobRunner, qtbot: QtBot, tools: Path) -> None:
    with qtbot.waitSignal(session.tool_desk.changed):
        session.tool_desk.load(str(tools))
    settled(runner, qtbot)


def test_nothing_is_remembered_unasked(
    keeper: ToolsKeeper, session: Session, runner: JobRunner, qtbot: QtBot, file: ToolsFile, tools: Path
) -> None:
    load(session, runner, qtbot, tools)
    assert keeper.memory is Memory.NOTHING
    assert file.load() is None


@pytest.mark.parametrize("memory", [Memory.PATH, Memory.COPY])
def test_a_later_run_has_them_again(
    keeper: ToolsKeeper,
    session: Session,
    runner: JobRunner,
    qtbot: QtBot,
    file: ToolsFile,
    tools: Path,
    memory: Memory,
) -> None:
    load(session, runner, qtbot, tools)
    keeper.remember(memory)
    settled(runner, qtbot)
    later = Session(runner)
    again = ToolsKeeper(later, runner, ToolsFile(file._path.parent, "work"))
    with qtbot.waitSignal(later.tool_desk.changed):
        again.look()
    assert again.memory is memory
    assert later.tool_desk.loaded is not None
    assert [tool.name for tool in later.tool_desk.loaded.schemas.tools] == ["get_order"]


def test_pasted_tools_are_remembered_as_a_copy(
    keeper: ToolsKeeper, session: Session, runner: JobRunner, qtbot: QtBot, file: ToolsFile
) -> None:
    with qtbot.waitSignal(session.tool_desk.changed):
        session.tool_desk.paste(TOOLS)
    keeper.remember(Memory.PATH)
    settled(runner, qtbot)
    assert keeper.memory is Memory.COPY
    assert file.load() == RememberedTools("work", text=TOOLS)


def test_what_is_loaded_next_is_remembered_likewise_and_forgetting_ends_it(
    keeper: ToolsKeeper, session: Session, runner: JobRunner, qtbot: QtBot, file: ToolsFile, tools: Path
) -> None:
    load(session, runner, qtbot, tools)
    keeper.remember(Memory.PATH)
    other = tools.with_name("other.json")
    other.write_text(TOOLS)
    load(session, runner, qtbot, other)
    assert file.load() == RememberedTools("work", path=str(other))
    with qtbot.waitSignal(session.tool_desk.changed):
        session.tool_desk.forget()
    settled(runner, qtbot)
    assert file.load() is None
    assert keeper.memory is Memory.NOTHING


def test_a_file_that_is_gone_is_told_and_stays_remembered(
    keeper: ToolsKeeper, session: Session, runner: JobRunner, qtbot: QtBot, file: ToolsFile, tmp_path: Path
) -> None:
    file.want(RememberedTools("work", path=str(tmp_path / "gone.json")))
    file.settle()
    with qtbot.waitSignal(session.told) as told:
        keeper.look()
    assert "gone.json" in told.args[0]
    assert session.tool_desk.loaded is None
    assert file.load() == RememberedTools("work", path=str(tmp_path / "gone.json"))


def test_what_was_loaded_meanwhile_is_not_replaced(
    keeper: ToolsKeeper, session: Session, runner: JobRunner, qtbot: QtBot, file: ToolsFile, tools: Path
) -> None:
    load(session, runner, qtbot, tools)
    file.want(RememberedTools("work", text="[]"))
    file.settle()
    keeper.look()
    settled(runner, qtbot)
    assert session.tool_desk.loaded is not None
    assert session.tool_desk.loaded.path == str(tools)


def test_what_cannot_be_kept_is_told(
    session: Session, runner: JobRunner, qtbot: QtBot, tools: Path, tmp_path: Path
) -> None:
    (tmp_path / "taken").write_text("")
    keeper = ToolsKeeper(session, runner, ToolsFile(tmp_path / "taken", "work"))
    load(session, runner, qtbot, tools)
    with qtbot.waitSignal(keeper.told) as told:
        keeper.remember(Memory.COPY)
    assert told.args[0].startswith("The tool schemas could not be remembered")
