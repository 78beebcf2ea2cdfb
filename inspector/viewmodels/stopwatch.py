"""What `--timings` writes: milliseconds since the process started for each step, and how long the loop stood still.

The names of the events are fixed; see the README, “Measuring”.
"""

from __future__ import annotations

import os
import time
from pathlib import Path

from PySide6.QtCore import QObject, Qt, QTimer

_BEAT_MS = 1


def process_age_ms() -> float:
    """Milliseconds since this process started; where the system does not tell, since this module was loaded."""
    try:
        fields = Path("/proc/self/stat").read_text().rpartition(")")[2].split()
        started = int(fields[19]) / os.sysconf("SC_CLK_TCK")
        return (time.clock_gettime(time.CLOCK_BOOTTIME) - started) * 1000
    except (OSError, ValueError, IndexError, AttributeError):
        return (time.monotonic() - _LOADED) * 1000


def peak_rss_mb() -> float:
    """The peak resident memory of this process and its children, in MiB; 0 where the system does not tell."""
    total = 0
    for process in (os.getpid(), *_children()):
        try:
            lines = Path(f"/proc/{process}/status").read_text().splitlines()
        except OSError:
            continue
        total += sum(int(line.split()[1]) for line in lines if line.startswith("VmHWM"))
    return total / 1024


class Stopwatch(QObject):
    """Records events; while it beats, the longest gap between two turns of the event loop."""

    def __init__(self, path: str | None, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._path = path
        self._base = process_age_ms() - time.perf_counter() * 1000
        self._lines: list[dict[str, object]] = []
        self._max_gap = 0.0
        self._last_beat = 0.0
        self._timer = QTimer(self)
        self._timer.setTimerType(Qt.TimerType.PreciseTimer)
        self._timer.setInterval(_BEAT_MS)
        self._timer.timeout.connect(self._on_beat)

    def mark(self, event: str, at: float | None = None) -> None:
        """Notes an event now, or at a moment in Unix seconds that was noted by somebody else."""
        seconds_ago = 0.0 if at is None else time.time() - at
        self._lines.append({"event": event, "ms": round(self._base + (time.perf_counter() - seconds_ago) * 1000, 2)})

    def watch_gaps(self) -> None:
        """Starts to measure how long the event loop stands still; costs nothing unless a file was asked for."""
        if self._path is not None:
            self._last_beat = time.perf_counter()
            self._timer.start()

    def write(self) -> None:
        """Ends the measurement and writes the file, if one was asked for."""
        if self._path is None:
            return
        if self._timer.isActive():
            self._on_beat()
            self._timer.stop()
        self.mark("quit")
        self._lines[-1] |= {"max_gap_ms": round(self._max_gap, 2), "peak_rss_mb": round(peak_rss_mb(), 1)}
        import json

        text = "".join(f"{json.dumps(line)}\n" for line in self._lines)
        Path(self._path).write_text(text, encoding="utf-8")

    def _on_beat(self) -> None:
        now = time.perf_counter()
        self._max_gap = max(self._max_gap, (now - self._last_beat) * 1000)
        self._last_beat = now


def _children() -> list[int]:
    try:
        return [int(child) for child in Path(f"/proc/self/task/{os.getpid()}/children").read_text().split()]
    except (OSError, ValueError):
        return []


_LOADED = time.monotonic()
