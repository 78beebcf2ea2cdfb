"""The host that an address leads to, told so that look-alikes are seen: a name beyond ASCII in its ASCII form as well.

Browsers take a backslash for a slash and several characters for the dot; what they would go to is what is told here.
"""

import re
import unicodedata
from urllib.parse import urlsplit

_DOTS = str.maketrans({"。": ".", "．": ".", "｡": "."})
_WEB = re.compile(r"\s*https?:", re.IGNORECASE)
_LONGEST_NAME = 253
_LONGEST_LABEL = 63


def host_of(url: str) -> str:
    """The host as spelled in the address; empty where it names none."""
    try:
        return urlsplit(url.replace("\\", "/") if _WEB.match(url) else url).hostname or ""
    except ValueError:
        return ""


def ascii_host(host: str) -> str:
    """The host as the name service is asked for it; empty where it cannot be asked."""
    name = unicodedata.normalize("NFKC", host.translate(_DOTS)).lower()
    if len(name) > _LONGEST_NAME:
        return ""
    labels = [_ascii_label(label) for label in name.split(".")]
    return ".".join(labels) if all(len(label) <= _LONGEST_LABEL for label in labels) else ""


def host_words(url: str) -> str:
    """The host of an address in words: `ferries.example`, or both spellings where the first is not ASCII."""
    host = host_of(url)
    if host.isascii():
        return host
    return f"{host}, in ASCII {ascii_host(host) or 'not a name'}"


def _ascii_label(label: str) -> str:
    return label if label.isascii() else f"xn--{label.encode('punycode', 'replace').decode()}"
