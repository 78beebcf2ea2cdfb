"""Key stores that stand in for the OS keyring below the gateways."""

from threading import Event

from inspector.core.keys.faults import KeyFailure
from inspector.core.secret import Secret


class FakeKeyStore:
    """Keeps keys in a dictionary and notes every visit; with `failure` set, every visit ends with it."""

    def __init__(self, keys: dict[str, str] | None = None, failure: KeyFailure | None = None) -> None:
        self.keys = {name: Secret(text) for name, text in (keys or {}).items()}
        self.failure = failure
        self.visits: list[str] = []

    def get(self, profile: str) -> Secret | KeyFailure | None:
        self.visits.append("get")
        return self.failure or self.keys.get(profile)

    def set(self, profile: str, key: Secret) -> KeyFailure | None:
        self.visits.append("set")
        if self.failure is None:
            self.keys[profile] = key
        return self.failure

    def forget(self, profile: str) -> KeyFailure | None:
        self.visits.append("forget")
        if self.failure is None:
            self.keys.pop(profile, None)
        return self.failure

    def backend_name(self) -> str:
        return "" if self.failure else "the fake keyring"


class HungKeyStore(FakeKeyStore):
    """A keyring that does not answer before `released` is set."""

    def __init__(self) -> None:
        super().__init__()
        self.released = Event()

    def get(self, profile: str) -> Secret | KeyFailure | None:
        self.released.wait()
        return super().get(profile)

    def set(self, profile: str, key: Secret) -> KeyFailure | None:
        self.released.wait()
        return super().set(profile, key)

    def forget(self, profile: str) -> KeyFailure | None:
        self.released.wait()
        return super().forget(profile)

    def backend_name(self) -> str:
        self.released.wait()
        return super().backend_name()
