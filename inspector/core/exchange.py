"""One exchange with the service: what is asked, and a closed union of how it can end.

`Received` is any complete HTTP answer, whatever its status; what it means is read later. `Failed` is an exchange that
gave no complete answer. Times are milliseconds, sizes bytes.
"""

from dataclasses import dataclass, field
from enum import StrEnum
from urllib.parse import quote

from inspector.core.inputs import BaseUrl, CompletionId
from inspector.core.secret import Secret


@dataclass(frozen=True, slots=True)
class MessagesPage:
    """A page of the prompt's messages, oldest first: the `limit` that follow the message `after`, or the first ones."""

    after: str | None = None
    limit: int = 100


@dataclass(frozen=True, slots=True)
class Request:
    """One GET of a completion, or with `page` of its prompt. `deadline` is the whole request's limit in seconds.

    `most_bytes` is the most that the body may have, where that is less than is taken of any.
    """

    base_url: BaseUrl
    completion: CompletionId
    key: Secret
    deadline: float = 60.0
    page: MessagesPage | None = None
    most_bytes: int | None = None

    @property
    def url(self) -> str:
        url = self.base_url.completion_url(self.completion)
        if self.page is None:
            return url
        after = "" if self.page.after is None else f"&after={quote(self.page.after, safe='')}"
        return f"{url}/messages?order=asc&limit={self.page.limit}{after}"

    @property
    def names_its_key(self) -> bool:
        """Whether the key was taken for an ID, or for a part of one."""
        text = self.completion.text
        return Secret(text) == self.key or self.key.redacted_from(text) != text


@dataclass(frozen=True, slots=True)
class StoredQuery:
    """Which of the stored completions are wanted: those of `model`, unless it is empty, with all of these metadata."""

    model: str = ""
    metadata: tuple[tuple[str, str], ...] = ()


@dataclass(frozen=True, slots=True)
class StoredRequest:
    """One GET of a page of the stored completions, newest first: the `limit` that follow `after`, or the first ones."""

    base_url: BaseUrl
    query: StoredQuery
    key: Secret
    after: str | None = None
    limit: int = 40
    deadline: float = 60.0
    most_bytes: int | None = None

    @property
    def url(self) -> str:
        asked = [("order", "desc"), ("limit", str(self.limit))]
        if self.after is not None:
            asked.append(("after", self.after))
        if self.query.model:
            asked.append(("model", self.query.model))
        asked += [(f"metadata[{name}]", value) for name, value in self.query.metadata]
        pairs = "&".join(f"{quote(name, safe='')}={quote(value, safe='')}" for name, value in asked)
        return f"{self.base_url}/v1/chat/completions?{pairs}"


AnyRequest = Request | StoredRequest


class FailureKind(StrEnum):
    """Why there is no answer; the values are the `error.kind` of the JSON report."""

    NO_KEY = "no-key"
    BAD_INPUT = "bad-input"
    DNS = "dns"
    REFUSED = "refused"
    UNREACHABLE = "unreachable"
    CONNECT_TIMEOUT = "connect-timeout"
    READ_TIMEOUT = "read-timeout"
    DEADLINE = "deadline"
    TLS_UNTRUSTED = "tls-untrusted"
    TLS_EXPIRED = "tls-expired"
    TLS_NOT_YET_VALID = "tls-not-yet-valid"
    TLS_WRONG_HOST = "tls-wrong-host"
    TLS_NOT_TLS = "tls-not-tls"
    TLS_OTHER = "tls-other"
    DISCONNECTED = "disconnected"
    PROTOCOL = "protocol"
    TOO_LARGE = "too-large"
    BAD_ENCODING = "bad-encoding"
    PROXY = "proxy"
    KEYRING = "keyring"
    CANCELLED = "cancelled"
    INTERNAL = "internal"


@dataclass(frozen=True, slots=True)
class Timings:
    """Milliseconds from the start of the request; `fetched_at` is Unix seconds of the last byte."""

    first_byte_ms: float
    last_byte_ms: float
    fetched_at: float


@dataclass(frozen=True, slots=True)
class Received:
    """A complete HTTP answer. `body` is decoded from gzip only; headers never carry a secret."""

    url: str
    status: int
    reason: str
    http_version: str
    headers: tuple[tuple[str, str], ...]
    body: bytes = field(repr=False)
    wire_bytes: int
    timings: Timings
    notes: tuple[str, ...] = ()
    """Sentences about the transport worth knowing, such as a Content-Length that the body does not match."""

    def header(self, name: str) -> str | None:
        """The first header of that name, case-insensitive."""
        wanted = name.lower()
        return next((value for key, value in self.headers if key.lower() == wanted), None)


@dataclass(frozen=True, slots=True)
class Failed:
    """No complete answer. `detail` is the cause in a library's or server's words, free of the key; may be empty."""

    kind: FailureKind
    url: str
    detail: str = ""
    elapsed_ms: float = 0.0
    partial: Received | None = None
    """What had arrived by then, where headers had arrived at all."""


FetchOutcome = Received | Failed


@dataclass(frozen=True, slots=True)
class Progress:
    """Bytes of the body received so far; `total` where the server announced it (wire bytes)."""

    received: int
    total: int | None
