"""The wheel as a stranger installs it: built here, opened, and asked what it holds."""

import re
import subprocess
import sys
import zipfile
from email import message_from_string
from email.message import Message
from pathlib import Path

import pytest

from inspector import __version__

PROJECT = Path(__file__).parent.parent


@pytest.fixture(scope="module")
def unpacked(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A folder with the content of the wheel, built without any network."""
    built = tmp_path_factory.mktemp("wheel")
    command = [sys.executable, "-m", "hatchling", "build", "-t", "wheel", "-d", str(built)]
    subprocess.run(command, cwd=PROJECT, check=True, capture_output=True)
    (wheel,) = built.glob("*.whl")
    into = tmp_path_factory.mktemp("unpacked")
    with zipfile.ZipFile(wheel) as archive:
        archive.extractall(into)
    return into


@pytest.fixture(scope="module")
def metadata(unpacked: Path) -> Message:
    (found,) = unpacked.glob("*.dist-info/METADATA")
    return message_from_string(found.read_text(encoding="utf-8"))


def relative_files(folder: Path) -> set[str]:
    return {
        path.relative_to(folder).as_posix()
        for path in folder.rglob("*")
        if path.is_file() and "__pycache__" not in path.parts
    }


def test_it_holds_every_module_and_every_resource(unpacked: Path) -> None:
    package = relative_files(unpacked / "inspector")
    resources = {name.removeprefix("_resources/") for name in package if name.startswith("_resources/")}
    modules = {name for name in package if not name.startswith("_resources/")}
    assert modules == relative_files(PROJECT / "inspector")
    assert resources == relative_files(PROJECT / "resources")
    assert "sudo-openapi.yaml" in resources


def test_it_brings_nothing_else_into_site_packages(unpacked: Path) -> None:
    ours = {"inspector", *(f"sudo_inspector-{__version__}.{kind}" for kind in ("dist-info", "data"))}
    assert {path.name for path in unpacked.iterdir()} == ours


def test_a_desktop_finds_the_program(unpacked: Path) -> None:
    (data,) = unpacked.glob("*.data/data")
    assert relative_files(data) == {
        "share/applications/sudo-inspector.desktop",
        "share/icons/hicolor/scalable/apps/sudo-inspector.svg",
        "share/metainfo/dev.sudoapp.inspector.metainfo.xml",
    }


def test_the_package_finds_its_resources_where_the_wheel_put_them(unpacked: Path) -> None:
    question = (
        f"import sys; sys.path.insert(0, {str(unpacked)!r}); import inspector.bundle as b; "
        "print(b.bundled('sudo-openapi.yaml'), b.bundled('icons', 'sudo-inspector.svg').is_file())"
    )
    answer = subprocess.run([sys.executable, "-I", "-c", question], check=True, capture_output=True, text=True).stdout
    assert answer.split() == [str(unpacked / "inspector/_resources/sudo-openapi.yaml"), "True"]


def test_the_metadata_says_what_it_is(metadata: Message) -> None:
    told = {name: metadata[name] for name in ("Name", "Version", "Requires-Python", "License-Expression")}
    assert told == {
        "Name": "sudo-inspector",
        "Version": __version__,
        "Requires-Python": ">=3.11",
        "License-Expression": "MIT",
    }
    assert metadata["License-File"] == "LICENSE"
    assert str(metadata.get_payload()) == (PROJECT / "README.md").read_text(encoding="utf-8")


def test_running_it_needs_no_tool_of_the_tests(metadata: Message) -> None:
    always = [line for line in metadata.get_all("Requires-Dist", []) if "extra ==" not in line]
    assert {re.split(r"[^\w-]", line)[0] for line in always} == {
        "httpx",
        "jsonschema-rs",
        "keyring",
        "markdown-it-py",
        "numpy",
        "platformdirs",
        "pyside6-essentials",
        "regex",
        "truststore",
    }


def test_the_command_is_called_sudo_inspector(unpacked: Path) -> None:
    (entries,) = unpacked.glob("*.dist-info/entry_points.txt")
    assert entries.read_text().split() == ["[console_scripts]", "sudo-inspector", "=", "inspector.__main__:main"]
