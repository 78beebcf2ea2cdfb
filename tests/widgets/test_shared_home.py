"""What several runs share, and what cannot be written: settings in one home."""

import json
import os
import subprocess
import sys
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

OPENED = """
import sys
from PySide6.QtCore import QTimer
from inspector import main
from inspector.__main__ import main as begin

class Waiting(main.Program):
    def _on_painted(self):
        super()._on_painted()
        print("open", flush=True)
        QTimer.singleShot(0, self.wait)

    def wait(self):
        input()
        self.theme.prefer("dark")
        self.window.close()

main.Program = Waiting
sys.exit(begin(["--demo"]))
"""
NOISE = "This plugin does not support"
Open = Callable[[Path], subprocess.Popen[str]]


@pytest.fixture
def open_window() -> Iterator[Open]:
    """Opens the program, which waits for a line before it closes."""
    running: list[subprocess.Popen[str]] = []

    def begin(home: Path) -> subprocess.Popen[str]:
        kept = {name: value for name, value in os.environ.items() if name in ("PATH", "PYTHONPATH", "LANG")}
        env = kept | {"HOME": str(home), "XDG_RUNTIME_DIR": str(home), "QT_QPA_PLATFORM": "offscreen"}
        pipe = subprocess.PIPE
        running.append(
            subprocess.Popen([sys.executable, "-c", OPENED], env=env, stdin=pipe, stdout=pipe, stderr=pipe, text=True)
        )
        return running[-1]

    yield begin
    for process in running:
        process.kill()
        process.communicate()


def ended(process: subprocess.Popen[str]) -> tuple[int, list[str]]:
    """Lets it close; its status and its complaints."""
    _, said = process.communicate("\n", timeout=30)
    return process.returncode, [line for line in said.splitlines() if NOISE not in line]


@pytest.mark.fault(row="two windows at once")
@pytest.mark.fault(row="settings that cannot be written")
def test_windows_share_a_home_or_have_none(open_window: Open, tmp_path: Path) -> None:
    (tmp_path / "file").touch()
    processes = [open_window(tmp_path), open_window(tmp_path), open_window(tmp_path / "file")]
    for process in processes:
        assert process.stdout is not None
        assert process.stdout.readline() == "open\n", process.communicate()[1]
    assert [ended(process) for process in processes] == [(0, [])] * 3
    (settings,) = tmp_path.rglob("preferences.json*")
    assert isinstance(json.loads(settings.read_text()), dict)
