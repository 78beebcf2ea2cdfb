"""Bytes that two processes of this program look at without copying: a file without a name, handed over by its descriptor.

It lies in memory where the system has such files, else in a temporary file that loses its name at once; either way nothing of
it is left when both let go. Writing and mapping let other threads run.
"""

import mmap
import os
import tempfile
from collections.abc import Iterable, Iterator
from contextlib import contextmanager


@contextmanager
def lend(runs: Iterable[bytes | bytearray | memoryview]) -> Iterator[tuple[int, int]]:
    """The descriptor and the size of a file with these runs behind each other, open while it is handed over.

    Raises OSError where there is no room for it.
    """
    descriptor, size = _nameless_file(), 0
    try:
        for run in runs:
            view = memoryview(run)
            while view:
                written = os.write(descriptor, view)
                view, size = view[written:], size + written
        yield descriptor, size
    finally:
        os.close(descriptor)


def borrowed(descriptor: int, size: int) -> memoryview:
    """What lies in the file, where it lies; the descriptor is closed."""
    try:
        return memoryview(mmap.mmap(descriptor, size, access=mmap.ACCESS_READ))
    finally:
        os.close(descriptor)


def taken(descriptor: int, size: int) -> bytes:
    """A copy of what lies in the file; the descriptor is closed."""
    try:
        return os.pread(descriptor, size, 0)
    finally:
        os.close(descriptor)


def _nameless_file() -> int:
    if hasattr(os, "memfd_create"):
        return os.memfd_create("sudo-inspector", os.MFD_CLOEXEC)
    with tempfile.TemporaryFile(prefix=".sudo-inspector-") as file:
        return os.dup(file.fileno())
