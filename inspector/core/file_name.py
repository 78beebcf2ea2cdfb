"""A harmless name for a file: letters, digits, dots, hyphens and underscores, and no dot in front."""

import re

_UNSAFE = re.compile(r"[^A-Za-z0-9._-]+")


def file_name(subject: str) -> str:
    """The name to suggest for the answer to `subject`."""
    return f"{_UNSAFE.sub('-', subject).strip('-.')[:64] or 'completion'}.json"
