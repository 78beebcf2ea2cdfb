"""Every exception that can come out of a fetch, translated to a kind of failure and words for it; all in this one place.

    Exception
    ├── HTTPError
    │   ├── HTTPStatusError, RequestError       internal: never raised by what is used here
    │   ├── TooManyRedirects                    internal: redirects are not followed
    │   ├── DecodingError                       bad-encoding
    │   └── TransportError                      internal
    │       ├── TimeoutException                read-timeout, as Read- and WriteTimeout
    │       │   └── ConnectTimeout, PoolTimeout connect-timeout
    │       ├── NetworkError                    by its cause, else disconnected; as Connect-, Read-, Write-, CloseError
    │       ├── ProtocolError                   protocol
    │       │   ├── LocalProtocolError          bad-input
    │       │   └── RemoteProtocolError         protocol, or disconnected where the peer just left
    │       ├── ProxyError                      proxy
    │       └── UnsupportedProtocol             bad-input
    ├── InvalidURL                              bad-input
    ├── CookieConflict, StreamError …           internal
    ├── OSError, ssl.SSLError                   by its cause, else disconnected
    ├── UnicodeError                            bad-input
    ├── MemoryError                             too-large
    ├── RefusedError                            bad-input
    ├── BodyTooLargeError                       too-large
    ├── BodyEncodingError                       bad-encoding
    ├── BodyCutOffError                         disconnected
    └── any other                               internal

httpx's exceptions are known by name, so that this module need not import it. What is bad input or internal is told by its
type alone: the text of a LocalProtocolError or UnicodeError holds the header that was refused, and so the key.
"""

from inspector.core.exchange import FailureKind
from inspector.gateways.network_causes import network_failure

KINDS_BY_NAME = {
    "HTTPError": FailureKind.INTERNAL,
    "HTTPStatusError": FailureKind.INTERNAL,
    "RequestError": FailureKind.INTERNAL,
    "TooManyRedirects": FailureKind.INTERNAL,
    "DecodingError": FailureKind.BAD_ENCODING,
    "TransportError": FailureKind.INTERNAL,
    "TimeoutException": FailureKind.READ_TIMEOUT,
    "ReadTimeout": FailureKind.READ_TIMEOUT,
    "WriteTimeout": FailureKind.READ_TIMEOUT,
    "ConnectTimeout": FailureKind.CONNECT_TIMEOUT,
    "PoolTimeout": FailureKind.CONNECT_TIMEOUT,
    "NetworkError": FailureKind.DISCONNECTED,
    "ConnectError": FailureKind.DISCONNECTED,
    "ReadError": FailureKind.DISCONNECTED,
    "WriteError": FailureKind.DISCONNECTED,
    "CloseError": FailureKind.DISCONNECTED,
    "ProtocolError": FailureKind.PROTOCOL,
    "LocalProtocolError": FailureKind.BAD_INPUT,
    "RemoteProtocolError": FailureKind.PROTOCOL,
    "ProxyError": FailureKind.PROXY,
    "UnsupportedProtocol": FailureKind.BAD_INPUT,
    "InvalidURL": FailureKind.BAD_INPUT,
    "CookieConflict": FailureKind.INTERNAL,
    "StreamError": FailureKind.INTERNAL,
    "StreamConsumed": FailureKind.INTERNAL,
    "StreamClosed": FailureKind.INTERNAL,
    "ResponseNotRead": FailureKind.INTERNAL,
    "RequestNotRead": FailureKind.INTERNAL,
    "OSError": FailureKind.DISCONNECTED,
    "UnicodeError": FailureKind.BAD_INPUT,
    "MemoryError": FailureKind.TOO_LARGE,
    "RefusedError": FailureKind.BAD_INPUT,
    "BodyTooLargeError": FailureKind.TOO_LARGE,
    "BodyEncodingError": FailureKind.BAD_ENCODING,
    "BodyCutOffError": FailureKind.DISCONNECTED,
}


class RefusedError(Exception):
    """A request that must not be sent; its text says why and never holds the key."""


def failure_of(error: Exception) -> tuple[FailureKind, str]:
    """The kind of `error` by its nearest ancestor in the tree, and words that hold the key only if the server sent it."""
    names = (family.__name__ for family in type(error).__mro__)
    kind = next((KINDS_BY_NAME[name] for name in names if name in KINDS_BY_NAME), FailureKind.INTERNAL)
    if kind in (FailureKind.BAD_INPUT, FailureKind.INTERNAL) and not isinstance(error, RefusedError):
        return kind, type(error).__name__
    if kind is FailureKind.DISCONNECTED and (cause := network_failure(error)):
        return cause
    if kind is FailureKind.PROTOCOL and _is_hang_up(str(error)):
        return FailureKind.DISCONNECTED, str(error)
    return kind, str(error)


def _is_hang_up(words: str) -> bool:
    """Whether the peer left, rather than said something wrong: httpcore and h11 tell the two apart by words alone."""
    return "disconnected" in words or "closed connection" in words
