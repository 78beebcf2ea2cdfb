"""Reading by array arithmetic gives what the scanner gives, in pieces of whatever size, or nothing where that finds a fault."""

from itertools import product

import pytest
from hypothesis import given
from hypothesis import strategies as st

from inspector.core.json import text as json_text
from inspector.core.json.bulk import characters, reading, tokens
from inspector.core.json.bulk.reading import index_of
from inspector.core.json.document import JsonDocument
from inspector.core.json.index import Index
from inspector.core.json.text import JsonFault, parse_body
from tests.core.test_json_text import INVALID, VALID, listed
from tests.json_texts import json_texts, mutated, unhurried

SIZES = (1, 2, 3, 5, 8, 1000)


def scanned(source: bytes) -> Index | None:
    parsed = json_text._Scanner(source, "surrogateescape").run()
    return None if isinstance(parsed, JsonFault) else parsed.index


def columns(index: Index | None) -> list[list[int]] | None:
    if index is None:
        return None
    *all_columns, children = index
    return [*(list(column) for column in all_columns), sorted(map(list, children.values()))]


def in_pieces(source: bytes, size: int) -> Index | None:
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(tokens, "PIECE", size)
        return index_of(source)


@pytest.mark.parametrize("size", SIZES)
def test_the_grammar_in_pieces(size: int) -> None:
    for text in (*listed(VALID), *listed(INVALID)):
        source = text.encode("utf-8", "surrogatepass")
        assert columns(in_pieces(source, size)) == columns(scanned(source)), text


@pytest.mark.parametrize("alphabet", ['{}":,1', "[],1t r", "-+.0e1]", '"\\u0n\n', 'tru{"[', 'null,"a', "false[}"])
def test_every_short_text(alphabet: str) -> None:
    for length in range(5):
        for letters in product(alphabet, repeat=length):
            source = "".join(letters).encode()
            assert columns(index_of(source)) == columns(scanned(source)), source


def test_children_of_values_with_many_within_each_other() -> None:
    rows = ",".join(["1"] * 1001)
    source = f'{{"a": [{rows}, [{rows}, {{"b": [{rows}], "c": []}}], {rows}], "d": [[{rows}]]}}'.encode()
    found = index_of(source)
    assert found is not None
    for row, children in found.children.items():
        assert list(children) == [child for child in range(len(found.parents)) if found.parents[child] == row]
    assert [len(children) for children in found.children.values()] == [2003, 1002, 1001, 1001]
    assert columns(found) == columns(scanned(source))


@unhurried
@given(json_texts(), st.sampled_from(SIZES))
def test_any_json(text: str, size: int) -> None:
    source = text.encode("utf-8", "surrogatepass")
    found = in_pieces(source, size)
    assert found is not None
    assert columns(found) == columns(scanned(source))


@unhurried
@given(mutated(json_texts()), st.sampled_from(SIZES))
def test_mutations(text: str, size: int) -> None:
    source = text.encode("utf-8", "surrogatepass")
    assert columns(in_pieces(source, size)) == columns(scanned(source))


@unhurried
@given(st.lists(st.sampled_from([b'"', b"\\", b"u", b"00e9", b"x", b",", b"[", b"\n", b"\xe9"]), max_size=12))
def test_escapes_in_pieces(inside: list[bytes]) -> None:
    source = b'["' + b"".join(inside) + b'"]'
    for size in SIZES:
        assert columns(in_pieces(source, size)) == columns(scanned(source))


def test_a_text_that_ends_in_a_scalar_or_an_escape() -> None:
    for source in (b"12", b"-", b"true", b"tru", b'"\\', b'"a', b'"\\u00', b'"\\u00e9"', b"[1.5e3", b""):
        for size in SIZES:
            assert columns(in_pieces(source, size)) == columns(scanned(source)), source


def test_places_are_the_same_in_a_long_list() -> None:
    source = b'{"a": [' + b", ".join(b'{"n": %d}' % number for number in range(1500)) + b'], "b": [1, 2]}'
    assert columns(in_pieces(source, 100)) == columns(scanned(source))
    found = index_of(source)
    assert found is not None
    assert [len(children) for children in found.children.values()] == [1500]


@pytest.mark.parametrize("levels", [1_000, 29_000])
def test_depth(levels: int) -> None:
    source = b"[" * levels + b"]" * levels
    assert columns(in_pieces(source, 5_000)) == columns(scanned(source))


def test_what_is_too_deep_or_too_long_is_left_to_the_scanner(monkeypatch: pytest.MonkeyPatch) -> None:
    assert index_of(b"[" * 31_000 + b"]" * 31_000) is None
    assert index_of(b"[1]") is not None
    monkeypatch.setattr(reading, "_LONGEST", 2)
    assert index_of(b"[1]") is None


def test_large_bodies_are_read_so_and_faults_placed_by_the_scanner(monkeypatch: pytest.MonkeyPatch) -> None:
    asked: list[int] = []

    def noted(source: bytes) -> Index | None:
        asked.append(len(source))
        return index_of(source)

    monkeypatch.setattr(reading, "index_of", noted)
    body = b'["' + b"x" * json_text.LARGE + b'"]'
    whole, cut, small = parse_body(body), parse_body(body[:-1]), parse_body(b"[1]")
    assert asked == [len(body), len(body) - 1]
    assert isinstance(whole, JsonDocument)
    assert whole.root.child(0).beginning(3) == "xxx"
    assert isinstance(cut, JsonFault)
    assert cut.offset == len(body) - 1
    assert isinstance(small, JsonDocument)


@given(st.lists(st.sampled_from(["a", "é", "“", "\u202e", "😀", "\U000e0041", "\\u202e", "\n"]), max_size=30))
def test_characters_beyond_ascii(parts: list[str]) -> None:
    text = "".join(parts)
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(characters, "_PIECE", 5)
        found = characters.beyond_ascii(text.encode())
    assert found == {character.encode() for character in text if character > "\x7f"}
