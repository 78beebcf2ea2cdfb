"""What the program remembers between runs: looks, window places and saved filters, never contents and never the key.

Read from a small JSON text that may have been edited or damaged: what does not fit is left at its default. The file may be
edited while the program runs, by a person, another window or a later version: only what this run has changed is written over
it, and what is not known here stays as it is.
"""

from collections.abc import Callable
from dataclasses import asdict, dataclass, field, fields, replace
from typing import Any

from inspector.core.filter.saved import SavedFilter, read_saved
from inspector.core.profile import Profile
from inspector.core.profiles import DEFAULT, first_profiles, read_name, read_profiles, written_profiles

MAX_BYTES = 64 * 1024
THEMES = ("system", "light", "dark")
_LARGEST = 100_000
_MOST_MEGABYTES = 4096


@dataclass(frozen=True, slots=True)
class Preferences:
    """`profile` is the one in use; `geometry` is x, y, width, height; the splitters are sizes in pixels."""

    profile: str = DEFAULT
    profiles: dict[str, Profile] = field(default_factory=first_profiles)
    theme: str = "system"
    reveal_invisible: bool = True
    wrap_lines: bool = True
    geometry: tuple[int, ...] = ()
    maximised: bool = False
    columns: tuple[int, ...] = ()
    rows: tuple[int, ...] = ()
    tab: int = 0
    filters: tuple[SavedFilter, ...] = ()
    remember_ids: bool = False
    most_megabytes: int = 256

    @property
    def most_bytes(self) -> int:
        """The largest body or file that is taken, decoded."""
        return self.most_megabytes * 2**20

    def with_profile(self, profile: Profile) -> "Preferences":
        """The same with `profile` in place of the one of its name."""
        return replace(self, profiles={**self.profiles, profile.name: profile})


def read_preferences(data: bytes) -> tuple[Preferences, bool]:
    """The preferences in `data`, and whether it was whole: a file that is not whole is worth keeping aside."""
    given = _object(data)
    if given is None:
        return Preferences(), False
    read, whole = Preferences(), len(data) <= MAX_BYTES
    for name, check in _CHECKS.items():
        if name in given:
            value = check(given[name])
            whole = whole and value is not None
            if value is not None:
                read = replace(read, **{name: value})
    return (read, whole) if read.profile in read.profiles else (replace(read, profile=DEFAULT), False)


def write_preferences(preferences: Preferences) -> bytes:
    """The text for a new file."""
    return _text({each.name: _written(preferences, each.name) for each in fields(Preferences)})


def write_changes(data: bytes, before: Preferences, after: Preferences) -> bytes | None:
    """`data`, the file as it is now, with what differs between `before` and `after`; None where it is not whole."""
    given = _object(data)
    if given is None or len(data) > MAX_BYTES:
        return None
    changed = [each.name for each in fields(Preferences) if getattr(before, each.name) != getattr(after, each.name)]
    for name in changed:
        given[name] = _merged(given.get(name), before, after) if name == "profiles" else _written(after, name)
    return _text(given)


def _merged(given: object, before: Preferences, after: Preferences) -> dict[str, Any]:
    """The profiles of the file without those that went, and with those that came or changed."""
    kept = given if isinstance(given, dict) else {}
    changed = {name: each for name, each in after.profiles.items() if before.profiles.get(name) != each}
    gone = before.profiles.keys() - after.profiles.keys()
    return {name: each for name, each in kept.items() if name not in gone} | written_profiles(changed, kept)


def _written(preferences: Preferences, name: str) -> object:
    if name == "profiles":
        return written_profiles(preferences.profiles)
    value = getattr(preferences, name)
    return (
        [asdict(each) if isinstance(each, SavedFilter) else each for each in value]
        if isinstance(value, tuple)
        else value
    )


def _object(data: bytes) -> dict[str, Any] | None:
    import json

    try:
        given = json.loads(data[:MAX_BYTES])
    except (ValueError, RecursionError):
        return None
    return given if isinstance(given, dict) else None


def _text(written: dict[str, Any]) -> bytes:
    import json

    return (json.dumps(written, indent=2, ensure_ascii=True) + "\n").encode()


def _flag(value: object) -> bool | None:
    return value if isinstance(value, bool) else None


def _sizes(value: object) -> tuple[int, ...] | None:
    if not isinstance(value, list) or len(value) > 8:
        return None
    fits = all(isinstance(size, int) and not isinstance(size, bool) and abs(size) <= _LARGEST for size in value)
    return tuple(value) if fits else None


def _tab(value: object) -> int | None:
    return value if isinstance(value, int) and not isinstance(value, bool) and 0 <= value <= 8 else None


def _megabytes(value: object) -> int | None:
    return value if isinstance(value, int) and not isinstance(value, bool) and 1 <= value <= _MOST_MEGABYTES else None


def _theme(value: object) -> str | None:
    return value if isinstance(value, str) and value in THEMES else None


_CHECKS: dict[str, Callable[[object], Any]] = {
    "profiles": read_profiles,
    "profile": read_name,
    "theme": _theme,
    "reveal_invisible": _flag,
    "wrap_lines": _flag,
    "geometry": _sizes,
    "maximised": _flag,
    "columns": _sizes,
    "rows": _sizes,
    "tab": _tab,
    "filters": read_saved,
    "remember_ids": _flag,
    "most_megabytes": _megabytes,
}
assert set(_CHECKS) == {each.name for each in fields(Preferences)}  # noqa: S101 - every preference is checked when read
