"""The lists: a sample's prompt and the stored completions, page by page."""

import json
from urllib.parse import urlencode

import pytest

from inspector.demo.paging import BadQuery, Item, PageQuery, page, read_page_query

PATH = "/v1/chat/completions"
ITEMS = [Item(name, json.dumps({"id": name}).encode()) for name in "abcde"]


def _ids(envelope: bytes | BadQuery) -> str:
    assert isinstance(envelope, bytes)
    return "".join(entry["id"] for entry in json.loads(envelope)["data"])


@pytest.mark.parametrize(
    ("wanted", "ids", "has_more"),
    [
        (PageQuery(), "abcde", False),
        (PageQuery(limit=5), "abcde", False),
        (PageQuery(limit=4), "abcd", True),
        (PageQuery(after="b", limit=2), "cd", True),
        (PageQuery(after="c", limit=2), "de", False),
        (PageQuery(after="e"), "", False),
        (PageQuery(order="desc"), "edcba", False),
        (PageQuery(after="d", limit=2, order="desc"), "cb", True),
    ],
)
def test_a_page_holds_what_follows(wanted, ids, has_more):
    envelope = page(ITEMS, wanted)
    assert _ids(envelope) == ids
    body = json.loads(envelope)
    assert body["object"] == "list"
    assert body["has_more"] is has_more
    assert (body["first_id"], body["last_id"]) == ((ids[0], ids[-1]) if ids else (None, None))


def test_an_item_keeps_its_own_bytes():
    assert b'{ "n" : 1.10 }' in page([Item("x", b'{ "n" : 1.10 }')], PageQuery())


def test_a_page_after_something_unknown_is_refused():
    assert page(ITEMS, PageQuery(after="z")) == BadQuery("'after' names 'z', which is not in this list.")


@pytest.mark.parametrize("limit", ["0", "101", "-1", "ten", "", "1.0", "٣", "9" * 5000])
def test_a_limit_out_of_range_is_refused(limit):
    assert read_page_query({"limit": limit}) == BadQuery("'limit' must be a whole number from 1 to 100.")


@pytest.mark.parametrize("limit", [1, 100])
def test_a_limit_in_range_is_taken(limit):
    assert read_page_query({"limit": str(limit)}) == PageQuery(limit=limit)


def test_an_order_is_asc_or_desc():
    assert read_page_query({"order": "desc", "after": "a"}) == PageQuery("a", 20, "desc")
    assert read_page_query({"order": "asc"}) == PageQuery()
    assert read_page_query({"order": "up"}) == BadQuery("'order' must be 'asc' or 'desc'.")


# Through the service


def _all_pages(caller, path: str, **query: object) -> list[dict]:
    """Every entry, a page at a time, as a client collects them."""
    entries: list[dict] = []
    for _ in range(100):
        answer = caller.ask(f"{path}?{urlencode(query)}").json
        entries += answer["data"]
        if not answer["has_more"]:
            return entries
        query["after"] = answer["last_id"]
    raise AssertionError("the pages never end")


def test_a_prompt_comes_whole_and_in_order_whatever_the_page_size(caller):
    sample = caller.sample("usage-null")
    path = f"{PATH}/{sample.id}/messages"
    first = caller.ask(path).json
    assert (len(first["data"]), first["has_more"]) == (20, True)
    stored = sample.prompt()
    assert _all_pages(caller, path, limit=7) == stored
    assert _all_pages(caller, path, limit=7, order="desc") == stored[::-1]


@pytest.mark.parametrize("query", ["limit=0", "order=best", "after=nothing"])
def test_a_page_that_cannot_be_is_a_400(caller, query):
    answer = caller.ask(f"{PATH}/{caller.sample('usage-null').id}/messages?{query}")
    assert (answer.status, answer.json["error"]["type"]) == (400, "invalid_request_error")


def test_a_sample_without_a_prompt_says_so(caller):
    sample = caller.sample("audio")
    answer = caller.ask(f"{PATH}/{sample.id}/messages")
    assert (answer.status, answer.json["error"]["message"]) == (404, f"No messages are stored for '{sample.id}'.")


def test_a_list_holds_the_stored_completions_in_their_own_bytes_oldest_first(caller):
    answer = caller.ask(f"{PATH}?limit=100")
    listed = answer.json["data"]
    assert len(listed) > 20
    assert caller.sample("odd-json").body() in answer.body
    dates = [float(completion["created"]) for completion in listed]
    in_milliseconds = [date for date in dates if date > 1e11]
    assert len(in_milliseconds) == 1
    seconds = [date / 1000 if date in in_milliseconds else date for date in dates]
    assert seconds == sorted(seconds)
    assert [c["id"] for c in _all_pages(caller, PATH, limit=9)] == [c["id"] for c in listed]


def test_what_is_no_completion_is_never_listed(caller):
    ids = {completion["id"] for completion in caller.ask(f"{PATH}?limit=100").json["data"]}
    stems = ("without-id", "error-under-200", "html-under-200", "body-cut", "empty-body", "error-500")
    assert ids.isdisjoint(caller.sample(stem).id for stem in stems)
    assert caller.sample("plain-answer").id in ids


def test_a_list_is_narrowed_by_model_and_metadata(caller):
    both = {"metadata[team]": "support", "metadata[ticket]": "SUP-20417"}
    assert [c["id"] for c in _all_pages(caller, PATH, **both)] == [caller.sample("customer-story").id]
    assert _all_pages(caller, PATH, **both, model="gpt-4.1-mini-2025-04-14") == []
    travel = _all_pages(caller, PATH, **{"metadata[team]": "travel"}, limit=2)
    assert len(travel) > 2
    assert {c["metadata"]["team"] for c in travel} == {"travel"}
    models = _all_pages(caller, PATH, model="gpt-4.1-2025-04-14")
    assert {c["model"] for c in models} == {"gpt-4.1-2025-04-14"}
    assert len(models) > 2
