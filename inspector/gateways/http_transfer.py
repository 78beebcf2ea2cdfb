"""The record of one exchange while it runs: its clock, what has arrived, and how it is told in the end.

Everything that leaves here is free of the key, even where the server sends it back.
"""

import time
from collections.abc import Callable
from dataclasses import dataclass

from inspector.core.exchange import AnyRequest, Failed, FailureKind, Progress, Received, Timings
from inspector.gateways.http_body import BoundedBody

OnProgress = Callable[[Progress], None]
_PROGRESS_SECONDS = 0.03
_LONGEST_DETAIL = 500
_STATUS_WITHOUT_BODY = (204, 304)
_MASKED = {"authorization", "proxy-authorization", "authentication-info", "cookie", "set-cookie", "x-api-key"}


@dataclass(frozen=True, slots=True)
class Head:
    """The head of an answer as it came, header names in the server's own spelling."""

    status: int
    reason: str
    http_version: str
    headers: tuple[tuple[str, str], ...]

    def values(self, name: str) -> str:
        """All values of the header `name` (given in lower case) with commas between; empty where there is none."""
        return ", ".join(value for key, value in self.headers if key.lower() == name)

    @property
    def announced_bytes(self) -> int | None:
        """The Content-Length, where there is one and it is a number."""
        text = self.values("content-length")
        return int(text) if text.isdecimal() else None


class Transfer:
    """One request on its way; its clock starts when it is made."""

    def __init__(self, request: AnyRequest, on_progress: OnProgress, limit_bytes: int) -> None:
        self.request = request
        self.url = request.url
        self.on_progress = on_progress
        self.limit_bytes = limit_bytes if request.most_bytes is None else min(limit_bytes, request.most_bytes)
        self._started = time.perf_counter()
        self._arrival: Arrival | None = None

    def head_arrived(self, head: Head) -> "Arrival":
        """Begins the answer that `head` announces; the first progress, of no bytes, is reported here."""
        self._arrival = Arrival(self, head)
        self._arrival.report()
        return self._arrival

    def failed(self, kind: FailureKind, detail: str) -> Failed:
        partial = self._arrival.so_far() if self._arrival else None
        return Failed(
            kind,
            self.without_key(self.url),
            self.without_key(_unquoted(detail))[:_LONGEST_DETAIL],
            self.elapsed_ms(),
            partial,
        )

    def elapsed_ms(self) -> float:
        return (time.perf_counter() - self._started) * 1000

    def without_key(self, text: str) -> str:
        return self.request.key.redacted_from(text)


def _unquoted(text: str) -> str:
    """`text` without the escapes of Python's repr, in which libraries quote a server: they would hide a key's backslash."""
    return text.replace("\\\\", "\\").replace("\\'", "'")


class Arrival:
    """An answer of which the head has come and the body is coming."""

    def __init__(self, transfer: Transfer, head: Head) -> None:
        self._transfer = transfer
        self._head = head
        self._body = BoundedBody(head.values("content-encoding"), transfer.limit_bytes)
        self._first_byte_ms = transfer.elapsed_ms()
        self._touch()

    def feed(self, wire: bytes) -> None:
        """More of the body, as it came off the wire; raises what `BoundedBody.feed` raises."""
        self._touch()
        self._body.feed(wire)
        if time.perf_counter() >= self._next_report:
            self.report()

    def report(self) -> None:
        """Tells the listener how much has come."""
        self._reported_bytes = self._body.wire_bytes
        self._next_report = time.perf_counter() + _PROGRESS_SECONDS
        self._transfer.on_progress(Progress(self._reported_bytes, self._head.announced_bytes))

    def finish(self) -> Received:
        """The whole answer, now that the last byte has come; raises what `BoundedBody.finish` raises."""
        if self._body.wire_bytes > self._reported_bytes:
            self.report()
        self._body.finish()
        return self.so_far()

    def so_far(self) -> Received:
        """The answer with what has come of its body."""
        clean = self._transfer.without_key
        return Received(
            url=self._transfer.url,
            status=self._head.status,
            reason=clean(self._head.reason),
            http_version=self._head.http_version,
            headers=tuple(
                (clean(name), "***" if name.lower() in _MASKED else clean(value)) for name, value in self._head.headers
            ),
            body=self._body.content(),
            wire_bytes=self._body.wire_bytes,
            timings=Timings(self._first_byte_ms, self._last_byte_ms, self._fetched_at),
            notes=tuple(self._body.notes() + self._length_notes()),
        )

    def _length_notes(self) -> list[str]:
        announced, came = self._head.announced_bytes, self._body.wire_bytes
        if self._head.status in _STATUS_WITHOUT_BODY:
            return []
        if announced is not None and announced != came:
            return [f"The server announced {announced:,} bytes (Content-Length), but {came:,} came."]
        if announced is None and "chunked" not in self._head.values("transfer-encoding").lower():
            return ["The server announced no length, so a body that was cut off could not be told from a whole one."]
        return []

    def _touch(self) -> None:
        self._last_byte_ms = self._transfer.elapsed_ms()
        self._fetched_at = time.time()
