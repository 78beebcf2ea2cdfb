"""What a survey of a large text leaves out needs no closer look: rules say the same with it and without."""

import json

import pytest
from hypothesis import given
from hypothesis import strategies as st

from inspector.core.findings import Finding
from inspector.core.inspection import inspect_file
from inspector.core.json.bulk import ranges
from inspector.core.json.document import JsonDocument, JsonNode, Kind
from inspector.core.json.text import parse_body
from inspector.core.rules import keys, numbers, response
from inspector.core.rules.survey import is_deeper, keys_to_compare, numbers_beyond
from tests.json_texts import json_texts, unhurried
from tests.report_bodies import NOW

NAMES = ["a", "b", "ab", "a\\u0062", "", "long-name-1-long-name", "long-name-2-long-name", "__proto__"]
OBJECTS = st.lists(st.sampled_from(NAMES), max_size=4).map(
    lambda names: "{" + ", ".join(f'"{name}": 1' for name in names) + "}"
)


def document_of(text: str) -> JsonDocument:
    document = parse_body(text.encode("utf-8", "surrogatepass"))
    assert isinstance(document, JsonDocument)
    return document


def rows_where(document: JsonDocument, holds) -> list[int]:  # type: ignore[no-untyped-def]
    return [row for row in range(len(document)) if holds(JsonNode(document, row))]


@unhurried
@given(json_texts(), st.integers(0, 6), st.integers(1, 50))
def test_numbers(text: str, length: int, piece: int) -> None:
    document = document_of(text)

    def is_meant(node: JsonNode) -> bool:
        return node.kind is Kind.NUMBER and (len(node.text) > length or "e" in node.text.lower())

    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(ranges, "_PIECE", piece)
        assert numbers_beyond(document, length) == rows_where(document, is_meant)


@given(st.lists(OBJECTS, max_size=6))
def test_keys(objects: list[str]) -> None:
    document = document_of(f"[{', '.join(objects)}]")

    def is_meant(node: JsonNode) -> bool:
        if node.key is None or node.parent is None:
            return False
        names = [member.key for member in node.parent.children()]
        spelled = [document.source[document.key_starts[row] : document.key_ends[row]] for row in rows_of(node.parent)]
        return len(set(names)) < len(names) or any(b"\\" in each for each in spelled)

    found, meant = keys_to_compare(document), rows_where(document, is_meant)
    assert set(meant) <= set(found)
    assert found == sorted(found)
    if not all(any(name in text for text in objects) for name in NAMES if name.startswith("long")):
        assert found == meant  # only long names that differ in their middles may be taken for the same at first


def rows_of(node: JsonNode) -> list[int]:
    return [child.index for child in node.children()]


@given(st.integers(0, 20), st.integers(0, 20))
def test_depth(depth: int, levels: int) -> None:
    document = document_of("[1, " * depth + "{}" + "]" * depth)
    assert is_deeper(document, levels) is (depth + 1 > levels)


def test_there_may_be_nothing_of_it() -> None:
    document = document_of("true")
    assert (numbers_beyond(document, 3), keys_to_compare(document), is_deeper(document, 0)) == ([], [], False)


@pytest.mark.parametrize(
    "extra",
    [
        {"big": 12345678901234567890, "fine": [1.5, -0.25, 1e5], "huge": 1e300},
        {"deep": json.loads("[" * 70 + "]" * 70)},
        {"plain": {"a": 1, "b": {"a": 2}}, "many": [[]] * 100},
    ],
)
def test_rules_say_the_same_with_it(extra: dict[str, object], monkeypatch: pytest.MonkeyPatch) -> None:
    body = json.dumps({"object": "chat.completion", "choices": [], **extra})
    repeated = body[:-1] + ', "a": 1, "\\u0061": 2, "b": 1e999}'

    def found() -> list[tuple[Finding, ...]]:
        return [inspect_file(text.encode(), "/tmp/a.json", NOW).findings for text in (body, repeated)]

    without = found()
    for module in (keys, numbers, response):
        monkeypatch.setattr(module, "LARGE", 0)
    assert found() == without
    assert {"repeated-key", "number-out-of-range"} <= {finding.rule for finding in without[1]}
