"""The file of remembered IDs: the user's own, shared by windows, and gone when it is cleared."""

import stat
from pathlib import Path

from inspector.core.remembered_ids import RememberedId
from inspector.gateways.remembered_file import NAME, RememberedFile

A, B, C = (RememberedId("work", "https://sudo.example", name) for name in "abc")


def test_it_is_written_for_the_user_alone_and_read_again(tmp_path: Path) -> None:
    path = tmp_path / "config" / NAME
    file = RememberedFile(path)
    assert file.settle() == ((), "")
    assert not path.parent.exists()
    file.note(A)
    file.note(B)
    assert file.settle() == ((B, A), "")
    assert stat.S_IMODE(path.stat().st_mode) == 0o600
    assert stat.S_IMODE(path.parent.stat().st_mode) == 0o700
    assert list(path.parent.iterdir()) == [path]
    assert RememberedFile(path).settle() == ((B, A), "")


def test_cleared_it_is_gone_with_what_was_noted_before(tmp_path: Path) -> None:
    file = RememberedFile(tmp_path / NAME)
    file.note(A)
    file.settle()
    file.note(B)
    file.clear()
    assert file.settle() == ((), "")
    assert list(tmp_path.iterdir()) == []
    file.clear()
    file.note(C)
    assert file.settle() == ((C,), "")
    assert file.load() == (C,)


def test_windows_add_to_each_other_and_bring_nothing_back(tmp_path: Path) -> None:
    one, other = RememberedFile(tmp_path / NAME), RememberedFile(tmp_path / NAME)
    one.note(A)
    one.settle()
    other.note(B)
    assert other.settle() == ((B, A), "")
    one.clear()
    one.settle()
    other.note(C)
    assert other.settle() == ((C,), "")


def test_a_damaged_file_is_nothing_and_is_replaced(tmp_path: Path) -> None:
    (tmp_path / NAME).write_bytes(b"{")
    file = RememberedFile(tmp_path / NAME)
    assert file.load() == ()
    file.note(A)
    assert file.settle() == ((A,), "")


def test_what_cannot_be_written_or_removed_is_told(tmp_path: Path) -> None:
    (tmp_path / "file").write_text("in the way")
    file = RememberedFile(tmp_path / "file" / NAME)
    file.note(A)
    kept, sentence = file.settle()
    assert kept == ()
    assert "could not be written (" in sentence
    (tmp_path / NAME).mkdir()
    file = RememberedFile(tmp_path / NAME)
    file.clear()
    assert "could not be removed (" in file.settle()[1]
