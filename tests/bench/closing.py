"""The program is ended at random moments of a fetch, again and again: `python tests/bench/closing.py [--times 100]`.

By its window, by SIGINT or by SIGTERM. Each time it must end within two seconds, with status 0 and without a word.
"""

import argparse
import os
import random
import subprocess
import sys
import tempfile
from collections import Counter
from pathlib import Path
from time import perf_counter

sys.path.insert(0, str(Path(__file__).parents[2]))

from tests.bench.figures import print_machine, print_table
from tests.live_services import sample

PROJECT = Path(__file__).parents[2]

_PROGRAM = """
import random, signal, os, sys
from PySide6.QtCore import QTimer
from inspector import main
from inspector.__main__ import main as begin
way, moment = sys.argv[1], int(sys.argv[2])

class Ending(main.Program):
    def _on_painted(self):
        super()._on_painted()
        QTimer.singleShot(moment, self.end)

    def end(self):
        print("ending", flush=True)
        if way == "window":
            self.window.close()
        else:
            os.kill(os.getpid(), getattr(signal, way))

main.Program = Ending
sys.exit(begin(["--demo", *sys.argv[3:]]))
"""
_FILES = ("plain-answer.json", "two-tool-calls.json", "slow-start.json", "slow-body.json")
_NOISE = "This plugin does not support"
_LONGEST_SECONDS = 2.0


def end_once(home: str, chance: random.Random) -> tuple[str, float, str]:
    """The way it ended, how long that took, and what was wrong with it."""
    way, moment = chance.choice(("window", "SIGINT", "SIGTERM")), chance.randrange(0, 400)
    ids = [sample(file).id for file in chance.sample(_FILES, chance.randint(1, 3))]
    env = os.environ | {
        "QT_QPA_PLATFORM": "offscreen",
        "HOME": home,
        "PYTHONWARNINGS": "error",
        "PYTHONPATH": str(PROJECT),
    }
    command = [sys.executable, "-c", _PROGRAM, way, str(moment), *ids]
    with subprocess.Popen(command, env=env, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True) as process:
        assert process.stdout is not None
        process.stdout.readline()
        began = perf_counter()
        _, said = process.communicate(timeout=60)
        took = perf_counter() - began
    words = [line for line in said.splitlines() if _NOISE not in line]
    wrong = [f"status {process.returncode}"] * bool(process.returncode)
    wrong += [f"{took:.1f} s"] * (took > _LONGEST_SECONDS) + words[-1:]
    return way, took, f"after {moment} ms: {', '.join(wrong)}" if wrong else ""


def main() -> None:
    parser = argparse.ArgumentParser(description=(__doc__ or "").partition("\n")[0])
    parser.add_argument("--times", type=int, default=100)
    parser.add_argument("--seed", type=int, default=1)
    given = parser.parse_args()
    chance, ways, times, wrongs = random.Random(given.seed), Counter[str](), list[float](), list[str]()
    with tempfile.TemporaryDirectory() as home:
        for _ in range(given.times):
            way, took, wrong = end_once(home, chance)
            ways[way] += 1
            times.append(took)
            wrongs += [f"{way} {wrong}"] * bool(wrong)
    print_machine()
    rows = [
        ["ended", ", ".join(f"{count} by {way}" for way, count in ways.items())],
        ["seconds, longest and usual", f"{max(times):.2f}, {sorted(times)[len(times) // 2]:.2f}"],
        ["wrong", str(len(wrongs))],
    ]
    print_table(["what", "how it went"], rows)
    print("\n".join(wrongs))
    sys.exit(bool(wrongs))


if __name__ == "__main__":
    main()
