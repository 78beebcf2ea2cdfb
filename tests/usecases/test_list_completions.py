"""A page of the stored completions: with the key that was found, and without one nothing is asked."""

import asyncio
from collections.abc import Callable

import pytest

from inspector.core.exchange import (
    Failed,
    FailureKind,
    FetchOutcome,
    Progress,
    Received,
    StoredQuery,
    StoredRequest,
    Timings,
)
from inspector.core.keys.faults import KeyFailure, KeyFault
from inspector.core.keys.lookup import KeyFound, KeyLookup, KeyOrigin, NoKey
from inspector.core.secret import Secret
from inspector.core.stored.listing import MOST_BYTES, Listing
from inspector.usecases.access import Access
from inspector.usecases.api_key import SessionKeys
from inspector.usecases.list_completions import Listed, list_completions
from tests.fake_key_store import FakeKeyStore
from tests.usecases.test_open_completion import HOME, KNOWN, WORK

QUERY = StoredQuery("gpt-4o", (("team", "a"),))
BODY = b'{"data": [{"id": "a", "choices": [{"message": {"content": "known-already"}}]}], "has_more": true}'


class FakeApi:
    """Answers every request alike and remembers what was asked."""

    def __init__(self, outcome: FetchOutcome | None = None) -> None:
        self.requests: list[StoredRequest] = []
        self._outcome = outcome

    async def fetch(self, request: StoredRequest, on_progress: Callable[[Progress], None]) -> FetchOutcome:
        self.requests.append(request)
        on_progress(Progress(1, 1))
        whole = Received(request.url, 200, "OK", "HTTP/1.1", (), BODY, len(BODY), Timings(1, 2, 1_795_000_000.0))
        return self._outcome or whole


def listed(
    api: FakeApi, store: FakeKeyStore, listing: Listing, known_key: KeyFound | None = None
) -> Listed | KeyLookup:
    return asyncio.run(list_completions(listing, Access(api, WORK, HOME, {}, SessionKeys(), store, known_key, 7.0)))


def test_page_after_page_is_asked_for_with_the_key_that_was_found() -> None:
    api, key = FakeApi(), Secret("from-the-keyring")
    found = listed(api, FakeKeyStore({"work": "from-the-keyring"}), Listing(QUERY))
    assert isinstance(found, Listed)
    assert found.key == KeyFound(key, KeyOrigin.KEYRING)
    assert [row.id for row in found.listing.rows] == ["a"]
    listed(api, FakeKeyStore(), found.listing, found.key)
    assert api.requests == [
        StoredRequest(HOME, QUERY, key, None, 40, 7.0, MOST_BYTES),
        StoredRequest(HOME, QUERY, key, "a", 40, 7.0, MOST_BYTES),
    ]


def test_a_key_that_the_server_repeats_is_not_shown() -> None:
    found = listed(FakeApi(), FakeKeyStore(), Listing(QUERY), KNOWN)
    assert isinstance(found, Listed)
    assert found.listing.rows[0].words == "***"


def test_a_failure_is_told_in_the_list() -> None:
    found = listed(FakeApi(Failed(FailureKind.DNS, "https://sudo.example/x")), FakeKeyStore(), Listing(QUERY), KNOWN)
    assert isinstance(found, Listed)
    assert "could not be found" in found.listing.sentence


@pytest.mark.parametrize(
    ("store", "kind"), [(FakeKeyStore(), NoKey), (FakeKeyStore(failure=KeyFailure(KeyFault.LOCKED)), KeyFailure)]
)
def test_without_a_key_nothing_is_asked(store: FakeKeyStore, kind: type) -> None:
    api = FakeApi()
    assert isinstance(listed(api, store, Listing(QUERY)), kind)
    assert api.requests == []
