"""The bounded decoder, fed in every way that a network cuts a body."""

import gzip
import tracemalloc

import pytest

from inspector.gateways.http_body import BodyCutOffError, BodyEncodingError, BodyTooLargeError, BoundedBody

TEXT = b'{"id": "chatcmpl-1"}' * 50
GZIPPED = gzip.compress(TEXT, mtime=0)


def fed(data: bytes, encoding: str, *, step: int = 65536, limit: int = 1_000_000) -> BoundedBody:
    body = BoundedBody(encoding, limit)
    feed(body, data, step)
    return body


def feed(body: BoundedBody, data: bytes, step: int) -> None:
    for at in range(0, len(data), step):
        body.feed(data[at : at + step])


@pytest.mark.parametrize("step", [1, 2, 3, 7, 65536])
@pytest.mark.parametrize(
    ("data", "encoding", "content", "notes"),
    [
        (TEXT, "", TEXT, 0),
        (TEXT, "identity", TEXT, 0),
        (TEXT, "Identity, ", TEXT, 0),
        (GZIPPED, "gzip", TEXT, 0),
        (GZIPPED, "X-GZIP", TEXT, 0),
        (GZIPPED, "identity, gzip", TEXT, 0),
        (GZIPPED + GZIPPED, "gzip", TEXT + TEXT, 0),
        (GZIPPED + b"!", "gzip", TEXT, 1),
        (GZIPPED + b"more than that", "gzip", TEXT, 1),
        (TEXT, "gzip", TEXT, 1),
        (b"{", "gzip", b"{", 1),
        (b"", "gzip", b"", 0),
    ],
)
def test_is_decoded_however_it_is_cut(data: bytes, encoding: str, content: bytes, notes: int, step: int) -> None:
    body = fed(data, encoding, step=step)
    body.finish()
    assert (body.content(), body.wire_bytes, len(body.notes())) == (content, len(data), notes)


@pytest.mark.parametrize("step", [1, 65536])
def test_bytes_after_the_gzip_data_are_counted(step: int) -> None:
    assert "14 more bytes" in fed(GZIPPED + b"more than that", "gzip", step=step).notes()[0]


@pytest.mark.fault(row="packed otherwise, or damaged")
@pytest.mark.parametrize("encoding", ["br", "zstd", "deflate", "gzip, gzip", "gzip, br"])
def test_other_encodings_are_kept_as_they_came(encoding: str) -> None:
    body = fed(TEXT, encoding)
    with pytest.raises(BodyEncodingError, match=encoding):
        body.finish()
    assert body.content() == TEXT
    assert encoding in body.notes()[0]


@pytest.mark.parametrize("step", [1, 65536])
@pytest.mark.parametrize("missing", [1, 8, 9])
def test_gzip_that_ends_early_is_told(missing: int, step: int) -> None:
    body = fed(GZIPPED[:-missing], "gzip", step=step)
    with pytest.raises(BodyCutOffError):
        body.finish()
    assert TEXT.startswith(body.content())
    assert len(body.content()) > len(TEXT) // 2


@pytest.mark.parametrize("step", [1, 65536])
def test_what_came_before_damage_is_kept(step: int) -> None:
    body = BoundedBody("gzip", 1_000_000)
    wrong_sum = GZIPPED[:-8] + bytes(8)
    with pytest.raises(BodyEncodingError, match="damaged"):
        feed(body, wrong_sum, step)
    assert body.content() == TEXT


@pytest.mark.parametrize("encoding", ["", "gzip"])
def test_the_limit_is_exact(encoding: str) -> None:
    wire = GZIPPED if encoding else TEXT
    fed(wire, encoding, limit=len(TEXT)).finish()
    body = BoundedBody(encoding, len(TEXT) - 1)
    with pytest.raises(BodyTooLargeError, match="999"):
        body.feed(wire)
    assert body.content() == TEXT[:-1]


@pytest.mark.fault(row="a body beyond the limit, a bomb")
def test_a_bomb_never_grows_beyond_the_limit() -> None:
    bomb = gzip.compress(bytes(50_000_000))
    body = BoundedBody("gzip", 100_000)
    tracemalloc.start()
    try:
        with pytest.raises(BodyTooLargeError):
            body.feed(bomb)
        _, peak = tracemalloc.get_traced_memory()
    finally:
        tracemalloc.stop()
    assert peak < 2_000_000
