"""Answers kept to be shown again, within a budget of memory: the newest as they are, then compressed, then in a file.

The file has no name: it is opened without one (or loses it at once), readable by the user alone, and what it holds is gone
with the process, however that ends. Where there is no room for it, the oldest answers are dropped, and fetched again when
somebody wants to see them. Any thread may call; compressing and writing happen in the thread that keeps.
"""

import os
import tempfile
import zlib
from collections import OrderedDict
from dataclasses import dataclass
from pathlib import Path
from threading import Lock

MEMORY = 64 * 2**20
_RAW_SHARE = 0.5
_QUICK = 1


@dataclass(frozen=True, slots=True)
class _Place:
    """Where an answer lies in the file; the bytes there are compressed."""

    at: int
    size: int


class AnswerStore:
    """`memory` is the most bytes that are held in memory; `folder` is where the file would be (None: the system's choice)."""

    def __init__(self, memory: int = MEMORY, folder: str | None = None) -> None:
        self._raw_budget = int(memory * _RAW_SHARE)
        self._packed_budget = memory - self._raw_budget
        self._folder = folder
        self._lock = Lock()
        self._raw: OrderedDict[str, bytes] = OrderedDict()
        self._packed: OrderedDict[str, bytes] = OrderedDict()
        self._spilled: dict[str, _Place] = {}
        self._raw_size = self._packed_size = 0
        self._file: int | None = None
        self._end = 0
        self._closed = False
        self.dropped = 0
        """How many answers had to be dropped for want of room."""

    def keep(self, name: str, data: bytes) -> None:
        """Keeps `data` under `name`, in place of what was kept there."""
        with self._lock:
            self._forget(name)
            if self._closed:
                return
            self._raw[name] = data
            self._raw_size += len(data)
            while self._raw_size > self._raw_budget:
                self._compress_oldest()
            while self._packed_size > self._packed_budget:
                self._spill_oldest()

    def get(self, name: str) -> bytes | None:
        """What is kept under `name`; None where nothing is, or not any more."""
        with self._lock:
            if name in self._raw:
                return self._raw[name]
            if name in self._packed:
                return zlib.decompress(self._packed[name])
            place = self._spilled.get(name)
            return None if place is None else self._read(place)

    def forget(self, name: str) -> None:
        with self._lock:
            self._forget(name)

    def close(self) -> None:
        """Forgets everything; nothing is kept afterwards."""
        with self._lock:
            self._closed = True
            self._raw.clear()
            self._packed.clear()
            self._spilled.clear()
            self._raw_size = self._packed_size = 0
            if self._file is not None:
                os.close(self._file)
                self._file = None

    def _compress_oldest(self) -> None:
        name, data = self._raw.popitem(last=False)
        self._raw_size -= len(data)
        self._packed[name] = packed = zlib.compress(data, _QUICK)
        self._packed_size += len(packed)

    def _spill_oldest(self) -> None:
        name, packed = self._packed.popitem(last=False)
        self._packed_size -= len(packed)
        try:
            self._spilled[name] = self._written(packed)
        except OSError:
            self.dropped += 1

    def _written(self, packed: bytes) -> _Place:
        """Appends to the file. What a full disk left of an answer is written over by the next."""
        if self._file is None:
            self._file = _nameless_file(self._folder)
        place = _Place(self._end, len(packed))
        view, at = memoryview(packed), self._end
        while view:
            written = os.pwrite(self._file, view, at)
            view, at = view[written:], at + written
        self._end = at
        return place

    def _read(self, place: _Place) -> bytes | None:
        try:
            assert self._file is not None  # noqa: S101 - something lies in it
            return zlib.decompress(os.pread(self._file, place.size, place.at))
        except (OSError, zlib.error):
            return None

    def _forget(self, name: str) -> None:
        self._raw_size -= len(self._raw.pop(name, b""))
        self._packed_size -= len(self._packed.pop(name, b""))
        if self._spilled.pop(name, None) is not None and not self._spilled:
            self._end = 0


def _nameless_file(folder: str | None) -> int:
    """A file for this process alone; raises OSError where none can be made."""
    where = folder or tempfile.gettempdir()
    if hasattr(os, "O_TMPFILE"):
        try:
            return os.open(where, os.O_TMPFILE | os.O_RDWR | os.O_CLOEXEC, 0o600)
        except OSError:
            pass  # not every file system can; the next best has a name for a moment
    descriptor, path = tempfile.mkstemp(prefix=".sudo-inspector-", dir=where)
    Path(path).unlink()
    return descriptor
