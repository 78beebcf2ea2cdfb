"""Why no connection came about, in words: the way to the host, and the secure connection with it."""

from dataclasses import dataclass
from typing import Literal, assert_never
from urllib.parse import urlsplit

from inspector.core.exchange import Failed, FailureKind

OnTheWay = Literal[
    FailureKind.DNS,
    FailureKind.REFUSED,
    FailureKind.UNREACHABLE,
    FailureKind.CONNECT_TIMEOUT,
    FailureKind.PROXY,
]
InTls = Literal[
    FailureKind.TLS_UNTRUSTED,
    FailureKind.TLS_EXPIRED,
    FailureKind.TLS_NOT_YET_VALID,
    FailureKind.TLS_WRONG_HOST,
    FailureKind.TLS_NOT_TLS,
    FailureKind.TLS_OTHER,
]


THE_SERVER = "the server"


@dataclass(frozen=True, slots=True)
class FailureWords:
    """`happened` is one or two sentences in plain words; `hint` says what to try; `causes` come likeliest first."""

    happened: str
    hint: str | None
    causes: tuple[str, ...] = ()


def on_the_way(kind: OnTheWay, failed: Failed) -> FailureWords:
    """The words where no connection to the host came about."""
    host = host_of(failed)
    match kind:
        case FailureKind.DNS:
            return FailureWords(
                f"The address of {host} could not be found (name lookup, DNS).",
                "Check the internet connection and the spelling of the base URL.",
                (
                    "This computer is offline, or its VPN is down.",
                    "The host in the base URL is misspelt.",
                    "The network's name server does not answer.",
                ),
            )
        case FailureKind.REFUSED:
            return FailureWords(
                f"{host} refused the connection: nothing is listening there.",
                "Check the host and port in the base URL.",
                (
                    "The port in the base URL is wrong.",
                    "The server is not running.",
                    "A firewall turns connections away.",
                ),
            )
        case FailureKind.UNREACHABLE:
            return FailureWords(
                f"{host} cannot be reached from this computer.",
                "Check the internet connection, the VPN and the firewall.",
                ("This computer is offline, or its VPN is down.", "A firewall does not let this program out."),
            )
        case FailureKind.CONNECT_TIMEOUT:
            return FailureWords(
                f"{host} did not accept a connection within {seconds_of(failed)}.",
                "Check the internet connection, then retry.",
                (
                    "A firewall drops the connection without a word.",
                    "The network lets programs out only through a proxy, which this program does not use.",
                    "The server is overloaded or down.",
                ),
            )
        case FailureKind.PROXY:
            return FailureWords(
                f"The proxy on the way to {host} did not let the request through.",
                "Ask whoever runs the network how programs get through its proxy.",
            )
        case _:
            assert_never(kind)


def in_tls(kind: InTls, failed: Failed) -> FailureWords:
    """The words where the host was reached but is not to be trusted, or could not be agreed with."""
    host = host_of(failed)
    clock = "Check the date and time of this computer, then retry."
    match kind:
        case FailureKind.TLS_UNTRUSTED:
            return FailureWords(
                f"The identity of {host} could not be verified: its certificate is not signed by anyone this computer trusts.",
                "The key was not sent. On a company network, ask for the company's own CA certificate and add it to the "
                "trust store of the operating system.",
                (
                    "A company proxy or a virus scanner reads encrypted traffic and signs with its own CA.",
                    "The server uses a self-signed certificate.",
                    "Somebody in the network poses as the server.",
                ),
            )
        case FailureKind.TLS_EXPIRED:
            return FailureWords(
                f"The certificate of {host} has expired.",
                f"The key was not sent. {clock}",
                ("The clock of this computer is wrong.", "Whoever runs the server forgot to renew the certificate."),
            )
        case FailureKind.TLS_NOT_YET_VALID:
            return FailureWords(
                f"The certificate of {host} is not valid yet.",
                f"The key was not sent. {clock}",
                ("The clock of this computer is behind.", "The certificate was made only just now."),
            )
        case FailureKind.TLS_WRONG_HOST:
            return FailureWords(
                f"The certificate that came is for another name than {host}.",
                "The key was not sent. Check the host in the base URL.",
                (
                    "The host in the base URL is wrong.",
                    "A Wi-Fi sign-in page or a proxy answers in place of the server.",
                ),
            )
        case FailureKind.TLS_NOT_TLS:
            return FailureWords(
                f"{host} does not speak TLS on this port: it answered with something else, often plain http.",
                "The key was not sent. Check the port in the base URL; plain http is accepted only for this computer itself.",
                ("The port is that of plain http.", "A proxy answers in place of the server."),
            )
        case FailureKind.TLS_OTHER:
            return FailureWords(
                f"No secure connection to {host} could be agreed on (TLS).",
                "Retry; if it stays so, report it to the service with the words in parentheses.",
                (
                    "The server offers only outdated kinds of encryption.",
                    "Something between here and the server interferes.",
                ),
            )
        case _:
            assert_never(kind)


def host_of(failed: Failed) -> str:
    """The host with its port where the URL names one, else “the server”."""
    try:
        host = urlsplit(failed.url).netloc.rpartition("@")[2]
    except ValueError:
        host = ""
    return host or THE_SERVER


def seconds_of(failed: Failed) -> str:
    """How long the request had run."""
    return f"{round(failed.elapsed_ms / 1000, 1):g} s"
