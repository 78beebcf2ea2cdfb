"""The file of an unfinished batch: the user's own, whole, and gone when it is not wanted any more."""

import stat
from pathlib import Path

from inspector.core.unfinished_batch import UnfinishedBatch
from inspector.gateways.unfinished_file import NAME, UnfinishedFile

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
