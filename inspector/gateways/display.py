"""Whether a window can be opened at all. Qt aborts the process where it cannot, so somebody has to look before."""

import socket
import sys
from collections.abc import Mapping
from pathlib import Path

_SECONDS = 2.0


def can_open_window(environ: Mapping[str, str]) -> bool:
    """Whether a display answers, or a Qt platform was chosen by name. On other systems than Linux there always is one."""
    if not sys.platform.startswith("linux") or environ.get("QT_QPA_PLATFORM"):
        return True
    return _wayland_answers(environ) or _x_answers(environ.get("DISPLAY", ""))


def _wayland_answers(environ: Mapping[str, str]) -> bool:
    name = environ.get("WAYLAND_DISPLAY", "")
    path = Path(environ.get("XDG_RUNTIME_DIR", "")) / name
    return bool(name) and path.is_absolute() and _answers(socket.AF_UNIX, str(path))


def _x_answers(display: str) -> bool:
    """`display` is [host]:number[.screen]; without a host the server listens on a local socket."""
    host, _, rest = display.rpartition(":")
    number = rest.partition(".")[0]
    if not display.isascii() or not number.isdecimal() or len(number) > 5:
        return False
    if host in ("", "unix"):
        path = f"/tmp/.X11-unix/X{number}"  # noqa: S108 - where X servers listen
        return _answers(socket.AF_UNIX, f"\0{path}") or _answers(socket.AF_UNIX, path)
    return _answers(socket.AF_INET, (host, 6000 + int(number)))


def _answers(family: socket.AddressFamily, address: str | tuple[str, int]) -> bool:
    with socket.socket(family, socket.SOCK_STREAM) as probe:
        probe.settimeout(_SECONDS)
        try:
            probe.connect(address)
        except (OSError, OverflowError):
            return False
    return True
