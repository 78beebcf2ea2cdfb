"""What the program remembers between runs: looks, window places and saved filters, never contents and never the key.

Read from a small JSON text that may have been edited or damaged: what does not fit is left at its default. A name that
is not known here, perhaps of a later version, is passed over, and gone once the file is written again.
"""

from collections.abc import Callable
from dataclasses import asdict, dataclass, field, fields, replace
from typing import Any

from inspector.core.filter.saved import SavedFilter, read_saved
from inspector.core.inputs import DEFAULT_BASE_URL, BaseUrl, Refused, read_base_url

MAX_BYTES = 64 * 1024
THEMES = ("system", "light", "dark")
_LARGEST = 100_000


@dataclass(frozen=True, slots=True)
class Preferences:
    """`profiles` maps names to base URLs; `geometry` is x, y, width, height; the splitters are sizes in pixels."""

    profile: str = "default"
    profiles: dict[str, str] = field(default_factory=lambda: {"default": DEFAULT_BASE_URL})
    theme: str = "system"
    reveal_invisible: bool = True
    wrap_lines: bool = True
    geometry: tuple[int, ...] = ()
    maximised: bool = False
    columns: tuple[int, ...] = ()
    rows: tuple[int, ...] = ()
    tab: int = 0
    filters: tuple[SavedFilter, ...] = ()

    def base_url(self, profile: str) -> BaseUrl | None:
        """Where a profile asks; None for a profile that is not there."""
        text = self.profiles.get(profile)
        url = read_base_url(text) if text is not None else None
        return None if isinstance(url, Refused) else url


def read_preferences(data: bytes) -> tuple[Preferences, bool]:
    """The preferences in `data`, and whether it was whole: a file that is not whole is worth keeping aside."""
    import json

    try:
        given = json.loads(data[:MAX_BYTES])
    except (ValueError, RecursionError):
        return Preferences(), False
    if not isinstance(given, dict):
        return Preferences(), False
    read, whole = Preferences(), len(data) <= MAX_BYTES
    for name, check in _CHECKS.items():
        if name in given:
            value = check(given[name])
            whole = whole and value is not None
            if value is not None:
                read = replace(read, **{name: value})
    return (read, whole) if read.profile in read.profiles else (replace(read, profile="default"), False)


def write_preferences(preferences: Preferences) -> bytes:
    """The text for the file."""
    import json

    return (json.dumps(asdict(preferences), indent=2, ensure_ascii=True) + "\n").encode()


def _flag(value: object) -> bool | None:
    return value if isinstance(value, bool) else None


def _sizes(value: object) -> tuple[int, ...] | None:
    if not isinstance(value, list) or len(value) > 8:
        return None
    fits = all(isinstance(size, int) and not isinstance(size, bool) and abs(size) <= _LARGEST for size in value)
    return tuple(value) if fits else None


def _tab(value: object) -> int | None:
    return value if isinstance(value, int) and not isinstance(value, bool) and 0 <= value <= 8 else None


def _theme(value: object) -> str | None:
    return value if isinstance(value, str) and value in THEMES else None


def _name(value: object) -> str | None:
    return value if isinstance(value, str) and 0 < len(value) <= 64 and value.isprintable() else None


def _profiles(value: object) -> dict[str, str] | None:
    if not isinstance(value, dict) or len(value) > 200:
        return None
    for name, url in value.items():
        if _name(name) is None or not isinstance(url, str) or isinstance(read_base_url(url), Refused):
            return None
    return {"default": DEFAULT_BASE_URL} | value


_CHECKS: dict[str, Callable[[object], Any]] = {
    "profiles": _profiles,
    "profile": _name,
    "theme": _theme,
    "reveal_invisible": _flag,
    "wrap_lines": _flag,
    "geometry": _sizes,
    "maximised": _flag,
    "columns": _sizes,
    "rows": _sizes,
    "tab": _tab,
    "filters": read_saved,
}
assert set(_CHECKS) == {each.name for each in fields(Preferences)}  # noqa: S101 - every preference is checked when read
