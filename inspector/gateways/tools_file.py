"""The small file that remembers the tool schemas of a profile: the user's own, mode 0600, replaced as a whole.

It is written behind the window; whoever comes last writes what was wanted last.
"""

import hashlib
from pathlib import Path
from threading import Lock

from inspector.core.schemas.loaded_tools import MOST_BYTES, RememberedTools, read_remembered, written
from inspector.gateways.preferences_file import write_in_own_folder


class ToolsFile:
    """That of `profile` in `folder`. `want` says what is to be in it, from any thread and at once; `settle` sees to it."""

    def __init__(self, folder: Path, profile: str) -> None:
        self.profile = profile
        self._path = folder / f"tools-{hashlib.sha256(profile.encode()).hexdigest()[:16]}.json"
        self._lock = Lock()
        self._wanted: RememberedTools | None = None

    def want(self, tools: RememberedTools | None) -> None:
        """None stands for no file."""
        self._wanted = tools

    def settle(self) -> str:
        """Writes or removes the file; a sentence where that did not work. What was there before a failure stays."""
        with self._lock:
            wanted = self._wanted
            try:
                if wanted is None:
                    self._path.unlink(missing_ok=True)
                else:
                    write_in_own_folder(self._path, written(wanted))
            except OSError as error:
                return f"The tool schemas could not be remembered ({error.strerror}); they hold for this run."
        return ""

    def load(self) -> RememberedTools | None:
        """What is remembered; None where there is nothing, or nothing that can be read."""
        try:
            with self._path.open("rb") as file:
                found = read_remembered(file.read(MOST_BYTES))
        except OSError:
            return None
        return found if found is not None and found.profile == self.profile else None
