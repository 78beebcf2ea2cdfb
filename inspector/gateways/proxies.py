"""Which proxy a request goes by. Those of the environment (HTTPS_PROXY, NO_PROXY and the like) are asked only where wanted."""

from urllib.parse import urlsplit

from inspector.core.proxy import SYSTEM, Proxy
from inspector.gateways.http_failures import RefusedError


def proxy_for(origin: str, proxy: Proxy) -> str | None:
    """The URL of the proxy for a request to `origin`; None for the straight way. Raises RefusedError for one of no use here."""
    if proxy.text != SYSTEM:
        return proxy.text or None
    from urllib.request import getproxies, proxy_bypass

    named = getproxies()
    url = named.get("https") or named.get("all")
    if url is None or proxy_bypass(urlsplit(origin).netloc):
        return None
    return _usable(url if "://" in url else f"http://{url}")


def _usable(url: str) -> str:
    """`url`, which may hold a password: what is said of it must not."""
    try:
        parts = urlsplit(url)
        scheme, host, _ = parts.scheme, parts.hostname, parts.port
    except ValueError:
        raise RefusedError("the proxy that the environment names cannot be read") from None
    if scheme not in ("http", "https") or not host:
        raise RefusedError(f"the environment names a proxy of the kind {scheme}://, which is not supported")
    return url
