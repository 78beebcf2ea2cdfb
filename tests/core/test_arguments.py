"""The verdict on arguments, for the cases seen in the wild and for every kind of member."""

import json
from pathlib import Path
from typing import Any

import pytest

from inspector.core.arguments.cause import Cause
from inspector.core.arguments.verdict import Arguments, Verdict, read_arguments, read_free_text
from inspector.core.json.document import JsonDocument
from inspector.core.json.text import parse_body

CASES = json.loads((Path(__file__).parents[1] / "data" / "argument_cases.json").read_text("utf-8"))["cases"]


def read(text: str) -> Arguments:
    """The arguments as they arrive: as a string inside a body."""
    document = parse_body(json.dumps({"arguments": text}).encode())
    assert isinstance(document, JsonDocument)
    return read_arguments(document.root.get("arguments"))


@pytest.mark.parametrize("case", CASES, ids=lambda case: case["id"])
def test_cases_seen_in_the_wild(case: dict[str, Any]) -> None:
    arguments = read(case["arguments"])
    assert arguments.text == case["arguments"]
    assert arguments.verdict == case["verdict"]
    assert (arguments.fault.offset if arguments.fault else None) == case["offset"]
    # The file names a cause for the verdict "empty", which the report knows no cause for.
    assert arguments.cause == (None if case["verdict"] == "empty" else case["cause"])


@pytest.mark.parametrize(
    ("text", "verdict", "cause"),
    [
        ("{}", Verdict.OBJECT, None),
        (' {"a": "\\ud800", "a": 1E400} ', Verdict.OBJECT, None),
        ("", Verdict.EMPTY, None),
        (" \n\t", Verdict.EMPTY, None),
        ("[]", Verdict.NOT_OBJECT, None),
        ("42", Verdict.NOT_OBJECT, None),
        ("true", Verdict.NOT_OBJECT, None),
        ('"text"', Verdict.NOT_OBJECT, None),
        ('"{}"', Verdict.NOT_OBJECT, Cause.DOUBLE_ENCODED),
        ('"[1]"', Verdict.NOT_OBJECT, Cause.DOUBLE_ENCODED),
        ('" {\\"a\\": 1} "', Verdict.NOT_OBJECT, Cause.DOUBLE_ENCODED),
        (json.dumps(json.dumps(json.dumps({"a": "b"}))), Verdict.NOT_OBJECT, Cause.DOUBLE_ENCODED),
        (json.dumps(json.dumps("text")), Verdict.NOT_OBJECT, None),
        ('"{\\"a\\": "', Verdict.NOT_OBJECT, None),
        ("\"{'a': 1}\"", Verdict.NOT_OBJECT, None),
        ('"42"', Verdict.NOT_OBJECT, None),
        ('["{}"]', Verdict.NOT_OBJECT, None),
        ("{", Verdict.INVALID, Cause.CUT_OFF),
        ('{"a" 1}', Verdict.INVALID, None),
    ],
)
def test_verdicts_on_text(text: str, verdict: Verdict, cause: Cause | None) -> None:
    arguments = read(text)
    assert (arguments.verdict, arguments.cause) == (verdict, cause)
    assert (arguments.document is not None) is (verdict in (Verdict.OBJECT, Verdict.NOT_OBJECT))
    assert (arguments.fault is not None) is (verdict is Verdict.INVALID)
    assert arguments.is_faulty is (verdict is not Verdict.OBJECT)


@pytest.mark.parametrize("given", ["{}", '{"a": 1}', "[]", "null", "1", "true"])
def test_what_is_given_as_a_value_is_no_text(given: str) -> None:
    document = parse_body(f'{{"arguments": {given}}}'.encode())
    assert isinstance(document, JsonDocument)
    arguments = read_arguments(document.root.get("arguments"))
    assert arguments == Arguments(document.root.child(0), Verdict.NOT_A_STRING)
    assert arguments.is_faulty
    assert read_free_text(document.root.child(0)).verdict is Verdict.NOT_A_STRING


def test_what_is_absent() -> None:
    assert read_arguments(None) == read_free_text(None) == Arguments(None, Verdict.ABSENT)


def test_free_text_is_not_judged_as_json() -> None:
    document = parse_body(b'{"input": "print(\\"hi\\")"}')
    assert isinstance(document, JsonDocument)
    arguments = read_free_text(document.root.child(0))
    assert (arguments.verdict, arguments.text, arguments.cause) == (Verdict.FREE_TEXT, 'print("hi")', None)
    assert not arguments.is_faulty


def test_a_lone_surrogate_and_a_null_character_are_kept() -> None:
    document = parse_body(b'{"arguments": "{\\"a\\": \\"\\ud83d \\\\u0000\\"}"}')
    assert isinstance(document, JsonDocument)
    arguments = read_arguments(document.root.child(0))
    assert arguments.text == '{"a": "\ud83d \\u0000"}'
    assert arguments.document is not None
    assert arguments.document.root.child(0).string == "\ud83d \x00"


@pytest.mark.parametrize("text", ["[" * 100_000, '{"a":' * 100_000 + "1" + "}" * 100_000, '{"a": "' + "x" * 10_000_000])
def test_depth_and_size_end_in_a_verdict(text: str) -> None:
    arguments = read(text)
    assert arguments.verdict is (Verdict.OBJECT if text.endswith("}") else Verdict.INVALID)
    if arguments.fault:
        assert (arguments.fault.offset, arguments.cause) == (len(text), Cause.CUT_OFF)
