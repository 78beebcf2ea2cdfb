"""A harmless name for a file: letters, digits, dots, hyphens and underscores, no dot in front, and no device of Windows."""

import re

_UNSAFE = re.compile(r"[^A-Za-z0-9._-]+")
_DEVICE = re.compile(r"(?:con|prn|aux|nul|com[0-9]|lpt[0-9])(?:\.|\Z)", re.IGNORECASE)


def file_name(subject: str) -> str:
    """The name to suggest for the answer to `subject`."""
    name = _UNSAFE.sub("-", subject).strip("-.")[:64] or "completion"
    return f"{'completion-' if _DEVICE.match(name) else ''}{name}.json"
