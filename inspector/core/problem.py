"""Why there is no completion to show, in words: what happened, what the server said, what to try."""

from dataclasses import dataclass

from inspector.core.exchange import Failed, Received
from inspector.core.json_document import JsonDocument


@dataclass(frozen=True, slots=True)
class Problem:
    """`message` is the sentence, with the server's own words where it sent any; `causes` are possible ones, likeliest first.

    `kind` is kebab-case (see FailureKind for exchanges without an answer). `retry_after` is in seconds.
    """

    kind: str
    status: int | None
    message: str
    hint: str | None = None
    causes: tuple[str, ...] = ()
    server_words: str = ""
    request_id: str | None = None
    retry_after: float | None = None


def problem_of_answer(received: Received, document: JsonDocument | None) -> Problem | None:
    """The problem that an answer tells by its status or body; None where the body is meant as a completion."""
    return (
        Problem("http", received.status, f"status {received.status}")
        if received.status != 200 or document is None
        else None
    )


def problem_of_failure(failed: Failed) -> Problem:
    """The problem of a fetch without a complete answer."""
    return Problem(failed.kind, None, failed.detail)
