"""The bundled samples: what `resources/samples/index.json` says of each, and the bytes that it is answered with.

The index is a list of objects; only the first four fields are always there:

    id              the completion ID that asks for it
    shows           what it shows, in plain words (at most 60 characters)
    status          the HTTP status
    file            the body, sent byte for byte
    headers         more headers, by name; null takes away one that every answer has
    content_type    where the file's suffix does not tell
    messages        the file of its prompt messages
    delay           seconds before the answer starts
    drip            {"size": bytes, "pause": seconds}: the body comes in pieces
    ends_after      bytes after which the connection is lost
"""

import json
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

from inspector.bundle import bundled
from inspector.demo.http_server import Drip

_CONTENT_TYPES = {".json": "application/json", ".html": "text/html; charset=UTF-8", ".txt": "text/plain; charset=UTF-8"}


@dataclass(frozen=True, slots=True)
class Sample:
    """One answer of the demo service. The body is read when it is asked for."""

    id: str
    shows: str
    status: int
    file: str
    content_type: str
    headers: Mapping[str, str | None] = field(default_factory=dict)
    messages: str | None = None
    delay: float = 0.0
    drip: Drip | None = None
    ends_after: int | None = None

    def body(self) -> bytes:
        return bundled("samples", self.file).read_bytes()

    def prompt(self) -> list[dict[str, Any]] | None:
        """The stored prompt messages, oldest first; None where the service has none."""
        if self.messages is None:
            return None
        stored: list[dict[str, Any]] = json.loads(bundled("samples", "messages", self.messages).read_bytes())["data"]
        return stored


def load_samples() -> tuple[Sample, ...]:
    """Every sample in the order of the index."""
    return tuple(_sample(**entry) for entry in json.loads(bundled("samples", "index.json").read_bytes()))


def _sample(*, file: str, content_type: str = "", drip: dict[str, Any] | None = None, **entry: Any) -> Sample:
    known = content_type or _CONTENT_TYPES[file[file.rindex(".") :]]
    return Sample(file=file, content_type=known, drip=Drip(**drip) if drip else None, **entry)
