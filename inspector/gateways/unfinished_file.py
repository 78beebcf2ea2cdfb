"""The small file that an unfinished batch is kept in: the user's own, mode 0600, replaced as a whole, gone when it ends.

It is written behind the window, again and again; whoever comes last writes what was wanted last, so that no late write
brings back a file that was to go. There is one for all windows: the first that keeps a batch in it holds the folder's lock
until that batch ends. To the others there is no file meanwhile, so nobody is offered what is still running, and nobody
writes over it. The price: their own batches cannot go on later.
"""

import os
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
        self._hold: int | None = None
        self._wanted: UnfinishedBatch | None = None

    def want(self, batch: UnfinishedBatch | None) -> None:
        """None stands for no file."""
        self._wanted = batch

    def settle(self) -> bool:
        """Writes or removes the file; whether that worked. What was there before a failure stays."""
        with self._lock:
            wanted = self._wanted
            try:
                if wanted is not None:
                    self._path.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
                if not self._takes_hold():
                    return wanted is None
                if wanted is None:
                    self._path.unlink(missing_ok=True)
                    self._let_go()
                else:
                    write_atomically(self._path, written(wanted))
            except OSError:
                return False
        return True

    def load(self) -> UnfinishedBatch | None:
        """What an earlier run left; None where there is nothing that could go on, or where it goes on in another window."""
        with self._lock:
            was_held = self._hold is not None
            if not self._takes_hold():
                return None
            try:
                with self._path.open("rb") as file:
                    return read_unfinished(file.read(MOST_BYTES))
            except OSError:
                return None
            finally:
                if not was_held:
                    self._let_go()

    def close(self) -> None:
        """The last word was said: what is in the file is for the next run."""
        with self._lock:
            self._let_go()

    def _takes_hold(self) -> bool:
        """Whether no other window holds the file. Where a system or a folder has no locks, nobody does."""
        if self._hold is not None:
            return True
        try:
            import fcntl
        except ModuleNotFoundError:  # Windows
            return True
        try:
            hold = os.open(self._path.parent, os.O_RDONLY | os.O_CLOEXEC)
        except OSError:
            return True
        try:
            fcntl.flock(hold, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except OSError as error:
            os.close(hold)
            return not isinstance(error, BlockingIOError)
        self._hold = hold
        return True

    def _let_go(self) -> None:
        if self._hold is not None:
            os.close(self._hold)
            self._hold = None
