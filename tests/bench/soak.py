"""A batch of ten thousand against a service that goes wrong, in the real window: `python tests/bench/soak.py`.

One ID in a hundred each begins with 429, 503, a reset connection, a slow answer or a body that is no JSON. Told in the end:
whether every ID is accounted for, how the memory of the process went, and how long the GUI loop ever went without turning
(goal: 17 ms in 99 of 100 turns, 100 ms at the worst). `--count 1000 --rounds 150` goes on for ten minutes and more with a list
that does not grow, so that memory must not either. `--latency` makes the service as slow as one that is far away.
"""

import argparse
import os
import resource
import sys
import tempfile
from collections import Counter
from collections.abc import Callable
from pathlib import Path
from time import perf_counter

os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")
sys.path.insert(0, str(Path(__file__).parents[2]))

from PySide6.QtCore import QObject, Qt, QTimer
from PySide6.QtWidgets import QApplication

from inspector.core.inputs import BaseUrl
from inspector.core.preferences import Preferences
from inspector.core.profile import Profile
from inspector.core.window_options import WindowOptions
from inspector.main import Program
from inspector.viewmodels.collector import Collector
from tests.bench.figures import print_machine, print_table
from tests.many_server import Manner, fault_of, many_server, names

_PAGE_MB = resource.getpagesize() / 2**20


class Pulse(QObject):
    """Turns of the GUI loop: a timer of one millisecond, and how late it ever was."""

    def __init__(self) -> None:
        super().__init__()
        self.gaps: list[float] = []
        self.worst: list[tuple[float, float]] = []
        self._began = 0.0
        self._last = perf_counter()
        self._timer = QTimer(self)
        self._timer.setTimerType(Qt.TimerType.PreciseTimer)
        self._timer.timeout.connect(self._on_turn)
        self._timer.start(1)

    def reset(self) -> None:
        self.gaps.clear()
        self.worst.clear()
        self._last = self._began = perf_counter()

    def _on_turn(self) -> None:
        now = perf_counter()
        gap = (now - self._last) * 1000
        self.gaps.append(gap)
        if gap > 50:
            self.worst.append((gap, now - self._began))
        self._last = now


def memory_mb() -> float:
    return int(Path("/proc/self/statm").read_text().split()[1]) * _PAGE_MB


def turn_until(
    application: QApplication, holds: Callable[[], object], limit: float, each: Callable[[], object]
) -> None:
    """Runs the loop until `holds()`, and calls `each()`, both four times a second."""
    end = perf_counter() + limit

    def look() -> None:
        each()
        if holds() or perf_counter() > end:
            application.exit()  # quitting would close the window, and a window that is not seen paints nothing

    timer = QTimer(application)
    timer.timeout.connect(look)
    timer.start(250)
    application.exec()
    timer.stop()
    if not holds():
        raise SystemExit("the batch did not end in time")


def nothing() -> None:
    """For waits during which nothing is measured."""


def soak(url: str, count: int, rounds: int, picture: str) -> None:
    application = QApplication([sys.argv[0], "-style", "Fusion"])
    Collector(application)
    base_url = BaseUrl(url, "")
    program = Program(WindowOptions(base_url=url), Profile("soak", base_url), base_url, Preferences(theme="light"))
    program.start("")
    turn_until(application, lambda: hasattr(program, "jobs") and program.jobs.services is not None, 30, nothing)
    session, pulse, samples = program.session, Pulse(), list[float]()
    turn_until(application, lambda: len(pulse.gaps) > 3000, 30, nothing)
    idle = sorted(pulse.gaps)
    wanted = names(count)
    before = memory_mb()
    pulse.reset()
    began = perf_counter()
    for _ in range(rounds):
        asked = perf_counter()
        session.fetch_all(wanted)
        asked = perf_counter() - asked
        turn_until(application, lambda: not session.batch.is_open, 3600, lambda: samples.append(memory_mb()))
    took = perf_counter() - began
    gaps = sorted(pulse.gaps)
    assert program.window.isVisible()
    if picture:
        program.window.grab().save(picture)
    stages = Counter(entry.stage.value for entry in session.entries)
    failed = {entry.subject for entry in session.entries if entry.stage.value == "failed"}
    broken = {name for name in wanted if fault_of(name) == "invalid"}
    services = program.jobs.services
    assert services is not None
    lost = sum(services.answers.get(name) is None for name in wanted)
    worst = ", ".join(f"{gap:.0f} ({at:.1f})" for gap, at in sorted(pulse.worst)[-5:])
    tenth = max(1, len(samples) // 10)
    rows = [
        ["IDs, in the list", f"{len(wanted):,}, {len(session.entries):,}"],
        ["stages", ", ".join(f"{count:,} {name}" for name, count in stages.items())],
        ["failed though the service had it", len(failed - broken)],
        ["done though it was no JSON", len(broken - failed)],
        ["answers that are not kept", lost],
        ["seconds, answers a second", f"{took:.1f}, {rounds * count / took:.0f}"],
        ["GUI gaps in ms: idle 99 %, max", f"{idle[int(len(idle) * 0.99)]:.1f}, {idle[-1]:.1f}"],
        ["GUI gaps in ms: median", f"{gaps[len(gaps) // 2]:.1f}"],
        ["GUI gaps in ms: 99 %, 99.9 %", f"{gaps[int(len(gaps) * 0.99)]:.1f}, {gaps[int(len(gaps) * 0.999)]:.1f}"],
        ["GUI gaps in ms: worst, and at which second", worst],
        ["turns, gaps over 100 ms", f"{len(gaps):,}, {sum(gap > 100 for gap in gaps)}"],
        ["ms to take the list over", f"{asked * 1000:.0f}"],
        ["RSS in MB: before, after", f"{before:.0f}, {memory_mb():.0f}"],
        ["RSS in MB: tenths of the run", " ".join(f"{samples[at]:.0f}" for at in range(0, len(samples), tenth))],
    ]
    print_table(["a batch of many", ""], rows)
    program.window.close()
    program.close()


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--count", type=int, default=10_000, metavar="N", help="IDs (default 10000)")
    parser.add_argument("--rounds", type=int, default=1, metavar="N", help="the same IDs so many times (default once)")
    parser.add_argument("--bytes", type=int, default=10_000, metavar="N", help="size of a body (default 10000)")
    parser.add_argument("--latency", type=float, default=0.0, metavar="SECONDS", help="of every answer (default none)")
    parser.add_argument("--picture", default="", metavar="PNG", help="saves the window in the end")
    given = parser.parse_args()
    print_machine()
    manner = Manner(given.latency, given.bytes, faults=True)
    with tempfile.TemporaryDirectory() as home, many_server(manner, own_process=True) as server:
        os.environ |= {"SUDO_API_KEY": "sk-soak", "HOME": home, "XDG_CONFIG_HOME": home, "XDG_STATE_HOME": home}
        soak(server.url, given.count, given.rounds, given.picture)


if __name__ == "__main__":
    main()
