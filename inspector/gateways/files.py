"""Saved responses on disk: regular files of a bearable size, nothing that could block or never end."""

import os
import stat
from pathlib import Path

from inspector.core.inputs import Refused

LIMIT_BYTES = 256 * 2**20


def read_response_file(path: Path, limit: int = LIMIT_BYTES) -> bytes | Refused:
    """The bytes of a saved response, or a sentence why there are none."""
    try:
        descriptor = os.open(path, os.O_RDONLY | getattr(os, "O_NONBLOCK", 0) | getattr(os, "O_BINARY", 0))
        try:
            status = os.fstat(descriptor)
            if not stat.S_ISREG(status.st_mode):
                return Refused(f"{path} is not a regular file, so it was not read.")
            if status.st_size > limit:
                return Refused(f"{path} has {status.st_size:,} bytes; at most {limit:,} are opened.")
            with os.fdopen(descriptor, "rb", closefd=False) as file:
                return file.read(limit)
        finally:
            os.close(descriptor)
    except (OSError, ValueError) as error:
        reason = error.strerror if isinstance(error, OSError) and error.strerror else "its name cannot be used"
        return Refused(f"{path} could not be opened: {reason}.")
