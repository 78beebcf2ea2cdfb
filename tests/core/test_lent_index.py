"""An index that is lent as bytes says of a document what the document's own index says."""

from hypothesis import given
from hypothesis import strategies as st

from inspector.core.json.document import JsonDocument, JsonNode
from inspector.core.json.index import MANY
from inspector.core.json.lent_index import document_over, lent_parts
from inspector.core.json.text import parse_body
from tests.json_texts import json_texts, unhurried


def read(body: bytes) -> JsonDocument:
    document = parse_body(body)
    assert isinstance(document, JsonDocument)
    return document


def lent(document: JsonDocument) -> JsonDocument:
    run = b"".join(lent_parts(document))
    return document_over(document.source, document.errors, memoryview(run))


def all_of(document: JsonDocument) -> list[tuple[object, ...]]:
    nodes = [JsonNode(document, index) for index in range(len(document))]
    return [(node.kind, node.start, node.end, node.key, node.count, node.place, node.pointer) for node in nodes]


@unhurried
@given(json_texts(), st.integers(0, 100))
def test_every_value_is_told_alike(text: str, offset: int) -> None:
    own = read(text.encode("utf-8", "surrogatepass"))
    other = lent(own)
    assert all_of(own) == all_of(other)
    assert own.at(offset).index == other.at(offset).index


def test_the_children_of_values_with_many_are_lent_too() -> None:
    own = read(b'{"a": [%s], "b": [1, 2]}' % b",".join([b"{}"] * (MANY + 5)))
    other = lent(own)
    assert list(other.index.children) == [1]
    assert list(other.children(1)) == list(own.children(1))
    found = other.find(f"/a/{MANY + 4}")
    assert found is not None
    assert found.place == MANY + 4
    assert [node.text for node in other.root.child(1).children()] == ["1", "2"]


def test_a_lent_index_can_be_lent_again() -> None:
    own = read(b'{"a": [1, {"b": null}]}')
    assert all_of(lent(lent(own))) == all_of(own)
