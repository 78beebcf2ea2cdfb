"""Log probabilities as a text: every token in its place, characters that span several, and figures that are none."""

import json
import math
import time
from itertools import pairwise
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from inspector.core.json.document import JsonDocument, JsonNode
from inspector.core.json.text import parse_text
from inspector.core.readings.token_probs import (
    SENTINEL,
    Piece,
    TokenMap,
    TokenReading,
    alternatives,
    read_tokens,
    token_entries,
)
from inspector.core.readings.token_words import percent, piece_words, tokens_note
from tests.answers import SAMPLES


def node(value: Any) -> JsonNode:
    """A value as it stands in a body; text is taken as JSON."""
    document = parse_text(value if isinstance(value, str) else json.dumps(value))
    assert isinstance(document, JsonDocument)
    return document.root


def token(text: str = "", logprob: Any = -0.5, **more: Any) -> dict[str, Any]:
    return {"token": text, "logprob": logprob} | more


def of_bytes(*given: int, logprob: Any = -0.5) -> dict[str, Any]:
    return token("�", logprob, bytes=list(given))


def joined(*tokens: Any) -> TokenMap:
    found = read_tokens(node({"content": tokens}))
    assert found is not None
    return found


def pieces(*tokens: Any) -> list[tuple[str, int, float | None]]:
    """Of each piece the text, the number of tokens and the log probability."""
    found = joined(*tokens)
    return [(found.text[each.start : each.end], each.last - each.first, each.logprob) for each in found.pieces]


def test_every_token_is_a_piece_with_its_probability() -> None:
    assert pieces(token("Good", -0.25), token(" news", 0)) == [("Good", 1, -0.25), (" news", 1, 0.0)]
    assert [piece.probability for piece in joined(token("a", math.log(0.5)), token("b", 0)).pieces] == [0.5, 1.0]


def test_a_character_that_spans_tokens_makes_one_piece_with_their_sum() -> None:
    sock = "🧦".encode()
    split = [of_bytes(*sock[:2], logprob=-1), of_bytes(sock[2], logprob=-2), of_bytes(sock[3], logprob=-4)]
    assert pieces(token("a"), *split, token("b")) == [("a", 1, -0.5), ("🧦", 3, -7.0), ("b", 1, -0.5)]
    assert pieces(of_bytes(0x61, 0xC3), of_bytes(0xA9, 0x62)) == [("aéb", 2, -1.0)]


@pytest.mark.parametrize(
    ("given", "text"),
    [
        ([[0xE2, 0x82]], "�"),
        ([[0xE2], [0x41]], "�A"),
        ([[0xFF, 0x41]], "�A"),
        ([[0xFF, 0xC3], [0xA9]], "�é"),
        ([[0xED, 0xA0, 0x80]], "���"),
    ],
)
def test_bytes_that_are_not_utf_8_are_replaced(given: list[list[int]], text: str) -> None:
    assert pieces(*(of_bytes(*each) for each in given)) == [(text, len(given), -0.5 * len(given))]


@pytest.mark.parametrize("given", [None, [], {}, "x", [256], [-1], [1.0], [65, None], ["65"]])
def test_without_usable_bytes_the_tokens_own_text_counts(given: Any) -> None:
    assert pieces(token("é", bytes=given)) == [("é", 1, -0.5)]


@pytest.mark.parametrize(
    ("entry", "text"), [({}, ""), (7, ""), (None, ""), ({"token": 7}, "7"), ({"token": "\ud83d"}, "?")]
)
def test_an_entry_that_is_no_token_keeps_its_place(entry: Any, text: str) -> None:
    assert pieces(token("a"), entry, token("b")) == [("a", 1, -0.5), (text, 1, None), ("b", 1, -0.5)]


@pytest.mark.parametrize(
    ("spelled", "logprob", "is_stand_in"),
    [
        ("-9999.0", None, True),
        ("-9999", None, True),
        ("-1e400", None, True),
        ("-9998.9", -9998.9, False),
        ("1e-5", 0.0, False),
        ("0.5", None, False),
        ("1e400", None, False),
        ("null", None, False),
        ('"-1"', None, False),
        ("-0." + "1" * 40, None, False),
    ],
)
def test_what_counts_as_a_measure(spelled: str, logprob: float | None, is_stand_in: bool) -> None:
    found = read_tokens(node(f'{{"content": [{{"token": "a", "logprob": {spelled}}}]}}'))
    assert found is not None
    assert found.pieces == (Piece(0, 1, 0, 1, logprob, is_stand_in),)
    assert (found.pieces[0].probability is None) == (logprob is None)


def test_a_piece_with_a_token_that_has_no_measure_has_none() -> None:
    assert pieces(of_bytes(0xC3, logprob=-1), of_bytes(0xA9, logprob=None)) == [("é", 2, None)]
    assert joined(of_bytes(0xC3, logprob=None), of_bytes(0xA9, logprob=SENTINEL)).pieces[0].is_stand_in


@pytest.mark.parametrize(
    "logprobs", [None, 7, "[]", {}, {"content": None}, {"content": []}, {"content": {}, "refusal": "no"}]
)
def test_no_tokens(logprobs: Any) -> None:
    assert read_tokens(None if logprobs is None else node(logprobs)) is None


def test_the_refusals_tokens_count_where_the_content_has_none() -> None:
    found = read_tokens(node({"content": None, "refusal": [token("No")]}))
    assert found is not None
    assert found.text == "No"


def test_pieces_by_place() -> None:
    found = joined(token("ab"), token(""), token("c"), token(""))
    first, _, third, last = found.pieces
    assert [found.at(offset) for offset in (-1, 0, 1, 2, 3)] == [None, first, first, third, None]
    assert found.within(1, 1) == (first,)
    assert found.within(1, 2) == found.pieces[:3]
    assert found.within(2, 9) == (third, last)
    assert found.within(-5, 9) == found.pieces


def test_perplexity_counts_measured_tokens_only() -> None:
    assert joined(token("a", -1), token("b", -3), token("c", -9999.0), token("d", None)).perplexity == math.exp(2)
    assert joined(of_bytes(0xC3, logprob=-1), of_bytes(0xA9, logprob=-3)).perplexity == math.exp(2)
    assert joined(token("a", None), token("b", -9999)).perplexity is None
    assert joined(token("a", -9000)).perplexity == math.inf


def test_the_least_likely_come_first_and_stand_ins_before_them() -> None:
    entries = [token(str(place), -place) for place in range(9)] + [token("s", -9999), token("n", None)]
    found = joined(*entries)
    assert [found.text[piece.start : piece.end] for piece in found.least_likely] == ["s", "8", "7", "6", "5"]


def test_alternatives_as_sent() -> None:
    top = [token("a", -0.10), {"token": 7}, None, {"logprob": "x"}]
    found = joined(token("a", top_logprobs=top), token("b", top_logprobs={}), token("c"))
    assert [alternatives(found.entries, place) for place in range(3)] == [[("a", "-0.1"), ("7", ""), ("", "x")], [], []]


@given(st.text(), st.data())
def test_a_text_split_anywhere_is_put_together_again(text: str, data: st.DataObject) -> None:
    sent = text.encode("utf-8", "replace")
    ends = sorted(data.draw(st.lists(st.integers(0, len(sent)), max_size=8)))
    split = [sent[first:last] for first, last in pairwise([0, *ends, len(sent)])]
    found = joined(*(of_bytes(*part) if part else token("") for part in split))
    assert found.text == sent.decode()
    assert [piece.first for piece in found.pieces] + [len(split)] == [0] + [piece.last for piece in found.pieces]
    assert [piece.start for piece in found.pieces] + [len(found.text)] == [0] + [piece.end for piece in found.pieces]


def test_tokens_that_never_end_a_character_take_linear_time() -> None:
    entry = '{"logprob": -1, "bytes": [130, 172, 226]}'
    root = node(f'{{"content": [{{"logprob": -1, "bytes": [226]}}, {", ".join([entry] * 40_000)}]}}')
    begin = time.process_time()
    found = read_tokens(root)
    assert time.process_time() - begin < 20
    assert found is not None
    assert found.pieces == (Piece(0, 40_001, 0, 40_001, -40_001.0),)


def test_the_bundled_sample_reads_as_its_content() -> None:
    sample = next(sample for sample in SAMPLES.values() if b'"top_logprobs"' in sample.body())
    choice = node(sample.body().decode()).get("choices")
    assert choice is not None
    found, content = read_tokens(choice.child(0).get("logprobs")), choice.document.find("/choices/0/message/content")
    assert found is not None
    assert content is not None
    assert found.text == content.string


@pytest.mark.parametrize(
    ("tokens", "words"),
    [
        ([token("a", -1)], "1 token · perplexity 2.718 · least likely: “a” 36.8%"),
        ([token("a", -20)], "1 token · perplexity 4.85e+08 · least likely: “a” 2.1e-09"),
        ([token("a", -9000)], "1 token · perplexity inf · least likely: “a” 0"),
        (
            [token("\n", -9999)],
            "1 token · perplexity not to be told · least likely: “⏎” no measure (stand-in for very unlikely)",
        ),
        ([token("a", None)], "1 token · perplexity not to be told"),
    ],
)
def test_the_tokens_in_a_sentence(tokens: list[Any], words: str) -> None:
    assert tokens_note(joined(*tokens)) == words


def test_a_piece_in_words() -> None:
    found = joined(of_bytes(0xC3, logprob=-1) | {"top_logprobs": [token("\n", -2)]}, of_bytes(0xA9, logprob=None), {})
    assert piece_words(found, found.pieces[0]).split("\n") == [
        "“é”  no measure",
        "2 tokens, told together because a character spans them",
        "token 1: log probability -1",
        "bytes 195",
        "   ⏎  -2",
        "token 2: log probability null",
        "bytes 169",
    ]
    assert piece_words(found, found.pieces[1]) == "“”  no measure\ntoken 3: log probability not sent"
    assert percent(Piece(0, 1, 0, 1, -7.0)) == "0.00091"


def test_tokens_that_are_read_elsewhere_are_those_that_are_read_here() -> None:
    logprobs = node('{"content": [{"token": "a", "logprob": -0.5}, {"token": "b", "logprob": -1}]}')
    here, entries = read_tokens(logprobs), token_entries(logprobs)
    assert here is not None
    assert entries is not None
    (elsewhere,) = TokenReading(entries.index).parts(logprobs.document, b"")
    there = TokenMap(elsewhere, entries)
    assert there.text == here.text
    assert there.within(0, 2) == here.within(0, 2)
