"""JSON laid out for reading: only white space may differ from what was sent."""

import json
import re
import time

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from inspector.core.json.document import JsonDocument
from inspector.core.json.pretty import pretty
from inspector.core.json.text import JsonFault, parse_body, parse_text

TOKEN = re.compile(r'"(?:[^"\\]|\\.)*"|[\[\]{},:]|[^\s\[\]{},:"]+')
BLANKS = st.sampled_from(["", " ", "\n", "\t\r\n  "])
KEYS = st.sampled_from(['""', '"a"', '"a"', '"\\u0061"', '"a/b~c"', '"{"', '"]"', '"\\""', '"\\ud83d"', '"é"'])
SCALARS = st.one_of(
    st.sampled_from(["null", "true", "false", "1e999", "-0", "1.50", "0.1E+2", "4944116822809979520", '"\\/,:[]{}"']),
    KEYS,
)


@st.composite
def container(draw: st.DrawFn, values: st.SearchStrategy[str]) -> str:
    """An array or object of values, with white space of all kinds around every token."""
    items = draw(st.lists(values, max_size=4))
    if draw(st.booleans()):
        items = [f"{draw(KEYS)}{draw(BLANKS)}:{draw(BLANKS)}{item}" for item in items]
        head, tail = "{}"
    else:
        head, tail = "[]"
    return head + ",".join(f"{draw(BLANKS)}{item}{draw(BLANKS)}" for item in items or [""]) + tail


JSON = st.recursive(SCALARS, container, max_leaves=40)


def document_of(text: str) -> JsonDocument:
    document = parse_text(text)
    assert not isinstance(document, JsonFault)
    return document


@pytest.mark.parametrize(
    ("sent", "laid_out"),
    [
        ("1.50", "1.50"),
        (' "a b" ', '"a b"'),
        ("[ ]", "[]"),
        ("{\n}", "{}"),
        ("[1,2]", "[\n  1,\n  2\n]"),
        ('{"b":1,"a":[],"b":{}}', '{\n  "b": 1,\n  "a": [],\n  "b": {}\n}'),
        ('[[[]],{"a":[0]}]', '[\n  [\n    []\n  ],\n  {\n    "a": [\n      0\n    ]\n  }\n]'),
        ('{"\\u0061" : "\\ud83d\\/" }', '{\n  "\\u0061": "\\ud83d\\/"\n}'),
    ],
)
def test_layout(sent: str, laid_out: str) -> None:
    assert pretty(document_of(sent)) == laid_out


@given(JSON)
@example('{"a":{"a":[]}}')
def test_only_white_space_differs(sent: str) -> None:
    laid_out = pretty(document_of(sent))
    assert TOKEN.findall(laid_out) == TOKEN.findall(sent)
    assert pretty(document_of(laid_out)) == laid_out


@given(
    st.recursive(
        st.none() | st.booleans() | st.integers() | st.text(),
        lambda kept: st.lists(kept) | st.dictionaries(st.text(), kept),
        max_leaves=12,
    )
)
def test_the_layout_is_the_usual_one(value: object) -> None:
    usual = json.dumps(value, indent=2)
    assert pretty(document_of(json.dumps(value))) == usual


@given(JSON)
def test_each_value_alone_reads_as_in_the_whole(sent: str) -> None:
    document = document_of(sent)
    for index in range(len(document)):
        text = document.text(document.starts[index], document.ends[index])
        assert TOKEN.findall(pretty(document, index)) == TOKEN.findall(text)


def test_bytes_that_are_not_utf8_come_through() -> None:
    body = b'{"a\xff":["\xc3\xa9\x80"]}'
    document = parse_body(body)
    assert not isinstance(document, JsonFault)
    laid_out = pretty(document).encode("utf-8", "surrogateescape")
    assert laid_out == b'{\n  "a\xff": [\n    "\xc3\xa9\x80"\n  ]\n}'


@given(JSON, st.integers(0, 120))
def test_what_stays_in_one_line_is_as_sent(sent: str, width: int) -> None:
    text = pretty(document_of(sent), width=width)
    assert TOKEN.findall(text) == TOKEN.findall(sent)
    assert len(text) <= len(pretty(document_of(sent))) + len(sent)


def test_what_fits_into_a_line_and_was_sent_in_one_stays_there() -> None:
    document = document_of('{"a":[{"b":1},{"c":[\n2]}],"d":{}}')
    assert (
        pretty(document, width=12)
        == '{\n  "a": [\n    {"b":1},\n    {\n      "c": [\n        2\n      ]\n    }\n  ],\n  "d": {}\n}'
    )


@given(JSON, st.integers(0, 200))
def test_a_limit_gives_the_beginning(sent: str, limit: int) -> None:
    document = document_of(sent)
    whole, part = pretty(document), pretty(document, limit=limit)
    assert whole.startswith(part)
    assert part == whole or len(part) > limit


@pytest.mark.parametrize(
    "sent", ["[" + "0," * 9999 + "0]", "{" + '"a long key":0,' * 9999 + '"a":0}', "[" + f'"{"x" * 30}",' * 9999 + "0]"]
)
def test_what_is_beyond_the_limit_is_not_even_laid_out(sent: str) -> None:
    assert 1000 < len(pretty(document_of(sent), limit=1000)) <= 1050


@pytest.mark.parametrize(("opening", "closing"), [("[", "]"), ('{"a":', "}")])
def test_a_hundred_thousand_levels_end_at_the_limit(opening: str, closing: str) -> None:
    document = document_of(opening * 100_000 + "0" + closing * 100_000)
    begin = time.monotonic()
    text = pretty(document, limit=100_000)
    assert time.monotonic() - begin < 2
    assert 100_000 < len(text) < 110_000
