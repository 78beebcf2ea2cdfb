"""Remembered IDs survive in a file that anybody may have damaged; newest first, each once, and not too many."""

import json
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from inspector.core.remembered_ids import MOST, MOST_BYTES, RememberedId, read_remembered, remembering, written

HOME = "https://sudo.example/api"


def one(text: str, profile: str = "work") -> RememberedId:
    return RememberedId(profile, HOME, text)


def entry(**changes: Any) -> dict[str, Any]:
    return {"profile": "work", "base_url": HOME, "id": "chatcmpl-1"} | changes


IDS = (one("chatcmpl-1"), one("日本", "home"), one("gen-2"))


def test_what_was_written_is_read() -> None:
    assert read_remembered(written(IDS)) == IDS
    assert read_remembered(written(())) == ()


def test_only_ids_and_their_places_are_written() -> None:
    assert json.loads(written(IDS[:1])) == {"ids": [entry()]}


def test_the_newest_is_in_front_and_only_once() -> None:
    assert remembering([one("gen-2"), one("new")], IDS) == (one("gen-2"), one("new"), *IDS[:2])
    assert remembering([one("gen-2", "home")], IDS) == (one("gen-2", "home"), *IDS)


def test_as_many_as_are_kept_fit_in_what_is_read() -> None:
    many = remembering(
        (RememberedId("p" * 64, "u" * 2_000, "\u00fc" * 508 + str(at)) for at in range(1_000, 1_600)), ()
    )
    assert len(many) == MOST
    assert len(written(many)) < MOST_BYTES
    assert read_remembered(written(many)) == many


@pytest.mark.parametrize(
    "text",
    ["", "null", "[1]", "[" * 100_000, "{}", '{"ids": {}}', '{"ids": 7}', '{"ids": []}', '{"ids": [7, null, {}]}'],
)
def test_what_is_damaged_is_nothing(text: str) -> None:
    assert read_remembered(text.encode()) == ()


@pytest.mark.parametrize(
    "changes",
    [
        {"id": ""},
        {"id": ".."},
        {"id": " padded"},
        {"id": "a\u202eb"},
        {"id": "x" * 513},
        {"id": 7},
        {"profile": ""},
        {"profile": "a\nb"},
        {"profile": None},
        {"base_url": "x" * 2_001},
        {"base_url": None},
    ],
)
def test_what_is_no_id_of_a_profile_is_passed_over(changes: dict[str, Any]) -> None:
    assert read_remembered(json.dumps({"ids": [entry(**changes), entry()]}).encode()) == (one("chatcmpl-1"),)


@settings(max_examples=60)
@given(st.binary(max_size=60) | st.text(max_size=60).map(lambda text: json.dumps({"ids": [entry(id=text)]}).encode()))
def test_any_file_gives_ids_that_can_be_asked_for(data: bytes) -> None:
    for each in read_remembered(data):
        assert each.id
        assert each.id == each.id.strip()
