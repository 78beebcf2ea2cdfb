"""From Enter to the frame that shows the answer, against the bare call of httpx: `python tests/bench/fetch_latency.py`.

The window runs in this process with the real gateway, and asks a real server on loopback, over a connection that is kept, for a
completion of 10 KB. The bare call has a client and a connection of its own, warm as well; the two take turns. The goal: at most
30 ms more than the bare call, in the median.
"""

import argparse
import json
import os
import statistics
import sys
import tempfile
from collections.abc import Callable
from pathlib import Path
from time import perf_counter

os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")
sys.path.insert(0, str(Path(__file__).parents[2]))

import httpx
from PySide6.QtCore import QEvent, QObject, Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication

from inspector.core.inputs import BaseUrl
from inspector.core.preferences import Preferences
from inspector.core.profile import Profile
from inspector.core.window_options import WindowOptions
from inspector.main import Program
from inspector.viewmodels.session_state import Shown
from tests.bench.figures import print_machine, print_table
from tests.fault_server import FaultServer, Link

KEY = "sk-benchmark"
PATIENCE = 20.0


def completion(size: int) -> bytes:
    """A completion of about `size` bytes: a text, and five tool calls, of which one is broken."""
    arguments = [*['{"city": "Oslo", "days": 3}'] * 4, '{"city": "Oslo",}']
    calls = [
        {"id": f"call_{at}", "type": "function", "function": {"name": "weather", "arguments": text}}
        for at, text in enumerate(arguments)
    ]
    message = {"role": "assistant", "content": "A line of the answer.\n" * ((size - 900) // 23), "tool_calls": calls}
    choice = {"index": 0, "finish_reason": "tool_calls", "message": message, "logprobs": None}
    usage = {"prompt_tokens": 100, "completion_tokens": 900, "total_tokens": 1000}
    body = {"id": "chatcmpl-1", "object": "chat.completion", "created": 1_750_000_000, "model": "gpt-4.1"}
    return json.dumps({**body, "choices": [choice], "usage": usage}).encode()


class Frames(QObject):
    """Notes when the tree was last painted."""

    def __init__(self) -> None:
        super().__init__()
        self.last = 0.0

    def eventFilter(self, _watched: QObject, event: QEvent) -> bool:
        if event.type() is QEvent.Type.Paint:
            self.last = perf_counter()
        return False


def wait_until(application: QApplication, holds: Callable[[], bool]) -> None:
    limit = perf_counter() + PATIENCE
    while not holds():
        if perf_counter() > limit:
            raise SystemExit("the answer did not come")
        application.processEvents()


def enter_to_shown(application: QApplication, program: Program, frames: Frames, name: str) -> float:
    """Milliseconds from the key press to the end of the turn of the loop in which the filled tree was painted."""
    field = program.window.id_bar.field
    field.setText(name)
    filled: list[float] = []
    note = program.presenter.filled.connect(lambda: filled.append(perf_counter()))
    began = perf_counter()
    QTest.keyClick(field, Qt.Key.Key_Return)
    wait_until(application, lambda: bool(filled) and frames.last > filled[0])
    took = (perf_counter() - began) * 1000
    program.presenter.filled.disconnect(note)
    state = program.session.state
    if not isinstance(state, Shown) or state.inspection.requested != name or state.inspection.problem is not None:
        raise SystemExit(f"not shown: {state}")
    return took


def bare_call(client: httpx.Client, url: str) -> float:
    began = perf_counter()
    client.get(url, headers={"Authorization": f"Bearer {KEY}"}).raise_for_status()
    return (perf_counter() - began) * 1000


def measure(url: str, repeats: int) -> list[tuple[float, float]]:
    """Pairs of milliseconds, Enter to shown and the bare call; the first five warm up and do not count."""
    application = QApplication([sys.argv[0], "-style", "Fusion"])
    base_url = BaseUrl(url, "")
    program = Program(WindowOptions(base_url=url), Profile("benchmark", base_url), base_url, Preferences(theme="light"))
    frames = Frames()
    program.start("")
    wait_until(application, lambda: hasattr(program, "jobs") and program.jobs.services is not None)
    program.window.structure.viewport().installEventFilter(frames)
    with httpx.Client(trust_env=False) as client:
        pairs = [
            (enter_to_shown(application, program, frames, "chatcmpl-1"), bare_call(client, f"{url}/v1/bare"))
            for _ in range(repeats + 5)
        ]
    program.window.close()
    program.close()
    return pairs[5:]


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--repeats", type=int, default=30, metavar="N", help="fetches (default 30)")
    parser.add_argument("--bytes", type=int, default=10_000, metavar="N", help="size of the body (default 10000)")
    given = parser.parse_args()
    print_machine()
    body = completion(given.bytes)

    def answer(link: Link) -> None:
        link.reply(body, "Content-Type: application/json")

    with tempfile.TemporaryDirectory() as home, FaultServer(default=answer) as server:
        os.environ |= {"SUDO_API_KEY": KEY, "HOME": home, "XDG_CONFIG_HOME": home}
        pairs = measure(server.url(), given.repeats)
        connections = server.connections
    shown, bare = (statistics.median(column) for column in zip(*pairs, strict=True))
    worst = max(pair[0] - pair[1] for pair in pairs)
    rows = [
        ["Enter to shown", f"{shown:.1f} ms"],
        ["bare call", f"{bare:.1f} ms"],
        ["over the bare call", f"{shown - bare:.1f} ms"],
        ["the worst of them", f"{worst:.1f} ms"],
    ]
    print_table([f"median of {given.repeats}, body of {len(body):,} bytes, {connections} connections", ""], rows)


if __name__ == "__main__":
    main()
