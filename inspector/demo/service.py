"""The demo service: the calls of the Sudo API that read stored completions, answered from the bundled samples.

    GET /v1/chat/completions/{id}            the sample's bytes, status and behaviour
    GET /v1/chat/completions/{id}/messages   its prompt, in pages, where one is stored
    GET /v1/chat/completions                 the well-formed ones, in pages, by ?model= and ?metadata[key]=

Everything else ends as it does at the real service: 401 without the right key, 404, 405.
"""

import secrets
from types import TracebackType
from typing import Self
from urllib.parse import parse_qsl, unquote

from inspector.core.secret import Secret
from inspector.demo import answers
from inspector.demo.http_server import HttpAnswer, HttpRequest, HttpServer
from inspector.demo.samples import Sample, load_samples


class DemoService:
    """Runs between `start()` and `stop()`, or as a context manager; either may be called again without harm.

    Each start takes a free port and a new random key. `pace` multiplies every pause of the slow samples; 0 leaves none.
    """

    def __init__(self, *, pace: float = 1.0) -> None:
        self.samples: tuple[Sample, ...] = load_samples()
        self._by_id = {sample.id: sample for sample in self.samples}
        self._pace = pace
        self._key = Secret("")
        self._server: HttpServer | None = None

    @property
    def base_url(self) -> str:
        return f"http://127.0.0.1:{self._running().port}"

    @property
    def key(self) -> Secret:
        self._running()
        return self._key

    def start(self) -> None:
        if self._server is None:
            self._key = Secret(secrets.token_hex(32))
            self._server = HttpServer(self._answer)

    def stop(self) -> None:
        if self._server is not None:
            self._server.close()
            self._server = None

    def __enter__(self) -> Self:
        self.start()
        return self

    def __exit__(self, kind: type[BaseException] | None, error: BaseException | None, at: TracebackType | None) -> None:
        self.stop()

    def _running(self) -> HttpServer:
        if self._server is None:
            raise RuntimeError("The demo service has no address and no key before start().")
        return self._server

    def _answer(self, request: HttpRequest) -> HttpAnswer:
        if request.method != "GET":
            sentence = f"{request.method} is not allowed: this service only reads."
            return answers.error(405, "method_not_allowed", sentence, {"allow": "GET"})
        return self._refusal(request.headers.get("authorization", "")) or self._found(request.target)

    def _refusal(self, authorization: str) -> HttpAnswer | None:
        scheme, _, key = authorization.partition(" ")
        if scheme.lower() != "bearer" or not key.strip():
            sentence = "No API key was sent. Expected the header 'Authorization: Bearer <key>'."
            return answers.error(401, "authentication_error", sentence)
        if not secrets.compare_digest(key.strip().encode(), self._key.reveal().encode()):
            return answers.error(401, "authentication_error", "The API key is not known here.")
        return None

    def _found(self, target: str) -> HttpAnswer:
        path, _, query = target.partition("?")
        asked = dict(parse_qsl(query, keep_blank_values=True))
        match [unquote(segment) for segment in path.split("/")]:
            case ["", "v1", "chat", "completions"]:
                return answers.stored_completions(self.samples, asked)
            case ["", "v1", "chat", "completions", name] if name in self._by_id:
                return answers.sampled(self._by_id[name], self._pace)
            case ["", "v1", "chat", "completions", name, "messages"] if name in self._by_id:
                return answers.messages(self._by_id[name], asked)
            case ["", "v1", "chat", "completions", name, *_] if name:
                return answers.error(404, "not_found_error", f"No chat completion is stored under '{name}'.")
            case _:
                return answers.error(404, "not_found_error", f"There is nothing at '{path}'.")
