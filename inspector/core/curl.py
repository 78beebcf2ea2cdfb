"""The request for an answer as a line for a shell. The key is not in it: the shell takes it from the environment."""

from shlex import quote

KEY_PART = '"Authorization: Bearer $SUDO_API_KEY"'
"""In double quotes, since the shell is to put the key in."""


def curl_line(url: str) -> str:
    """A POSIX shell's line that asks for `url` again, every part quoted."""
    return f"curl --globoff --header {KEY_PART} --url {quote(url)}"
