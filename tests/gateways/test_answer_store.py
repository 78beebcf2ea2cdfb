"""Answers are kept within a budget, then in a file that nobody else can find, and dropped where there is no room at all."""

import os
import random
import tempfile
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from inspector.gateways.answer_store import AnswerStore

TEXT = b"the same line over and over\n" * 40


def noise(size: int, seed: int = 1) -> bytes:
    """Bytes that cannot be compressed."""
    return random.Random(seed).randbytes(size)


def open_files() -> list[str]:
    """What this process has open, by the names that the system tells."""
    return [str(link.readlink()) for link in list(Path("/proc/self/fd").iterdir()) if link.is_symlink()]


def test_what_was_kept_comes_back(tmp_path: Path) -> None:
    store = AnswerStore(folder=str(tmp_path))
    store.keep("a", TEXT)
    store.keep("b", b"")
    assert store.get("a") == TEXT
    assert store.get("b") == b""
    assert store.get("c") is None
    store.keep("a", b"newer")
    assert store.get("a") == b"newer"
    store.forget("a")
    assert store.get("a") is None
    store.close()


def test_what_is_too_much_is_compressed_and_then_spilled(tmp_path: Path) -> None:
    store = AnswerStore(memory=4000, folder=str(tmp_path))
    kept = {f"c{at}": noise(500, at) + TEXT for at in range(50)}
    for name, data in kept.items():
        store.keep(name, data)
    assert store._raw_size <= 2000
    assert store._packed_size <= 2000
    assert len(store._spilled) > 40
    assert {name: store.get(name) for name in kept} == kept
    assert store.dropped == 0
    store.close()


def test_nothing_can_be_found_on_the_disk(tmp_path: Path) -> None:
    store = AnswerStore(memory=100, folder=str(tmp_path))
    for at in range(9):
        store.keep(f"c{at}", noise(500, at))
    assert len(store._spilled) == 9
    assert list(tmp_path.iterdir()) == []
    mine = [name for name in open_files() if name.startswith(str(tmp_path))]
    assert [name.endswith(" (deleted)") for name in mine] == [True]
    assert store._file is not None
    assert os.fstat(store._file).st_nlink == 0
    assert os.fstat(store._file).st_mode & 0o777 == 0o600
    store.close()
    assert [name for name in open_files() if name.startswith(str(tmp_path))] == []


def test_a_file_system_without_nameless_files_will_do(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    real = os.open

    def refuse(path: str, flags: int, mode: int = 0o777) -> int:
        if flags & os.O_TMPFILE == os.O_TMPFILE:
            raise OSError(95, "Operation not supported")
        return real(path, flags, mode)

    monkeypatch.setattr(os, "open", refuse)
    store = AnswerStore(memory=100, folder=str(tmp_path))
    store.keep("a", noise(500))
    assert store.get("a") == noise(500)
    assert list(tmp_path.iterdir()) == []
    assert store._file is not None
    assert os.fstat(store._file).st_mode & 0o777 == 0o600
    store.close()


def test_a_system_that_knows_no_nameless_files_will_do(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delattr(os, "O_TMPFILE")
    monkeypatch.setattr(tempfile, "tempdir", str(tmp_path))
    store = AnswerStore(memory=100)
    store.keep("a", noise(500))
    assert store.get("a") == noise(500)
    assert list(tmp_path.iterdir()) == []
    store.close()


def test_where_no_file_can_be_made_the_oldest_are_dropped(tmp_path: Path) -> None:
    store = AnswerStore(memory=2000, folder=str(tmp_path / "missing"))
    for at in range(9):
        store.keep(f"c{at}", noise(500, at))
    assert store.get("c0") is None
    assert store.get("c8") == noise(500, 8)
    assert store.dropped > 0
    store.close()


@pytest.mark.fault(row="a full disk")
def test_a_full_disk_drops_the_answer_and_nothing_else(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    store = AnswerStore(memory=100, folder=str(tmp_path))
    store.keep("a", noise(500, 1))
    real, room = os.pwrite, [200]

    def nearly_full(file: int, data: bytes, at: int) -> int:
        written = min(len(data), room[0])
        if not written:
            raise OSError(28, "No space left on device")
        room[0] -= written
        return real(file, data[:written], at)

    monkeypatch.setattr(os, "pwrite", nearly_full)
    store.keep("b", noise(500, 2))
    assert store.dropped == 1
    assert store.get("b") is None
    room[0] = 10_000
    store.keep("c", noise(500, 3))
    assert store.get("a") == noise(500, 1)
    assert store.get("c") == noise(500, 3)
    store.close()


def test_what_cannot_be_read_back_is_not_there(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    store = AnswerStore(memory=100, folder=str(tmp_path))
    store.keep("a", noise(500))
    monkeypatch.setattr(os, "pread", lambda *_: b"damaged")
    assert store.get("a") is None

    def broken(*_: object) -> bytes:
        raise OSError(5, "Input/output error")

    monkeypatch.setattr(os, "pread", broken)
    assert store.get("a") is None
    store.close()


def test_the_file_begins_anew_once_nothing_lies_in_it(tmp_path: Path) -> None:
    store = AnswerStore(memory=100, folder=str(tmp_path))
    for _ in range(5):
        store.keep("a", noise(500))
    assert store._file is not None
    assert os.fstat(store._file).st_size < 700
    store.close()


def test_after_its_end_it_keeps_nothing(tmp_path: Path) -> None:
    store = AnswerStore(folder=str(tmp_path))
    store.keep("a", TEXT)
    store.close()
    store.keep("b", TEXT)
    store.close()
    assert store.get("a") is None
    assert store.get("b") is None


@given(st.lists(st.tuples(st.integers(0, 5), st.binary(max_size=400)), max_size=60))
def test_the_newest_of_each_name_comes_back_whatever_was_kept(steps: list[tuple[int, bytes]]) -> None:
    store, newest = AnswerStore(memory=300), dict[str, bytes]()
    for number, data in steps:
        newest[str(number)] = data
        store.keep(str(number), data)
    assert {name: store.get(name) for name in newest} == newest
    store.close()
