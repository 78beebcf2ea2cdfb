"""The OS keyring, and the only place that knows the `keyring` library.

Only the keyrings of operating systems are trusted, by the exact class of their backend. The library would also take
whatever is installed: files in plain text (keyrings.alt), a null keyring that forgets everything, plug-ins of
strangers. Several at once come as a chain, of which the first trusted member is used alone.

Backends raise what their platform raises, often nothing of `keyring.errors`, so everything is caught here and becomes
a `KeyFailure` without any words of a library (see `gateways.keyring_faults`).

Every call may block without limit, on D-Bus or on a question to the person; `usecases.api_key` limits the time.
`keyring` is imported at the first call, because it takes a tenth of a second and speaks to D-Bus.
"""

import contextlib
import os
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, TypeVar

from inspector.core.inputs import Refused, read_api_key
from inspector.core.keys.faults import KeyFailure, KeyFault
from inspector.core.secret import Secret
from inspector.gateways.keyring_faults import causes, fault_of

if TYPE_CHECKING:
    from keyring.backend import KeyringBackend

SERVICE = "sudo-inspector"

_TRUSTED = {
    "keyring.backends.SecretService.Keyring": "the Secret Service (GNOME Keyring, KWallet or KeePassXC)",
    "keyring.backends.libsecret.Keyring": "the Secret Service (GNOME Keyring, KWallet or KeePassXC)",
    "keyring.backends.kwallet.DBusKeyring": "KDE Wallet",
    "keyring.backends.kwallet.DBusKeyringKWallet4": "KDE Wallet",
    "keyring.backends.macOS.Keyring": "the macOS Keychain",
    "keyring.backends.Windows.WinVaultKeyring": "the Windows Credential Manager",
}
_FAIL = "keyring.backends.fail.Keyring"
_NULL = "keyring.backends.null.Keyring"
_CONFIG_VARIABLE = "PYTHON_KEYRING_BACKEND"

_MOST_COPIES = 8
"""Other programs can leave several entries of one name; more than this many is a keyring that does not delete."""

_Answer = TypeVar("_Answer")


@dataclass(frozen=True, slots=True)
class _Ring:
    """A trusted backend and the name that people know it by."""

    backend: "KeyringBackend"
    name: str


class KeyringStore:
    """Keeps one key a profile: service `sudo-inspector`, account the profile's name. Fulfils `usecases.ports.KeyStore`."""

    def get(self, profile: str) -> Secret | KeyFailure | None:
        """The profile's key, or None where the keyring has none."""
        return _visit(lambda ring: _read(ring, profile))

    def set(self, profile: str, key: Secret) -> KeyFailure | None:
        """Saves the key, then reads it back: None means that it is really there."""
        return _visit(lambda ring: _write(ring, profile, key))

    def forget(self, profile: str) -> KeyFailure | None:
        """Removes every copy of the key; None means that none is left, whether or not there was one."""
        return _visit(lambda ring: _remove(ring, profile))

    def backend_name(self) -> str:
        """The keyring that keys go to, in words that fit behind “kept by”; empty where none can be used."""
        ring = _trusted_ring()
        return ring.name if isinstance(ring, _Ring) else ""


def _visit(call: Callable[[_Ring], _Answer]) -> _Answer | KeyFailure:
    ring = _trusted_ring()
    if isinstance(ring, KeyFailure):
        return ring
    try:
        return call(ring)
    except Exception as error:  # noqa: BLE001 - see the module's docstring
        return KeyFailure(fault_of(error), ring.name, causes(error))


def _read(ring: _Ring, profile: str) -> Secret | KeyFailure | None:
    stored = ring.backend.get_password(SERVICE, profile)
    if not stored:
        return None
    key = read_api_key(stored)
    if isinstance(key, Refused):
        return KeyFailure(KeyFault.BROKEN, ring.name, "the entry of this profile is not an API key; save the key again")
    return key


def _write(ring: _Ring, profile: str, key: Secret) -> KeyFailure | None:
    ring.backend.set_password(SERVICE, profile, key.reveal())
    if ring.backend.get_password(SERVICE, profile) != key.reveal():
        detail = "reading back did not give the same key; forget the key of this profile, then save it again"
        return KeyFailure(KeyFault.NOT_KEPT, ring.name, detail)
    return None


def _remove(ring: _Ring, profile: str) -> KeyFailure | None:
    from keyring.errors import PasswordDeleteError

    for _ in range(_MOST_COPIES):
        refusal: PasswordDeleteError | None = None
        try:
            ring.backend.delete_password(SERVICE, profile)
        except PasswordDeleteError as error:  # also says that there was nothing to delete
            refusal = error
        if ring.backend.get_password(SERVICE, profile) is None:
            return None
        if refusal is not None:
            raise refusal
    return KeyFailure(KeyFault.BROKEN, ring.name, "the key is still there after it was deleted")


def _trusted_ring() -> _Ring | KeyFailure:
    """The trusted backend among what the library chose, or why there is none."""
    try:
        import keyring
        from keyring.backends.chainer import ChainerBackend

        chosen = keyring.get_keyring()
        members: Sequence[KeyringBackend] = chosen.backends if isinstance(chosen, ChainerBackend) else (chosen,)
        trusted = [_Ring(member, _TRUSTED[_path(member)]) for member in members if _path(member) in _TRUSTED]
    except Exception as error:  # noqa: BLE001 - see the module's docstring
        return KeyFailure(KeyFault.BROKEN, detail=f"{_configured_by()} ({causes(error)})")
    return trusted[0] if trusted else _refusal([_path(member) for member in members])


def _refusal(paths: list[str]) -> KeyFailure:
    """Why none of the backends at `paths` may have the key."""
    if any(path.startswith("keyrings.alt") or "plaintext" in path.lower() for path in paths):
        return KeyFailure(KeyFault.PLAINTEXT)
    if _NULL in paths:
        return KeyFailure(KeyFault.NOT_KEPT, detail="the keyring is switched off for Python programs")
    strangers = [path for path in paths if path != _FAIL]
    if strangers:
        return KeyFailure(KeyFault.NO_BACKEND, detail=f"{strangers[0]} is not known to be safe")
    return KeyFailure(KeyFault.NO_BACKEND)


def _configured_by() -> str:
    """What made the library look for a keyring that it could not load."""
    if _CONFIG_VARIABLE in os.environ:
        named = os.environ[_CONFIG_VARIABLE][:100]
        return f"the environment variable {_CONFIG_VARIABLE} names “{named}”, which cannot be used"
    with contextlib.suppress(Exception):
        from keyring.util.platform_ import config_root

        config = config_root() / "keyringrc.cfg"
        if config.exists():
            return f"the file {config} names a keyring that cannot be used"
    return "no keyring could be looked for"


def _path(backend: "KeyringBackend") -> str:
    return f"{type(backend).__module__}.{type(backend).__qualname__}"
