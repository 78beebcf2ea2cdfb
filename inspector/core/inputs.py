"""What people type, checked at the edge: the ID, the API key and the base URL.

Each reader gives the trusted value, or a `Refused` whose sentence can be shown as it is and never repeats a key.
"""

import re
import unicodedata
from dataclasses import dataclass
from ipaddress import IPv4Address, IPv6Address, ip_address
from urllib.parse import SplitResult, quote, unquote, urlsplit

from inspector.core.secret import Secret

DEFAULT_BASE_URL = "https://sudoapp.dev/api"
_MAX_ID = 512
_MAX_KEY = 1024
_PRINTABLE_ASCII = r"[\x21-\x7e]+"
_URL_ALLOWED = r"[A-Za-z0-9._~:/\[\]%@-]+"
_HOST_NAME = r"(?=.{1,253}$)(?:(?!-)[a-z0-9_-]{1,63}(?<!-)(?:\.(?!$)|$))+"
_NUMBER_AT_END = r"(?:.*\.)?(?:[0-9]+|0x[0-9a-f]*)"
_DEFAULT_PORTS = {"https": 443, "http": 80}


@dataclass(frozen=True, slots=True)
class Refused:
    """An input that cannot be used; `sentence` says what is wrong and what to type instead."""

    sentence: str


@dataclass(frozen=True, slots=True)
class CompletionId:
    """One completion's ID, safe to place in a URL path by `segment`."""

    text: str

    @property
    def segment(self) -> str:
        """The whole ID percent-encoded as a single path segment."""
        return quote(self.text, safe="")


@dataclass(frozen=True, slots=True)
class BaseUrl:
    """Where a profile asks: `origin` is scheme://host[:port] without the scheme's own port, `path` has no trailing slash.

    Of a path that ends in `/v1` this is left out, once: the URLs made here bring their own. `in_clear` tells that somebody
    agreed to send the key over plain http to a host that is not this computer.
    """

    origin: str
    path: str
    in_clear: bool = False

    def __str__(self) -> str:
        return self.origin + self.path

    def completion_url(self, completion: CompletionId) -> str:
        return f"{self}/v1/chat/completions/{completion.segment}"


def read_completion_id(text: str) -> CompletionId | Refused:
    """The ID in `text` without the white space and invisible characters around it."""
    trimmed = _trim(text)
    if not trimmed:
        return Refused("Type or paste a completion ID first, for example chatcmpl-abc123.")
    if trimmed in (".", ".."):
        return Refused(f"“{trimmed}” is not a completion ID: it would name another address on the server.")
    if len(trimmed) > _MAX_ID:
        return Refused(f"This text has {len(trimmed):,} characters; a completion ID has at most {_MAX_ID}.")
    for position, char in enumerate(trimmed, 1):
        if unicodedata.category(char) in ("Cc", "Cf", "Cs", "Zl", "Zp"):
            name = f"U+{ord(char):04X}"
            return Refused(
                f"The ID has an invisible character ({name}) at position {position}. Remove it and fetch again."
            )
    return CompletionId(trimmed)


def read_api_key(text: str) -> Secret | Refused:
    """The key in `text`; no form is assumed beyond what an HTTP header can carry. The sentence never repeats it."""
    trimmed = _trim(text)
    if not trimmed:
        return Refused("The API key is empty. Copy it from the Sudo dashboard and paste it here.")
    if len(trimmed) > _MAX_KEY:
        return Refused(f"The API key is longer than {_MAX_KEY:,} characters; that is probably not the key alone.")
    if not re.fullmatch(_PRINTABLE_ASCII, trimmed):
        return Refused(
            "The API key holds a space, a line break or a character outside ASCII, which no HTTP header can carry. "
            "Copy the key alone and paste it again."
        )
    return Secret(trimmed)


def read_base_url(text: str, *, allow_http: bool = False) -> BaseUrl | Refused:
    """The base URL in `text`, with or without a trailing `/` or `/v1`.

    Plain http is for a literal loopback address, and with `allow_http` for any.
    """
    trimmed = _trim(text)
    if trimmed == DEFAULT_BASE_URL:
        return BaseUrl("https://sudoapp.dev", "/api")
    if not re.fullmatch(_URL_ALLOWED, trimmed):
        return Refused("The base URL may hold a scheme, a host, a port and a path, in plain ASCII, and nothing else.")
    try:
        parts = urlsplit(trimmed)
        host, port = parts.hostname, parts.port
    except ValueError:
        return Refused("The base URL cannot be read: its host or port is not valid.")
    if parts.scheme not in _DEFAULT_PORTS or not host:
        return Refused(f"The base URL must start with https:// and name a host, for example {DEFAULT_BASE_URL}.")
    if "@" in parts.netloc:
        return Refused("The base URL must not hold a user name or password; the API key is kept apart from it.")
    if not _is_host(host, bracketed="[" in parts.netloc):
        return Refused("The base URL names no valid host: write a host name or an IP address in its usual form.")
    in_clear = parts.scheme == "http" and not is_loopback(host)
    if in_clear and not allow_http:
        return Refused(f"http:// would send the API key to {host} in the clear. Use https://.")
    if any(unquote(step) in (".", "..") for step in parts.path.split("/")):
        return Refused("The base URL must not have “.” or “..” between slashes: they would name another path.")
    path = parts.path.rstrip("/").removesuffix("/v1").rstrip("/")
    return BaseUrl(_origin(parts, host, port), path, in_clear)


def is_loopback(host: str) -> bool:
    """Whether `host` is this machine by its literal name or address, without asking a resolver."""
    if host == "localhost":
        return True
    try:
        return ip_address(host).is_loopback
    except ValueError:
        return False


def _is_host(host: str, *, bracketed: bool) -> bool:
    """Whether every program that reads `host` takes it for the same one: a host name, or an address spelled out in full."""
    try:
        if bracketed:
            return IPv6Address(host).scope_id is None
        if re.fullmatch(_NUMBER_AT_END, host):
            return str(IPv4Address(host)) == host
    except ValueError:
        return False
    return re.fullmatch(_HOST_NAME, host) is not None


def _origin(parts: SplitResult, host: str, port: int | None) -> str:
    spelled = f"[{host}]" if ":" in host else host
    return f"{parts.scheme}://{spelled}" + ("" if port in (None, _DEFAULT_PORTS[parts.scheme]) else f":{port}")


def _trim(text: str) -> str:
    """`text` without white space, controls and format characters at both ends: what a sloppy copy brings along."""
    start, end = 0, len(text)
    while start < end and _is_blank(text[start]):
        start += 1
    while end > start and _is_blank(text[end - 1]):
        end -= 1
    return text[start:end]


def _is_blank(char: str) -> bool:
    return char.isspace() or unicodedata.category(char) in ("Cc", "Cf")
