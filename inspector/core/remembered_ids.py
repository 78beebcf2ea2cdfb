"""The IDs that were opened, kept between runs where the person wants that. Never contents.

Each is kept with its profile and that profile's address, so that it is not offered, and not sent, anywhere else.
"""

from collections.abc import Iterable
from dataclasses import asdict, dataclass

from inspector.core.inputs import CompletionId, read_completion_id
from inspector.core.profiles import read_name

MOST = 500
MOST_BYTES = 4 * 2**20
_LONGEST_ADDRESS = 2_000


@dataclass(frozen=True, slots=True)
class RememberedId:
    """An ID that was opened under `profile` at `base_url`."""

    profile: str
    base_url: str
    id: str


Remembered = tuple[RememberedId, ...]
"""Newest first, each once."""


def remembering(newest: Iterable[RememberedId], known: Remembered) -> Remembered:
    """`known` with the newest in front, as many as are kept."""
    return tuple(dict.fromkeys((*newest, *known)))[:MOST]


def written(ids: Remembered) -> bytes:
    """The text for the file."""
    import json

    return json.dumps({"ids": [asdict(each) for each in ids]}).encode() + b"\n"


def read_remembered(data: bytes) -> Remembered:
    """What a file holds; nothing where it is damaged. What is no ID is passed over."""
    import json

    try:
        given = json.loads(data)
    except (ValueError, RecursionError):
        return ()
    listed = given.get("ids") if isinstance(given, dict) else None
    return remembering(filter(None, map(_read, listed)), ()) if isinstance(listed, list) else ()


def _read(entry: object) -> RememberedId | None:
    match entry:
        case {"profile": str(profile), "base_url": str(base_url), "id": str(text)}:
            is_one = read_completion_id(text) == CompletionId(text) and read_name(profile) is not None
            return RememberedId(profile, base_url, text) if is_one and len(base_url) <= _LONGEST_ADDRESS else None
        case _:
            return None
