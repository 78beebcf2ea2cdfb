"""Hits in an answer: which value, where in it, and the line around."""

import json

import pytest

from inspector.core.inputs import Refused
from inspector.core.inspection import Inspection
from inspector.core.json.document import JsonNode
from inspector.core.search.hits import MOST, Answered, AnswerSearch, Hit, hits_in, search_answer, value_text
from inspector.core.search.searcher import Wish, searcher_for
from tests.answers import SAMPLES, answered, calling, completion, of_sample


def found(inspection: Inspection, text: str) -> list[Hit]:
    searcher = searcher_for(Wish(text, case=True))
    assert not isinstance(searcher, Refused)
    return list(hits_in(inspection.document, inspection.body, searcher))


def test_values_are_decoded_and_come_in_the_order_sent() -> None:
    body = completion({"content": 'say "Lübeck"\nand more'}, model="x Lübeck")
    hits = found(answered(json.dumps(body).encode()), "Lübeck")
    assert [hit.pointer for hit in hits] == ["/model", "/choices/0/message/content"]
    assert (hits[1].start, hits[1].end, hits[1].line) == (5, 11, 'say "Lübeck"')
    assert not hits[1].in_key


def test_keys_and_figures_count_too() -> None:
    hits = found(answered(completion({})), "total_tok")
    assert [(hit.pointer, hit.in_key, hit.line) for hit in hits] == [("/usage/total_tokens", True, "total_tokens")]
    assert [hit.pointer for hit in found(answered(completion({})), "1795000000")] == ["/created"]
    assert [hit.pointer for hit in found(answered(completion({})), "null")] == ["/choices/0/message/content"]


def test_arguments_are_searched_as_text() -> None:
    (hit,) = found(answered(calling('{"city": "Ulm"}')), '"Ulm"')
    assert hit.pointer == "/choices/0/message/tool_calls/0/function/arguments"
    assert (hit.start, hit.end) == (9, 14)


def test_a_body_that_is_not_json_is_searched_as_it_came() -> None:
    (hit,) = found(answered(b"<html>\n\xff<h1>Gateway time-out</h1>\n", status=504), "time-out")
    assert (hit.index, hit.pointer, hit.start, hit.end) == (-1, "", 20, 28)
    assert hit.line.endswith("<h1>Gateway time-out</h1>")


@pytest.mark.parametrize(
    ("text", "line"),
    [
        ("one\nfind me here\nthree", "find me here"),
        ("x" * 100 + "find" + "y" * 300, "…" + "x" * 40 + "find" + "y" * 114 + "…"),
        ("tab\tfind", "tab⇥find"),
        ("find\nmore", "find"),
    ],
)
def test_the_line_around(text: str, line: str) -> None:
    (hit,) = found(answered(completion({"content": text})), "find")
    assert hit.line == line


@pytest.mark.parametrize("name", SAMPLES)
def test_every_hit_stands_where_it_says(name: str) -> None:
    inspection = of_sample(name)
    hits = found(inspection, "a")
    for hit in hits[:200]:
        if inspection.document is not None:
            node = JsonNode(inspection.document, hit.index)
            text = node.key or "" if hit.in_key else value_text(node)
            assert text[hit.start : hit.end] == "a"
            assert node.pointer == hit.pointer


def test_the_first_hits_in_an_answer() -> None:
    found = search_answer(answered(completion({"content": "a" * (MOST + 5)})), Wish("a"))
    assert (len(found.hits), found.note) == (MOST, "These are the first 1,000.")
    assert search_answer(answered(completion({"content": "zzz"})), Wish("zzz")).note == ""
    assert search_answer(answered(completion({})), Wish("(", pattern=True)) == Answered(
        note="Not a regular expression, at character 2: missing )."
    )


def test_a_search_of_an_answer_that_takes_too_long_keeps_what_it_found() -> None:
    body = completion({"content": "a" * 60 + "!"}, model="needle")
    found = search_answer(answered(body), Wish(r"needle|^(\w|\w\w)+$", pattern=True))
    assert found.note == "The search took too long and was stopped."
    assert ("/model", False) in [(hit.pointer, hit.in_key) for hit in found.hits]
    assert ("/usage", True) not in [(hit.pointer, hit.in_key) for hit in found.hits]


def test_the_first_hit_is_told_at_once_and_the_rest_in_bundles() -> None:
    inspection = answered(completion({"content": "a" * 500}, model="-", id="-"))
    parts = list(AnswerSearch(Wish("a", case=True)).parts(inspection.document, inspection.body))
    assert [len(part.hits) for part in parts][:4] == [1, 2, 4, 8]
    assert max(len(part.hits) for part in parts) == 100
    assert tuple(hit for part in parts for hit in part.hits) == search_answer(inspection, Wish("a", case=True)).hits
    assert [part.note for part in parts] == [""] * len(parts)
