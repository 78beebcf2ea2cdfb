"""The time of creation in all the forms that providers send."""

from collections.abc import Callable

FIRES = [
    ("created-missing", {"/created": ...}, "", "has no “created”"),
    ("created-missing", {"/created": None}, "/created", "is null"),
    (
        "created-not-whole-seconds",
        {"/created": ("1763700000.5",)},
        "/created",
        "1763700000.5, where whole seconds were due",
    ),
    ("created-not-whole-seconds", {"/created": "1763700000"}, "/created", "is text"),
    ("created-not-whole-seconds", {"/created": "yesterday"}, "/created", "“yesterday”"),
    ("created-not-whole-seconds", {"/created": []}, "/created", "is an array"),
    ("created-in-other-unit", {"/created": 1_763_700_000_000}, "/created", "milliseconds: 2025-11-21 04:40 UTC"),
    ("created-in-other-unit", {"/created": 1_763_700_000_000_000}, "/created", "microseconds: 2025-11-21 04:40 UTC"),
    ("created-in-other-unit", {"/created": "1763700000000000000"}, "/created", "nanoseconds: 2025-11-21 04:40 UTC"),
    ("created-in-other-unit", {"/created": ("1e30",)}, "/created", "no date in any unit"),
    ("created-in-future", {"/created": 1_763_803_600}, "/created", "2025-11-22 09:26 UTC, 3,600 seconds ahead"),
    ("created-in-future", {"/created": 99_999_999_999}, "/created", "5138-11-16"),
    ("created-too-early", {"/created": 0}, "/created", "is 0, which is 1970-01-01 00:00 UTC"),
    ("created-too-early", {"/created": -5}, "/created", "before 1970"),
    ("created-too-early", {"/created": ("-1e198",)}, "/created", "is -1e198, which is before 1970"),
    ("created-too-early", {"/created": "1500000000"}, "/created", "2017-07-14"),
]
QUIET = [
    ("created-missing", {}),
    ("created-missing", {"/created": 0}),
    ("created-missing", {"body": b"[]"}),
    ("created-not-whole-seconds", {}),
    ("created-not-whole-seconds", {"/created": -5}),
    ("created-not-whole-seconds", {"/created": None}),
    ("created-in-other-unit", {}),
    ("created-in-other-unit", {"/created": 99_999_999_999}),
    ("created-in-other-unit", {"/created": "1" * 50}),
    ("created-in-other-unit", {"/created": "inf"}),
    ("created-in-other-unit", {"body": b"{"}),
    ("created-in-future", {"/created": 1_763_800_200}),
    ("created-in-future", {"/created": 1_763_700_000_000}),
    ("created-in-future", {"/created": {}}),
    ("created-too-early", {"/created": 1_600_000_000}),
    ("created-too-early", {"/created": "nan"}),
]


def test_fires(fires: Callable[[], None]) -> None:
    fires()


def test_stays_quiet(quiet: Callable[[], None]) -> None:
    quiet()
