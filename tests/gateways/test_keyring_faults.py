"""Every exception that the keyring libraries define has a fault, and none of its words is passed on."""

import inspect

import keyring.errors
import pytest
import secretstorage.exceptions
from jeepney import (  # type: ignore[import-untyped]
    DBusAddress,
    DBusErrorResponse,
    HeaderFields,
    MessageType,
    new_error,
    new_method_call,
)

from inspector.core.keys.faults import KeyFault
from inspector.gateways.keyring_faults import causes, fault_of

CANARY = "sk-canary-0123456789abcdef"


class KeychainError(Exception):
    """As keyring.backends.macOS.api.Error, which can be imported on macOS only."""


KeychainError.__name__ = "Error"
KeychainDenied = type("KeychainDenied", (KeychainError,), {})
SecAuthFailure = type("SecAuthFailure", (KeychainError,), {})
WindowsError_ = type("error", (Exception,), {"__doc__": "As pywintypes.error."})
KWalletError = type("DBusException", (Exception,), {"__doc__": "As dbus.DBusException."})


def by(cause: BaseException, error: BaseException) -> BaseException:
    """`error` raised from `cause`."""
    error.__cause__ = cause
    return error


def while_handling(context: BaseException, error: BaseException) -> BaseException:
    error.__context__ = context
    return error


def bus_error(name: str) -> BaseException:
    call = new_method_call(DBusAddress("/a", "org.example.a", "org.example.a"), "A")
    call.header.serial = 1
    call.header.fields[HeaderFields.sender] = ":1.1"
    answer = new_error(call, name, "s", (CANARY,))
    assert answer.header.message_type is MessageType.error
    error: BaseException = DBusErrorResponse(answer)
    return error


def kwallet_error(name: str) -> BaseException:
    error: BaseException = KWalletError(CANARY)
    vars(error)["_dbus_error_name"] = name
    return error


CASES: list[tuple[BaseException, KeyFault]] = [
    (keyring.errors.KeyringError(CANARY), KeyFault.BROKEN),
    (keyring.errors.PasswordSetError(CANARY), KeyFault.BROKEN),
    (keyring.errors.PasswordSetError("Cancelled by user"), KeyFault.DISMISSED),
    (keyring.errors.PasswordDeleteError("Cancelled by user"), KeyFault.DISMISSED),
    (keyring.errors.PasswordDeleteError(CANARY), KeyFault.BROKEN),
    (keyring.errors.InitError("Failed to create the collection: Prompt dismissed.."), KeyFault.DISMISSED),
    (keyring.errors.InitError(CANARY), KeyFault.BROKEN),
    (keyring.errors.KeyringLocked(CANARY), KeyFault.LOCKED),
    (keyring.errors.NoKeyringError("install the keyrings.alt package"), KeyFault.NO_BACKEND),
    (secretstorage.exceptions.SecretStorageException(CANARY), KeyFault.BROKEN),
    (secretstorage.exceptions.SecretServiceNotAvailableException(CANARY), KeyFault.NO_BACKEND),
    (secretstorage.exceptions.LockedException(CANARY), KeyFault.LOCKED),
    (secretstorage.exceptions.ItemNotFoundException(CANARY), KeyFault.BROKEN),
    (secretstorage.exceptions.PromptDismissedException(CANARY), KeyFault.DISMISSED),
    (bus_error("org.freedesktop.DBus.Error.AccessDenied"), KeyFault.DENIED),
    (bus_error("org.freedesktop.DBus.Error.ServiceUnknown"), KeyFault.NO_BACKEND),
    (bus_error("org.freedesktop.DBus.Error.NoReply"), KeyFault.TIMED_OUT),
    (bus_error("org.freedesktop.Secret.Error.IsLocked"), KeyFault.LOCKED),
    (bus_error("org.freedesktop.DBus.Error.Failed"), KeyFault.BROKEN),
    (kwallet_error("org.freedesktop.DBus.Error.AccessDenied"), KeyFault.DENIED),
    (kwallet_error("org.freedesktop.DBus.Error.TimedOut"), KeyFault.TIMED_OUT),
    (PermissionError(13, CANARY), KeyFault.DENIED),
    (ConnectionResetError(104, CANARY), KeyFault.NO_BACKEND),
    (FileNotFoundError(2, CANARY), KeyFault.NO_BACKEND),
    (TimeoutError(CANARY), KeyFault.TIMED_OUT),
    (OSError(5, CANARY), KeyFault.BROKEN),
    (WindowsError_(5, "CredRead", CANARY), KeyFault.DENIED),
    (WindowsError_(1223, "CredRead", CANARY), KeyFault.DISMISSED),
    (WindowsError_(1312, "CredWrite", CANARY), KeyFault.NO_BACKEND),
    (WindowsError_(1783, "CredWrite", CANARY), KeyFault.BROKEN),
    (by(KeychainDenied(-128, CANARY), keyring.errors.KeyringLocked(CANARY)), KeyFault.DENIED),
    (by(SecAuthFailure(-25293, CANARY), keyring.errors.PasswordSetError(CANARY)), KeyFault.DENIED),
    (by(KeychainError(-25308, CANARY), keyring.errors.KeyringError(CANARY)), KeyFault.LOCKED),
    (by(KeychainError(-1, CANARY), keyring.errors.KeyringError(CANARY)), KeyFault.BROKEN),
    (
        by(secretstorage.exceptions.PromptDismissedException(""), keyring.errors.InitError("")),
        KeyFault.DISMISSED,
    ),
    (while_handling(keyring.errors.KeyringLocked(""), ValueError("")), KeyFault.LOCKED),
    (UnicodeDecodeError("utf-8", CANARY.encode(), 0, 1, CANARY), KeyFault.BROKEN),
    (ValueError(), KeyFault.BROKEN),
]


@pytest.mark.parametrize(("error", "fault"), CASES, ids=lambda case: repr(case)[:60])
def test_each_error_has_its_fault_and_keeps_its_words_to_itself(error: BaseException, fault: KeyFault) -> None:
    assert fault_of(error) is fault
    assert CANARY not in causes(error)
    assert "keyrings.alt" not in causes(error)


@pytest.mark.parametrize("module", [keyring.errors, secretstorage.exceptions])
def test_no_exception_of_the_libraries_is_left_undecided(module: object) -> None:
    defined = {
        member
        for _, member in inspect.getmembers(module, inspect.isclass)
        if issubclass(member, Exception) and member.__module__ == getattr(module, "__name__", "")
    }
    assert defined
    assert defined <= {type(error) for error, _ in CASES}


def test_a_suppressed_context_is_no_cause() -> None:
    error = while_handling(keyring.errors.KeyringLocked(""), ValueError(""))
    error.__suppress_context__ = True
    assert fault_of(error) is KeyFault.BROKEN
    assert causes(error) == "ValueError"


def test_causes_are_told_by_class_number_and_bus_name() -> None:
    error = by(bus_error("org.freedesktop.DBus.Error.Failed"), OSError(5, CANARY))
    assert causes(error) == "OSError 5, caused by DBusErrorResponse org.freedesktop.DBus.Error.Failed"
