"""The small file that an unfinished batch is kept in: the user's own, mode 0600, replaced as a whole, gone when it ends.

It is written behind the window, again and again; whoever comes last writes what was wanted last, so that no late write
brings back a file that was to go.
"""

from pathlib import Path
from threading import Lock

from inspector.core.unfinished_batch import MOST_BYTES, UnfinishedBatch, read_unfinished, written
from inspector.gateways.preferences_file import write_atomically

NAME = "unfinished-batch.json"


class UnfinishedFile:
    """`want` says what is to be in the file, from any thread and at once; `settle` sees to it."""

    def __init__(self, path: Path) -> None:
        self._path = path
        self._lock = Lock()
        self._wanted: UnfinishedBatch | None = None

    def want(self, batch: UnfinishedBatch | None) -> None:
        """None stands for no file."""
        self._wanted = batch

    def settle(self) -> bool:
        """Writes or removes the file; whether that worked. What was there before a failure stays."""
        with self._lock:
            wanted = self._wanted
            try:
                if wanted is None:
                    self._path.unlink(missing_ok=True)
                else:
                    self._path.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
                    write_atomically(self._path, written(wanted))
            except OSError:
                return False
        return True

    def load(self) -> UnfinishedBatch | None:
        """What an earlier run left; None where there is nothing that could go on."""
        try:
            with self._path.open("rb") as file:
                return read_unfinished(file.read(MOST_BYTES))
        except OSError:
            return None
