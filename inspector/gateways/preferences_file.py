"""The preferences on disk: one small file of the user's own, mode 0600, replaced as a whole or not at all."""

import os
import time
from pathlib import Path

from inspector.core.preferences import MAX_BYTES, Preferences, read_preferences, write_changes, write_preferences


def preferences_path() -> Path:
    """In the user's configuration folder; folders for all users are never read."""
    from platformdirs import user_config_path

    return user_config_path("sudo-inspector", appauthor=False) / "preferences.json"


def load_preferences(path: Path) -> tuple[Preferences, str]:
    """The preferences, and a sentence where the file could not be used as it was; a damaged one is kept aside."""
    try:
        with path.open("rb") as file:
            data = file.read(MAX_BYTES + 1)
    except FileNotFoundError:
        return Preferences(), ""
    except OSError as error:
        return Preferences(), f"The settings in {path} could not be read ({error.strerror}), so defaults are used."
    preferences, whole = read_preferences(data)
    if whole:
        return preferences, ""
    return preferences, f"The settings file was damaged; what could be read is used, and the file {_put_aside(path)}."


def save_preferences(path: Path, before: Preferences, after: Preferences) -> str:
    """Writes what `after` changes of `before` over the file as it is now; other edits of it, made meanwhile, stay.

    Returns a sentence where that did not work, and leaves the old file as it was.
    """
    try:
        write_in_own_folder(path, _changed(path, before, after))
    except OSError as error:
        return f"The settings could not be saved to {path} ({error.strerror}); they hold for this run."
    return ""


def _changed(path: Path, before: Preferences, after: Preferences) -> bytes:
    try:
        with path.open("rb") as file:
            data = file.read(MAX_BYTES + 1)
    except FileNotFoundError:
        return write_preferences(after)
    changed = write_changes(data, before, after)
    if changed is None:
        _put_aside(path)
        return write_preferences(after)
    return changed


def _put_aside(path: Path) -> str:
    """Keeps a damaged file under another name; says whether that worked."""
    aside = path.with_name(f"{path.name}.bad-{int(time.time())}")
    try:
        path.replace(aside)
    except OSError as error:
        return f"could not be kept aside ({error.strerror})"
    return f"is kept as {aside.name}"


def write_in_own_folder(path: Path, data: bytes) -> None:
    """As `write_atomically`, for a file of the program's own: its folder is made for the user alone, where there is none yet."""
    path.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
    write_atomically(path, data)


def write_atomically(path: Path, data: bytes) -> None:
    """Puts `data` at `path`, whole and readable by the user alone, or raises OSError and leaves what was there."""
    from tempfile import mkstemp

    descriptor, beside = mkstemp(prefix=".sudo-inspector-", dir=path.parent)
    try:
        try:
            view = memoryview(data)
            while view:
                view = view[os.write(descriptor, view) :]
            os.fsync(descriptor)
        finally:
            os.close(descriptor)
        Path(beside).replace(path)
    except BaseException:
        Path(beside).unlink(missing_ok=True)
        raise
