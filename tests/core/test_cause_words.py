"""Verdicts and causes in words."""

import json

import pytest

from inspector.core.arguments.cause import Cause
from inspector.core.arguments.verdict import Arguments, Verdict, read_arguments, read_free_text
from inspector.core.arguments.words import explain, is_round, verdict_word
from inspector.core.json.document import JsonDocument
from inspector.core.json.fault import TextFault
from inspector.core.json.text import parse_body


def given_as(value: object) -> Arguments:
    document = parse_body(json.dumps({"arguments": value}).encode())
    assert isinstance(document, JsonDocument)
    return read_arguments(document.root.child(0))


def free_text() -> Arguments:
    document = parse_body(b'"x"')
    assert isinstance(document, JsonDocument)
    return read_free_text(document.root)


def invalid(cause: Cause | None, text: str = '{"a": x}', offset: int = 6) -> Arguments:
    return Arguments(None, Verdict.INVALID, text, fault=TextFault(offset, 1, offset + 1, "told elsewhere"), cause=cause)


CUT = given_as('{"city": "Par')
BREAKS = [cause for cause in Cause if cause not in (Cause.CUT_OFF, Cause.DOUBLE_ENCODED)]


@pytest.mark.parametrize(
    ("arguments", "word"),
    [
        (given_as("{}"), "valid JSON object"),
        (given_as("[]"), "valid JSON, but an array, not an object"),
        (given_as('"x"'), "valid JSON, but a string, not an object"),
        (given_as("42"), "valid JSON, but a number, not an object"),
        (given_as("true"), "valid JSON, but the value true, not an object"),
        (given_as("false"), "valid JSON, but the value false, not an object"),
        (given_as("null"), "valid JSON, but null, not an object"),
        (given_as('"{}"'), "JSON encoded twice: a string, not an object"),
        (CUT, "not JSON: cut off after character 13"),
        (given_as('{"a": True}'), "not JSON: Python notation at character 7"),
        (given_as('{"a" 1}'), "not JSON: breaks at character 6"),
        (given_as("Sure!"), "not JSON: prose or another notation at character 1"),
        (given_as('{"a": "' + "x" * 12345), "not JSON: cut off after character 12,352"),
        (given_as({}), "not a string: an object"),
        (given_as(None), "not a string: null"),
        (given_as(""), "empty"),
        (read_arguments(None), "absent"),
        (free_text(), "free text"),
    ],
)
def test_the_verdict_in_a_row(arguments: Arguments, word: str) -> None:
    assert verdict_word(arguments) == word


@pytest.mark.parametrize("cause", [*BREAKS, Cause.CUT_OFF, None])
def test_rows_are_short_and_never_the_same(cause: Cause | None) -> None:
    word = verdict_word(invalid(cause, offset=99_999_998))
    assert len(word) <= 70
    assert len(verdict_word(invalid(cause, offset=99_998))) <= 60
    assert [verdict_word(invalid(other, offset=99_999_998)) for other in [*BREAKS, Cause.CUT_OFF, None]].count(
        word
    ) == 1


def test_a_cut_by_the_limit() -> None:
    advice = " Raise “max_completion_tokens” (or “max_tokens”), or ask for shorter arguments."
    assert explain(CUT, "length", 57) == f"Cut off by the token limit after 57 completion tokens.{advice}"
    assert explain(CUT, "length", 4096) == f"Cut off by the token limit after 4,096 completion tokens.{advice}"
    assert explain(CUT, "length", None) == f"Cut off by the token limit.{advice}"


@pytest.mark.parametrize(
    ("reason", "told"),
    [
        ("stop", "The text ends early although the service reports a normal end (“stop”)."),
        ("tool_calls", "The text ends early although the service reports a normal end (“tool_calls”)."),
        ("function_call", "The text ends early although the service reports a normal end (“function_call”)."),
        ("content_filter", "The text ends early, and the service reports that its content filter stepped in."),
        ("eos_token", "The text ends early, and the service reports “eos_token”."),
        ("\u202ex\n", "The text ends early, and the service reports “⟦RLO⟧x⏎”."),
        ("", "The text ends early, and the service does not say why the model stopped."),
        (None, "The text ends early, and the service does not say why the model stopped."),
    ],
)
def test_a_cut_that_is_told_otherwise(reason: str | None, told: str) -> None:
    assert explain(CUT, reason, 57) == told
    assert explain(CUT, reason, None) == told
    hint = explain(CUT, reason, 1500).removeprefix(told)
    assert hint.startswith(
        " 1,500 completion tokens is a round number, as limits are: perhaps “max_tokens” was set to it"
    )


@pytest.mark.parametrize(
    ("text", "may_be_a_quote"),
    [
        ('{"a": "b}', True),
        ('{"a": "C:\\"}', True),
        ('["a]', True),
        ('{"a": "b', False),
        ('{"a": {"b": 1}', False),
        ('{"a": ["b"]', False),
    ],
)
def test_a_cut_that_closes_like_a_whole_text(text: str, may_be_a_quote: bool) -> None:
    arguments = given_as(text)
    assert arguments.cause is Cause.CUT_OFF
    assert ("only a quote is missing" in explain(arguments, "stop", 57)) is may_be_a_quote
    assert "quote" not in explain(arguments, "length", 57)


@pytest.mark.parametrize("cause", BREAKS)
def test_each_cause_has_a_sentence_of_its_own(cause: Cause) -> None:
    told = explain(invalid(cause), "stop", 100)
    assert told.endswith(".")
    assert 60 < len(told) < 300 or cause is Cause.TOO_DEEP
    assert [explain(invalid(other), "stop", 100) for other in BREAKS].count(told) == 1


@pytest.mark.parametrize("cause", [*BREAKS, None])
def test_a_break_and_a_limit_are_both_told(cause: Cause | None) -> None:
    alone = explain(invalid(cause), "tool_calls", 57)
    both = explain(invalid(cause), "length", 57)
    assert both.startswith(alone)
    assert both.removeprefix(alone) == (
        " The completion also stopped at its token limit after 57 completion tokens, so its end may be missing as well; the text "
        "does not tell whether one led to the other."
    )


@pytest.mark.parametrize(
    ("text", "told"),
    [
        ("{“a”: 1}", "A typographic quotation mark"),
        ('{"a": ‘b’}', "A typographic quotation mark"),
        ('{"a": `b`}', "A backtick"),
        ('{"a": undefined}', "A word of another language"),
        ('{"a": NULL}', "A word of another language"),
        ("[1, ...]", "An ellipsis"),
        ("[1, …]", "An ellipsis"),
        ('{"a":\xa01}', "A space stands here"),
        ('{"a":\u200b1}', "A space stands here"),
        ('{"a": 1 "b": 2}', "Where the text breaks is certain"),
        ('{"a": nil}', "Where the text breaks is certain"),
    ],
)
def test_what_has_no_cause_may_have_a_hint(text: str, told: str) -> None:
    arguments = given_as(text)
    assert arguments.cause is None
    assert explain(arguments, "stop", None).startswith(told)


@pytest.mark.parametrize(
    ("arguments", "told"),
    [
        (given_as('"{}"'), "encoded twice"),
        (given_as("[]"), "an array where functions expect an object"),
        (given_as({}), "given as an object, not as text"),
        (given_as(""), "The arguments are empty"),
        (read_arguments(None), "no arguments at all"),
    ],
)
def test_other_verdicts(arguments: Arguments, told: str) -> None:
    assert told in explain(arguments, "length", 100)
    assert explain(arguments, None, None) == explain(arguments, "length", 100)


@pytest.mark.parametrize("arguments", [given_as("{}"), free_text()])
def test_nothing_is_told_where_nothing_is_wrong(arguments: Arguments) -> None:
    assert explain(arguments, "length", 100) == ""


@pytest.mark.parametrize(
    ("tokens", "expected"),
    [
        *dict.fromkeys((300, 800, 1500, 4096, 128, 3072, 100), True).items(),
        *dict.fromkeys((64, 50, 0, -100, 57, 1501, 150), False).items(),
    ],
)
def test_round_numbers(tokens: int, expected: bool) -> None:
    assert is_round(tokens) is expected
