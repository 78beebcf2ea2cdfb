"""Why there is no completion to show, in words: what happened, what the server said, what to try."""

from dataclasses import dataclass
from urllib.parse import urlsplit

from inspector.core.completion import string_of
from inspector.core.exchange import Failed, Received
from inspector.core.json.document import JsonDocument
from inspector.core.json.text import JsonFault
from inspector.core.problems.body_words import BodyTrouble, body_trouble
from inspector.core.problems.connection_words import THE_SERVER
from inspector.core.problems.failure_words import failure_words
from inspector.core.problems.foreign_ids import foreign_id_cause
from inspector.core.problems.retry_after import retry_after
from inspector.core.problems.server_words import Form, ServerWords, readable, words_of
from inspector.core.problems.status_words import WRONG_BASE_URL, Meaning, meaning_of, status_name

_REQUEST_ID_HEADERS = ("x-request-id", "request-id", "x-amzn-requestid", "cf-ray")
_ABOUT_THE_ID = ("bad-request", "not-found", "forbidden")


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


def problem_of_answer(
    received: Received,
    document: JsonDocument | None,
    fault: JsonFault | None = None,
    requested: str | None = None,
) -> Problem | None:
    """The problem that an answer tells by its status or body; None where the body is meant as a completion.

    `document` or else `fault` is what the body reads as, without a byte order mark; `requested` is the ID asked for.
    """
    words = words_of(received, document)
    if 200 <= received.status < 300:
        trouble = body_trouble(received, document, fault, words)
        return None if trouble is None else _told(received, document, words, trouble)
    return _refused(received, document, words, requested)


def problem_of_failure(failed: Failed) -> Problem:
    """The problem of a fetch without a complete answer."""
    words = failure_words(failed)
    happened = words.happened
    if happened.startswith(THE_SERVER):
        happened = happened[0].upper() + happened[1:]
    detail = readable(failed.detail)
    return Problem(
        kind=failed.kind,
        status=failed.partial.status if failed.partial else None,
        message=f"{happened} ({detail})" if detail else happened,
        hint=words.hint,
        causes=words.causes,
        request_id=request_id_of(failed.partial) if failed.partial else None,
    )


def request_id_of(received: Received, document: JsonDocument | None = None) -> str | None:
    """The ID by which the service can find the exchange in its logs: from a header, else from the body."""
    sent = next(filter(None, map(received.header, _REQUEST_ID_HEADERS)), None)
    if sent is None and document is not None:
        error = document.root.get("error")
        inner = error.get("request_id") if error is not None else None
        sent = string_of(document.root.get("request_id")) or string_of(inner)
    return readable(sent)[:200] if sent else None


def _told(received: Received, document: JsonDocument | None, words: ServerWords, trouble: BodyTrouble) -> Problem:
    """A good status with a body that is no completion."""
    said = f" {words.sentence}" if trouble.quotes else ""
    return Problem(
        kind=trouble.kind,
        status=received.status,
        message=f"{trouble.happened}{said} ({status_name(received.status, received.reason)})",
        hint=trouble.hint,
        causes=trouble.causes,
        server_words=words.text if trouble.quotes else "",
        request_id=request_id_of(received, document),
        retry_after=retry_after(received),
    )


def _refused(received: Received, document: JsonDocument | None, words: ServerWords, requested: str | None) -> Problem:
    """A status other than 2xx."""
    meaning = meaning_of(received.status)
    said = _redirected(received) if meaning.kind == "redirect" else words.sentence
    return Problem(
        kind=meaning.kind,
        status=received.status,
        message=f"{meaning.happened} ({status_name(received.status, received.reason)}). {said}",
        hint=meaning.hint,
        causes=_causes(meaning, received, words, requested),
        server_words=words.text,
        request_id=request_id_of(received, document),
        retry_after=retry_after(received),
    )


def _causes(meaning: Meaning, received: Received, words: ServerWords, requested: str | None) -> tuple[str, ...]:
    """The usual causes of a status, with what this very exchange points to before them."""
    if meaning.kind not in _ABOUT_THE_ID:
        return meaning.causes
    pointed = [foreign_id_cause(requested)]
    if "/v1/v1/" in received.url:
        pointed.append("The base URL ends in /v1 once too often: the path that was asked for holds /v1/v1.")
    elif words.form is Form.PAGE or words.text == "Not Found":
        pointed.append(WRONG_BASE_URL)
    likely = tuple(cause for cause in pointed if cause)
    return likely + tuple(cause for cause in meaning.causes if cause not in likely)


def _redirected(received: Received) -> str:
    try:
        host = urlsplit(received.header("location") or "").netloc.rpartition("@")[2]
    except ValueError:
        host = ""
    where = readable(host)[:200] or "another address on the same server"
    return f"It points to {where}; that was not followed, and the key was not sent there."
