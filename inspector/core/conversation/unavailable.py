"""Why there is no prompt, in one quiet sentence: a completion is whole without it."""

from inspector.core.exchange import FailureKind

NO_MESSAGES = "The service has no prompt messages of this completion."
GIVEN_UP = "The prompt messages were not waited for. Fetch again to ask for them once more."
_BY_STATUS = {
    401: "The service did not accept the API key for the prompt messages",
    403: "The API key may not read the prompt messages",
    404: "The service has no prompt messages of this completion",
    405: "This service does not give out prompt messages",
    429: "The service had too many requests to tell the prompt messages",
    501: "This service does not give out prompt messages",
}
_TOO_LATE = "The prompt messages did not come in time."
_LOST = "The connection was lost before the prompt messages had come."
_BY_KIND = {
    FailureKind.DEADLINE: _TOO_LATE,
    FailureKind.READ_TIMEOUT: _TOO_LATE,
    FailureKind.CONNECT_TIMEOUT: _TOO_LATE,
    FailureKind.DISCONNECTED: _LOST,
    FailureKind.TOO_LARGE: "The prompt messages are larger than what is taken of them.",
    FailureKind.BAD_ENCODING: "The prompt messages came in an encoding that cannot be read.",
}


def status_sentence(status: int) -> str:
    """An answer that is no list of messages, by its status."""
    said = _BY_STATUS.get(status)
    if said is None and status >= 500:
        said = "The service failed when it was asked for the prompt messages"
    elif said is None and 300 <= status < 400:
        said = "The service pointed elsewhere for the prompt messages, which is not followed"
    elif said is None:
        said = "The service did not give out the prompt messages"
    return f"{said} (status {status})."


def failure_sentence(kind: FailureKind) -> str:
    """No whole answer, by the reason."""
    return _BY_KIND.get(kind, f"The prompt messages could not be fetched ({kind}).")


def no_list_sentence(*, is_json: bool) -> str:
    """An answer that should have been a list of messages."""
    return f"What came as the prompt messages is {'no list of messages' if is_json else 'not JSON'}."
