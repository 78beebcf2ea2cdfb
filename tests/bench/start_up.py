"""The first paint of the window, against that of a bare QMainWindow: `python tests/bench/start_up.py`.

Pairs of runs, one right after the other, so that both meet the same load. CPU time (user and system, of the process and
its children) is the figure to trust on a shared machine. The goal is a median ratio of CPU times of 1.35 at most; 1.5 is too slow.
"""

import argparse
import os
import shutil
import statistics
import subprocess
import sys
import tempfile
import time
from pathlib import Path

sys.path.insert(0, str(Path(__file__).parents[2]))

from tests.bench.figures import print_machine, print_table

BARE = """
import sys
from PySide6.QtCore import QEvent, QObject, QTimer
from PySide6.QtWidgets import QApplication, QMainWindow

class Quitter(QObject):
    def eventFilter(self, watched, event):
        if event.type() is QEvent.Type.Paint:
            QTimer.singleShot(0, window.close)
        return False

application = QApplication(sys.argv[:1])
window = QMainWindow()
quitter = Quitter()
window.installEventFilter(quitter)
window.resize(1280, 800)
window.show()
sys.exit(application.exec())
"""
COMMANDS = {
    "bare": [sys.executable, "-c", BARE],
    "window": [sys.executable, "-m", "inspector", "--quit-when", "painted"],
}


def run(command: list[str], environ: dict[str, str]) -> tuple[float, float]:
    """Wall and CPU milliseconds of one process, from its start to its end."""
    began = time.perf_counter()
    process = subprocess.Popen(command, env=environ, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
    _, status, usage = os.wait4(process.pid, 0)
    wall = time.perf_counter() - began
    process.returncode = os.waitstatus_to_exitcode(status)
    if process.returncode != 0:
        raise SystemExit(f"{command[-1]!r} ended with {process.returncode}")
    return wall * 1000, (usage.ru_utime + usage.ru_stime) * 1000


def measure(platform: str, repeats: int, environ: dict[str, str]) -> list[list[str]]:
    """A row for each kind of window, and one for their ratio; the first pair only warms the caches."""
    pairs = [{name: run(command, environ) for name, command in COMMANDS.items()} for _ in range(repeats + 1)][1:]
    rows = []
    for name in COMMANDS:
        medians = [statistics.median(pair[name][at] for pair in pairs) for at in (0, 1)]
        rows.append([f"{platform}, {name}", *(f"{median:.0f} ms" for median in medians)])
    ratios = [statistics.median(pair["window"][at] / pair["bare"][at] for pair in pairs) for at in (0, 1)]
    return [*rows, [f"{platform}, ratio", *(f"{ratio:.2f}" for ratio in ratios)]]


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--repeats", type=int, default=9, metavar="N", help="pairs of runs (default 9)")
    parser.add_argument("--platform", choices=("offscreen", "xcb"), help="only on this one of Qt's platforms")
    given = parser.parse_args()
    platforms = [given.platform] if given.platform else ["offscreen", "xcb"]
    if "xcb" in platforms and not os.environ.get("DISPLAY") and shutil.which("xvfb-run"):
        os.execvp("xvfb-run", ["xvfb-run", "-a", "-s", "-screen 0 1280x1024x24", sys.executable, *sys.argv])
    print_machine()
    rows: list[list[str]] = []
    with tempfile.TemporaryDirectory() as home:
        for platform in platforms:
            if platform == "xcb" and not os.environ.get("DISPLAY"):
                print("No display and no xvfb-run, so nothing is measured on xcb.")
                continue
            environ = os.environ | {"HOME": home, "XDG_CONFIG_HOME": home, "QT_QPA_PLATFORM": platform}
            rows += measure(platform, given.repeats, environ)
    print_table([f"median of {given.repeats} pairs", "wall", "cpu"], rows)


if __name__ == "__main__":
    main()
