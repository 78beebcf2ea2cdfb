"""When one may ask again, from whatever a server sends about it."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from inspector.core.exchange import Received, Timings
from inspector.core.problems.retry_after import retry_after

NOW = 1_795_000_000.0
"""2026-11-18 11:06:40 UTC."""


def received(status: int, headers: dict[str, str]) -> Received:
    timings = Timings(1.0, 2.0, NOW)
    return Received("https://h/", status, "", "HTTP/1.1", tuple(headers.items()), b"", 0, timings)


@pytest.mark.parametrize(
    ("headers", "seconds"),
    [
        ({"Retry-After": "30"}, 30.0),
        ({"Retry-After": " 1.5 "}, 1.5),
        ({"Retry-After": "0"}, 0.0),
        ({"Retry-After": "2\x1f"}, 2.0),
        ({"Retry-After": "99999999"}, 86_400.0),
        ({"Retry-After": "-5"}, None),
        ({"Retry-After": "inf"}, None),
        ({"Retry-After": "soon"}, None),
        ({"Retry-After": ""}, None),
        ({"Retry-After": "Wed, 18 Nov 2026 11:07:10 GMT"}, 30.0),
        ({"Retry-After": "Wed, 18 Nov 2026 11:00:00 GMT"}, 0.0),
        ({"Retry-After": "Wed, 18 Nov 9999 11:00:00 GMT"}, 86_400.0),
        ({"Retry-After": "Wed, 18 Nov 99999 11:00:00 GMT"}, None),
        ({"Retry-After": "7", "RateLimit-Reset": "3"}, 7.0),
        ({"RateLimit-Reset": "3"}, 3.0),
        ({"RateLimit-Reset": str(int(NOW) + 12)}, 12.0),
        ({"RateLimit": '"default";r=0;t=42'}, 42.0),
        ({"RateLimit": "limit=600"}, None),
        ({}, None),
    ],
)
def test_seconds_to_wait(headers: dict[str, str], seconds: float | None) -> None:
    assert retry_after(received(429, headers)) == seconds


def test_the_rate_limit_counts_only_where_it_was_reached() -> None:
    assert retry_after(received(404, {"RateLimit-Reset": "3"})) is None
    assert retry_after(received(503, {"Retry-After": "3"})) == 3.0


@given(st.dictionaries(st.sampled_from(["Retry-After", "RateLimit-Reset", "RateLimit"]), st.text()))
def test_any_header_gives_seconds_within_a_day_or_none(headers: dict[str, str]) -> None:
    seconds = retry_after(received(429, headers))
    assert seconds is None or 0 <= seconds <= 86_400


@given(st.datetimes(), st.integers(-2400, 2400))
def test_any_date_is_taken(moment: object, offset: int) -> None:
    date = f"{moment:%a, %d %b %Y %H:%M:%S} {offset:+05d}"
    seconds = retry_after(received(503, {"Retry-After": date}))
    assert seconds is None or 0 <= seconds <= 86_400
