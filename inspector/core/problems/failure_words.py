"""Why there is no complete answer, in words: one sentence for each kind of failure, what to try, and possible causes."""

from typing import Literal, assert_never

from inspector.core.exchange import Failed, FailureKind
from inspector.core.problems.connection_words import FailureWords, host_of, in_tls, on_the_way, seconds_of

_AtHome = Literal[
    FailureKind.NO_KEY, FailureKind.BAD_INPUT, FailureKind.KEYRING, FailureKind.CANCELLED, FailureKind.INTERNAL
]
_InTransfer = Literal[
    FailureKind.READ_TIMEOUT,
    FailureKind.DEADLINE,
    FailureKind.DISCONNECTED,
    FailureKind.PROTOCOL,
    FailureKind.TOO_LARGE,
    FailureKind.BAD_ENCODING,
]


def failure_words(failed: Failed) -> FailureWords:
    """The words for a fetch without a complete answer, without its `detail`."""
    match failed.kind:
        case (
            FailureKind.NO_KEY
            | FailureKind.BAD_INPUT
            | FailureKind.KEYRING
            | FailureKind.CANCELLED
            | FailureKind.INTERNAL
        ):
            return _at_home(failed.kind)
        case (
            FailureKind.DNS
            | FailureKind.REFUSED
            | FailureKind.UNREACHABLE
            | FailureKind.CONNECT_TIMEOUT
            | FailureKind.PROXY
        ):
            return on_the_way(failed.kind, failed)
        case (
            FailureKind.TLS_UNTRUSTED
            | FailureKind.TLS_EXPIRED
            | FailureKind.TLS_NOT_YET_VALID
            | FailureKind.TLS_WRONG_HOST
            | FailureKind.TLS_NOT_TLS
            | FailureKind.TLS_OTHER
        ):
            return in_tls(failed.kind, failed)
        case (
            FailureKind.READ_TIMEOUT
            | FailureKind.DEADLINE
            | FailureKind.DISCONNECTED
            | FailureKind.PROTOCOL
            | FailureKind.TOO_LARGE
            | FailureKind.BAD_ENCODING
        ):
            return _in_transfer(failed.kind, failed)
        case _:
            assert_never(failed.kind)


def _at_home(kind: _AtHome) -> FailureWords:
    match kind:
        case FailureKind.NO_KEY:
            return FailureWords(
                "Nothing was sent, because there is no API key to ask with.",
                "Save a key for this profile, or set the environment variable SUDO_API_KEY.",
            )
        case FailureKind.BAD_INPUT:
            return FailureWords(
                "Nothing was sent, because no safe request can be made from what was typed.",
                "Check the ID, the API key and the base URL, then fetch again.",
            )
        case FailureKind.KEYRING:
            return FailureWords(
                "Nothing was sent, because the operating system's keyring did not give out the API key.",
                "Unlock the keyring and retry, or set the environment variable SUDO_API_KEY for this run.",
            )
        case FailureKind.CANCELLED:
            return FailureWords("The fetch was cancelled before the answer was complete.", None)
        case FailureKind.INTERNAL:
            return FailureWords(
                "The fetch failed because of a fault in this program, not in the service.",
                "Retry; if it stays so, please report it with the words in parentheses.",
            )
        case _:
            assert_never(kind)


def _in_transfer(kind: _InTransfer, failed: Failed) -> FailureWords:
    host, arrived = host_of(failed), _arrived(failed)
    match kind:
        case FailureKind.READ_TIMEOUT:
            return FailureWords(
                f"{host} took the request, then fell silent (read timeout after {seconds_of(failed)}). {arrived}",
                "Retry; if it stays so, try again later.",
                ("The server is overloaded.", "The connection was lost without a word."),
            )
        case FailureKind.DEADLINE:
            return FailureWords(
                f"The answer was not complete after {seconds_of(failed)}, the limit for the whole request. {arrived}",
                "Retry, or allow more time.",
                ("The server or the connection is slow.", "The completion is very large."),
            )
        case FailureKind.DISCONNECTED:
            return FailureWords(
                f"The connection to {host} broke before the answer was complete. {arrived}",
                "Retry.",
                (
                    "The server was restarted or crashed.",
                    "The network changed: Wi-Fi, VPN, sleep.",
                    "A proxy cut it off.",
                ),
            )
        case FailureKind.PROTOCOL:
            return FailureWords(
                f"What {host} sent is not proper HTTP. {arrived}",
                "Check the host and port in the base URL.",
                ("Another kind of server is listening there.", "Something between here and the server interferes."),
            )
        case FailureKind.TOO_LARGE:
            return FailureWords(
                f"The answer is larger than this program takes, so the rest was not fetched. {arrived}",
                "Raise “most_megabytes” in the settings file (preferences.json), start again, then retry.",
            )
        case FailureKind.BAD_ENCODING:
            return FailureWords(
                f"The body could not be unpacked (Content-Encoding). {arrived}",
                "Retry; if it stays so, report it to the service with the words in parentheses.",
                (
                    "A proxy changed the body or its headers.",
                    "The server sent a kind of compression that was not asked for.",
                ),
            )
        case _:
            assert_never(kind)


def _arrived(failed: Failed) -> str:
    """What had come by then, in bytes on the wire, held against what was announced."""
    if failed.partial is None:
        return "Nothing had arrived by then."
    announced = (failed.partial.header("content-length") or "").strip()
    total = f" of {int(announced):,}" if announced.isdecimal() and len(announced) < 16 else ""
    return f"{failed.partial.wire_bytes:,}{total} bytes of the body had arrived by then."
