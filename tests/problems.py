"""Answers as a server may send them, and the problem that each tells."""

from inspector.core.exchange import Received, Timings
from inspector.core.inspection import inspect_received
from inspector.core.problems.problem import Problem

URL = "https://sudoapp.dev/api/v1/chat/completions/chatcmpl-1"
NOW = 1_795_000_000.0


def received(
    status: int, body: bytes | str = b"", headers: dict[str, str] | None = None, reason: str = "", url: str = URL
) -> Received:
    data = body.encode("utf-8", "surrogatepass") if isinstance(body, str) else body
    return Received(
        url=url,
        status=status,
        reason=reason,
        http_version="HTTP/1.1",
        headers=tuple((headers or {}).items()),
        body=data,
        wire_bytes=len(data),
        timings=Timings(1.0, 2.0, NOW),
    )


def problem(answer: Received, requested: str | None = "chatcmpl-1") -> Problem:
    found = inspect_received(answer, requested).problem
    assert found is not None
    return found
