"""What the first frame waits for: nothing that takes long to import and is not seen in it."""

import os
import subprocess
import sys
from pathlib import Path

LATER = (
    "httpx",
    "keyring",
    "ssl",
    "asyncio",
    "numpy",
    "pydantic",
    "jsonschema_rs",
    "markdown_it",
    "regex",
    "truststore",
    "inspector.core.inspection",
    "inspector.usecases",
)
LOOK = """
import sys
from inspector.main import Program
on_painted = Program._on_painted

def look(program):
    print("painted", *sorted(set(sys.argv[1:]) & set(sys.modules)))
    on_painted(program)

Program._on_painted = look
from inspector.__main__ import main
sys.exit(main(["--quit-when", "painted"]))
"""


def imported(names: tuple[str, ...], home: Path) -> list[str]:
    """Which of `names` had been imported at the first paint of a window that quits then."""
    environ = os.environ | {"HOME": str(home), "XDG_CONFIG_HOME": str(home), "QT_QPA_PLATFORM": "offscreen"}
    command = [sys.executable, "-c", LOOK, *names]
    done = subprocess.run(command, env=environ, capture_output=True, text=True, timeout=50, check=False)
    assert done.returncode == 0, done.stderr
    painted, *found = done.stdout.split()
    assert painted == "painted"
    return found


def test_what_is_slow_to_import_comes_after_the_first_paint(tmp_path: Path) -> None:
    assert imported(LATER, tmp_path) == []


def test_the_look_sees_what_is_there(tmp_path: Path) -> None:
    there = ("PySide6.QtWidgets", "inspector.widgets.main_window")
    assert imported((*there, *LATER), tmp_path) == list(there)


def test_a_call_for_a_prompt_is_made_in_the_window_s_thread_without_anything_slow() -> None:
    make = "import sys, inspector.usecases.prompt_call as made; made.PromptCall()"
    look = f"{make}; print(*sorted(set(sys.argv[1:]) & set(sys.modules)))"
    slow = [name for name in LATER if name != "inspector.usecases"]
    done = subprocess.run([sys.executable, "-c", look, *slow], capture_output=True, text=True, timeout=50, check=True)
    assert done.stdout.split() == []
