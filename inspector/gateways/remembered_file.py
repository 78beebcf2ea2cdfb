"""The small file of the IDs that were opened: the user's own, mode 0600, replaced as a whole.

Other windows write it too: so what it holds is read again each time, and what this run has opened is put in front. What was
cleared by one does not come back from the memory of another.
"""

from pathlib import Path
from threading import Lock

from inspector.core.remembered_ids import MOST_BYTES, Remembered, RememberedId, read_remembered, remembering, written
from inspector.gateways.preferences_file import write_in_own_folder

NAME = "remembered-ids.json"


class RememberedFile:
    """`note` and `clear` say what is to be done, from any thread and at once; `settle` sees to it."""

    def __init__(self, path: Path) -> None:
        self._path = path
        self._writing = Lock()
        self._wishing = Lock()
        self._noted: Remembered = ()
        self._is_cleared = False

    def note(self, opened: RememberedId) -> None:
        with self._wishing:
            self._noted = (opened, *self._noted)

    def clear(self) -> None:
        """There is to be no file; what was noted before is forgotten."""
        with self._wishing:
            self._noted, self._is_cleared = (), True

    def settle(self) -> tuple[Remembered, str]:
        """Writes or removes the file. What it holds now, and a sentence where that did not work."""
        with self._writing:
            with self._wishing:
                noted, is_cleared = self._noted, self._is_cleared
                self._noted, self._is_cleared = (), False
            kept = self.load()
            wanted = remembering(noted, () if is_cleared else kept)
            try:
                if is_cleared:
                    self._path.unlink(missing_ok=True)
                if noted:
                    write_in_own_folder(self._path, written(wanted))
            except OSError as error:
                what = "removed" if is_cleared else "written"
                return kept, f"The remembered IDs in {self._path} could not be {what} ({error.strerror})."
        return wanted, ""

    def load(self) -> Remembered:
        """What is remembered; nothing where there is no file, or none that can be read."""
        try:
            with self._path.open("rb") as file:
                return read_remembered(file.read(MOST_BYTES))
        except OSError:
            return ()
