"""What an HTTP status other than 2xx means here: a stable kind, what happened, what to try, and what may be behind it.

The causes are possible ones in the order in which to check them; none is claimed. They follow from how the service keeps
completions: only those made with `store: true`, only of OpenAI models, only for the app that made them, for about 30 days.
"""

from dataclasses import dataclass
from http import HTTPStatus

from inspector.core.visible_text import one_line

_REASON_LIMIT = 100


@dataclass(frozen=True, slots=True)
class Meaning:
    """`happened` is a clause without the status; `hint` a sentence of what to try; `causes` the likeliest first."""

    kind: str
    happened: str
    hint: str
    causes: tuple[str, ...]


WRONG_BASE_URL = (
    "The base URL is wrong, so that another address on the server was asked: Sudo's is https://sudoapp.dev/api."
)
_NOT_FOUND = (
    "The completion was not stored: only those made with “store: true” can be fetched later.",
    "It was made with a model that is not OpenAI's: of the models behind Sudo only OpenAI's are stored.",
    "It belongs to another app or account: a key sees only what was made with keys of the same app.",
    "It is too fresh: a completion can be found some seconds, at times a minute, after it was made.",
    "It has expired: completions are kept for about 30 days.",
    "The ID was not copied whole, or something was copied along with it.",
    WRONG_BASE_URL,
)
_KEY = (
    "The key was not copied whole, or something was copied along with it.",
    "The key was revoked, replaced or has expired.",
    "The key belongs to another service or to another environment of this one.",
    "The environment variable SUDO_API_KEY holds another key; it is used before the saved one.",
    "The base URL is that of another service, which does not know the key.",
)
_FORBIDDEN = (
    "The key is valid but may not do this: it is limited to other calls, or the account is suspended.",
    "The completion belongs to another app or account.",
    "A firewall between here and the server turned the request away: a company proxy, a VPN or the server's own edge network.",
)
_TOO_MANY = (
    "More than about 600 requests were sent within a minute, all programs with the same key taken together.",
    "The limit of the provider behind Sudo was reached, not Sudo's own.",
    "The credit or quota of the account is used up; then waiting does not help.",
)
_PASSING = (
    "The service or the provider behind it has a passing fault; its status page may tell.",
    "This one completion cannot be given out: if others can be fetched, report it with the request ID.",
)
_EDGE = (
    "The service is down or being restarted; the edge network in front of it answered instead.",
    "The provider behind it did not answer.",
)
_SLOW = (
    "The service or the provider behind it is slow or overloaded at the moment.",
    "The completion is so large that it takes too long to put together.",
)
_MOVED = (
    "The base URL is not quite right: http instead of https, a “www.” too many, or a path that has moved.",
    "A company proxy or a Wi-Fi network asks for a sign-in first.",
)
_RETRY = "Wait a moment, then retry. If it stays so, report it to the service with the request ID."
_CHECK_URL = "Check the base URL, then fetch again."

_BAD_REQUEST = Meaning(
    "bad-request",
    "The server did not accept the request",
    "Check the ID and what the server says about it, then fetch again.",
    ("The server says in this way that it does not know the ID; then the following may be behind it.", *_NOT_FOUND),
)
_UNAUTHORIZED = Meaning(
    "unauthorized",
    "The server did not accept the API key",
    "Copy the key from the Sudo dashboard again and save it here.",
    _KEY,
)
_PAYMENT = Meaning(
    "payment-required",
    "The account may not be used until it is paid for",
    "Check the billing page of the account.",
    ("The credit of the account is used up.", "A payment did not go through."),
)
_DENIED = Meaning(
    "forbidden",
    "The server knows the API key but does not allow this",
    "Use a key of the app that made the completion.",
    _FORBIDDEN,
)
_MISSING = Meaning(
    "not-found",
    "The server has no completion with this ID, or none that this key may see",
    "Check the ID. If the completion was made just now, retry in a few seconds.",
    _NOT_FOUND,
)
_PROXY_SIGN_IN = Meaning(
    "proxy",
    "A proxy between here and the server asks for a sign-in",
    "Ask whoever runs the network how programs get through its proxy.",
    ("A company network lets programs out only through its own proxy.",),
)
_LIMITED = Meaning(
    "rate-limited",
    "Too many requests were sent in a short time",
    "Wait, then retry.",
    _TOO_MANY,
)
_SERVER_FAULT = Meaning("server-error", "Something went wrong inside the server", _RETRY, _PASSING)
_GATEWAY = Meaning("bad-gateway", "The edge network got no usable answer from the service behind it", _RETRY, _EDGE)
_BUSY = Meaning(
    "overloaded",
    "The server cannot take the request at the moment",
    "Wait a moment, then retry.",
    ("The service or the provider behind it is overloaded, or limits how much Sudo may ask.", *_EDGE[:1]),
)
_TIMED_OUT = Meaning(
    "edge-timeout",
    "The service took too long, so the edge network in front of it gave up",
    "Retry; if it stays so, try again later.",
    _SLOW,
)
_REDIRECT = Meaning("redirect", "The server redirected the request to another address", _CHECK_URL, _MOVED)
_UNEXPECTED = Meaning(
    "unexpected-status", "The server gave an answer that is not expected here", _CHECK_URL, (WRONG_BASE_URL,)
)

_MEANINGS = {
    304: _UNEXPECTED,
    **dict.fromkeys((400, 413, 414, 415, 422), _BAD_REQUEST),
    401: _UNAUTHORIZED,
    402: _PAYMENT,
    **dict.fromkeys((403, 451), _DENIED),
    **dict.fromkeys((404, 410), _MISSING),
    407: _PROXY_SIGN_IN,
    **dict.fromkeys((408, 504, 522, 524, 598, 599), _TIMED_OUT),
    429: _LIMITED,
    **dict.fromkeys((502, 520, 521, 523, 525, 526, 527, 530), _GATEWAY),
    **dict.fromkeys((503, 529), _BUSY),
}


def meaning_of(status: int) -> Meaning:
    """The meaning of a status that is not 2xx."""
    known = _MEANINGS.get(status)
    if known is not None:
        return known
    if 300 <= status < 400:
        return _REDIRECT
    return _SERVER_FAULT if 500 <= status < 600 else _UNEXPECTED


def status_name(status: int, reason: str) -> str:
    """Such as “HTTP 404 Not Found”; HTTP/2 and some servers send no reason, then the registered one is named."""
    if not reason.strip():
        known = {member.value: member.phrase for member in HTTPStatus}
        reason = known.get(status, "")
    return f"HTTP {status} {one_line(reason.strip(' '), _REASON_LIMIT)}".strip()
