"""Hosts of addresses: what a browser would go to, with look-alikes told."""

import pytest

from inspector.core.hosts import ascii_host, host_of, host_words


@pytest.mark.parametrize(
    ("url", "host"),
    [
        ("https://ferries.example/a?b#c", "ferries.example"),
        ("HTTPS://Ferries.Example:443/", "ferries.example"),
        ("https://good.example@evil.example/", "evil.example"),
        ("https://evil.example\\@good.example/", "evil.example"),
        ("https:\\\\evil.example/", "evil.example"),
        ("https://[::1]:80/", "::1"),
        ("https://[broken/", ""),
        ("data:image/png;base64,AAAA", ""),
        ("", ""),
    ],
)
def test_the_host_is_what_a_browser_would_go_to(url: str, host: str) -> None:
    assert host_of(url) == host


@pytest.mark.parametrize(
    ("host", "name"),
    [
        ("bücher.example", "xn--bcher-kva.example"),
        ("аpple.com", "xn--pple-43d.com"),
        ("example。com", "example.com"),
        ("ＧＯＯＧＬＥ.com", "google.com"),
        ("a" * 254, ""),
        ("ä" * 64 + ".com", ""),
        ("\ud800.com", "xn--ib9b.com"),
    ],
)
def test_the_ascii_form_is_what_the_name_service_is_asked(host: str, name: str) -> None:
    assert ascii_host(host) == name


def test_a_host_beyond_ascii_is_told_in_both_forms() -> None:
    assert host_words("https://аpple.com/x") == "аpple.com, in ASCII xn--pple-43d.com"
    assert host_words("https://apple.com/ä") == "apple.com"
    assert host_words(f"https://{'ä' * 64}.com/") == f"{'ä' * 64}.com, in ASCII not a name"
