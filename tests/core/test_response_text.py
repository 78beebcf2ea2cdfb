"""The transport side of an answer as text."""

import hashlib
from dataclasses import replace

from inspector.core.exchange import Failed, FailureKind, Timings
from inspector.core.inspection import inspect_failure, inspect_received
from inspector.core.readings.response_text import response_text
from tests.answers import URL, answered, received, saved

BODY = b'{"id": "a"}'
HASH = hashlib.sha256(BODY).hexdigest()


def test_an_answer_of_the_service() -> None:
    answer = replace(
        received(BODY, content_type="application/json", x_request_id="req_7"),
        reason="OK",
        wire_bytes=12_345,
        timings=Timings(12.5, 4321.25, 1_793_611_800.9),
        notes=("The first note.", "The second."),
    )
    assert response_text(inspect_received(answer, None)) == (
        f"Request      GET {URL}chatcmpl-asked\n"
        "Status       200 OK\n"
        "Protocol     HTTP/1.1\n"
        "Request ID   req_7\n"
        "Fetched      2026-11-02 09:30:00 UTC\n"
        "First byte   12.5 ms\n"
        "Last byte    4,321.2 ms\n"
        "On the wire  12,345 bytes\n"
        "Body         11 bytes\n"
        f"SHA-256      {HASH}\n"
        "The first note.\n"
        "The second.\n"
        "\n"
        "Headers\n"
        "content-type  application/json\n"
        "x-request-id  req_7"
    )


def test_a_saved_file_has_no_answer() -> None:
    assert response_text(saved(BODY, "/home/me/a.json")) == (
        "File      /home/me/a.json\n"
        "Response  none: no HTTP answer belongs to these bytes\n"
        "Body      11 bytes\n"
        f"SHA-256   {HASH}"
    )


def test_no_reason_no_id_no_headers() -> None:
    text = response_text(answered(BODY, status=500))
    assert "Status       500\n" in text
    assert "Request ID   not sent\n" in text
    assert text.endswith("\n\nHeaders\n")


def test_a_request_id_in_the_body_counts_too() -> None:
    text = response_text(answered(b'{"error": {"message": "No"}, "request_id": "req_8"}', status=500))
    assert "Request ID   req_8\n" in text


def test_a_failure_without_an_answer() -> None:
    text = response_text(inspect_failure(Failed(FailureKind.DNS, URL), None))
    assert text.startswith(f"Request   GET {URL}\nResponse  none")
    assert "Body      0 bytes" in text


def test_a_long_header_name_does_not_push_the_others_aside() -> None:
    answer = replace(received(BODY), headers=(("x" * 60, "long"), ("short", "value")))
    assert response_text(inspect_received(answer, None)).endswith(f"\n{'x' * 60}  long\n{'short':<32}  value")


def test_size_and_hash_of_a_body_that_was_changed_are_those_it_came_with() -> None:
    found = saved(b"{}")
    text = response_text(replace(found, source=replace(found.source, size=1234, sha256="abc")))
    assert "Body      1,234 bytes\nSHA-256   abc" in text
