"""Fetching in tests: a key to look for in the wrong places, and a call that waits for the outcome."""

from collections.abc import Callable
from dataclasses import dataclass
from urllib.parse import urlsplit

from inspector.core.exchange import Failed, FailureKind, FetchOutcome, Progress, Received, Request
from inspector.core.inputs import BaseUrl, CompletionId
from inspector.core.secret import Secret
from inspector.gateways.background import BackgroundLoop
from inspector.gateways.completions_api import HttpCompletionsApi
from tests.fault_server import FaultServer

CANARY = "sk-canary-0123456789abcdef"
MakeApi = Callable[..., HttpCompletionsApi]
MakeServer = Callable[..., FaultServer]


def unheard(_: Progress) -> None:
    """A listener to progress that does not listen."""


def request_for(where: FaultServer | str, name: str, *, deadline: float = 5, key: str = CANARY) -> Request:
    """The request for the ID `name`; `where` may be any URL, also one that the program itself would refuse."""
    url = where if isinstance(where, str) else where.url()
    origin = "{0.scheme}://{0.netloc}".format(urlsplit(url))
    return Request(BaseUrl(origin, url.removeprefix(origin)), CompletionId(name), Secret(key), deadline)


@dataclass
class Fetch:
    """Fetches on the background loop, with `api` unless another is given, and waits for the outcome."""

    background: BackgroundLoop
    api: HttpCompletionsApi

    def __call__(
        self,
        where: FaultServer | str,
        name: str = "ok",
        *,
        api: HttpCompletionsApi | None = None,
        deadline: float = 5,
        on_progress: Callable[[Progress], None] = unheard,
        key: str = CANARY,
    ) -> FetchOutcome:
        request = request_for(where, name, deadline=deadline, key=key)
        return self.background.submit((api or self.api).fetch(request, on_progress)).result(deadline + 5)


def received(outcome: FetchOutcome) -> Received:
    assert isinstance(outcome, Received), outcome
    return outcome


def failed(outcome: FetchOutcome, kind: FailureKind) -> Failed:
    assert isinstance(outcome, Failed), outcome
    assert outcome.kind is kind, outcome
    return outcome
