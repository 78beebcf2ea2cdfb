"""Saved responses on disk: what is opened, and what is not even tried."""

import os
import tempfile
from pathlib import Path

import pytest

from inspector.core.inputs import Refused
from inspector.gateways.files import LIMIT_BYTES, read_response_file
from tests.unprivileged import without_privileges

DESCRIPTORS = Path("/proc/self/fd")
BODY = b'\xef\xbb\xbf{"id":\r\n"\x00\xff"}\x1a'


def sentence(path: Path, limit: int = LIMIT_BYTES) -> str:
    """Why `path` was not read; whatever was opened on the way must be closed again."""
    before = set(DESCRIPTORS.iterdir())
    found = read_response_file(path, limit)
    assert set(DESCRIPTORS.iterdir()) == before
    assert isinstance(found, Refused)
    return found.sentence


def test_the_bytes_are_those_of_the_file(tmp_path: Path) -> None:
    path = tmp_path / "saved.json"
    path.write_bytes(BODY)
    assert read_response_file(path) == BODY


def test_an_empty_file_is_an_empty_body(tmp_path: Path) -> None:
    path = tmp_path / "empty.json"
    path.touch()
    assert read_response_file(path) == b""


def test_a_link_to_a_file_is_the_file(tmp_path: Path) -> None:
    (tmp_path / "saved.json").write_bytes(BODY)
    (tmp_path / "link.json").symlink_to("saved.json")
    assert read_response_file(tmp_path / "link.json") == BODY


def test_the_limit_is_the_last_size_that_is_opened(tmp_path: Path) -> None:
    path = tmp_path / "saved.json"
    path.write_bytes(b"x" * 1234)
    assert read_response_file(path, 1234) == b"x" * 1234
    assert sentence(path, 1233) == f"{path} has 1,234 bytes; at most 1,233 are opened."


def test_a_huge_file_is_told_by_its_size_and_not_read(tmp_path: Path) -> None:
    path = tmp_path / "huge.json"
    with path.open("wb") as file:
        file.truncate(2**40)
    assert sentence(path) == f"{path} has 1,099,511,627,776 bytes; at most 268,435,456 are opened."


def test_a_pipe_that_nobody_writes_to_is_not_waited_for(tmp_path: Path) -> None:
    path = tmp_path / "pipe"
    os.mkfifo(path)
    assert sentence(path) == f"{path} is not a regular file, so it was not read."


@pytest.mark.parametrize("path", ["/dev/zero", "/dev/null", "/", "/proc/self/fd"])
def test_what_never_ends_or_is_no_file_is_not_read(path: str) -> None:
    assert sentence(Path(path)) == f"{path} is not a regular file, so it was not read."


def test_a_missing_file(tmp_path: Path) -> None:
    path = tmp_path / "gone.json"
    assert sentence(path) == f"{path} could not be opened: No such file or directory."
    assert sentence(path / "below").endswith("could not be opened: No such file or directory.")


def test_a_link_in_circles(tmp_path: Path) -> None:
    path = tmp_path / "round.json"
    path.symlink_to(path)
    assert sentence(path) == f"{path} could not be opened: Too many levels of symbolic links."


@pytest.mark.parametrize("name", ["a\x00b", "\ud800"])
def test_a_name_that_no_file_can_have(name: str) -> None:
    assert sentence(Path(name)) == f"{name} could not be opened: its name cannot be used."


def test_a_name_that_is_too_long() -> None:
    assert sentence(Path("x" * 5000)).endswith("could not be opened: File name too long.")


def test_a_file_that_this_user_may_not_read() -> None:
    with tempfile.TemporaryDirectory() as folder:
        Path(folder).chmod(0o755)
        path = Path(folder) / "theirs.json"
        path.write_bytes(BODY)
        path.chmod(0)
        with without_privileges():
            assert sentence(path) == f"{path} could not be opened: Permission denied."
