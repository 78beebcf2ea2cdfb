"""Whether a window can be opened at all. Qt aborts the process where it cannot, so somebody has to look before."""

import sys
from collections.abc import Mapping
from pathlib import Path

_SECONDS = 2.0
_DISPLAYS = ("xcb", "wayland")


def can_open_window(environ: Mapping[str, str]) -> bool:
    """Whether a display answers that Qt would use. On other systems than Linux there always is one.

    A platform that was chosen by name is believed, but for the two that need a display: the one named has to answer.
    """
    if not sys.platform.startswith("linux"):
        return True
    platforms = wanted_displays(environ)
    return (
        not platforms
        or ("wayland" in platforms and _wayland_answers(environ))
        or ("xcb" in platforms and _x_answers(environ.get("DISPLAY", "")))
    )


def wanted_displays(environ: Mapping[str, str]) -> tuple[str, ...]:
    """Which of `xcb` and `wayland` Qt may use; none where it is told to use something that needs no display.

    Source: Qt takes `QT_QPA_PLATFORM` as names with arguments, `wayland;xcb:arguments`, and tries one after the other.
    """
    chosen = environ.get("QT_QPA_PLATFORM", "").split(";")
    names = {name.partition(":")[0].partition("-")[0] for name in chosen} - {""} or {*_DISPLAYS}
    return () if names - {*_DISPLAYS} else tuple(name for name in _DISPLAYS if name in names)


def _wayland_answers(environ: Mapping[str, str]) -> bool:
    name = environ.get("WAYLAND_DISPLAY", "")
    path = Path(environ.get("XDG_RUNTIME_DIR", "")) / name
    return bool(name) and path.is_absolute() and _answers(str(path))


def _x_answers(display: str) -> bool:
    """`display` is [host]:number[.screen]; without a host the server listens on a local socket."""
    host, _, rest = display.rpartition(":")
    number = rest.partition(".")[0]
    if not display.isascii() or not number.isdecimal() or len(number) > 5:
        return False
    if host in ("", "unix"):
        path = f"/tmp/.X11-unix/X{number}"  # noqa: S108 - where X servers listen
        return _answers(f"\0{path}") or _answers(path)
    return _answers((host, 6000 + int(number)))


def _answers(address: str | tuple[str, int]) -> bool:
    """Whether somebody accepts a connection at the path of a local socket, or at a host and port."""
    import socket

    family = socket.AF_UNIX if isinstance(address, str) else socket.AF_INET
    with socket.socket(family, socket.SOCK_STREAM) as probe:
        probe.settimeout(_SECONDS)
        try:
            probe.connect(address)
        except (OSError, OverflowError):
            return False
    return True
