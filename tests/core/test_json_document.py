"""The document: nodes as ranges of the bytes as sent, and the ways to find them."""

import json
from itertools import pairwise, permutations
from unittest.mock import patch

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from inspector.core.json import document as document_module
from inspector.core.json import strings
from inspector.core.json.document import JsonDocument, JsonNode, Kind
from inspector.core.json.text import JsonFault, parse_body, parse_text
from tests.json_texts import json_texts, unhurried


def document_of(text: str) -> JsonDocument:
    document = parse_text(text)
    assert not isinstance(document, JsonFault)
    return document


def all_nodes(document: JsonDocument) -> list[JsonNode]:
    return [JsonNode(document, index) for index in range(len(document))]


def test_numbers_keep_their_spelling() -> None:
    spellings = ["4944116822809979520", "1.10", "1E400", "-0", "-0.0", "1e+5", "9" * 5000]
    root = document_of(f"[{', '.join(spellings)}]").root
    assert [node.text for node in root.children()] == spellings
    assert {node.kind for node in root.children()} == {Kind.NUMBER}


def test_strings_are_decoded_without_loss() -> None:
    node = document_of('"a\\u00e9\\n\\ud83d \\u0000 \ud83d\udc00 \\ud83d\\ude00"').root
    assert node.string == "aé\n\ud83d \x00 \ud83d\udc00 😀"
    assert node.text == '"a\\u00e9\\n\\ud83d \\u0000 \ud83d\udc00 \\ud83d\\ude00"'


def test_repeated_keys_are_all_there() -> None:
    root = document_of('{"a": 1, "b": 2, "a": 3, "\\u0061": 4}').root
    assert [(node.key, node.text, node.place) for node in root.children()] == [
        ("a", "1", 0),
        ("b", "2", 1),
        ("a", "3", 2),
        ("a", "4", 3),
    ]
    assert [node.pointer for node in root.children()] == ["/a", "/b", "/a", "/a"]
    last = root.get("a")
    assert last is not None
    assert last.text == "4"
    assert root.document.find("/a") == last


def test_a_key_that_no_encoding_holds() -> None:
    document = parse_body(b'{"\\ud83d": 1, "\xe9": 2}')
    assert isinstance(document, JsonDocument)
    for key, text in (("\ud83d", "1"), ("\udce9", "2")):
        member = document.root.get(key)
        assert member is not None
        assert member.text == text


def test_what_is_not_there() -> None:
    document = document_of('{"a": [1, {"b": 2}], "": {"": 3}}')
    assert document.root.get("c") is None
    assert document.root.child(0).get("a") is None
    for pointer in (
        "/c",
        "/a/2",
        "/a/-",
        "/a/-1",
        "/a/01",
        "/a/x",
        "/a/0/x",
        "/a/²",
        "/a/" + "9" * 5000,
        "a",
        "/a/",
        "//x/y",
    ):
        assert document.find(pointer) is None, pointer
    inner = document.find("//")
    assert inner is not None
    assert inner.text == "3"
    assert document.find("") == document.root
    assert document.root.parent is None
    assert document.root.key is None
    assert document.root.place == 0


@pytest.mark.parametrize(
    ("key", "part"),
    [("a/b", "a~1b"), ("~", "~0"), ("~1", "~01"), ("", ""), ("é", "é"), ("\ud800", "\ud800"), ('"\n', '"\n')],
)
def test_pointers_escape_keys(key: str, part: str) -> None:
    document = document_of(json.dumps({"x": {key: [0]}}))
    node = document.find(f"/x/{part}/0")
    assert node is not None
    assert node.pointer == f"/x/{part}/0"
    assert node.parent is not None
    assert node.parent.key == key


@unhurried
@given(json_texts())
def test_pointers_lead_back(text: str) -> None:
    document = document_of(text)
    for node in all_nodes(document):
        if all(_has_own_key(above) for above in _line(node)):
            assert document.find(node.pointer) == node


def _line(node: JsonNode) -> list[JsonNode]:
    line = [node]
    while (above := line[-1].parent) is not None:
        line.append(above)
    return line


def _has_own_key(node: JsonNode) -> bool:
    return (
        node.key is None or node.parent is None or [other.key for other in node.parent.children()].count(node.key) == 1
    )


@unhurried
@given(json_texts())
def test_the_tree_holds_together(text: str) -> None:
    document = document_of(text)
    assert len(document.root.raw) == document.root.end - document.root.start
    for node in all_nodes(document):
        children = list(node.children())
        assert len(children) == node.count
        assert [child.place for child in children] == list(range(node.count))
        assert all(child.parent == node for child in children)
        assert all(left.end <= right.start for left, right in pairwise(children))
        assert (
            document.next_of(node.index)
            == 1 + sum(1 for other in all_nodes(document) if _is_in(other, node)) + node.index
        )
        if node.count:
            assert node.child(node.count - 1) == children[-1]


def _is_in(node: JsonNode, container: JsonNode) -> bool:
    return node != container and container.start <= node.start < container.end


@unhurried
@given(json_texts(), st.data())
def test_at_finds_the_innermost_value(text: str, data: st.DataObject) -> None:
    document = document_of(text)
    offset = data.draw(st.integers(0, len(document.source)))
    covering = [
        node
        for node in all_nodes(document)
        if (node.start if node.key is None else _key_start(node)) <= offset < node.end
    ]
    assert document.at(offset) == (covering[-1] if covering else document.root)


def _key_start(node: JsonNode) -> int:
    return node.document.key_starts[node.index]


def test_children_come_in_pages() -> None:
    root = document_of(f"[{', '.join(map(str, range(1000)))}]").root
    assert [node.text for node in root.children(10, 13)] == ["10", "11", "12"]
    assert [node.text for node in root.children(998)] == ["998", "999"]
    assert list(root.children(1000)) == []


def test_nodes_are_values() -> None:
    document = document_of("[1, 1]")
    assert document.root.child(0) == document.root.child(0)
    assert document.root.child(0) != document.root.child(1)
    assert document.root != document_of("[1, 1]").root
    assert document.root != "[1, 1]"
    assert len({document.root.child(0), document.root.child(0), document.root.child(1)}) == 2
    assert repr(document.root) == "<array at the root>"
    assert repr(document.root.child(1)) == "<number at /1>"


@pytest.mark.fault(row="huge numbers, depths, strings, counts")
def test_a_hundred_thousand_levels_deep() -> None:
    depth = 100_000
    document = document_of('{"a":' * depth + "1" + "}" * depth)
    innermost = document.at(5 * depth)
    assert innermost.text == "1"
    assert innermost.pointer == "/a" * depth
    assert document.find("/a" * depth) == innermost


def test_the_bytes_are_kept() -> None:
    body = b' {"a" : "\xc3\xa9\\u00e9",\r\n"n":1.0} '
    document = parse_body(body)
    assert isinstance(document, JsonDocument)
    assert document.source == body
    assert document.root.child(0).raw == b'"\xc3\xa9\\u00e9"'
    assert document.root.child(0).text == '"é\\u00e9"'
    assert document.root.raw == body.strip()


@given(st.text(st.characters(exclude_categories=())), st.integers(0, 40), st.booleans())
@example("\\" * 60, 3, True)
@example("\U0001f600" * 40, 2, True)
@example("\U0001f600" * 40, 2, False)
@example('a"' * 60, 3, True)
@example("x" * 34 + "\u20ac" * 9, 2, False)
def test_the_beginning_of_a_string_is_that_of_its_characters(text: str, limit: int, ascii_only: bool) -> None:
    document = parse_text(json.dumps(text * 3, ensure_ascii=ascii_only))
    assert isinstance(document, JsonDocument)
    assert document.root.beginning(limit) == document.root.string[:limit]


def test_the_beginning_of_another_value_is_as_sent() -> None:
    document = parse_text('{"a": 1.10, "b": [1, 2]}')
    assert isinstance(document, JsonDocument)
    assert [child.beginning(3) for child in document.root.children()] == ["1.1", "[1,"]


@given(
    st.lists(
        st.sampled_from(
            ["a", "é", "\U0001f600", "\\ud83d\\ude00", "\\ud83d", "\\ude00", "\\\\", "\\n", "\\u00e9", '\\"']
        )
    )
)
def test_a_long_string_is_the_same_in_pieces(parts: list[str]) -> None:
    text = "".join(parts)
    document = parse_text(f'"{text}"')
    assert isinstance(document, JsonDocument)
    whole = document.root.string
    with pytest.MonkeyPatch.context() as patch:
        for length in (24, 27, 31):
            patch.setattr(strings, "LONG", length)
            assert document.root.string == whole


@given(json_texts())
@example('{"a": 1, "\\u0061": 2, "b": 3, "a": 4, "": 5}')
def test_members_are_what_get_finds_for_each_key(text: str) -> None:
    for node in all_nodes(document_of(text)):
        keys = ["absent", "\ud800", *(child.key or "" for child in node.children(0, 5))]
        assert node.members(*keys) == tuple(map(node.get, keys))


def test_pointers_are_right_in_whatever_order_they_are_asked_for() -> None:
    nodes = all_nodes(document_of('{"a": [[1, 2], {"~/": 3}], "b": {"c": [4]}}'))
    pointers = ["", "/a", "/a/0", "/a/0/0", "/a/0/1", "/a/1", "/a/1/~0~1", "/b", "/b/c", "/b/c/0"]
    for order in permutations(range(len(nodes)), 2):
        assert [nodes[place].pointer for place in order] == [pointers[place] for place in order]


@given(json_texts(), st.integers(0, 9))
def test_a_beginning_of_a_long_string_is_that_of_the_whole(text: str, limit: int) -> None:
    with patch.object(document_module, "LONG", 3), patch.object(strings, "LONG", 12):
        for node in all_nodes(document_of(text)):
            if node.kind is Kind.STRING:
                assert node.beginning(limit) == node.string[:limit]
                assert "".join(node.pieces()) == node.string
