"""Standard input, output and error of a command: sentences that cannot steer a terminal, and pipes that may close early."""

import os
from collections.abc import Mapping
from dataclasses import dataclass
from typing import BinaryIO, TextIO

from inspector.core.inputs import Refused
from inspector.core.report.layout import safe

_LIMIT_BYTES = 256 * 2**20


class OutputLostError(Exception):
    """Standard output takes no more, for another reason than that nobody reads it; the text is a sentence."""


@dataclass(slots=True)
class Console:
    """`is_closed` once nobody reads the output any more; what is written then goes nowhere."""

    stdin: TextIO
    stdout: TextIO
    stderr: TextIO
    is_closed: bool = False

    def write(self, text: str, *, escapes: str = "backslashreplace") -> None:
        """Writes to standard output; `escapes` names the codec error handler for characters that it cannot hold."""
        if self.is_closed:
            return
        encoding = self.stdout.encoding or "utf-8"
        try:
            self.stdout.write(text.encode(encoding, escapes).decode(encoding))
            self.stdout.flush()
        except OSError as error:
            self.is_closed = True
            self._drain()
            if not isinstance(error, BrokenPipeError):
                raise OutputLostError(f"The output could not be written: {error.strerror}.") from error

    def complain(self, sentence: str) -> None:
        """Says a sentence on standard error, in one line."""
        line = f"sudo-inspector: {' '.join(safe(sentence).split())}\n"
        encoding = self.stderr.encoding or "utf-8"
        self.stderr.write(line.encode(encoding, "backslashreplace").decode(encoding))
        self.stderr.flush()

    def read(self, limit: int = _LIMIT_BYTES) -> bytes | Refused:
        """All of standard input, at most `limit` bytes."""
        stream: BinaryIO = self.stdin.buffer
        try:
            data = stream.read(limit + 1)
        except OSError as error:
            return Refused(f"Standard input could not be read: {error.strerror}.")
        if len(data) > limit:
            return Refused(f"Standard input has more than {limit:,} bytes, so it was not read.")
        return data

    @property
    def holds_all(self) -> bool:
        """Whether standard output can hold every character."""
        return (self.stdout.encoding or "").lower().startswith("utf")

    def wants_colour(self, environ: Mapping[str, str]) -> bool:
        """Whether standard output is a terminal whose owner does not object (https://no-color.org)."""
        return self.stdout.isatty() and not environ.get("NO_COLOR") and environ.get("TERM") != "dumb"

    def _drain(self) -> None:
        """Points the output at nothing, so that the flush at the end of the program does not fail once more."""
        nowhere = os.open(os.devnull, os.O_WRONLY)
        os.dup2(nowhere, self.stdout.fileno())
        os.close(nowhere)
