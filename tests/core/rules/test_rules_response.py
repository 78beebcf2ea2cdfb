"""The answer as bytes."""

from collections.abc import Callable
from typing import Any

from inspector.core.findings import Finding

CALLS = "/choices/0/message/tool_calls"
BOM = b"\xef\xbb\xbf"


def nested(depth: int) -> bytes:
    return b'{"choices": ' + b"[" * depth + b"1" + b"]" * depth + b"}"


FIRES = [
    ("empty-body", {"body": b""}, "", "no bytes at all"),
    ("empty-body", {"body": b" \n\t"}, "", "3 bytes of white space"),
    (
        "html-instead-of-json",
        {"body": b"\n<!DOCTYPE html><html><head><title>\n 502: Bad gateway </title>"},
        "",
        "titled “502: Bad gateway”",
    ),
    ("html-instead-of-json", {"body": BOM + b"<html>"}, "", "an HTML or XML page, where JSON was due"),
    ("body-not-json", {"body": b'{"id": "x",\n"model": y}'}, "", "Line 2, column 10"),
    ("body-not-json", {"body": b'{"id": "chatcmpl'}, "", "Line 1, column 17"),
    ("body-not-json", {"body": BOM + b"error code: 524"}, "", "Line 1, column 1"),
    ("body-not-json", {"body": b'data: {"id": "x"}\n\n'}, "", "a stream of events"),
    ("not-utf-8", {"body": b'{"id": "caf\xe9"}'}, "/id", "0xE9 at offset 11 is not UTF-8"),
    ("not-utf-8", {"body": BOM + b'{"id": "caf\xe9"}'}, "/id", "0xE9 at offset 14"),
    ("not-utf-8", {"body": b"caf\xe9"}, "", "0xE9 at offset 3"),
    ("not-utf-8", {"body": '{"id": "x"}'.encode("utf-16")}, "", "the byte order mark of UTF-16"),
    ("byte-order-mark", {"body": BOM + b"{}"}, "", "EF BB BF"),
    ("content-type-not-json", {"content-type": "text/html; charset=UTF-8"}, "", "“text/html; charset=UTF-8”"),
    ("content-type-not-json", {"content-type": None}, "", "without a Content-Type"),
    ("transport-note", {"notes": ("The server announced 9 bytes and sent 7.",)}, "", "announced 9 bytes"),
    ("deep-nesting", {"body": nested(64)}, "/choices" + "/0" * 63, "nested 65 levels deep"),
    (
        "deep-nesting",
        {CALLS: [{"function": {"name": "f", "arguments": "[" * 99 + "]" * 99}}]},
        f"{CALLS}/0/function/arguments",
        "nested 99 levels deep",
    ),
]
QUIET = [
    ("empty-body", {}),
    ("html-instead-of-json", {"/choices/0/message/content": "<html>"}),
    ("html-instead-of-json", {"body": b'"<html>"'}),
    ("body-not-json", {}),
    ("body-not-json", {"body": b""}),
    ("body-not-json", {"body": b"<html>"}),
    ("not-utf-8", {"body": '{"id": "café"}'.encode()}),
    ("byte-order-mark", {"/choices/0/message/content": "\ufeff"}),
    ("content-type-not-json", {"content-type": "application/json; charset=utf-8"}),
    ("content-type-not-json", {"content-type": "application/problem+JSON"}),
    ("content-type-not-json", {}),
    ("transport-note", {"notes": ()}),
    ("transport-note", {}),
    ("deep-nesting", {"body": nested(63)}),
    ("deep-nesting", {"body": b'{"choices": [' + b"[1], " * 99 + b"{}]}"}),
]


def test_fires(fires: Callable[[], None]) -> None:
    fires()


def test_stays_quiet(quiet: Callable[[], None]) -> None:
    quiet()


def test_a_node_too_deep_to_point_at_stands_under_its_ancestor(
    findings_of: Callable[[dict[str, Any]], tuple[Finding, ...]],
) -> None:
    body = b"[" * 5000 + b"1e400" + b"]" * 5000
    found = [finding for finding in findings_of({"body": body}) if finding.rule == "number-out-of-range"]
    assert [finding.pointer for finding in found] == ["/0" * 1000]
