"""The same files in this program and in what people open JSON with today: `python tests/bench/viewers.py`.

Each program opens each file on a screen of its own, whose memory is watched: `first` is the moment when something is painted,
`still` the last at which more than a caret or a line of text changed, before three seconds of rest: nothing changes, and in the
last of them the program does next to nothing. This program shows an answer before it is checked, so it has a row for that too,
from its own timings. The memory is the most that all processes of a program held together. `jq` has no window: it is the time
to read and write all of it. A program that is not installed, or not done within the limit, has a dash. Start as few other
things as possible while it runs.
"""

import argparse
import json
import mmap
import os
import shutil
import subprocess
import sys
import tempfile
import time
import zlib
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

sys.path.insert(0, str(Path(__file__).parents[2]))

from tests.bench.figures import print_machine, print_table

SIZES = {"10 KB": 10_000, "1 MB": 1_000_000, "10 MB": 10_000_000, "100 MB": 100_000_000, "200 MB": 200_000_000}
WIDTH, HEIGHT, BANDS = 1280, 1024, 64
CARET = 4
"""Bands of the screen that a blinking caret and a line of status may change, and nothing be said to have changed."""
REST = 3.0
IDLE = 0.15
"""Seconds of a processor, of all processes together, in one second of doing nothing."""
HOUR = """
import json, sys
from PySide6.QtGui import QStandardItem, QStandardItemModel
from PySide6.QtWidgets import QApplication, QTreeView

def item(name, value):
    made = QStandardItem(name if isinstance(value, (dict, list)) else f"{name}: {value}")
    pairs = value.items() if isinstance(value, dict) else enumerate(value) if isinstance(value, list) else ()
    for key, below in pairs:
        made.appendRow(item(str(key), below))
    return made

application = QApplication(sys.argv[:1])
model, view = QStandardItemModel(), QTreeView()
view.resize(1280, 800)
view.show()
application.processEvents()
model.appendRow(item("completion", json.load(open(sys.argv[1]))))
view.setModel(model)
view.expandToDepth(1)
application.exec()
"""


def viewers(folder: Path) -> dict[str, list[str]]:
    """The command of each program that is here, without the file."""
    named = {
        "this program": [sys.executable, "-m", "inspector", "--file"],
        "a tree of json.loads": [sys.executable, "-c", HOUR],
        "jsonreshape-gui": [_found("jsonreshape-gui")],
        "kate": [_found("kate"), "-n"],
        "Chromium": [
            _found("chromium"),
            "--no-sandbox",
            "--no-first-run",
            "--disable-gpu",
            f"--user-data-dir={folder}",
        ],
        "visidata": [_found("xterm"), "-geometry", "200x60", "-e", _found("vd")],
    }
    return {name: command for name, command in named.items() if all(command)}


def _found(name: str) -> str:
    return shutil.which(name, path=os.pathsep.join((os.environ.get("PEERS", ""), os.environ["PATH"]))) or ""


def body(size: int) -> bytes:
    """A completion of about `size` bytes on one line: many choices, each with three tool calls and logprobs."""
    arguments = json.dumps({"from": "OSL", "to": "KEF", "seats": [12, 13], "price": 1249.5})
    call = {"id": "call_0123456789abcdef", "type": "function", "function": {"name": "book", "arguments": arguments}}
    token = {"token": " a", "logprob": -0.0123, "bytes": [32, 97], "top_logprobs": []}
    choice = {
        "index": 0,
        "finish_reason": "tool_calls",
        "message": {"role": "assistant", "content": None, "tool_calls": [call] * 3},
        "logprobs": {"content": [token] * 20},
    }
    count = max(1, size // len(json.dumps(choice)))
    return json.dumps({"id": "chatcmpl-1", "object": "chat.completion", "choices": [choice] * count}).encode()


class Screen:
    """An X server whose picture can be read as memory."""

    def __init__(self, folder: Path) -> None:
        read, write = os.pipe()
        command = ["Xvfb", "-displayfd", str(write), "-screen", "0", f"{WIDTH}x{HEIGHT}x24", "-fbdir", str(folder)]
        self._server = subprocess.Popen(command, pass_fds=[write], stderr=subprocess.DEVNULL)
        os.close(write)
        with os.fdopen(read) as told:
            self.name = f":{told.readline().strip()}"
        with (folder / "Xvfb_screen0").open("rb") as file:
            self._picture = mmap.mmap(file.fileno(), 0, access=mmap.ACCESS_READ)
        self._band = len(self._picture) // BANDS

    def look(self) -> list[int]:
        """A number for each band of the picture."""
        return [zlib.adler32(self._picture[at * self._band : (at + 1) * self._band]) for at in range(BANDS)]

    def close(self) -> None:
        self._picture.close()
        self._server.terminate()
        self._server.wait()


@contextmanager
def screen() -> Iterator[Screen]:
    with tempfile.TemporaryDirectory() as folder:
        made = Screen(Path(folder))
        try:
            yield made
        finally:
            made.close()


def watch(command: list[str], limit: float) -> tuple[float | None, float | None, float]:
    """Seconds to the first paint and to rest, and megabytes at most."""
    with screen() as shown, tempfile.TemporaryDirectory() as home:
        own = {name: value for name, value in os.environ.items() if name in ("PATH", "PYTHONPATH", "LANG")}
        own |= {"HOME": home, "XDG_RUNTIME_DIR": home, "DISPLAY": shown.name}
        before = shown.look()
        began = time.monotonic()
        process = subprocess.Popen(
            command, env=own, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL, start_new_session=True
        )
        first = still = None
        most = 0.0
        worked = [(0.0, 0.0)]  # when, and the time of processors until then
        is_idle = False
        try:
            while (now := time.monotonic() - began) < limit and (still is None or now - still < REST or not is_idle):
                memory, processors = _used_by(process.pid)
                most = max(most, memory)
                worked = [each for each in worked if each[0] > now - 1] or worked[-1:]
                is_idle = processors - worked[0][1] < IDLE
                worked.append((now, processors))
                seen = shown.look()
                changed = sum(old != new for old, new in zip(before, seen, strict=True))
                if changed > CARET:
                    first, still, before = first or now, now, seen
                time.sleep(0.02)
        finally:
            os.killpg(process.pid, 9)
            process.wait()
        return first, still if now < limit else None, most


def _used_by(leader: int) -> tuple[float, float]:
    """Megabytes of a process and all below it, what several share counted for each; and their seconds of processors."""
    below: dict[int, list[int]] = {}
    pages: dict[int, int] = {}
    ticks: dict[int, int] = {}
    for entry in Path("/proc").glob("[0-9]*"):
        try:
            fields = (entry / "stat").read_text().rpartition(")")[2].split()
            parent, ticks[int(entry.name)] = int(fields[1]), int(fields[11]) + int(fields[12])
            pages[int(entry.name)] = int((entry / "statm").read_text().split()[1])
        except (OSError, ValueError):
            continue
        below.setdefault(parent, []).append(int(entry.name))
    family = [leader]
    for member in family:
        family += below.get(member, [])
    memory = sum(pages.get(member, 0) for member in family) * os.sysconf("SC_PAGE_SIZE") / 1e6
    return memory, sum(ticks.get(member, 0) for member in family) / os.sysconf("SC_CLK_TCK")


def shown_here(path: Path) -> float:
    """Seconds until this program shows the file, from its start."""
    with screen() as shown, tempfile.TemporaryDirectory() as home:
        timings = Path(home, "timings.jsonl")
        environ = {"PATH": os.environ["PATH"], "HOME": home, "XDG_RUNTIME_DIR": home, "DISPLAY": shown.name}
        command = [
            sys.executable,
            "-m",
            "inspector",
            "--file",
            str(path),
            "--quit-when",
            "shown",
            "--timings",
            str(timings),
        ]
        subprocess.run(command, env=environ, check=True, stderr=subprocess.DEVNULL)
        moments = {line["event"]: line["ms"] for line in map(json.loads, timings.read_text().splitlines())}
        return float(moments["shown"]) / 1000


def written_by_jq(path: Path) -> float | None:
    if not _found("jq"):
        return None
    began = time.monotonic()
    subprocess.run([_found("jq"), ".", str(path)], stdout=subprocess.DEVNULL, check=True)
    return time.monotonic() - began


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument(
        "--limit", type=float, default=60, metavar="SECONDS", help="for each program and file (default 60)"
    )
    parser.add_argument("--sizes", nargs="*", choices=SIZES, default=list(SIZES))
    given = parser.parse_args()
    print_machine()
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        rows: dict[str, list[str]] = {}
        for size in given.sizes:
            path = folder / "completion.json"
            path.write_bytes(body(SIZES[size]))
            for viewer, command in viewers(folder / "profile").items():
                first, still, most = watch([*command, str(path)], given.limit)
                cell = f"{_seconds(first)} / {_seconds(still)} / {most:,.0f}"
                rows.setdefault(viewer, []).append(cell)
            rows.setdefault("this program, not checked yet", []).append(_seconds(shown_here(path)))
            rows.setdefault("jq", []).append(_seconds(written_by_jq(path)))
    print_table(
        ("first / still in seconds, and MB", *given.sizes), [[viewer, *cells] for viewer, cells in rows.items()]
    )


def _seconds(value: float | None) -> str:
    return "–" if value is None else f"{value:.2f}"


if __name__ == "__main__":
    main()
