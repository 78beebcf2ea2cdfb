"""Numbers that doubles change; what JavaScript shows was taken from V8."""

from collections.abc import Callable

import pytest

from inspector.core.rules.doubles import is_changed, javascript_spelling

CALLS = "/choices/0/message/tool_calls"
ARGUMENTS = f"{CALLS}/0/function/arguments"


def calling(arguments: str) -> dict[str, object]:
    return {CALLS: [{"id": "call_7", "type": "function", "function": {"name": "track", "arguments": arguments}}]}


FIRES = [
    (
        "number-rounded-in-arguments",
        calling('{"order": 90071992547409931, "day": 1}'),
        ARGUMENTS,
        "90071992547409931 in “order” is rounded by doubles: JavaScript would show 90071992547409940.",
    ),
    (
        "number-rounded-in-arguments",
        calling('{"ids": [7, 9007199254740993]}'),
        ARGUMENTS,
        "9007199254740993 in “ids” is rounded",
    ),
    (
        "number-rounded",
        {"/seed": 4944116822809979520},
        "/seed",
        "4944116822809979520 in “seed” is rounded by doubles: JavaScript would show 4944116822809980000.",
    ),
    ("number-rounded", {"body": b"0.12345678901234567890"}, "", "0.12345678901234567890 is rounded by doubles"),
    ("number-rounded", {"body": b"[[12345678901234567]]"}, "/0/0", "12345678901234567 is rounded by doubles"),
    (
        "number-out-of-range",
        {"/budget": ("1E400",)},
        "/budget",
        "1E400 in “budget” is out of range: JavaScript would show Infinity.",
    ),
    ("number-out-of-range", calling('{"budget": -1e400}'), ARGUMENTS, "JavaScript would show -Infinity"),
    ("number-out-of-range", {"/tiny": ("1e-400",)}, "/tiny", "JavaScript would show 0"),
    ("number-out-of-range", {"/long": ("9" * 5000,)}, "/long", "JavaScript would show Infinity"),
]
QUIET = [
    ("number-rounded-in-arguments", calling('{"order": 9007199254740992, "share": 0.1, "price": 1.10, "far": 1e300}')),
    ("number-rounded-in-arguments", calling('{"order": 1E400}')),
    ("number-rounded-in-arguments", calling('{"order": "90071992547409931"')),
    ("number-rounded", {"/seed": ("-0.000041723251342773438",), "/one": ("1.0000000000000000000000",)}),
    ("number-rounded", {"/seed": "4944116822809979520", "/tiny": ("1e-400",)}),
    ("number-rounded", {"body": b'{"seed": 4944116822809979520'}),
    (
        "number-out-of-range",
        {"/most": ("1.7976931348623157e308",), "/zero": ("0e-9999999999999999999999",), "/minus": ("-0.0",)},
    ),
]


@pytest.mark.parametrize(
    ("number", "shown"),
    [
        ("0", "0"),
        ("-0", "0"),
        ("-0.0", "0"),
        ("1.10", "1.1"),
        ("1e21", "1e+21"),
        ("1E20", "100000000000000000000"),
        ("123456789012345678901234567890", "1.2345678901234568e+29"),
        ("4944116822809979520", "4944116822809980000"),
        ("-0.000001", "-0.000001"),
        ("0.0000001", "1e-7"),
        ("-1.5e-10", "-1.5e-10"),
        ("5e-324", "5e-324"),
        ("1.7976931348623157e308", "1.7976931348623157e+308"),
        ("1.7976931348623159e308", "Infinity"),
        ("-1E400", "-Infinity"),
        ("1e-400", "0"),
        ("123.456", "123.456"),
        ("1e0000000000000000000000000000000000000000000002", "100"),
    ],
)
def test_javascript_spelling(number: str, shown: str) -> None:
    assert javascript_spelling(number) == shown


@pytest.mark.parametrize(
    ("number", "changed"),
    [
        ("9007199254740992", False),
        ("9007199254740993", True),
        ("0.1", False),
        ("0.10000000000000000000000", False),
        ("0.10000000000000001", False),
        ("0.1000000000000000055511151231257827", False),
        ("0.10000000000000002", False),
        ("0.12345678901234567890", True),
        ("4944116822809979904", True),
        ("0." + "3" * 5000, True),
        ("1000000000000000000000000", False),
        ("10e-1", False),
        ("0E5000", False),
        ("0.0000000000000000000000e-9999", False),
        ("1e-400", True),
        ("-1e400", True),
        ("0." + "0" * 5000 + "1e5001", False),
    ],
)
def test_is_changed(number: str, changed: bool) -> None:
    assert is_changed(number) is changed


def test_fires(fires: Callable[[], None]) -> None:
    fires()


def test_stays_quiet(quiet: Callable[[], None]) -> None:
    quiet()
