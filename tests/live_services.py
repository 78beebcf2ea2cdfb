"""The services behind the window, for tests: all of them real, but for the keyring, which no test may touch."""

from dataclasses import replace
from typing import Any
from unittest.mock import patch

from inspector import wiring
from inspector.core.inputs import BaseUrl
from inspector.core.profile import Profile
from inspector.demo.samples import Sample, load_samples
from inspector.gateways import background
from inspector.viewmodels.services import Services
from tests.fake_key_store import FakeKeyStore

_PATIENCE = 10.0
NOWHERE = BaseUrl("http://127.0.0.1:9", "")
"""An address that nobody asks: the demo service takes its place."""
DEMO = Profile("demo", NOWHERE)


def demo_services(**changes: Any) -> Services:
    """What `--demo` runs on: its own service on loopback, its key held in memory, an empty keyring beside it."""
    services = wiring.make_services(DEMO, NOWHERE, demo=True)

    def close() -> None:
        """A window that closes waits a moment only and leaves the rest to the end of the process; a run of tests goes on."""
        with (
            patch.object(wiring, "_CLOSE_SECONDS", _PATIENCE),
            patch.object(background, "_JOIN_SECONDS", _PATIENCE),
        ):
            services.close()

    own: dict[str, Any] = {"key_store": FakeKeyStore(), "environ": {}, "close": close}
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
