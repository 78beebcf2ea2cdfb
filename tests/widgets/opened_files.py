"""Whether anybody opened a file: told by the kernel, so nothing that opens it can hide."""

import ctypes
import os
from pathlib import Path
from typing import Self

_IN_OPEN = 0x20


class OpenWatch:
    """`with OpenWatch(path) as watch:`; `watch.seen` is whether the file was opened since."""

    def __init__(self, path: Path) -> None:
        self._path = path
        self._descriptor = -1

    def __enter__(self) -> Self:
        libc = ctypes.CDLL(None, use_errno=True)
        self._descriptor = libc.inotify_init1(os.O_NONBLOCK)
        if self._descriptor < 0 or libc.inotify_add_watch(self._descriptor, bytes(self._path), _IN_OPEN) < 0:
            raise OSError(ctypes.get_errno(), "inotify")
        return self

    def __exit__(self, *_: object) -> None:
        os.close(self._descriptor)

    @property
    def seen(self) -> bool:
        try:
            return bool(os.read(self._descriptor, 4096))
        except BlockingIOError:
            return False
