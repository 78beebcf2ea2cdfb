"""Why a connection failed: read off the chain of exceptions, since the outermost says only that it did.

Between the system call and the gateway lie four libraries, each wrapping the error below in its own. What tells is an
`OSError` or `SSLError` somewhere down `__cause__` and `__context__`, or inside a group where several addresses were tried.
"""

import errno
import socket
import ssl
from collections.abc import Iterator

from inspector.core.exchange import FailureKind
from inspector.gateways.tls import tls_failure

_MOST_TELLING_FIRST = (FailureKind.DNS, FailureKind.REFUSED, FailureKind.DISCONNECTED, FailureKind.UNREACHABLE)
_GONE = {errno.ECONNRESET, errno.EPIPE, errno.ECONNABORTED}


def network_failure(error: BaseException) -> tuple[FailureKind, str] | None:
    """The most telling cause of `error` and its words; None where no operating system or TLS error is behind it."""
    failures = [_failure(cause) for cause in _chain(error) if isinstance(cause, OSError)]
    return min(failures, key=_rank, default=None)


def _chain(error: BaseException) -> Iterator[BaseException]:
    """`error` and all that led to it, also where a library hid it: httpcore's pool raises everything `from None`."""
    yield error
    if isinstance(error, BaseExceptionGroup):
        for inner in error.exceptions:
            yield from _chain(inner)
    if deeper := error.__cause__ or error.__context__:
        yield from _chain(deeper)


def _failure(error: OSError) -> tuple[FailureKind, str]:
    if isinstance(error, ssl.SSLError):
        return tls_failure(error)
    words = error.strerror or str(error)
    if isinstance(error, socket.gaierror):
        return FailureKind.DNS, words
    if isinstance(error, ConnectionRefusedError):
        return FailureKind.REFUSED, words
    return FailureKind.DISCONNECTED if error.errno in _GONE else FailureKind.UNREACHABLE, words


def _rank(failure: tuple[FailureKind, str]) -> int:
    """TLS before all others: it is reached only once everything below it works."""
    kind, _ = failure
    return _MOST_TELLING_FIRST.index(kind) if kind in _MOST_TELLING_FIRST else -1
