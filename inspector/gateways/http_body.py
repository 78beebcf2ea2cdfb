"""A response body as it arrives: gzip undone, and never more kept than the limit.

The decoding is our own because a library's decoder hands over what one chunk inflates to in one piece, and 1.6 kB can
inflate to a gigabyte. Here the inflater is told how much room is left, so the limit holds at every moment. It counts
decoded bytes. Nothing is thrown away that was decoded before a fault: `content()` gives it at any time.
"""

import io
import zlib
from contextlib import suppress
from enum import Enum, auto

_GZIP_MAGIC = b"\x1f\x8b"
_GZIP_FRAMING = 31


class BodyTooLargeError(Exception):
    """The body has more decoded bytes than the limit."""


class BodyEncodingError(Exception):
    """The body's Content-Encoding is not one that was asked for, or its gzip data is damaged."""


class BodyCutOffError(Exception):
    """The gzip data ended before its own end mark."""


class _Part(Enum):
    """What the next bytes of the body are."""

    PLAIN = auto()
    FIRST_GZIP_MEMBER = auto()
    NEXT_GZIP_MEMBER = auto()
    AFTER_GZIP = auto()


class BoundedBody:
    """Collects one body. `content_encoding` is the header as sent, `limit` the most decoded bytes to keep."""

    def __init__(self, content_encoding: str, limit: int) -> None:
        encodings = [
            name for part in content_encoding.lower().split(",") if (name := part.strip()) not in ("", "identity")
        ]
        self.wire_bytes = 0
        self._kept = io.BytesIO()
        self._size = 0
        self._limit = limit
        self._part = _Part.FIRST_GZIP_MEMBER if encodings in (["gzip"], ["x-gzip"]) else _Part.PLAIN
        self._unreadable = content_encoding if encodings and self._part is _Part.PLAIN else ""
        self._inflater: zlib._Decompress | None = None
        self._held = b""
        self._extra_bytes = 0
        self._false_gzip = False

    def feed(self, wire: bytes) -> None:
        """Takes the next bytes off the wire. Raises BodyTooLargeError, or BodyEncodingError on damaged gzip."""
        self.wire_bytes += len(wire)
        if self._part is _Part.PLAIN:
            self._keep(wire)
        elif self._part is _Part.AFTER_GZIP:
            self._extra_bytes += len(wire)
        else:
            self._take_gzip(wire)

    def finish(self) -> None:
        """Says that the last byte has come. Raises BodyCutOffError, or BodyEncodingError where the bytes stay encoded."""
        if self._held:
            self._take_no_gzip(self._held)
        if self._unreadable:
            raise BodyEncodingError(f"the body came with Content-Encoding: {self._unreadable}")
        if self._inflater is not None:
            raise BodyCutOffError("the gzip data ends before its end mark")

    def content(self) -> bytes:
        """What was decoded so far; as it came, where the encoding is not gzip."""
        return self._kept.getvalue()

    def notes(self) -> list[str]:
        """Sentences about what was odd in the encoding."""
        notes = []
        if self._false_gzip:
            notes.append("The server called the body gzip, but it is not; it is shown as it came.")
        if self._extra_bytes:
            notes.append(f"After the end of the gzip data came {self._extra_bytes:,} more bytes; they were left out.")
        if self._unreadable:
            notes.append(f"The body is shown as it came, still encoded as “{self._unreadable}”.")
        return notes

    def _keep(self, data: bytes) -> None:
        room = self._limit - self._size
        self._size += self._kept.write(data[:room])
        if len(data) > room:
            raise BodyTooLargeError(f"the body has more than {self._limit:,} bytes")

    def _take_gzip(self, data: bytes) -> None:
        """Gzip data is a row of members (RFC 1952, 2.2), each known by its first two bytes."""
        data, self._held = self._held + data, b""
        while data:
            if self._inflater is None:
                if len(data) < len(_GZIP_MAGIC):
                    self._held = data
                    return
                if not data.startswith(_GZIP_MAGIC):
                    self._take_no_gzip(data)
                    return
                self._part = _Part.NEXT_GZIP_MEMBER
                self._inflater = zlib.decompressobj(_GZIP_FRAMING)
            data = self._inflate(self._inflater, data)

    def _inflate(self, inflater: "zlib._Decompress", data: bytes) -> bytes:
        """Keeps what `data` inflates to; gives the bytes after the member's end. One byte above the limit tells enough."""
        before = inflater.copy()
        try:
            piece = inflater.decompress(data, self._limit - self._size + 1)
        except zlib.error as error:
            self._salvage(before, data)
            raise BodyEncodingError(f"the gzip data is damaged ({error})") from None
        self._keep(piece)
        if not inflater.eof:
            return b""
        self._inflater = None
        return inflater.unused_data

    def _salvage(self, inflater: "zlib._Decompress", data: bytes) -> None:
        """Keeps what comes before the fault in `data`: zlib throws away all that a failing call had inflated."""
        with suppress(zlib.error):
            for byte in data:  # pragma: no branch (the fault lies in it)
                self._keep(inflater.decompress(bytes((byte,)), self._limit - self._size + 1))

    def _take_no_gzip(self, data: bytes) -> None:
        """Bytes where a gzip member should begin: a body that never was gzip, or something after its end."""
        if self._part is _Part.FIRST_GZIP_MEMBER:
            self._false_gzip = True
            self._part = _Part.PLAIN
            self._keep(data)
        else:
            self._part = _Part.AFTER_GZIP
            self._extra_bytes += len(data)
