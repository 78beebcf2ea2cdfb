"""`created` in words: whatever a service puts there, in any zone."""

import time
from datetime import UTC, datetime, timedelta, timezone

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from inspector.core.json.document import JsonNode
from inspector.core.json.text import JsonFault, parse_text
from inspector.core.moment import Moment, ago, in_words, seconds_of

CREATED = 1_793_611_800
BERLIN = timezone(timedelta(hours=1))
AUCKLAND = timezone(timedelta(hours=13))
HONOLULU = timezone(timedelta(hours=-10))
EVERY_ZONE = [timezone(timedelta(minutes=minutes)) for minutes in (-1439, -720, 0, 345, 840, 1439)]


def node_of(text: str) -> JsonNode:
    document = parse_text(text)
    assert not isinstance(document, JsonFault)
    return document.root


@pytest.mark.parametrize(
    ("sent", "seconds"),
    [
        ("1793611800", 1_793_611_800),
        ("1793611800.25", 1_793_611_800.25),
        ("1.7936118e9", 1_793_611_800),
        ("1.7936118E+9", 1_793_611_800),
        ("0", 0),
        ("-0", 0),
        ("0.0", 0),
        ("1e-400", 0),
        ("1793611800." + "0" * 29, 1_793_611_800),
        ("253402214399", 253_402_214_399),
    ],
)
def test_a_number_that_a_calendar_can_show(sent: str, seconds: float) -> None:
    assert seconds_of(node_of(sent)) == seconds


@pytest.mark.parametrize(
    "sent",
    [
        "-1",
        "-0.5",
        "253402214400",
        "1793611800000",
        "1e999",
        "-1e999",
        "9" * 41,
        "9" * 5000,
        "1793611800." + "0" * 30,
        "0." + "0" * 5000,
        "null",
        "true",
        '"1793611800"',
        '"yesterday"',
        "[1793611800]",
        '{"seconds": 1793611800}',
    ],
)
def test_everything_else_is_shown_as_sent(sent: str) -> None:
    assert seconds_of(node_of(sent)) is None
    assert in_words(node_of(sent), Moment(CREATED, UTC)) == sent


@pytest.mark.parametrize(
    ("sent", "moment", "words"),
    [
        (
            "1793611800",
            Moment(CREATED + 3 * 86_400, BERLIN),
            "2026-11-02 09:30:00 UTC · 10:30 local · 3 days ago · 1793611800",
        ),
        (
            "1793611800",
            Moment(CREATED, UTC),
            "2026-11-02 09:30:00 UTC · 09:30 local · just now · 1793611800",
        ),
        (
            "1793656800",
            Moment(CREATED, AUCKLAND),
            "2026-11-02 22:00:00 UTC · 2026-11-03 11:00 local · in 12 hours · 1793656800",
        ),
        (
            "1793611800.9",
            Moment(CREATED + 60, HONOLULU),
            "2026-11-02 09:30:00 UTC · 2026-11-01 23:30 local · 59 seconds ago · 1793611800.9",
        ),
        ("0", Moment(86_400, HONOLULU), "1970-01-01 00:00:00 UTC · 1969-12-31 14:00 local · 1 day ago · 0"),
        ("1e3", Moment(0, UTC), "1970-01-01 00:16:40 UTC · 00:16 local · in 16 minutes · 1e3"),
    ],
)
def test_a_time_in_the_readers_own_zone(sent: str, moment: Moment, words: str) -> None:
    assert in_words(node_of(sent), moment) == words


def test_without_a_zone_the_machine_tells_it() -> None:
    local = datetime.fromtimestamp(CREATED, UTC).astimezone()
    words = in_words(node_of(str(CREATED)), Moment(CREATED))
    assert f"{local:%H:%M} local" in words
    assert time.strftime("%H:%M", time.localtime(CREATED)) in words


@given(st.floats(allow_nan=False, allow_infinity=False) | st.integers(-(10**14), 10**14), st.sampled_from(EVERY_ZONE))
@example(253_402_214_399, EVERY_ZONE[-1])
@example(0, EVERY_ZONE[0])
def test_any_number_has_words_in_any_zone(created: float, zone: timezone) -> None:
    words = in_words(node_of(repr(created)), Moment(CREATED, zone))
    assert words.endswith(repr(created))
    assert (" local" in words) == (0 <= created <= 253_402_214_399)


@pytest.mark.parametrize(
    ("seconds", "words"),
    [
        (0, "just now"),
        (4.9, "just now"),
        (-4.9, "just now"),
        (5, "5 seconds ago"),
        (-5, "in 5 seconds"),
        (59.9, "59 seconds ago"),
        (60, "1 minute ago"),
        (119, "1 minute ago"),
        (120, "2 minutes ago"),
        (3599, "59 minutes ago"),
        (3600, "1 hour ago"),
        (-7200, "in 2 hours"),
        (86_399, "23 hours ago"),
        (86_400, "1 day ago"),
        (-2 * 86_400, "in 2 days"),
        (365 * 86_400 - 1, "364 days ago"),
        (365 * 86_400, "1 year ago"),
        (730 * 86_400, "2 years ago"),
        (-4000 * 365 * 86_400, "in 4,000 years"),
    ],
)
def test_how_long_ago_in_the_largest_unit_rounded_down(seconds: float, words: str) -> None:
    assert ago(seconds) == words
