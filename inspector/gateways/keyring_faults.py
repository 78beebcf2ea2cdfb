"""What an exception of a keyring means, told by its class, number or D-Bus name and those of its causes.

Backends raise what their platform raises: `keyring.errors`, SecretStorage, the bus, `pywintypes.error`, plain OSError.
Classes are known by name, since most of them can be imported on one platform only. What a library says is read for one
hint and never passed on: it may hold the key, and some of it advises to keep keys in plain text.
"""

from collections.abc import Iterator

from inspector.core.keys.faults import KeyFault

_FAULT_OF_CLASS = {
    "KeyringLocked": KeyFault.LOCKED,
    "LockedException": KeyFault.LOCKED,
    "PromptDismissedException": KeyFault.DISMISSED,
    "KeychainDenied": KeyFault.DENIED,
    "SecAuthFailure": KeyFault.DENIED,
    "PermissionError": KeyFault.DENIED,
    "NoKeyringError": KeyFault.NO_BACKEND,
    "SecretServiceNotAvailableException": KeyFault.NO_BACKEND,
    "ConnectionError": KeyFault.NO_BACKEND,
    "FileNotFoundError": KeyFault.NO_BACKEND,
    "TimeoutError": KeyFault.TIMED_OUT,
}
_FAULT_OF_NUMBER = {
    ("Error", -25308): KeyFault.LOCKED,  # macOS errSecInteractionNotAllowed: no one could be asked
    ("error", 5): KeyFault.DENIED,  # Windows ERROR_ACCESS_DENIED
    ("error", 1223): KeyFault.DISMISSED,  # Windows ERROR_CANCELLED
    ("error", 1312): KeyFault.NO_BACKEND,  # Windows ERROR_NO_SUCH_LOGON_SESSION, as over ssh
}
_FAULT_OF_DBUS_NAME = {
    "org.freedesktop.DBus.Error.AccessDenied": KeyFault.DENIED,
    "org.freedesktop.DBus.Error.ServiceUnknown": KeyFault.NO_BACKEND,
    "org.freedesktop.DBus.Error.NoReply": KeyFault.TIMED_OUT,
    "org.freedesktop.DBus.Error.Timeout": KeyFault.TIMED_OUT,
    "org.freedesktop.DBus.Error.TimedOut": KeyFault.TIMED_OUT,
    "org.freedesktop.Secret.Error.IsLocked": KeyFault.LOCKED,
}


def fault_of(error: BaseException) -> KeyFault:
    """The fault told by the innermost cause that is known."""
    for cause in reversed(list(_chain(error))):
        fault = _known_fault(cause)
        if fault is not None:
            return fault
    return KeyFault.BROKEN


def _known_fault(error: BaseException) -> KeyFault | None:
    names = [ancestor.__name__ for ancestor in type(error).__mro__]
    told = _FAULT_OF_DBUS_NAME.get(_dbus_name(error)) or _FAULT_OF_NUMBER.get((names[0], _number(error) or 0))
    told = told or next((_FAULT_OF_CLASS[name] for name in names if name in _FAULT_OF_CLASS), None)
    if told is None and any(word in str(error).lower() for word in ("dismissed", "cancelled", "canceled")):
        return KeyFault.DISMISSED
    return told


def causes(error: BaseException) -> str:
    """The error and its causes by class name, with numbers and D-Bus names: nothing that could quote the key."""
    return ", caused by ".join(
        " ".join(str(part) for part in (type(cause).__name__, _number(cause), _dbus_name(cause)) if part)
        for cause in _chain(error)
    )


def _chain(error: BaseException) -> Iterator[BaseException]:
    cause: BaseException | None = error
    while cause is not None:
        yield cause
        cause = cause.__cause__ or (None if cause.__suppress_context__ else cause.__context__)


def _number(error: BaseException) -> int | None:
    first = error.args[0] if error.args else None
    return first if isinstance(first, int) else None


def _dbus_name(error: BaseException) -> str:
    """The name in an error answer of the bus, as `jeepney` and `dbus-python` carry it; else empty."""
    name = getattr(error, "name", None) or getattr(error, "_dbus_error_name", None)
    return name if isinstance(name, str) and name.startswith("org.freedesktop.") else ""
