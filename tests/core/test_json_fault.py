"""The place of a fault in people's units, and its sentence."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from inspector.core.json.fault import TextFault, describe, describe_body
from inspector.core.json.text import JsonFault, parse_body, parse_text
from tests.json_automaton import first_break
from tests.json_texts import json_texts, mutated, unhurried

OBJECT, ARRAY = "the outermost object", "the outermost array"
SENTENCES = [
    ("x", "Expected a value at the start of the text, but found “x”."),
    (" What is it?", "Expected a value at the start of the text, but found “What”."),
    ("trx", "Expected the rest of true as the outermost value, but found “x”."),
    ("{x", f"Expected a key in double quotes or “}}” in {OBJECT}, but found “x”."),
    ("{'a': 1}", f"Expected a key in double quotes or “}}” in {OBJECT}, but found a single quote (')."),
    ('{"a": {"b": 1, }}', "Expected a key in double quotes after the comma in “a”, but found “}”."),
    ('{"a" 1}', "Expected “:” after the key “a”, but found “1”."),
    ('{"a": {"b c"', 'Expected “:” after the key “a["b c"]”, but the text ends here.'),
    ('{"a": NaN}', "Expected a value for “a”, but found “NaN”."),
    ('{"a": I\'ll}', "Expected a value for “a”, but found “I'll”."),
    ('{"a": nul}', "Expected the rest of null as the value of “a”, but found “}”."),
    ("[fals", f"Expected the rest of false as item 1 of {ARRAY}, but the text ends here."),
    ("[x", f"Expected a value or “]” as item 1 of {ARRAY}, but found “x”."),
    ('{"a": [1, ]}', "Expected a value as item 2 of “a”, but found “]”."),
    ('{"a": 1 `', "Expected “,” or “}” after the value of “a”, but found a backtick (`)."),
    ('{"a": [1, 2', "Expected “,” or “]” after item 2 of “a”, but the text ends here."),
    ("[1 \\n", f"Expected “,” or “]” after item 1 of {ARRAY}, but found a backslash (\\)."),
    ('[1 "', f'Expected “,” or “]” after item 1 of {ARRAY}, but found a double quote (").'),
    ("{} x", "Expected nothing more after the complete object, but found “x”."),
    ("[]\n]", "Expected nothing more after the complete array, but found “]”."),
    ('"a" "b"', 'Expected nothing more after the complete string, but found a double quote (").'),
    ("null,", "Expected nothing more after the complete value, but found “,”."),
    ("007", "Expected nothing more after the number “0” in the outermost value, but found “07”."),
    ('{"a": 01}', "Expected “,” or “}” after the number “0” in the value of “a”, but found “1”."),
    ('{"a": 1.}', "Expected a digit in the value of “a”, but found “}”."),
    ('{"a": "\\d"}', 'Expected one of " \\ / b f n r t u after the backslash in the value of “a”, but found “d”.'),
    ('{"a": "\\user"}', "Expected four hexadecimal digits after “\\u” in the value of “a”, but found “s”."),
    ('{"a": "b', "The text ends inside the value of “a”: its closing quote is missing."),
    ('{"a": {"b', "The text ends inside a key of “a”: its closing quote is missing."),
    ('{"b', f"The text ends inside a key of {OBJECT}: its closing quote is missing."),
    (
        '{"a": "x\ny"}',
        "A line break (U+000A) stands raw in the value of “a”; inside a string JSON wants it written as \\n.",
    ),
    ('["\t"]', f"A tab (U+0009) stands raw in item 1 of {ARRAY}; inside a string JSON wants it written as \\t."),
    (
        '["\r"]',
        f"A carriage return (U+000D) stands raw in item 1 of {ARRAY}; inside a string JSON wants it written as \\r.",
    ),
    (
        '"\x1b"',
        "The control character U+001B ESCAPE stands raw in the outermost value; inside a string JSON wants it written as \\u001b.",
    ),
    ("[1\x00]", f"Expected “,” or “]” after item 1 of {ARRAY}, but found the control character U+0000 NULL."),
    ("[1\x7f]", f"Expected “,” or “]” after item 1 of {ARRAY}, but found the control character U+007F DELETE."),
    ("[1\x85]", f"Expected “,” or “]” after item 1 of {ARRAY}, but found the control character U+0085."),
    ("[1\xa0]", f"Expected “,” or “]” after item 1 of {ARRAY}, but found the character U+00A0 NO-BREAK SPACE."),
    ("[1\u200b]", f"Expected “,” or “]” after item 1 of {ARRAY}, but found the character U+200B ZERO WIDTH SPACE."),
    ("[1\ud83d]", f"Expected “,” or “]” after item 1 of {ARRAY}, but found half of a surrogate pair (U+D83D)."),
    ("[1\ufdd0]", f"Expected “,” or “]” after item 1 of {ARRAY}, but found the character U+FDD0."),
    ("[1，2]", f"Expected “,” or “]” after item 1 of {ARRAY}, but found the character ， (U+FF0C FULLWIDTH COMMA)."),
    (
        "{“a”: 1}",
        f"Expected a key in double quotes or “}}” in {OBJECT}, but found the character “ (U+201C LEFT DOUBLE QUOTATION MARK).",
    ),
    ("\ufeff{}", "Expected a value at the start of the text, but found a byte order mark (U+FEFF)."),
    ("[東京]", f"Expected a value or “]” as item 1 of {ARRAY}, but found “東京”."),
    ("[" + "x" * 100, f"Expected a value or “]” as item 1 of {ARRAY}, but found “{'x' * 25}”."),
    ('{"a": {"b": [{"c": {"d": x', "Expected a value for “…b[0].c.d”, but found “x”."),
    ('{"\\n\ud800": x', 'Expected a value for “["⏎⟦U+D800⟧"]”, but found “x”.'),
    ('{"' + "k" * 99 + '": x', f"Expected a value for “{'k' * 39}…”, but found “x”."),
]


def fault_of(text: str) -> TextFault:
    fault = parse_text(text)
    assert isinstance(fault, JsonFault)
    return describe(text, fault)


@pytest.mark.parametrize(("text", "sentence"), SENTENCES)
def test_the_sentence(text: str, sentence: str) -> None:
    assert fault_of(text).message == sentence


@pytest.mark.parametrize(
    ("text", "offset", "line", "column"),
    [
        ("x", 0, 1, 1),
        ('{"a": 1,\n "b": x}', 15, 2, 7),
        ("[1,\n\n\n", 6, 4, 1),
        ('["é😀", x]', 7, 1, 8),
        ('{"日本": "😀\n"}', 9, 1, 10),
        ("[\r\n1\r\nx", 6, 3, 1),
        ('["\ud800", x]', 6, 1, 7),
    ],
)
def test_the_place(text: str, offset: int, line: int, column: int) -> None:
    fault = fault_of(text)
    assert (fault.offset, fault.line, fault.column) == (offset, line, column)


@unhurried
@given(mutated(json_texts()) | st.text())
def test_every_fault_has_a_place_and_a_sentence(text: str) -> None:
    parsed = parse_text(text)
    if isinstance(parsed, JsonFault):
        fault = describe(text, parsed)
        assert fault.offset == first_break(text)
        before = text[: fault.offset].split("\n")
        assert (fault.line, fault.column) == (len(before), len(before[-1]) + 1)
        assert fault.message.endswith((".", "n", "f", "r", "t", "b")) or "\\u00" in fault.message
        assert len(fault.message) < 500


@pytest.mark.parametrize(
    ("body", "offset", "found"),
    [
        (b'{"a": x}', 6, "found “x”"),
        ('{"é😀": x}'.encode(), 7, "found “x”"),
        (b'{"a\xe9\xff": x}', 8, "found “x”"),
        (b'["a"]\xff', 5, "found the byte 0xFF, which is not UTF-8."),
        (b"[1 @", 3, "found “@”"),
        (b'["caf\xe9', 6, "The text ends inside item 1"),
    ],
)
def test_a_body_that_need_not_be_utf_8(body: bytes, offset: int, found: str) -> None:
    parsed = parse_body(body)
    assert isinstance(parsed, JsonFault)
    fault = describe_body(body, parsed)
    assert fault.offset == offset
    assert found in fault.message


@pytest.mark.parametrize(
    ("text", "in_string"), [('{"a": "b', True), ('{"a": "\n"}', True), ('{"a": 1', False), ('{"a": "\\q', False)]
)
def test_whether_it_breaks_in_a_string(text: str, in_string: bool) -> None:
    assert fault_of(text).in_string is in_string
