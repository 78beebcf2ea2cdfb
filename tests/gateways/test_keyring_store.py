"""Which keyring is trusted, and that every visit to it ends in a value that never holds the key."""

import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

import keyring
import pytest
from keyring.backend import KeyringBackend
from keyring.backends import fail, null
from keyring.backends.chainer import ChainerBackend
from keyring.errors import KeyringLocked, PasswordDeleteError

from inspector.core.keys.faults import KeyFailure, KeyFault
from inspector.core.secret import Secret
from inspector.gateways.keyring_store import SERVICE, KeyringStore
from inspector.usecases.ports import KeyStore

CANARY = "sk-canary-0123456789abcdef"
KEY = Secret(CANARY)
FailRing: Callable[[], KeyringBackend] = fail.Keyring
NullRing: Callable[[], KeyringBackend] = null.Keyring


class Ring(KeyringBackend):
    """Keeps entries in memory; takes the name of a real backend so that it is trusted like one."""

    __module__ = "keyring.backends.SecretService"
    __qualname__ = "Keyring"

    def __init__(self) -> None:
        self.entries: dict[tuple[str, str], list[str]] = {}

    def get_password(self, service: str, username: str) -> str | None:
        return next(iter(self.entries.get((service, username), [])), None)

    def set_password(self, service: str, username: str, password: str) -> None:
        self.entries[service, username] = [password]

    def delete_password(self, service: str, username: str) -> None:
        if not self.entries.get((service, username)):
            raise PasswordDeleteError("No such password!")
        self.entries[service, username].pop(0)


def ring_called(path: str) -> Ring:
    """A ring whose class has the dotted name `path`."""
    module, _, name = path.rpartition(".")
    ring: Ring = type(name, (Ring,), {"__module__": module, "__qualname__": name})()
    return ring


def chain_of(*members: KeyringBackend) -> ChainerBackend:
    chain: ChainerBackend = type("Chain", (ChainerBackend,), {"backends": list(members)})()
    return chain


@pytest.fixture
def install(monkeypatch: pytest.MonkeyPatch) -> Callable[[KeyringBackend], KeyringBackend]:
    """Makes a backend the one that the library chooses, until the test ends."""
    monkeypatch.setattr("keyring.core._keyring_backend", None)

    def put(ring: KeyringBackend) -> KeyringBackend:
        keyring.set_keyring(ring)
        return ring

    return put


@pytest.fixture
def ring(install: Callable[[KeyringBackend], KeyringBackend]) -> Ring:
    ring = Ring()
    install(ring)
    return ring


@pytest.fixture
def store() -> KeyStore:
    return KeyringStore()


def fault(outcome: Secret | KeyFailure | None) -> KeyFault:
    assert isinstance(outcome, KeyFailure), outcome
    assert CANARY not in repr(outcome)
    return outcome.fault


def every_visit(store: KeyStore) -> list[Secret | KeyFailure | None]:
    return [store.get("work"), store.set("work", KEY), store.forget("work")]


def test_importing_the_module_does_not_import_the_library() -> None:
    program = "import sys, inspector.gateways.keyring_store; sys.exit('keyring' in sys.modules)"
    assert subprocess.run([sys.executable, "-c", program], check=False).returncode == 0


class TestKeeping:
    def test_a_key_comes_back_and_is_filed_under_service_and_profile(self, ring: Ring, store: KeyStore) -> None:
        assert store.get("work") is None
        assert store.set("work", KEY) is None
        assert store.get("work") == KEY
        assert ring.entries == {(SERVICE, "work"): [CANARY]}

    def test_profiles_do_not_see_each_other(self, ring: Ring, store: KeyStore) -> None:
        store.set("work", KEY)
        assert store.get("play") is None
        assert store.forget("play") is None
        assert store.get("work") == KEY

    def test_an_empty_entry_is_no_key(self, ring: Ring, store: KeyStore) -> None:
        ring.entries[SERVICE, "work"] = [""]
        assert store.get("work") is None

    @pytest.mark.parametrize("entry", ["two words", "line\nbreak", "schlüssel", "k" * 2000])
    def test_an_entry_that_is_no_key_is_told_and_not_repeated(self, ring: Ring, store: KeyStore, entry: str) -> None:
        ring.entries[SERVICE, "work"] = [entry]
        failure = store.get("work")
        assert fault(failure) is KeyFault.BROKEN
        assert entry not in repr(failure)

    def test_an_entry_of_a_foreign_type_is_told(
        self, ring: Ring, store: KeyStore, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        monkeypatch.setattr(Ring, "get_password", lambda *_: CANARY.encode())
        assert fault(store.get("work")) is KeyFault.BROKEN

    @pytest.mark.parametrize("given_back", [None, "", "another", CANARY + " "])
    def test_what_does_not_come_back_was_not_kept(
        self, ring: Ring, store: KeyStore, monkeypatch: pytest.MonkeyPatch, given_back: str | None
    ) -> None:
        monkeypatch.setattr(Ring, "get_password", lambda *_: given_back)
        assert fault(store.set("work", KEY)) is KeyFault.NOT_KEPT


class TestForgetting:
    def test_it_may_be_done_twice(self, ring: Ring, store: KeyStore) -> None:
        store.set("work", KEY)
        assert store.forget("work") is None
        assert store.get("work") is None
        assert store.forget("work") is None

    def test_every_copy_goes(self, ring: Ring, store: KeyStore) -> None:
        ring.entries[SERVICE, "work"] = [CANARY, "older", "oldest"]
        assert store.forget("work") is None
        assert ring.entries == {(SERVICE, "work"): []}

    def test_a_keyring_that_only_says_so_is_found_out(
        self, ring: Ring, store: KeyStore, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        store.set("work", KEY)
        monkeypatch.setattr(Ring, "delete_password", lambda *_: None)
        assert fault(store.forget("work")) is KeyFault.BROKEN

    def test_a_refusal_is_asked_once_and_told(
        self, ring: Ring, store: KeyStore, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        asked = []

        def refuse(*_: object) -> None:
            asked.append("delete")
            raise PasswordDeleteError("Cancelled by user")

        store.set("work", KEY)
        monkeypatch.setattr(Ring, "delete_password", refuse)
        assert fault(store.forget("work")) is KeyFault.DISMISSED
        assert asked == ["delete"]


class TestTrust:
    @pytest.mark.parametrize(
        ("path", "name"),
        [
            ("keyring.backends.SecretService.Keyring", "Secret Service"),
            ("keyring.backends.libsecret.Keyring", "Secret Service"),
            ("keyring.backends.kwallet.DBusKeyring", "KDE Wallet"),
            ("keyring.backends.kwallet.DBusKeyringKWallet4", "KDE Wallet"),
            ("keyring.backends.macOS.Keyring", "macOS Keychain"),
            ("keyring.backends.Windows.WinVaultKeyring", "Windows Credential Manager"),
        ],
    )
    def test_the_keyrings_of_operating_systems_may_have_the_key(
        self, install: Callable[[KeyringBackend], KeyringBackend], store: KeyStore, path: str, name: str
    ) -> None:
        install(ring_called(path))
        assert store.set("work", KEY) is None
        assert name in store.backend_name()

    @pytest.mark.parametrize(
        ("make", "expected"),
        [
            (FailRing, KeyFault.NO_BACKEND),
            (NullRing, KeyFault.NOT_KEPT),
            (chain_of, KeyFault.NO_BACKEND),
            (lambda: ring_called("keyrings.alt.file.PlaintextKeyring"), KeyFault.PLAINTEXT),
            (lambda: ring_called("keyrings.alt.file.EncryptedKeyring"), KeyFault.PLAINTEXT),
            (lambda: ring_called("stranger.PlaintextKeyring"), KeyFault.PLAINTEXT),
            (lambda: ring_called("stranger.vault.Keyring"), KeyFault.NO_BACKEND),
            (lambda: ring_called("keyring.backends.SecretService.Keyring.Inner"), KeyFault.NO_BACKEND),
            (lambda: chain_of(FailRing(), ring_called("keyrings.alt.file.PlaintextKeyring")), KeyFault.PLAINTEXT),
            (lambda: chain_of(NullRing(), FailRing()), KeyFault.NOT_KEPT),
        ],
    )
    def test_others_get_nothing_and_each_has_its_fault(
        self,
        install: Callable[[KeyringBackend], KeyringBackend],
        store: KeyStore,
        make: Callable[[], KeyringBackend],
        expected: KeyFault,
    ) -> None:
        installed = install(make())
        assert [fault(outcome) for outcome in every_visit(store)] == [expected] * 3
        assert store.backend_name() == ""
        assert getattr(installed, "entries", {}) == {}

    def test_a_stranger_is_named(self, install: Callable[[KeyringBackend], KeyringBackend], store: KeyStore) -> None:
        install(ring_called("stranger.vault.Keyring"))
        failure = store.get("work")
        assert isinstance(failure, KeyFailure)
        assert "stranger.vault.Keyring" in failure.detail

    def test_of_a_chain_only_the_first_trusted_member_is_used(
        self, install: Callable[[KeyringBackend], KeyringBackend], store: KeyStore
    ) -> None:
        plain, first, second = ring_called("keyrings.alt.file.PlaintextKeyring"), Ring(), Ring()
        for other in (plain, second):
            other.entries[SERVICE, "work"] = ["of another member"]
        install(chain_of(plain, first, second))
        assert store.get("work") is None
        assert store.set("work", KEY) is None
        assert store.forget("work") is None
        assert first.entries == {(SERVICE, "work"): []}
        assert plain.entries == second.entries == {(SERVICE, "work"): ["of another member"]}


class TestConfiguration:
    @pytest.fixture(autouse=True)
    def _nothing_chosen(
        self, install: Callable[[KeyringBackend], KeyringBackend], tmp_path: Path, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        monkeypatch.delenv("PYTHON_KEYRING_BACKEND", raising=False)
        monkeypatch.setenv("XDG_CONFIG_HOME", str(tmp_path))
        monkeypatch.setattr("keyring.util.platform_.config_root", lambda: tmp_path / "python_keyring")

    @pytest.mark.parametrize("name", ["no.such.module.Keyring", "keyring.backends.null.NoSuchClass", "nodots", ""])
    def test_a_bogus_variable_is_named(self, store: KeyStore, monkeypatch: pytest.MonkeyPatch, name: str) -> None:
        monkeypatch.setenv("PYTHON_KEYRING_BACKEND", name)
        failure = store.get("work")
        assert fault(failure) is KeyFault.BROKEN
        assert isinstance(failure, KeyFailure)
        assert f"PYTHON_KEYRING_BACKEND names “{name}”" in failure.detail
        assert store.backend_name() == ""

    def test_a_bogus_file_is_named(self, store: KeyStore, tmp_path: Path) -> None:
        config = tmp_path / "python_keyring" / "keyringrc.cfg"
        config.parent.mkdir()
        config.write_text("[backend]\ndefault-keyring=no.such.module.Keyring\n")
        failure = store.set("work", KEY)
        assert fault(failure) is KeyFault.BROKEN
        assert failure is not None
        assert str(config) in failure.detail
        assert "ModuleNotFoundError" in failure.detail

    def test_a_search_that_breaks_by_itself_is_told(self, store: KeyStore, monkeypatch: pytest.MonkeyPatch) -> None:
        def broken() -> KeyringBackend:
            raise OSError(CANARY)

        monkeypatch.setattr("keyring.get_keyring", broken)
        assert [fault(outcome) for outcome in every_visit(store)] == [KeyFault.BROKEN] * 3

    def test_null_by_variable_is_told_as_switched_off(self, store: KeyStore, monkeypatch: pytest.MonkeyPatch) -> None:
        monkeypatch.setenv("PYTHON_KEYRING_BACKEND", "keyring.backends.null.Keyring")
        failure = store.get("work")
        assert fault(failure) is KeyFault.NOT_KEPT
        assert isinstance(failure, KeyFailure)
        assert "switched off" in failure.detail


class TestFailure:
    @pytest.mark.parametrize("method", ["get_password", "set_password", "delete_password"])
    @pytest.mark.parametrize("error", [KeyringLocked(CANARY), ValueError(CANARY), OSError(1783, "CredWrite", CANARY)])
    def test_whatever_a_backend_raises_becomes_a_value_without_its_words(
        self, ring: Ring, store: KeyStore, monkeypatch: pytest.MonkeyPatch, method: str, error: Exception
    ) -> None:
        def fails(*_: object) -> None:
            raise error

        monkeypatch.setattr(Ring, method, fails)
        failures = [outcome for outcome in every_visit(store) if isinstance(outcome, KeyFailure)]
        assert failures, "the broken method was never called"
        for failure in failures:
            assert type(error).__name__ in failure.detail
            assert "Secret Service" in failure.backend
            assert CANARY not in repr(failure)
