"""The way to a server: straight, by the proxy that the environment names, or by one that a profile names.

Nothing is taken from the environment unasked: a proxy sees which host is asked, and when. Requests over plain http never go
by a proxy, which would read the key.
"""

from dataclasses import dataclass
from urllib.parse import urlsplit

from inspector.core.inputs import Refused

SYSTEM = "system"


@dataclass(frozen=True, slots=True)
class Proxy:
    """`text` is empty for the straight way, `SYSTEM` for the proxy of the environment, or else http(s)://host:port."""

    text: str = ""

    @property
    def words(self) -> str:
        """How it is told beside the host; empty for the straight way."""
        if not self.text:
            return ""
        return "by the proxy of the environment" if self.text == SYSTEM else f"by the proxy {self.text}"


STRAIGHT = Proxy()


def read_proxy(text: str) -> Proxy | Refused:
    """The proxy in `text`. A password has no place here, since profiles lie in a file that is not secret."""
    trimmed = text.strip().removesuffix("/")
    if trimmed in ("", SYSTEM):
        return Proxy(trimmed)
    if not trimmed.isascii() or not trimmed.isprintable() or any(char in trimmed for char in ' \\?#"<>'):
        return Refused("The proxy may hold a scheme, a host and a port, for example http://proxy.example:3128.")
    try:
        parts = urlsplit(trimmed)
        host, port = parts.hostname, parts.port
    except ValueError:
        return Refused("The proxy cannot be read: its host or port is not valid.")
    if parts.scheme.startswith("socks"):
        return Refused("SOCKS proxies are not supported; name an http:// or https:// proxy.")
    if parts.scheme not in ("http", "https") or not host or parts.path:
        return Refused(
            "The proxy must be http:// or https://, a host and a port, for example http://proxy.example:3128."
        )
    if "@" in parts.netloc:
        return Refused(
            "The proxy must not hold a user name or password here. Set it in HTTPS_PROXY, and choose the proxy of the environment."
        )
    return Proxy(trimmed) if port else Refused("The proxy needs a port, for example http://proxy.example:3128.")
