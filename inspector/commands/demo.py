"""`sudo-inspector demo`: the demo service alone, for as long as it is wanted.

What it prints can be read by people and by programs: the base URL, then `ID  what it shows` lines, then a comment and an
`export` line, so that `eval "$(… | tail -n 1)"` sets the key. The key is random in each run and worth nothing elsewhere.
"""

import signal
from collections.abc import Iterator
from contextlib import contextmanager
from threading import Event
from types import FrameType
from typing import TextIO

from inspector.demo.service import DemoService

_ENDS = (signal.SIGINT, signal.SIGTERM)


def run(stdout: TextIO) -> int:
    """Runs until SIGINT or SIGTERM, then gives exit status 0. Must be called in the main thread."""
    with _until_told() as told, DemoService() as service:
        print("\n".join(_lines(service)), file=stdout, flush=True)
        while not told.wait(0.5):  # on Windows a wait without limit cannot be interrupted
            pass
    return 0


def _lines(service: DemoService) -> Iterator[str]:
    yield service.base_url
    for sample in service.samples:
        yield f"{sample.id}  {sample.shows}"
    yield f"# To try one, run the next line in another terminal, then: sudo-inspector show --base-url {service.base_url} ID"
    yield f"export SUDO_API_KEY={service.key.reveal()}"


@contextmanager
def _until_told() -> Iterator[Event]:
    """An event that SIGINT and SIGTERM set, in place of what they did before."""
    told = Event()

    def tell(_number: int, _frame: FrameType | None) -> None:
        told.set()

    before = {number: signal.signal(number, tell) for number in _ENDS}
    try:
        yield told
    finally:
        for number, handler in before.items():
            signal.signal(number, handler)
