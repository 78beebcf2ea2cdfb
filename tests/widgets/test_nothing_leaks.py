"""One run of the program with a key and an answer that can be told from all else: neither is found where it has no place.

Everything is logged that any library would log; searched are all files that the program could write, what it said, and its
command line. The key is sent to the one address and to no other.
"""

import json
import os
import subprocess
import sys
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from tests.fault_server import FaultServer, Link
from tests.fetching import CANARY

CONTENT = "the-content-canary"
PROGRAM = """
import logging, sys
logging.basicConfig(level=logging.DEBUG)
from PySide6.QtCore import QTimer
from inspector import main
from inspector.__main__ import main as begin

class Watched(main.Program):
    def _on_shown(self):
        super()._on_shown()
        self._look()

    def _look(self):
        if self.session.batch.is_open:  # what is left of a batch would rightly be written down
            QTimer.singleShot(10, self._look)
            return
        print("shown", flush=True)
        input()
        QTimer.singleShot(0, self.window.close)

main.Program = Watched
sys.exit(begin(sys.argv[1:]))
"""
Run = Callable[..., tuple[str, str]]


def answer(link: Link) -> None:
    """A completion, the key in its headers, and what must stay in memory."""
    message = {"role": "assistant", "content": CONTENT, "tool_calls": None}
    choice = {"index": 0, "message": message, "finish_reason": "stop"}
    body = {"id": link.path.rpartition("/")[2], "object": "chat.completion", "created": 1, "choices": [choice]}
    link.reply(json.dumps(body).encode(), f"X-Echo: {link.header('Authorization')}", f"X-Secret: {CANARY}")


@pytest.fixture
def server() -> Iterator[FaultServer]:
    with FaultServer(default=answer) as running:
        yield running


@pytest.fixture
def run(tmp_path: Path, server: FaultServer) -> Run:
    """Runs the program, searches while an answer is shown and again in the end; gives what it said."""

    def run_and_search(*arguments: str) -> tuple[str, str]:
        (tmp_path / "tmp").mkdir()
        kept = {name: value for name, value in os.environ.items() if name in ("PATH", "PYTHONPATH", "LANG")}
        own = {name: str(tmp_path) for name in ("HOME", "XDG_RUNTIME_DIR")} | {"TMPDIR": str(tmp_path / "tmp")}
        env = kept | own | {"QT_QPA_PLATFORM": "offscreen", "SUDO_API_KEY": CANARY}
        command = [sys.executable, "-c", PROGRAM, "--base-url", server.url(), *arguments]
        pipe = subprocess.PIPE
        with subprocess.Popen(command, env=env, stdin=pipe, stdout=pipe, stderr=pipe, text=True) as process:
            assert process.stdout is not None
            said = process.stdout.readline()
            command_line = Path(f"/proc/{process.pid}/cmdline").read_bytes()
            found = leaks_under(tmp_path)
            out, errors = process.communicate("\n", timeout=30)
        assert said == "shown\n", errors
        assert process.returncode == 0
        assert CANARY.encode() not in command_line
        assert found == leaks_under(tmp_path) == []
        return said + out, errors

    return run_and_search


def leaks_under(folder: Path) -> list[Path]:
    """The files that hold the key or the content."""
    files = [path for path in folder.rglob("*") if path.is_file()]
    return [path for path in files if any(word.encode() in path.read_bytes() for word in (CANARY, CONTENT))]


def test_the_search_would_find_a_leak(tmp_path: Path) -> None:
    (tmp_path / "key").write_text(f"a {CANARY}")
    (tmp_path / "content").write_text(f"{CONTENT} b")
    assert sorted(leaks_under(tmp_path)) == [tmp_path / "content", tmp_path / "key"]


@pytest.mark.skipif(sys.platform != "linux", reason="command lines are read from /proc")
def test_key_and_content_stay_where_they_belong(run: Run, server: FaultServer, tmp_path: Path) -> None:
    ids = ["chatcmpl-0", "echo-key", "chatcmpl-2"]
    out, errors = run(*ids)
    assert all(f"Bearer {CANARY}".encode() in raw for raw in server.requests)
    assert len(server.requests) >= len(ids)
    assert CANARY not in out + errors
    assert CONTENT not in out + errors
    written = [path for path in tmp_path.rglob("*") if path.is_file()]
    assert [path.name for path in written] == ["preferences.json"]
    assert all(path.stat().st_mode & 0o077 == 0 for path in written)
