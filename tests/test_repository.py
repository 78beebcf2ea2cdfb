"""The repository as a whole: what lies in it, how long its files are, and whom the panes know."""

import gc
import json
import os
import re
import shutil
import subprocess
import sys
import tomllib
from importlib.metadata import version
from itertools import permutations
from pathlib import Path
from xml.etree.ElementTree import parse

import grimp
import pytest
from PySide6.QtCore import QObject

PROJECT = Path(__file__).parent.parent
TOP_LEVEL = {"pyproject.toml", "README.md", "LICENSE", "inspector", "resources", "tests", "packaging"}
LONGEST_MODULE = 300
ONE_MACHINE_ONLY = re.compile(rb"(?<![\w.])/(?:work|root)/")


def tracked(*under: str) -> list[Path]:
    """The files that git knows below the given folders, or all of them, as paths from the root."""
    command = ["git", "-c", "safe.directory=*", "ls-files", "-z", "--", *under]
    listing = subprocess.run(command, cwd=PROJECT, capture_output=True, check=True, text=True).stdout
    return [Path(name) for name in listing.split("\0") if name and (PROJECT / name).exists()]


@pytest.fixture(scope="module", autouse=True)
def _in_a_git_checkout() -> None:
    if not shutil.which("git") or not (PROJECT / ".git").exists():
        pytest.skip("what belongs to the repository is asked of git, and this is no git checkout")


def test_the_top_level_holds_only_the_known_things() -> None:
    top = {path.parts[0] for path in tracked()}
    assert {name for name in top if not name.startswith(".")} == TOP_LEVEL


def test_no_module_is_longer_than_a_reader_can_hold() -> None:
    lengths = {str(path): len((PROJECT / path).read_bytes().splitlines()) for path in tracked("inspector")}
    assert {name: length for name, length in lengths.items() if length > LONGEST_MODULE} == {}


def test_nothing_names_a_place_on_one_machine() -> None:
    naming = [
        f"{path}:{number}"
        for path in tracked()
        for number, line in enumerate((PROJECT / path).read_bytes().splitlines(), 1)
        if ONE_MACHINE_ONLY.search(line)
    ]
    assert naming == []


@pytest.mark.parametrize("line", [b"see /" + b"work/x", b'"/' + b"root/.venv", b"cd /" + b"work/"])
def test_a_place_on_one_machine_is_recognised(line: bytes) -> None:
    assert ONE_MACHINE_ONLY.search(line)


@pytest.mark.parametrize("line", [b"home/work/x", b"https://host.example/a/root", b"../root/x"])
def test_other_paths_are_left_alone(line: bytes) -> None:
    assert not ONE_MACHINE_ONLY.search(line)


def test_panes_do_not_know_each_other() -> None:
    graph = grimp.build_graph("inspector", cache_dir=None)
    panes = sorted(module for module in graph.modules if module.endswith("_pane"))
    assert len(panes) > 1
    known = [f"{one} -> {other}" for one, other in permutations(panes, 2) if graph.chain_exists(one, other)]
    assert known == []


@pytest.mark.parametrize("name", ["packaging/run", "packaging/test", ".ci/run"])
def test_a_command_can_be_executed_and_read_by_its_shell(name: str) -> None:
    command = PROJECT / name
    assert os.access(command, os.X_OK)
    shell = "bash" if "bash" in command.read_text().splitlines()[0] else "sh"
    subprocess.run([shell, "-n", command], check=True)


def test_the_picture_without_a_display_shows_a_bundled_sample() -> None:
    (shown,) = re.findall(r"^demo_id=(.+)$", (PROJECT / "packaging/run").read_text(), re.MULTILINE)
    samples = json.loads((PROJECT / "resources/samples/index.json").read_text())
    assert shown in {sample["id"] for sample in samples}


def test_this_qt_keeps_its_hold_on_none() -> None:
    """PySide6 6.12.0 drops one reference to None per void call before Python 3.12, and aborts the process in the end."""
    thing = QObject()
    thing.setObjectName("warm")
    gc.collect()
    before = sys.getrefcount(None)
    for _ in range(1000):
        thing.setObjectName("x")
    assert abs(sys.getrefcount(None) - before) < 50
    if sys.version_info < (3, 12):
        assert version("PySide6-Essentials") != "6.12.0"


def test_no_link_of_a_stranger_starts_the_program() -> None:
    """A page that opens `sudo-inspector://…` would have a say in what is fetched, from where, with the key."""
    for path in (PROJECT / "packaging").rglob("*"):
        if path.is_file():
            assert b"x-scheme-handler" not in path.read_bytes(), path.name


def test_the_desktop_file_is_valid() -> None:
    validate = shutil.which("desktop-file-validate")
    if not validate:
        pytest.skip("desktop-file-validate is not installed")
    subprocess.run([validate, PROJECT / "packaging/sudo-inspector.desktop"], check=True)


def test_the_appstream_metainfo_is_valid() -> None:
    validate = shutil.which("appstreamcli")
    if not validate:
        pytest.skip("appstreamcli is not installed")
    subprocess.run([validate, "validate", "--no-net", metainfo_path()], check=True)


def test_the_metainfo_tells_the_newest_release() -> None:
    releases = parse(metainfo_path()).findall("releases/release")
    assert releases[0].get("version") == version("sudo-inspector")


def test_qt_is_bounded_for_each_python() -> None:
    dependencies = tomllib.loads((PROJECT / "pyproject.toml").read_text())["project"]["dependencies"]
    bounds = {line.partition(";")[2].strip(): line for line in dependencies if line.startswith("PySide6-Essentials")}
    assert "<6.12;" in bounds["python_version < '3.12'"]
    assert ">=6.12;" in bounds["python_version >= '3.12'"]


def metainfo_path() -> Path:
    return PROJECT / "packaging" / "dev.sudoapp.inspector.metainfo.xml"
