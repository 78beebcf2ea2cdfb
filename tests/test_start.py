"""What is settled before the window: a display, the settings, the profile."""

import gc
import os
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

from inspector.core.window_options import WindowOptions
from inspector.core.window_start import WindowStart
from inspector.start import open_window


class Window:
    """Stands in for `inspector.windows`, which needs Qt."""

    def __init__(self) -> None:
        self.opened: list[WindowStart] = []

    def run(self, start: WindowStart) -> int:
        self.opened.append(start)
        return 7


@pytest.fixture
def window(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> Iterator[Window]:
    """No display, and a home of its own."""
    for name in ("DISPLAY", "WAYLAND_DISPLAY", "QT_QPA_PLATFORM", "QT_LOGGING_RULES"):
        monkeypatch.setenv(name, "set, so that it is put back")
        monkeypatch.delenv(name)
    monkeypatch.setenv("XDG_CONFIG_HOME", str(tmp_path))
    stand_in = Window()
    monkeypatch.setitem(sys.modules, "inspector.windows", stand_in)
    yield stand_in
    gc.enable()


def test_a_picture_needs_no_display(window: Window) -> None:
    options = WindowOptions(screenshot="window.png", base_url="http://127.0.0.1:8080/v1")
    assert open_window(options) == 7
    assert os.environ["QT_QPA_PLATFORM"] == "offscreen"
    (start,) = window.opened
    assert (start.options, start.profile.name, str(start.base_url)) == (options, "default", "http://127.0.0.1:8080")
    assert (start.path.name, start.notice) == ("preferences.json", "")


def test_a_person_is_told_how_to_get_a_display(window: Window, capsys: pytest.CaptureFixture[str]) -> None:
    assert open_window(WindowOptions()) == 2
    assert "xvfb-run sudo-inspector" in capsys.readouterr().err
    assert window.opened == []


def test_a_profile_that_is_not_there_opens_no_window(window: Window, capsys: pytest.CaptureFixture[str]) -> None:
    assert open_window(WindowOptions(profile="staging", quit_when="painted")) == 2
    assert "“staging”" in capsys.readouterr().err
    assert window.opened == []


def test_a_chosen_platform_is_left_alone(window: Window, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("QT_QPA_PLATFORM", "minimal")
    assert open_window(WindowOptions()) == 7
    assert os.environ["QT_QPA_PLATFORM"] == "minimal"


@pytest.mark.parametrize("platform", ["xcb", "wayland:arguments"])
def test_a_platform_that_nothing_answers_to_is_told(
    window: Window, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str], platform: str
) -> None:
    monkeypatch.setenv("QT_QPA_PLATFORM", platform)
    assert open_window(WindowOptions()) == 2
    said = capsys.readouterr().err
    assert ("WAYLAND_DISPLAY" in said) is (platform != "xcb")
    assert f"QT_QPA_PLATFORM allows only {platform.partition(':')[0]};" in said
    assert window.opened == []
