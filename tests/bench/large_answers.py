"""Large answers in the real window: `python tests/bench/large_answers.py`.

Each body is fetched from a server process on loopback by a window in a process of its own. Told for each: from the last byte
to the frame that shows the answer, and to the end of its checks; both as multiples of what `json.loads` takes for the same bytes
in a process of its own; how long the GUI loop went without turning, 99 of 100 times and at the worst: from Enter until the
checks are done, and while the answer is used (every view is opened, the tree is opened and scrolled, something is looked for)
and closed; the memory of the window, and of all processes together at the peak (shared pages count once). `--sizes "1 MB"`
and `--shapes logprobs` choose some.
"""

import argparse
import json
import os
import subprocess
import sys
import tempfile
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from functools import partial
from pathlib import Path
from time import perf_counter, time
from typing import TYPE_CHECKING

os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")
sys.path.insert(0, str(Path(__file__).parents[2]))

from tests.bench.bodies import SHAPES, SIZES
from tests.bench.figures import print_machine, print_table

if TYPE_CHECKING:
    from inspector.widgets.main_window import MainWindow
    from tests.bench.soak import Pulse

NAME = "chatcmpl-1"
PATIENCE = 600.0
AFTERWARDS = 1.0
_LOADS = """import json, sys, time
body = open(sys.argv[1], "rb").read()
began = time.perf_counter()
json.loads(body)
print(time.perf_counter() - began)"""


def proportional_mb(process: int) -> float:
    try:
        lines = Path(f"/proc/{process}/smaps_rollup").read_text().splitlines()
    except OSError:
        return 0.0
    return sum(int(line.split()[1]) for line in lines if line.startswith("Pss:")) / 1024


def family(process: int) -> list[int]:
    """The process and those that its threads started."""
    found = [process]
    for listed in Path(f"/proc/{process}/task").glob("*/children"):
        found += [int(child) for child in listed.read_text().split()]
    return found


def window(url: str) -> None:
    """What runs in the process of the window: prints the figures as JSON."""
    from PySide6.QtCore import QTimer
    from PySide6.QtWidgets import QApplication

    from inspector.core.inputs import BaseUrl
    from inspector.core.preferences import Preferences
    from inspector.core.profile import Profile
    from inspector.core.window_options import WindowOptions
    from inspector.main import Program
    from inspector.viewmodels.collector import Collector
    from inspector.viewmodels.session_state import Shown
    from tests.bench.soak import Pulse, memory_mb

    application = QApplication([sys.argv[0], "-style", "Fusion"])
    Collector(application)
    base_url = BaseUrl(url, "")
    program = Program(WindowOptions(base_url=url), Profile("large", base_url), base_url, Preferences(theme="light"))
    program.start("")

    def turn_until(holds: Callable[[], object], limit: float = PATIENCE) -> None:
        end = perf_counter() + limit
        timer = QTimer(application)
        timer.timeout.connect(lambda: application.exit() if holds() or perf_counter() > end else None)
        timer.start(100)
        application.exec()
        timer.stop()

    turn_until(lambda: hasattr(program, "jobs") and program.jobs.services is not None)
    turn_until(lambda: False, 1.0)
    shown: list[float] = []
    program.presenter.filled.connect(lambda: QTimer.singleShot(0, lambda: shown.append(time())))
    pulse = Pulse()
    pulse.reset()
    program.session.fetch(NAME)
    turn_until(lambda: shown)
    turn_until(lambda: not program.session.is_checking)
    checked = time()
    turn_until(lambda: False, AFTERWARDS)
    state = program.session.state
    if not isinstance(state, Shown) or state.inspection.received is None:
        raise SystemExit(f"not shown: {state}")
    last_byte = state.inspection.received.timings.fetched_at
    assert program.window.isVisible()  # else nothing was painted
    told: dict[str, object] = {"shown": shown[0] - last_byte, "checked": checked - last_byte}
    told |= {"rss": memory_mb(), **gaps_of(pulse)}
    pulse.reset()
    for step in used(program.window):
        step()
        turn_until(lambda: False, 0.3)
    program.window.close()
    turn_until(lambda: False, 0.3)
    told |= {f"{name} in use": value for name, value in gaps_of(pulse).items()}
    print(json.dumps(told), flush=True)
    program.close()


def gaps_of(pulse: "Pulse") -> dict[str, object]:
    gaps = sorted(pulse.gaps)
    return {
        "p99": gaps[int(len(gaps) * 0.99)],
        "worst": gaps[-1],
        "over50": sum(gap > 50 for gap in gaps),
        "worst_at": [(round(gap), round(at, 2)) for gap, at in pulse.worst],
    }


def used(window: "MainWindow") -> Iterator[Callable[[], object]]:
    """What somebody does with an answer, one step after the other."""
    structure, detail = window.structure, window.detail
    bar = structure.verticalScrollBar()
    for tab in range(6):
        yield partial(detail.show_tab, tab)
    yield partial(detail.show_tab, 0)
    for _ in range(4):
        yield structure.unfold
        for part in (0.5, 1.0, 0.0):
            yield partial(lambda part: bar.setValue(int(bar.maximum() * part)), part)
    detail.search.show()
    detail.search.place.setCurrentIndex(1)
    for text in ("a", "an", "answer", ""):
        yield partial(detail.search.field.setText, text)
    for row in ("/choices/0/message", "/choices/0/message/content", "/choices/0/logprobs", "/usage", ""):
        yield partial(lambda row: structure.select(structure.outline.find(row)), row)


@contextmanager
def served(folder: Path) -> Iterator[str]:
    """A server process that answers with the files below the folder."""
    command = [sys.executable, "-u", "-m", "http.server", "0", "--bind", "127.0.0.1", "--directory", str(folder)]
    process = subprocess.Popen(command, stdout=subprocess.PIPE, stderr=subprocess.DEVNULL, text=True)
    assert process.stdout is not None
    try:
        yield f"http://127.0.0.1:{process.stdout.readline().split('port ')[1].split()[0]}"
    finally:
        process.kill()
        process.communicate()


def measured(body: Path, url: str, home: str) -> tuple[dict[str, float], float]:
    """The figures of one window, and the most that it and its children held together."""
    environ = os.environ | {"SUDO_API_KEY": "sk-large", "HOME": home, "XDG_CONFIG_HOME": home, "XDG_STATE_HOME": home}
    command = [sys.executable, __file__, "--window", url]
    process = subprocess.Popen(command, stdout=subprocess.PIPE, env=environ, text=True)
    peak = 0.0
    while True:
        try:
            out, _ = process.communicate(timeout=0.2)
            break
        except subprocess.TimeoutExpired:
            peak = max(peak, sum(map(proportional_mb, family(process.pid))))
    if process.returncode:
        raise SystemExit("the window failed")
    return json.loads(out.splitlines()[-1]), peak


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--sizes", nargs="*", default=list(SIZES), choices=list(SIZES))
    parser.add_argument("--shapes", nargs="*", default=list(SHAPES), choices=list(SHAPES))
    parser.add_argument("--window", help=argparse.SUPPRESS)
    parser.add_argument("--gaps", action="store_true", help="tells each gap over 50 ms and when it was")
    given = parser.parse_args()
    if given.window:
        window(given.window)
        return
    print_machine()
    rows = []
    with tempfile.TemporaryDirectory() as home:
        body = Path(home, "served", "v1", "chat", "completions", NAME)
        body.parent.mkdir(parents=True)
        with served(Path(home, "served")) as url:
            for shape in given.shapes:
                for size in given.sizes:
                    if shape == "10,000 levels" and size not in ("10 KB", "1 MB"):
                        continue
                    body.write_bytes(SHAPES[shape](SIZES[size]))
                    found, peak = measured(body, url, home)
                    command = [sys.executable, "-c", _LOADS, str(body)]
                    loads = subprocess.run(command, capture_output=True, text=True, check=False).stdout
                    row = [f"{size}, {shape}"]
                    for moment in ("shown", "checked"):
                        ratio = f"{found[moment] / float(loads):.1f}" if loads else "–"
                        row += [f"{found[moment]:.2f} s", ratio]
                    for when in ("", " in use"):
                        row += [f"{found[f'{name}{when}']:.0f}" for name in ("p99", "worst", "over50")]
                    rows.append([*row, f"{found['rss']:.0f}", f"{peak:.0f}"])
                    if given.gaps:
                        print(rows[-1], found["worst_at"], found["worst_at in use"], flush=True)
    gaps = ["gap ms, 99 %", "worst", "over 50"]
    head = ["body", "to shown", "x json.loads", "to checked", "x", *gaps, *(f"{name}, in use" for name in gaps)]
    head += ["RSS MB, window", "all, peak"]
    print_table(head, rows)


if __name__ == "__main__":
    main()
