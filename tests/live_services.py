"""The services behind the window, for tests: all of them real, but for the keyring, which no test may touch."""

from dataclasses import replace
from typing import Any

from inspector import wiring
from inspector.core.inputs import BaseUrl
from inspector.core.profile import Profile
from inspector.demo.samples import Sample, load_samples
from inspector.gateways import background
from inspector.viewmodels.services import Services
from tests.fake_key_store import FakeKeyStore

wiring._CLOSE_SECONDS = background._JOIN_SECONDS = 10.0
"""A window that closes waits a moment only and leaves the rest to the end of the process. A run of tests goes on, and what
was left open would be told of in some later test."""

NOWHERE = BaseUrl("http://127.0.0.1:9", "")
"""An address that nobody asks: the demo service takes its place."""
DEMO = Profile("demo", NOWHERE)


def demo_services(**changes: Any) -> Services:
    """What `--demo` runs on: its own service on loopback, its key held in memory, an empty keyring beside it."""
    services = wiring.make_services(DEMO, NOWHERE, demo=True)
    own: dict[str, Any] = {"key_store": FakeKeyStore(), "environ": {}}
    return replace(services, **(own | changes))


def demo_key(services: Services) -> str:
    """The only key that the demo service takes."""
    key = services.session_keys.get(services.profile.name, services.base_url)
    assert key is not None
    return key.reveal()


def sample(name: str) -> Sample:
    """The demo service's sample from the file of that name, such as `plain-answer.json`."""
    return _SAMPLES[name]


_SAMPLES = {each.file: each for each in load_samples()}
