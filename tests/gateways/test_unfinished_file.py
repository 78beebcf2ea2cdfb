"""The file of an unfinished batch: the user's own, whole, and gone when it is not wanted any more."""

import errno
import stat
import subprocess
import sys
from pathlib import Path

import pytest

from inspector.core.unfinished_batch import UnfinishedBatch
from inspector.gateways.unfinished_file import NAME, UnfinishedFile

fcntl = pytest.importorskip("fcntl")
BATCH = UnfinishedBatch("work", 3, ("a", "b"))


def test_it_is_written_for_the_user_alone_and_read_again(tmp_path: Path) -> None:
    path = tmp_path / "config" / NAME
    file = UnfinishedFile(path)
    assert file.load() is None
    file.want(BATCH)
    assert file.settle()
    assert stat.S_IMODE(path.stat().st_mode) == 0o600
    assert stat.S_IMODE(path.parent.stat().st_mode) == 0o700
    assert list(path.parent.iterdir()) == [path]
    file.close()
    assert UnfinishedFile(path).load() == BATCH


def test_it_goes_when_it_is_not_wanted(tmp_path: Path) -> None:
    file = UnfinishedFile(tmp_path / NAME)
    file.want(BATCH)
    file.settle()
    file.want(None)
    assert file.settle()
    assert file.settle()
    assert list(tmp_path.iterdir()) == []


def test_a_late_write_brings_nothing_back(tmp_path: Path) -> None:
    file = UnfinishedFile(tmp_path / NAME)
    file.want(BATCH)
    file.want(None)
    file.settle()
    assert list(tmp_path.iterdir()) == []


def test_what_cannot_be_written_is_no_fault(tmp_path: Path) -> None:
    (tmp_path / "file").write_text("in the way")
    file = UnfinishedFile(tmp_path / "file" / NAME)
    file.want(BATCH)
    assert not file.settle()
    assert file.load() is None


@pytest.fixture
def running(tmp_path: Path) -> UnfinishedFile:
    """That of a window whose batch is under way."""
    file = UnfinishedFile(tmp_path / NAME)
    file.want(BATCH)
    assert file.settle()
    return file


@pytest.mark.fault(row="two windows at once")
def test_a_batch_that_runs_in_another_window_is_not_offered_or_written_over(
    running: UnfinishedFile, tmp_path: Path
) -> None:
    other = UnfinishedFile(tmp_path / NAME)
    assert other.load() is None
    other.want(UnfinishedBatch("home", 1, ("c",)))
    assert not other.settle()
    other.want(None)
    assert other.settle()
    assert running.load() == BATCH, "what one holds one may read"
    running.want(None)
    running.settle()
    other.want(BATCH)
    assert other.settle()


ENDING = """
import os, sys
from pathlib import Path
from inspector.core.unfinished_batch import UnfinishedBatch
from inspector.gateways.unfinished_file import UnfinishedFile
file = UnfinishedFile(Path(sys.argv[1]))
file.want(UnfinishedBatch("work", 3, ("a", "b")))
os._exit(not file.settle())
"""


def test_a_process_that_dies_lets_go(tmp_path: Path) -> None:
    subprocess.run([sys.executable, "-c", ENDING, tmp_path / NAME], timeout=30, check=True)
    assert UnfinishedFile(tmp_path / NAME).load() == BATCH


def test_a_system_without_locks_will_do(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(sys.modules, "fcntl", None)
    file = UnfinishedFile(tmp_path / NAME)
    file.want(BATCH)
    assert file.settle()
    assert UnfinishedFile(tmp_path / NAME).load() == BATCH


def test_a_folder_without_locks_will_do(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def refuse(_descriptor: int, _how: int) -> None:
        raise OSError(errno.ENOLCK, "No locks available")

    monkeypatch.setattr(fcntl, "flock", refuse)
    file = UnfinishedFile(tmp_path / NAME)
    file.want(BATCH)
    assert file.settle()
    assert UnfinishedFile(tmp_path / NAME).load() == BATCH
