"""The program as a process: what it leaves behind, how it ends, and what it says where it cannot begin."""

import json
import os
import signal
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import IO, Any

import pytest
from PySide6.QtGui import QImage

from inspector.windows import run  # noqa: F401 - what does not import fails here, with its own traceback
from tests.live_services import sample

CALLS = sample("two-tool-calls.json").id
EVENTS = ["painted", "requested", "first-byte", "last-byte", "parsed", "shown", "quit"]
HEAVY = ("httpx", "keyring", "ssl", "asyncio", "jsonschema_rs", "truststore", "http.server")
OFFSCREEN_NOISE = "This plugin does not support"


@pytest.fixture
def home(tmp_path: Path) -> dict[str, str]:
    """The environment of somebody without settings, key, session bus or display."""
    kept = {
        name: value for name, value in os.environ.items() if name in ("PATH", "PYTHONPATH", "LANG", "LD_LIBRARY_PATH")
    }
    return kept | {"HOME": str(tmp_path), "XDG_RUNTIME_DIR": str(tmp_path), "PYTHONWARNINGS": "error"}


@pytest.fixture
def offscreen(home: dict[str, str]) -> dict[str, str]:
    return home | {"QT_QPA_PLATFORM": "offscreen"}


def program(env: dict[str, str], *arguments: str | Path) -> subprocess.CompletedProcess[str]:
    """Runs the program to its end."""
    command = [sys.executable, "-m", "inspector", *map(str, arguments)]
    return subprocess.run(command, env=env, capture_output=True, text=True, timeout=30, check=False)


def complaints(text: str) -> list[str]:
    """What was said on standard error, without what Qt says of its offscreen platform."""
    return [line for line in text.splitlines() if OFFSCREEN_NOISE not in line]


def timings(path: Path) -> list[dict[str, Any]]:
    return [json.loads(line) for line in path.read_text().splitlines()]


def test_a_picture_of_the_window_is_taken_without_a_display(home: dict[str, str], tmp_path: Path) -> None:
    picture = tmp_path / "window.png"
    ended = program(home, "--demo", "--screenshot", picture, CALLS)
    assert (ended.returncode, complaints(ended.stderr)) == (0, [])
    image = QImage(str(picture))
    assert image.width() > 800
    assert image.height() > 500
    colours = {image.pixelColor(x, y).rgb() for x in range(0, image.width(), 3) for y in range(0, image.height(), 3)}
    assert len(colours) > 100, "something is drawn in it"


def test_without_an_id_the_picture_shows_what_can_be_chosen(home: dict[str, str], tmp_path: Path) -> None:
    picture = tmp_path / "window.png"
    ended = program(home, "--demo", "--screenshot", picture)
    assert (ended.returncode, complaints(ended.stderr)) == (0, [])
    assert QImage(str(picture)).width() > 800


def test_the_timings_have_every_event_in_its_order(offscreen: dict[str, str], tmp_path: Path) -> None:
    path = tmp_path / "timings.jsonl"
    ended = program(offscreen, "--demo", "--quit-when", "shown", "--timings", path, CALLS)
    assert (ended.returncode, complaints(ended.stderr)) == (0, [])
    lines = timings(path)
    assert [line["event"] for line in lines] == EVENTS
    moments = [line["ms"] for line in lines]
    assert moments == sorted(moments)
    assert moments[0] > 0
    assert all(set(line) == {"event", "ms"} for line in lines[:-1])
    assert set(lines[-1]) == {"event", "ms", "max_gap_ms", "peak_rss_mb"}
    assert 0 < lines[-1]["max_gap_ms"] < moments[-1]
    assert 20 < lines[-1]["peak_rss_mb"] < 1000


def test_a_file_is_timed_too(offscreen: dict[str, str], tmp_path: Path) -> None:
    path, answer = tmp_path / "timings.jsonl", tmp_path / "answer.json"
    answer.write_bytes(sample("two-tool-calls.json").body())
    assert program(offscreen, "--file", answer, "--quit-when", "shown", "--timings", path).returncode == 0
    events = [line["event"] for line in timings(path)]
    assert events == [event for event in EVENTS if "byte" not in event]


AT_FIRST_PAINT = f"""
import sys
from inspector.__main__ import main
status = main(["--quit-when", "painted", "chatcmpl-0"])
print(status, [name for name in {HEAVY!r} if name in sys.modules])
"""


def test_nothing_slow_is_imported_before_the_first_frame(offscreen: dict[str, str]) -> None:
    """The run ends right after the first frame, so what is imported by then is all that was imported before it."""
    ended = subprocess.run(
        [sys.executable, "-c", AT_FIRST_PAINT], env=offscreen, capture_output=True, text=True, timeout=30, check=True
    )
    assert ended.stdout == "0 []\n"


@pytest.mark.fault(row="no display")
@pytest.mark.parametrize("platform", ["", "xcb", "wayland", "wayland;xcb"])
def test_without_a_display_it_says_how_to_get_one(home: dict[str, str], platform: str) -> None:
    ended = program(home | {"QT_QPA_PLATFORM": platform}, CALLS)
    assert ended.returncode == 2
    assert ended.stdout == ""
    assert "There is no display to open a window on" in ended.stderr
    assert "sudo-inspector show" in ended.stderr
    assert "Traceback" not in ended.stderr


@pytest.mark.parametrize(
    ("arguments", "reason"),
    [
        ((CALLS,), "API key"),
        (("--file", "/no/such/file.json"), "/no/such/file.json could not be opened"),
        (("--demo", "--timings", "/no/such/folder/timings.jsonl", CALLS), "The timings could not be written"),
        (("--demo", "--screenshot", "/no/such/folder/window.png", CALLS), "/no/such/folder/window.png"),
    ],
)
def test_an_unattended_run_that_comes_to_nothing_ends_and_says_why(
    offscreen: dict[str, str], arguments: tuple[str, ...], reason: str
) -> None:
    ended = program(offscreen, "--quit-when", "shown", *arguments)
    assert (ended.returncode, "Traceback" in ended.stderr) == (3, False)
    assert reason in ended.stderr


@pytest.mark.fault(row="plain http to elsewhere")
@pytest.mark.parametrize(
    ("arguments", "reason"),
    [(("--profile", "nobody"), "no profile called"), (("--base-url", "http://example.com"), "in the clear")],
)
def test_a_place_that_cannot_be_asked_is_refused_before_the_window_opens(
    offscreen: dict[str, str], arguments: tuple[str, ...], reason: str
) -> None:
    ended = program(offscreen, *arguments)
    assert ended.returncode == 2
    assert reason in ended.stderr


WATCHED = """
import sys
from PySide6.QtCore import QTimer
from inspector import main
from inspector.__main__ import main as begin

class Watched(main.Program):
    def _on_state_changed(self):
        super()._on_state_changed()
        begun = self.jobs.ready if {thinking} else self.session.progressed
        begun.connect(self.tell_soon)

    def tell_soon(self, *_):
        QTimer.singleShot(0, self.tell)

    def tell(self):
        print("under way", flush=True)
        if {closes}:
            self.window.close()

main.Program = Watched
sys.exit(begin(["--demo", {completion!r}]))
"""


COPYING = f"""
import sys
from PySide6.QtCore import QTimer
from inspector import main
from inspector.__main__ import main as begin

class Copying(main.Program):
    def _on_filled(self):
        super()._on_filled()
        self.window.detail.view.selectAll()
        self.window.detail.view.copy()
        QTimer.singleShot(0, self.window.close)

main.Program = Copying
sys.exit(begin(["--demo", {CALLS!r}]))
"""


def test_what_was_copied_does_not_spoil_the_end(offscreen: dict[str, str]) -> None:
    """The clipboard of this platform outlives Python."""
    command = [sys.executable, "-c", COPYING]
    ended = subprocess.run(command, env=offscreen, capture_output=True, text=True, timeout=30, check=False)
    assert (ended.returncode, complaints(ended.stderr)) == (0, [])


@pytest.fixture
def start(offscreen: dict[str, str]) -> Iterator[Callable[..., subprocess.Popen[str]]]:
    """Starts the program with a fetch that is under way when this returns."""
    started: list[subprocess.Popen[str]] = []

    def begin(file: str, *, closes: bool) -> subprocess.Popen[str]:
        thinking = file == "slow-start.json"
        script = WATCHED.format(completion=sample(file).id, closes=closes, thinking=thinking)
        command = [sys.executable, "-c", script]
        pipe = subprocess.PIPE
        started.append(subprocess.Popen(command, env=offscreen, stdout=pipe, stderr=pipe, text=True))
        assert the_stream(started[-1].stdout).readline() == "under way\n", the_stream(started[-1].stderr).read()
        return started[-1]

    yield begin
    for process in started:
        process.kill()
        process.communicate()


def the_stream(stream: IO[str] | None) -> IO[str]:
    assert stream is not None
    return stream


def interrupt(process: subprocess.Popen[str]) -> None:
    process.send_signal(signal.SIGINT)


def terminate(process: subprocess.Popen[str]) -> None:
    process.send_signal(signal.SIGTERM)


def nothing(process: subprocess.Popen[str]) -> None:
    """The window closes by itself."""


@pytest.mark.fault(row="Ctrl+C, SIGTERM, closing")
@pytest.mark.parametrize(
    ("file", "end"),
    [
        ("slow-start.json", nothing),
        ("slow-body.json", nothing),
        ("slow-start.json", interrupt),
        ("slow-body.json", terminate),
    ],
)
def test_in_the_middle_of_a_fetch_it_ends_at_once_and_without_a_word(
    start: Callable[..., subprocess.Popen[str]],
    tmp_path: Path,
    file: str,
    end: Callable[[subprocess.Popen[str]], None],
) -> None:
    process = start(file, closes=end is nothing)
    begin = time.monotonic()
    end(process)
    _, said = process.communicate(timeout=20)
    assert (process.returncode, complaints(said)) == (0, [])
    assert time.monotonic() - begin < 5, "the samples themselves would take eight seconds and more"
    (remembered,) = tmp_path.rglob("preferences.json")
    assert len(json.loads(remembered.read_text())["geometry"]) == 4
