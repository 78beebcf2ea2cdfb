"""The profile's own pattern for IDs: what it finds, and what is refused."""

import pytest

from inspector.core.candidates import find_candidates
from inspector.core.id_pattern import IdPattern, read_id_pattern
from inspector.core.inputs import Refused


def pattern(text: str, seconds: float = 5.0) -> IdPattern:
    read = read_id_pattern(text, seconds)
    assert isinstance(read, IdPattern), read
    return read


@pytest.mark.parametrize(
    ("expression", "text", "found"),
    [
        (r"ord_\w+", "see ord_1x and ord_2y, ORD_3z", ["ord_1x", "ord_2y"]),
        (r"answer (\w+)|reply (\w+)", "answer a1, reply b2", ["a1"]),
        (r"^\w+$", "a1\nb 2\nc3", ["a1", "c3"]),
        (r"x*", "a xx b", ["xx"]),
    ],
)
def test_what_it_finds(expression: str, text: str, found: list[str]) -> None:
    assert [text[start:end] for start, end in pattern(expression).spans(text)] == found


def test_two_patterns_with_the_same_text_are_the_same_and_keep_it_short() -> None:
    assert pattern(" a+ ") == pattern("a+")
    assert hash(pattern("a+")) == hash(pattern("a+"))
    assert repr(pattern("a+")) == "IdPattern(text='a+')"


def test_a_blank_one_is_none() -> None:
    assert read_id_pattern(" \n") is None


@pytest.mark.parametrize("expression", ["ab(", "a" * 501, "(?:a{1000}){11}"])
def test_what_cannot_be_used_is_refused_with_a_sentence(expression: str) -> None:
    refused = read_id_pattern(expression)
    assert isinstance(refused, Refused)
    assert refused.sentence.endswith(".")


def test_what_fits_is_found_among_the_rest_in_order() -> None:
    found = find_candidates("ord_1x then chatcmpl-abc, ord_2y and ord_1x", pattern(r"ord_\w+"))
    assert [(one.text, one.reason, one.is_completion) for one in found.candidates] == [
        ("ord_1x", "fits the profile’s ID pattern", True),
        ("chatcmpl-abc", "starts with chatcmpl-", True),
        ("ord_2y", "fits the profile’s ID pattern", True),
    ]
    assert found.note == ""


def test_a_pattern_that_takes_too_long_is_stopped_and_the_rest_is_found() -> None:
    text = f"chatcmpl-abc a {'a' * 60}!"
    found = find_candidates(text, pattern(r"a\b|\b(?:\w|\w\w)+$", 0.05))
    assert "chatcmpl-abc" in [one.text for one in found.candidates]
    assert found.note == "The search with the profile’s ID pattern took too long and was stopped."
