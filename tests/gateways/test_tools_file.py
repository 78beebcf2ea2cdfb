"""The file of remembered tool schemas."""

import stat
from pathlib import Path

from inspector.core.schemas.loaded_tools import RememberedTools
from inspector.gateways.tools_file import ToolsFile

TOOLS = RememberedTools("work", text="[]")


def only_file(folder: Path) -> Path:
    (path,) = folder.iterdir()
    return path


def test_it_is_kept_and_found_again(tmp_path: Path) -> None:
    file = ToolsFile(tmp_path / "new", "work")
    assert file.load() is None
    file.want(TOOLS)
    assert file.settle() == ""
    assert file.load() == TOOLS
    assert stat.S_IMODE(only_file(tmp_path / "new").stat().st_mode) == 0o600


def test_what_is_wanted_no_more_is_gone(tmp_path: Path) -> None:
    file = ToolsFile(tmp_path, "work")
    file.want(TOOLS)
    file.settle()
    file.want(None)
    assert file.settle() == ""
    assert list(tmp_path.iterdir()) == []


def test_profiles_do_not_see_each_other(tmp_path: Path) -> None:
    file = ToolsFile(tmp_path, "work")
    file.want(TOOLS)
    file.settle()
    assert ToolsFile(tmp_path, "home").load() is None
    only_file(tmp_path).write_bytes(b'{"profile": "home", "text": "[]"}')
    assert file.load() is None


def test_a_damaged_file_is_nothing(tmp_path: Path) -> None:
    file = ToolsFile(tmp_path, "work")
    file.want(TOOLS)
    file.settle()
    only_file(tmp_path).write_bytes(b"{")
    assert file.load() is None


def test_a_folder_that_cannot_be_made_is_told(tmp_path: Path) -> None:
    (tmp_path / "taken").write_text("")
    file = ToolsFile(tmp_path / "taken", "work")
    file.want(TOOLS)
    assert file.settle().startswith("The tool schemas could not be remembered (")
    assert file.load() is None
