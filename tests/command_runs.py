"""Runs `show` inside the test process, on streams like those of a real one."""

import io
import json
from dataclasses import dataclass
from typing import Any, TextIO

from inspector.commands import show
from inspector.commands.console import Console
from inspector.commands.show_options import ShowOptions
from inspector.core.preferences import Preferences
from inspector.usecases.ports import KeyStore
from tests.fake_key_store import FakeKeyStore


class Stream(io.TextIOWrapper):
    """A text stream over memory, in any encoding; `terminal` makes it one that a person sits at."""

    def __init__(self, data: bytes = b"", *, encoding: str = "utf-8", terminal: bool = False) -> None:
        super().__init__(io.BytesIO(data), encoding=encoding, newline="")
        self._terminal = terminal

    @classmethod
    def failing(cls, error: BaseException) -> "Stream":
        """A stream that cannot be read."""

        class Broken(io.BytesIO):
            def read(self, _size: int | None = -1, /) -> bytes:
                raise error

        broken = cls()
        io.TextIOWrapper.__init__(broken, Broken())
        return broken

    def isatty(self) -> bool:
        return self._terminal

    def written(self) -> bytes:
        self.flush()
        raw = self.buffer
        assert isinstance(raw, io.BytesIO)
        return raw.getvalue()


@dataclass(frozen=True)
class Outcome:
    """What a run left behind."""

    status: int
    raw: bytes
    err: str

    @property
    def out(self) -> str:
        return self.raw.decode()

    @property
    def reports(self) -> list[dict[str, Any]]:
        """The JSON reports, one a line where there are several."""
        try:
            return [json.loads(self.out)]
        except json.JSONDecodeError:
            return [json.loads(line) for line in self.out.splitlines()]


def run_show(
    *texts: str,
    stdin: bytes | Stream | None = None,
    environ: dict[str, str] | None = None,
    key_store: KeyStore | None = None,
    preferences: Preferences | None = None,
    encoding: str = "utf-8",
    terminal: bool = False,
    stdout: TextIO | None = None,
    **options: Any,
) -> Outcome:
    """Runs the command; without `stdin` a person sits at the terminal."""
    given = stdin if isinstance(stdin, Stream) else Stream(stdin or b"", terminal=stdin is None)
    out, err = Stream(encoding=encoding, terminal=terminal), Stream()
    status = show.run(
        ShowOptions(texts=texts, **options),
        Console(given, stdout or out, err),
        environ=environ or {},
        key_store=key_store or FakeKeyStore(),
        preferences=preferences or Preferences(),
    )
    return Outcome(status, out.written(), err.written().decode())
