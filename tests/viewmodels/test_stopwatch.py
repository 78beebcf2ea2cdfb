"""What `--timings` writes."""

import json
import time
from pathlib import Path
from typing import Any

import pytest
from PySide6.QtCore import QTimer
from pytestqt.qtbot import QtBot

from inspector.viewmodels.stopwatch import Stopwatch, peak_rss_mb, process_age_ms


def lines(path: Path) -> list[dict[str, Any]]:
    return [json.loads(line) for line in path.read_text().splitlines()]


def test_moments_are_counted_from_the_start_of_the_process(qtbot: QtBot, tmp_path: Path) -> None:
    path = tmp_path / "timings.jsonl"
    before = process_age_ms()
    watch = Stopwatch(str(path))
    watch.mark("now")
    watch.mark("earlier", time.time() - 2)
    watch.write()
    now, earlier, last = lines(path)
    assert now["event"] == "now"
    assert before - 20 <= now["ms"] <= process_age_ms() + 20, "a process tells its age in steps of 10 ms"
    assert now["ms"] - earlier["ms"] == pytest.approx(2000, abs=50)
    assert last["event"] == "quit"
    assert last["ms"] >= now["ms"]


def test_the_longest_gap_of_the_loop_is_found(qtbot: QtBot, tmp_path: Path) -> None:
    path = tmp_path / "timings.jsonl"
    watch = Stopwatch(str(path))
    watch.watch_gaps()
    done: list[bool] = []

    def hold_up() -> None:
        begin = time.perf_counter()
        while time.perf_counter() - begin < 0.08:
            pass
        QTimer.singleShot(20, lambda: done.append(True))

    QTimer.singleShot(10, hold_up)
    qtbot.waitUntil(lambda: bool(done))
    watch.write()
    (last,) = lines(path)
    assert 75 < last["max_gap_ms"] < 2000


def test_the_memory_of_the_process_is_told(qtbot: QtBot, tmp_path: Path) -> None:
    path = tmp_path / "timings.jsonl"
    Stopwatch(str(path)).write()
    (last,) = lines(path)
    assert last["peak_rss_mb"] == pytest.approx(peak_rss_mb(), rel=0.1)
    assert last["peak_rss_mb"] > 20


def test_nothing_is_written_or_measured_where_nobody_asked(qtbot: QtBot) -> None:
    watch = Stopwatch(None)
    watch.watch_gaps()
    watch.mark("painted")
    watch.write()
    assert not watch._timer.isActive()
