"""What cannot hold a plain text is passed over, and nothing else."""

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from inspector.core.json.document import JsonNode, Kind
from inspector.core.json.text import JsonFault, parse_text
from inspector.core.search import candidates, hits
from inspector.core.search.candidates import rows_to_look_at
from inspector.core.search.hits import hits_in
from inspector.core.search.searcher import Searcher, Wish, searcher_for
from tests.json_texts import json_texts


@pytest.fixture(autouse=True)
def _small_pieces(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(candidates, "_PIECE", 16)


@given(
    json_texts(),
    st.text('aAbé/~"\\\n0123456789.-eEtrufalsn\ud83d\U0001f600ſK', min_size=1, max_size=3),
    st.booleans(),
    st.booleans(),
)
@example('{"a": ["xay", "x\\u0061y", 1.25], "\\u0061": "A"}', "a", False, False)
@example('["éé1é2", "1", 11, -1]', "1", True, True)
@example('["a\\nb", "a b"]', "\n", True, False)
def test_what_is_passed_over_does_not_hold_it(text: str, wanted: str, case: bool, whole_word: bool) -> None:
    document = parse_text(text)
    assert not isinstance(document, JsonFault)
    searcher = searcher_for(Wish(wanted, case=case, whole_word=whole_word), 30)
    assert isinstance(searcher, Searcher)
    rows = list(rows_to_look_at(document, wanted, searcher.spans))
    assert rows == sorted(set(rows))
    for row in set(range(len(document))) - set(rows):
        node = JsonNode(document, row)
        said = node.string if node.kind is Kind.STRING else "" if node.kind <= Kind.ARRAY else node.text
        assert list(searcher.spans(said)) == list(searcher.spans(node.key or "")) == []


def test_few_of_many_values_are_looked_at() -> None:
    document = parse_text("[" + ", ".join(f'"value {at}"' for at in range(1000)) + r', "\ttab"]')
    assert not isinstance(document, JsonFault)
    searcher = searcher_for(Wish("value 77"))
    assert isinstance(searcher, Searcher)
    assert list(rows_to_look_at(document, "value 77", searcher.spans)) == [78, *range(771, 781), 1001]


@pytest.mark.parametrize("wish", [Wish("needle"), Wish("n.?eedle", pattern=True)])
def test_a_large_document_gives_the_same_hits(wish: Wish, monkeypatch: pytest.MonkeyPatch) -> None:
    body = rb'{"needle": "a needle, \u006eeedle", "other": ["needle", {"x needle": 1}], "n": "NEEDLE"}'
    document = parse_text(body.decode())
    assert not isinstance(document, JsonFault)
    searcher = searcher_for(wish)
    assert isinstance(searcher, Searcher)
    small = list(hits_in(document, body, searcher))
    monkeypatch.setattr(hits, "LARGE", 0)
    assert list(hits_in(document, body, searcher)) == small
    assert len(small) == 6
    monkeypatch.setattr(hits, "LONG", 4)
    assert list(hits_in(document, body, searcher)) == small
