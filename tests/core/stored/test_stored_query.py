"""What is typed to narrow the list, and the address that it becomes."""

from urllib.parse import parse_qsl, urlsplit

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from inspector.core.exchange import StoredQuery, StoredRequest
from inspector.core.inputs import BaseUrl, Refused
from inspector.core.secret import Secret
from inspector.core.stored.query import read_query

HOME = BaseUrl("https://sudo.example", "/api")
SENDABLE = st.text(st.characters(exclude_categories=["Cs", "Cc"]), min_size=1, max_size=20)


def asked(query: StoredQuery, after: str | None = None) -> list[tuple[str, str]]:
    """The parameters as a server reads them."""
    url = StoredRequest(HOME, query, Secret("k"), after).url
    assert url.startswith("https://sudo.example/api/v1/chat/completions?")
    assert url.isascii()
    return parse_qsl(urlsplit(url).query, keep_blank_values=True)


def test_nothing_typed_asks_for_the_newest_of_all() -> None:
    assert read_query("  ", "\n") == StoredQuery()
    assert asked(StoredQuery()) == [("order", "desc"), ("limit", "40")]


@pytest.mark.parametrize(
    ("typed", "pairs"),
    [
        ("team=support", [("team", "support")]),
        ("team=support env=prod", [("team", "support"), ("env", "prod")]),
        ("team=support, env=prod,", [("team", "support"), ("env", "prod")]),
        (' city="New York" ', [("city", "New York")]),
        (r'"a key"="say \"hi\" \\"', [("a key", 'say "hi" \\')]),
        ("formula=a=b", [("formula", "a=b")]),
        ("team=", [("team", "")]),
        ("schlüssel=größe&x", [("schlüssel", "größe&x")]),
    ],
)
def test_metadata_are_pairs(typed: str, pairs: list[tuple[str, str]]) -> None:
    query = read_query(" gpt-4o ", typed)
    assert query == StoredQuery("gpt-4o", tuple(pairs))
    wire = [(f"metadata[{name}]", value) for name, value in pairs]
    assert asked(query, "a/b&c") == [
        ("order", "desc"),
        ("limit", "40"),
        ("after", "a/b&c"),
        ("model", "gpt-4o"),
        *wire,
    ]


@pytest.mark.parametrize(
    ("model", "metadata", "sentence"),
    [
        ("", "support", "Write metadata as key=value"),
        ("", "=support", "Write metadata as key=value"),
        ("", '""=support', "Write metadata as key=value"),
        ("", "team = support", "Write metadata as key=value"),
        ("", 'team="open', "Write metadata as key=value"),
        ("", 'team="a"b=c', "Write metadata as key=value"),
        ("", "a=1 a=2", "“a” is named twice"),
        ("", " ".join(f"k{number}=v" for number in range(17)), "at most 16"),
        ("x" * 2_001, "", "The model has 2,001 characters"),
        ("", "a=" + "x" * 2_000, "The metadata has 2,002 characters"),
        ("a\ud800", "", "The model holds a character that cannot be seen"),
        ("", "a=b\x00c", "The metadata holds a character that cannot be seen"),
    ],
)
def test_what_cannot_be_asked_is_told_in_a_sentence(model: str, metadata: str, sentence: str) -> None:
    refused = read_query(model, metadata)
    assert isinstance(refused, Refused)
    assert sentence in refused.sentence


@settings(max_examples=60)
@given(st.dictionaries(SENDABLE, SENDABLE, max_size=5))
def test_every_pair_can_be_written_in_quotes_and_arrives(pairs: dict[str, str]) -> None:
    def quoted(text: str) -> str:
        return '"' + text.replace("\\", "\\\\").replace('"', '\\"') + '"'

    query = read_query("", " ".join(f"{quoted(name)}={quoted(value)}" for name, value in pairs.items()))
    assert query == StoredQuery("", tuple(pairs.items()))
    assert asked(query)[2:] == [(f"metadata[{name}]", value) for name, value in pairs.items()]


@settings(max_examples=100)
@given(st.text(max_size=40), st.text('ab= ,"\\', max_size=20))
def test_whatever_is_typed_gives_a_query_that_can_be_sent_or_a_sentence(model: str, metadata: str) -> None:
    query = read_query(model, metadata)
    if isinstance(query, Refused):
        assert query.sentence
    else:
        assert dict(asked(query)).get("model", "") == query.model
