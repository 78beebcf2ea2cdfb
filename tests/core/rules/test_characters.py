"""Where characters are looked for at all: a large or a healthy body is passed over, and none that is there is missed."""

import json

import pytest
from hypothesis import given
from hypothesis import strategies as st

from inspector.core.json.document import JsonDocument
from inspector.core.json.text import LARGE, parse_body
from inspector.core.rules.characters import Characters
from tests.answers import calling, saved

SETS = {
    "beyond the first 65,536": Characters((0xE0000, 0xE007F)),
    "controls": Characters((1, 8), (0xC, 0xC), (0x80, 0x9F)),
    "marks": Characters((0x202A, 0x202E)),
}
HELD = {"beyond the first 65,536": "\U000e0041", "controls": "\x08", "marks": "\u202e"}


def document_of(text: str) -> JsonDocument:
    document = parse_body(text.encode("utf-8", "surrogateescape"))
    assert isinstance(document, JsonDocument)
    return document


def encoded(text: str, times: int, *, ascii_only: bool) -> str:
    for _ in range(times):
        text = json.dumps(text, ensure_ascii=ascii_only)
    return text


@pytest.mark.parametrize("times", [1, 2, 3])
@pytest.mark.parametrize("ascii_only", [False, True])
@pytest.mark.parametrize("name", SETS)
def test_what_holds_one_is_never_passed_over(name: str, ascii_only: bool, times: int) -> None:
    text = encoded(f"a{HELD[name]}b", times, ascii_only=ascii_only)
    assert not SETS[name].are_far_from(document_of(text))


@given(st.text(st.sampled_from('\\"u202e0bd5c\u202e\x08n'), max_size=12))
def test_nor_is_one_whose_escape_is_escaped_itself(inner: str) -> None:
    text = json.dumps(inner)
    held: list[str] = [inner]
    try:
        while isinstance(inner := json.loads(f'"{inner}"'), str):
            held.append(inner)
            if inner == held[-2]:
                break
    except ValueError:
        pass
    for name, characters in SETS.items():
        if any(characters.in_text.search(each) for each in held):
            assert not characters.are_far_from(document_of(text)), name


def test_what_is_healthy_is_passed_over() -> None:
    document = document_of('{"a": "plain\\n, “quoted”, \\"é\\", \\\\ and \\u00e9"}')
    large = document_of(json.dumps(["“é”" * LARGE], ensure_ascii=False))
    assert SETS["marks"].are_far_from(large)
    assert not SETS["marks"].are_far_from(document)  # of a small one it is not worth knowing
    assert SETS["marks"].are_far_from(document_of('{"a": "plain\\n"}'))
    assert not SETS["marks"].are_far_from(document_of('{"a": "\\u005c"}'))


@pytest.mark.parametrize("raw", [False, True])
def test_a_large_body_tells_the_same_places(raw: bool) -> None:
    filling, hidden = "é" * LARGE, "a\u202eb"
    text = json.dumps([filling, hidden, {"k\u202e": 1}], ensure_ascii=not raw)
    found = [(each.text, each.is_key) for each in SETS["marks"].strings_with(document_of(text))]
    assert found == [(hidden, False), ("k\u202e", True)]
    assert list(SETS["controls"].strings_with(document_of(text))) == []


@pytest.mark.parametrize("arguments", ['{"city": "a\u202eb"}', '{"city": "a\\u202eb"}', '{"city": "a\\\\u202eb"}'])
def test_arguments_are_looked_at_where_the_body_may_hold_one(arguments: str) -> None:
    rules = [found.rule for found in saved(calling(arguments)).findings if found.rule == "bidi-control"]
    assert rules == ["bidi-control"] * (arguments.count("\\") < 2)
