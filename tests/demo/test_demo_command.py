"""The `demo` command in a process of its own, as a terminal or a script runs it."""

import re
import signal
import subprocess
import sys
from collections.abc import Iterator
from http.client import HTTPConnection
from urllib.parse import urlsplit

import pytest

from inspector.commands import demo
from inspector.demo.samples import load_samples

RUN = "import sys; from inspector.commands import demo; sys.exit(demo.run(sys.stdout))"


@pytest.fixture
def process() -> Iterator[subprocess.Popen[str]]:
    with subprocess.Popen(
        [sys.executable, "-c", RUN], stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True
    ) as running:
        yield running
        running.kill()


def _printed(process: subprocess.Popen[str]) -> list[str]:
    """The lines up to the one with the key, which is the last."""
    assert process.stdout is not None
    lines = []
    while not lines or not lines[-1].startswith("export"):
        line = process.stdout.readline()
        assert line, f"it ended early: {process.stderr and process.stderr.read()}"
        lines.append(line.removesuffix("\n"))
    return lines


@pytest.mark.parametrize("number", [signal.SIGINT, signal.SIGTERM])
def test_it_says_where_and_what_then_runs_until_interrupted(process, number):
    url, *samples, usage, export = _printed(process)
    assert re.fullmatch(r"http://127\.0\.0\.1:\d+", url)
    assert samples == [f"{sample.id}  {sample.shows}" for sample in load_samples()]
    assert usage.startswith("# ")
    assert f"show --base-url {url} ID" in usage
    key = export.removeprefix("export SUDO_API_KEY=")
    connection = HTTPConnection(urlsplit(url).netloc, timeout=10)
    connection.request("GET", "/v1/chat/completions", headers={"Authorization": f"Bearer {key}"})
    assert connection.getresponse().status == 200
    process.send_signal(number)
    assert process.communicate(timeout=20) == ("", "")
    assert process.returncode == 0
    connection.close()


class Interrupting:
    """A stdout that sends its own process SIGTERM once the last line is out, and keeps the handlers it finds."""

    def __init__(self) -> None:
        self.text = ""

    def write(self, text: str) -> int:
        self.text += text
        return len(text)

    def flush(self) -> None:
        signal.raise_signal(signal.SIGTERM)


def test_it_leaves_the_signals_as_they_were():
    before = [signal.getsignal(number) for number in (signal.SIGINT, signal.SIGTERM)]
    out = Interrupting()
    assert demo.run(out) == 0
    assert [signal.getsignal(number) for number in (signal.SIGINT, signal.SIGTERM)] == before
    assert "export SUDO_API_KEY=" in out.text
