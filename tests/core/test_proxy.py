"""The proxy that a profile names."""

import pytest

from inspector.core.inputs import Refused
from inspector.core.proxy import STRAIGHT, Proxy, read_proxy


@pytest.mark.parametrize(
    ("text", "proxy", "words"),
    [
        ("", STRAIGHT, ""),
        ("  ", STRAIGHT, ""),
        ("system", Proxy("system"), "by the proxy of the environment"),
        (" http://proxy.example:3128/ ", Proxy("http://proxy.example:3128"), "by the proxy http://proxy.example:3128"),
        ("https://[::1]:8080", Proxy("https://[::1]:8080"), "by the proxy https://[::1]:8080"),
    ],
)
def test_what_can_be_named(text: str, proxy: Proxy, words: str) -> None:
    assert read_proxy(text) == proxy
    assert proxy.words == words


@pytest.mark.parametrize(
    ("text", "reason"),
    [
        ("proxy.example:3128", "must be http:// or https://"),
        ("ftp://proxy.example:21", "must be http:// or https://"),
        ("http://proxy.example:3128/path", "must be http:// or https://"),
        ("http://:3128", "must be http:// or https://"),
        ("http://proxy.example", "needs a port"),
        ("http://proxy.example:0", "needs a port"),
        ("http://proxy.example:99999", "cannot be read"),
        ("http://[::1:3128", "cannot be read"),
        ("socks5://proxy.example:1080", "SOCKS proxies are not supported"),
        ("http://user:secret@proxy.example:3128", "must not hold a user name or password"),
        ("http://proxy.example:3128?x", "may hold a scheme"),
        ("http://pröxy.example:3128", "may hold a scheme"),
        ("http://a b:3128", "may hold a scheme"),
        ("http://a\x00b:3128", "may hold a scheme"),
    ],
)
def test_what_cannot_and_why(text: str, reason: str) -> None:
    refused = read_proxy(text)
    assert isinstance(refused, Refused)
    assert reason in refused.sentence
    assert "secret" not in refused.sentence
