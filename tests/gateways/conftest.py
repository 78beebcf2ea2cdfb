"""Fixtures for the gateways: a real background loop, real loopback servers, an authority that no machine trusts."""

from collections.abc import Iterator
from contextlib import ExitStack
from typing import Any

import pytest
import trustme

from inspector.gateways.background import BackgroundLoop
from inspector.gateways.completions_api import HttpCompletionsApi
from tests.fault_server import FaultServer
from tests.fetching import Fetch, MakeApi, MakeServer


@pytest.fixture
def background() -> Iterator[BackgroundLoop]:
    loop = BackgroundLoop()
    yield loop
    loop.stop()


@pytest.fixture
def make_api(background: BackgroundLoop) -> Iterator[MakeApi]:
    """Makes a gateway with the settings given, and closes it in the end unless the loop is stopped by then."""
    made: list[HttpCompletionsApi] = []

    def make(**settings: Any) -> HttpCompletionsApi:
        made.append(HttpCompletionsApi(**settings))
        return made[-1]

    yield make
    for api in made:
        closing = background.submit(api.close())
        if not closing.cancelled():
            closing.result(5)


@pytest.fixture
def api(make_api: MakeApi) -> HttpCompletionsApi:
    return make_api()


@pytest.fixture
def fetch(background: BackgroundLoop, api: HttpCompletionsApi) -> Fetch:
    return Fetch(background, api)


@pytest.fixture
def make_server() -> Iterator[MakeServer]:
    with ExitStack() as servers:
        yield lambda **settings: servers.enter_context(FaultServer(**settings))


@pytest.fixture
def server(make_server: MakeServer) -> FaultServer:
    return make_server()


@pytest.fixture(scope="session")
def authority() -> trustme.CA:
    return trustme.CA()
