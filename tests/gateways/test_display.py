"""Whether a display answers, asked of real sockets."""

import os
import socket
import sys
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest

from inspector.gateways.display import can_open_window, wanted_displays

pytestmark = pytest.mark.skipif(not sys.platform.startswith("linux"), reason="elsewhere there always is a display")
NUMBER = 10_000 + os.getpid() % 90_000
X_SOCKETS = Path("/tmp/.X11-unix")


@contextmanager
def listening(address: str | tuple[str, int], family: socket.AddressFamily = socket.AF_UNIX) -> Iterator[socket.socket]:
    with socket.socket(family, socket.SOCK_STREAM) as server:
        server.bind(address)
        server.listen()
        yield server


@pytest.fixture
def folder() -> Iterator[Path]:
    """A folder whose path is short enough for a socket's."""
    with tempfile.TemporaryDirectory() as name:
        yield Path(name)


@pytest.fixture
def x_socket() -> Iterator[Path]:
    X_SOCKETS.mkdir(mode=0o1777, exist_ok=True)
    path = X_SOCKETS / f"X{NUMBER}"
    yield path
    path.unlink(missing_ok=True)


class TestX:
    @pytest.mark.parametrize("form", [":{}", ":{}.0", "unix:{}", "unix:{}.1"])
    def test_a_server_on_the_socket_without_a_file(self, form: str) -> None:
        display = form.format(NUMBER)
        assert not can_open_window({"DISPLAY": display})
        with listening(f"\0{X_SOCKETS}/X{NUMBER}"):
            assert can_open_window({"DISPLAY": display})

    def test_a_server_on_the_socket_in_the_folder(self, x_socket: Path) -> None:
        with listening(str(x_socket)):
            assert can_open_window({"DISPLAY": f":{NUMBER}"})
            assert not can_open_window({"DISPLAY": f":{NUMBER - 1}"})

    def test_a_socket_whose_server_is_gone(self, x_socket: Path) -> None:
        with listening(str(x_socket)):
            pass
        assert x_socket.exists()
        assert not can_open_window({"DISPLAY": f":{NUMBER}"})

    @pytest.mark.parametrize("host", ["127.0.0.1", "localhost"])
    def test_a_server_behind_a_host_name(self, host: str) -> None:
        with listening(("127.0.0.1", 0), socket.AF_INET) as server:
            display = f"{host}:{server.getsockname()[1] - 6000}.0"
            assert can_open_window({"DISPLAY": display})
        assert not can_open_window({"DISPLAY": display})

    @pytest.mark.parametrize(
        "display",
        [
            "",
            "garbage",
            ":",
            ":x",
            ":-1",
            ":0x1",
            ":99999",
            ":" + "9" * 5000,
            "127.0.0.1:99999",
            "127.0.0.1:" + "9" * 5000,
            "\udcff\udcfe:1",
            "ü" * 70 + ":1",
            "::1:1",
            "\x1b[2J",
            "x" * 10_000,
        ],
    )
    def test_garbage_is_no_display(self, display: str) -> None:
        assert not can_open_window({"DISPLAY": display})


class TestWayland:
    def test_a_socket_by_name_in_the_runtime_folder(self, folder: Path) -> None:
        environ = {"WAYLAND_DISPLAY": "wayland-1", "XDG_RUNTIME_DIR": str(folder)}
        assert not can_open_window(environ)
        with listening(str(folder / "wayland-1")):
            assert can_open_window(environ)
        assert not can_open_window(environ)

    def test_a_socket_by_its_whole_path(self, folder: Path) -> None:
        with listening(str(folder / "wayland-2")):
            assert can_open_window({"WAYLAND_DISPLAY": str(folder / "wayland-2")})
            assert can_open_window({"WAYLAND_DISPLAY": str(folder / "wayland-2"), "XDG_RUNTIME_DIR": "/nowhere"})

    def test_without_a_runtime_folder_a_name_is_nowhere(self, folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
        monkeypatch.chdir(folder)
        with listening(str(folder / "wayland-3")):
            assert not can_open_window({"WAYLAND_DISPLAY": "wayland-3"})

    def test_no_name_is_no_display_even_if_the_folder_is_a_socket(self, folder: Path) -> None:
        with listening(str(folder / "bus")):
            assert not can_open_window({"WAYLAND_DISPLAY": "", "XDG_RUNTIME_DIR": str(folder / "bus")})

    @pytest.mark.parametrize("name", ["\udcff\udcfe", "x" * 5000, "../bus"])
    def test_garbage_is_no_display(self, folder: Path, name: str) -> None:
        assert not can_open_window({"WAYLAND_DISPLAY": name, "XDG_RUNTIME_DIR": str(folder)})

    def test_either_of_the_two_is_enough(self, folder: Path) -> None:
        with listening(f"\0{X_SOCKETS}/X{NUMBER}"):
            stale = {"WAYLAND_DISPLAY": "wayland-0", "XDG_RUNTIME_DIR": str(folder)}
            assert can_open_window({"DISPLAY": f":{NUMBER}", **stale})


def test_nothing_set_is_no_display() -> None:
    assert not can_open_window({})


@pytest.mark.parametrize("platform", ["offscreen", "minimal", "vnc:size=800x600", "xcb;offscreen", "eglfs"])
def test_a_platform_that_needs_no_display_is_believed(platform: str) -> None:
    assert can_open_window({"QT_QPA_PLATFORM": platform})
    assert wanted_displays({"QT_QPA_PLATFORM": platform}) == ()


@pytest.mark.parametrize("platform", ["xcb", "wayland", "wayland-egl", "wayland;xcb", "xcb:arguments", ";", ""])
def test_a_platform_that_needs_a_display_is_not(platform: str) -> None:
    """Qt ends the process with an abort where the one that it is told to use does not answer."""
    assert not can_open_window({"QT_QPA_PLATFORM": platform})


def test_only_the_display_counts_that_qt_is_told_to_use(folder: Path) -> None:
    wayland = {"WAYLAND_DISPLAY": str(folder / "wayland-4")}
    with listening(str(folder / "wayland-4")), listening(f"\0{X_SOCKETS}/X{NUMBER}"):
        for platform in ("wayland", "wayland;xcb", "wayland-egl:x", ";"):
            assert can_open_window({"QT_QPA_PLATFORM": platform, **wayland}), platform
            assert can_open_window({"QT_QPA_PLATFORM": platform, "DISPLAY": f":{NUMBER}"}) == (
                "xcb" in platform or platform == ";"
            )
        assert not can_open_window({"QT_QPA_PLATFORM": "xcb", **wayland})
        assert can_open_window({"QT_QPA_PLATFORM": "xcb", "DISPLAY": f":{NUMBER}"})


@pytest.mark.parametrize("platform", ["win32", "darwin"])
def test_other_systems_always_have_one(platform: str, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(sys, "platform", platform)
    assert can_open_window({})
