"""The list, page after page: what is there, where it ends, and what is said of what is missing."""

import json
from dataclasses import replace
from typing import Any

import pytest

from inspector.core.exchange import Failed, FailureKind, Received, StoredQuery
from inspector.core.stored import listing
from inspector.core.stored.listing import Listing
from tests.answers import completion, received

EMPTY = Listing(StoredQuery())
NO_WAY = "The server says that there are more, but not how to ask for them."


def page(*ids: Any, more: Any = False, **envelope: Any) -> Received:
    data = [completion({"content": f"answer {one}"}, id=one) for one in ids]
    return received(json.dumps({"object": "list", "data": data, "has_more": more} | envelope).encode())


def taken(*pages: Received) -> Listing:
    listed = EMPTY
    for each in pages:
        assert listed.has_more
        listed = listed.taking(each)
    return listed


def ids(listed: Listing) -> list[str]:
    return [row.id for row in listed.rows]


def test_it_begins_with_nothing_and_goes_on_by_itself() -> None:
    assert (EMPTY.after, EMPTY.has_more, EMPTY.goes_on, EMPTY.notice) == (None, True, True, "")


def test_one_page_is_all_there_is() -> None:
    listed = taken(page("a", "b", last_id="b"))
    assert ids(listed) == ["a", "b"]
    assert (listed.has_more, listed.goes_on, listed.sentence) == (False, False, "")


def test_the_next_page_follows_the_last_of_this() -> None:
    first = taken(page("a", "b", more=True, last_id="b"))
    assert (first.after, first.goes_on) == ("b", True)
    second = first.taking(page("b", "c", more=True))
    assert (ids(second), second.after) == (["a", "b", "c"], "c")
    assert ids(first) == ["a", "b"]


def test_an_empty_list_is_no_fault() -> None:
    listed = taken(page())
    assert (listed.rows, listed.has_more, listed.sentence, listed.notice) == ((), False, "", "")


def test_a_bare_array_is_a_list_too() -> None:
    assert ids(taken(received(b'\xef\xbb\xbf[{"id": "a"}]'))) == ["a"]


@pytest.mark.parametrize("more", [1, "true", None, {}])
def test_only_a_plain_true_says_that_there_are_more(more: Any) -> None:
    assert not taken(page("a", more=more, last_id="a")).has_more


def test_a_full_page_of_a_server_that_does_not_say_is_followed_by_another() -> None:
    def unsaid(*names: str) -> Received:
        return received(json.dumps({"data": [{"id": name} for name in names]}).encode())

    full = [f"c{number}" for number in range(listing.PAGE)]
    assert not taken(unsaid("a")).has_more
    listed = taken(unsaid(*full))
    assert listed.after == full[-1]
    ended = listed.taking(unsaid(*full))
    assert (len(ended.rows), ended.has_more, ended.sentence) == (listing.PAGE, False, "")


@pytest.mark.parametrize(
    "pages",
    [
        [page("a", more=True, last_id="a"), page("a", more=True, last_id="b")],
        [page("a", more=True, last_id="x"), page("b", more=True, last_id="x")],
        [page("a", more=True, last_id="x"), page(more=True, last_id="y")],
        [page("a", more=True, last_id=7)],
        [page(None, more=True)],
    ],
)
def test_more_without_progress_ends_with_a_sentence(pages: list[Received]) -> None:
    listed = taken(*pages)
    assert (listed.has_more, listed.sentence) == (False, NO_WAY)
    assert listed.rows


def test_it_is_bounded(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(listing, "MOST_ROWS", 3)
    listed = taken(page("a", "b", more=True), page("c", "d", more=True))
    assert ids(listed) == ["a", "b", "c"]
    assert not listed.has_more
    assert listed.sentence.startswith("That is as many as are listed here.")


def test_entries_without_an_id_are_lines_and_what_is_no_object_is_counted() -> None:
    listed = taken(received(b'{"data": [{"model": "m"}, {"id": null}, null, {"id": "a"}, 7], "has_more": true}'))
    assert ids(listed) == ["", "", "a"]
    assert listed.notice == "2 entries of the list are no completion."
    listed = taken(received(b'{"data": [null]}'))
    assert (listed.rows, listed.notice) == ((), "1 entry of the list is no completion.")


def test_a_server_that_does_not_filter_is_told() -> None:
    asked = Listing(StoredQuery(metadata=(("team", "a"),)))
    fits, other = completion({}, id="1", metadata={"team": "a"}), completion({}, id="2", metadata={"team": "b"})
    assert asked.taking(received(json.dumps([fits]).encode())).notice == ""
    assert asked.taking(received(json.dumps([fits, other]).encode())).notice.startswith("Only 1 of 2 of these have")
    assert asked.taking(received(json.dumps([other]).encode())).notice.startswith("None of these have")


@pytest.mark.parametrize("status", [404, 405, 501])
def test_a_server_without_a_list_is_told_and_not_asked_again(status: int) -> None:
    listed = taken(received(b'{"detail": "Not Found"}', status=status))
    assert not listed.has_more
    assert listed.sentence.startswith(f"This server does not list stored completions (HTTP {status} ")


@pytest.mark.parametrize(
    ("answer", "sentence"),
    [
        (
            received(b'{"error": {"message": "gone"}}', status=404),
            "The server did not give out the next page (HTTP 404",
        ),
        (received(b'{"error": {"message": "no"}}', status=401), "The server did not accept the API key (HTTP 401"),
        (received(b'{"error": {"message": "bad model"}}', status=400), "It said: “bad model”"),
        (received(b"upstream", status=503), "It said: “upstream”"),
        (received(b""), "The server sent an empty body."),
        (received(b"<html></html>"), "but the body is no JSON"),
        (received(b'{"data": [{"id": "c"}'), "The body breaks off"),
        (received(b'{"object": "list"}'), "What came is JSON, but no list of completions."),
        (received(b'{"data": {}}'), "What came is JSON, but no list of completions."),
        (received(b'"x"'), "What came is JSON, but no list of completions."),
        (received(b'{"error": {"message": "upstream"}}'), "instead of a list. It said: “upstream”"),
        (Failed(FailureKind.READ_TIMEOUT, "https://sudo.example/x"), "fell silent"),
    ],
)
def test_a_fault_in_the_middle_leaves_what_is_there_and_may_be_tried_again(answer: Any, sentence: str) -> None:
    before = taken(page("a", "b", more=True))
    listed = before.taking(answer)
    assert sentence in listed.sentence
    assert (ids(listed), listed.after, listed.has_more, listed.goes_on) == (["a", "b"], "b", True, False)
    again = listed.taking(page("c"))
    assert (ids(again), again.sentence) == (["a", "b", "c"], "")


def test_a_page_that_is_too_large_is_asked_for_in_smaller_ones() -> None:
    too_large = Failed(FailureKind.TOO_LARGE, "https://sudo.example/x")
    before = taken(page("a", more=True))
    limits = [listing.PAGE]
    while before.goes_on:
        before = before.taking(too_large)
        limits.append(before.limit)
    assert limits == [40, 5, 1, 1]
    assert (ids(before), before.after, before.has_more) == (["a"], "a", True)
    assert before.sentence


def test_a_stop_can_be_gone_on_from() -> None:
    stopped = EMPTY.stopped("Stopped.")
    assert (stopped.goes_on, stopped.has_more) == (False, True)
    assert replace(stopped, sentence="") == EMPTY
