"""A running demo service without pauses, and a plain way to ask it."""

import json
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from http.client import HTTPConnection
from typing import Any
from urllib.parse import urlsplit

import pytest

from inspector.demo.samples import Sample
from inspector.demo.service import DemoService


@dataclass(frozen=True, slots=True)
class Answer:
    """What came back; header names in lower case."""

    status: int
    headers: Mapping[str, str]
    body: bytes

    @property
    def json(self) -> Any:
        return json.loads(self.body)


class Caller:
    """Asks one service over one kept-alive connection."""

    def __init__(self, service: DemoService) -> None:
        self.service = service
        self.connection = HTTPConnection(urlsplit(service.base_url).netloc, timeout=10)

    def ask(self, path: str, *, key: str | None = "", method: str = "GET", **more: Any) -> Answer:
        """One request with the right key, with another one, or (None) with none."""
        bearer = self.service.key.reveal() if key == "" else key
        headers = {} if bearer is None else {"Authorization": f"Bearer {bearer}"}
        self.connection.request(method, path, headers=headers | more.pop("headers", {}), **more)
        response = self.connection.getresponse()
        names = {name.lower(): value for name, value in response.getheaders()}
        return Answer(response.status, names, response.read())

    def sample(self, stem: str) -> Sample:
        return next(sample for sample in self.service.samples if sample.file.rsplit(".", 1)[0] == stem)


@pytest.fixture(scope="module")
def service() -> Iterator[DemoService]:
    with DemoService(pace=0) as running:
        yield running


@pytest.fixture
def caller(service: DemoService) -> Iterator[Caller]:
    calling = Caller(service)
    yield calling
    calling.connection.close()
