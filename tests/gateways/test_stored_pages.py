"""The list of stored completions over HTTP: the demo service, and servers that refuse, hang, lie and never end."""

import json
from collections.abc import Callable, Iterator
from itertools import count
from urllib.parse import parse_qsl, urlsplit

import pytest

from inspector.core.exchange import StoredQuery
from inspector.core.inputs import BaseUrl, read_base_url
from inspector.core.keys.lookup import KeyFound, KeyOrigin
from inspector.core.profile import Profile
from inspector.core.secret import Secret
from inspector.core.stored.listing import Listing
from inspector.core.stored.query import read_query
from inspector.demo.service import DemoService
from inspector.gateways.background import BackgroundLoop
from inspector.gateways.completions_api import HttpCompletionsApi
from inspector.usecases.access import Access
from inspector.usecases.api_key import SessionKeys
from inspector.usecases.list_completions import Listed, list_completions
from tests.fake_key_store import FakeKeyStore
from tests.fault_server import Link
from tests.fetching import CANARY, MakeApi, MakeServer

ALL = StoredQuery()
NO_FAULT = (False, "")


class Lister:
    """Asks a server for one page after another, as long as there are more and nothing is wrong."""

    def __init__(self, background: BackgroundLoop, api: HttpCompletionsApi) -> None:
        self._background = background
        self.api = api
        self.deadline = 5.0

    def __call__(self, url: str, query: StoredQuery = ALL, *, key: Secret | None = None, pages: int = 20) -> Listing:
        listing = Listing(query)
        while listing.goes_on and pages:
            listing, pages = self.page(url, listing, key or Secret(CANARY)), pages - 1
        return listing

    def page(self, url: str, listing: Listing, key: Secret) -> Listing:
        base_url = read_base_url(url)
        assert isinstance(base_url, BaseUrl)
        asking = list_completions(
            listing,
            self.access(base_url, key),
        )
        listed = self._background.submit(asking).result(10)
        assert isinstance(listed, Listed)
        return listed.listing

    def access(self, base_url: BaseUrl, key: Secret) -> Access:
        profile, known = Profile("work", base_url), KeyFound(key, KeyOrigin.MEMORY)
        return Access(self.api, profile, base_url, {}, SessionKeys(), FakeKeyStore(), known, self.deadline)


@pytest.fixture
def ask(background: BackgroundLoop, api: HttpCompletionsApi) -> Lister:
    return Lister(background, api)


@pytest.fixture(scope="module")
def demo() -> Iterator[DemoService]:
    with DemoService(pace=0) as service:
        yield service


def listed_from(link: Link) -> dict[str, str]:
    """What a server is asked for."""
    return dict(parse_qsl(urlsplit(link.path).query))


def paged(total: int, size: int) -> Callable[[Link], None]:
    """A list of so many completions in pages of this size, whatever was asked."""

    def answer(link: Link) -> None:
        first = int(listed_from(link).get("after", "c/ü &-1").removeprefix("c/ü &")) + 1
        data = [{"id": f"c/ü &{at}", "choices": []} for at in range(first, min(total, first + size))]
        link.reply(json.dumps({"object": "list", "data": data, "has_more": first + size < total}).encode())

    return answer


def test_the_demo_service_lists_the_newest_first(ask: Lister, demo: DemoService) -> None:
    listing = ask(demo.base_url, key=demo.key)
    made = [row.created for row in listing.rows if row.created is not None]
    assert (listing.has_more, listing.sentence, listing.notice) == (*NO_FAULT, "")
    assert len(listing.rows) > 25
    assert made == sorted(made, reverse=True)
    assert {row.id for row in listing.rows} <= {sample.id for sample in demo.samples}


def test_the_demo_service_narrows_by_model_and_metadata(ask: Lister, demo: DemoService) -> None:
    query = read_query("gpt-4.1-mini-2025-04-14", "team=support ticket=SUP-20421")
    assert isinstance(query, StoredQuery)
    listing = ask(demo.base_url, query, key=demo.key)
    assert [(row.metadata, row.fits) for row in listing.rows] == [("team=support, ticket=SUP-20421", True)]
    nothing = ask(demo.base_url, StoredQuery("no such model"), key=demo.key)
    assert (nothing.rows, nothing.has_more, nothing.sentence) == ((), *NO_FAULT)


def test_pages_follow_each_other_with_what_was_asked(ask: Lister, make_server: MakeServer) -> None:
    server = make_server(default=paged(5, 2))
    listing = ask(server.url() + "/api", StoredQuery("m/ü", (("a b", "c&d=[e]"),)))
    assert [row.id for row in listing.rows] == [f"c/ü &{at}" for at in range(5)]
    path = "/api/v1/chat/completions?order=desc&limit=40"
    asked = "&model=m%2F%C3%BC&metadata%5Ba%20b%5D=c%26d%3D%5Be%5D"
    assert server.targets() == [
        path + asked,
        f"{path}&after=c%2F%C3%BC%20%261{asked}",
        f"{path}&after=c%2F%C3%BC%20%263{asked}",
    ]
    assert {raw.count(f"Bearer {CANARY}".encode()) for raw in server.requests} == {1}


def test_a_server_that_never_comes_to_an_end_is_left(ask: Lister, make_server: MakeServer) -> None:
    server = make_server(default=lambda link: link.reply(b'{"data": [{"id": "same"}], "has_more": true}'))
    listing = ask(server.url())
    assert [row.id for row in listing.rows] == ["same"]
    assert listing.sentence.startswith("The server says that there are more")
    assert len(server.requests) == 2


def test_new_cursors_without_new_completions_do_not_keep_it_busy(ask: Lister, make_server: MakeServer) -> None:
    cursors = count()

    def answer(link: Link) -> None:
        link.reply(json.dumps({"data": [{"id": "x"}], "last_id": f"{next(cursors)}", "has_more": True}).encode())

    assert ask(make_server(default=answer).url()).sentence.startswith("The server says that there are more")
    assert next(cursors) == 2


@pytest.mark.parametrize(
    ("fault", "sentence"),
    [
        (
            lambda link: link.reply(b"{}", status="404 Not Found"),
            "This server does not list stored completions (HTTP 404",
        ),
        (lambda link: link.reply(b"", status="405 Method Not Allowed"), "This server does not list stored completions"),
        (lambda link: link.reply(b'{"error": {"message": "no"}}', status="401 No"), "did not accept the API key"),
        (lambda link: link.reply(b"{}", "Location: http://127.0.0.1:9/", status="302 Found"), "HTTP 302"),
        (lambda link: link.reply(b"<html>sign in</html>"), "is no JSON"),
        (lambda link: link.reply(b'{"data": [{"id": '), "breaks off"),
        (lambda link: link.reply(b"[" * 100_000), "breaks off"),
        (Link.reset, "broke before the answer was complete"),
    ],
)
def test_what_is_no_list_is_told_in_a_sentence(
    ask: Lister, make_server: MakeServer, fault: Callable[[Link], None], sentence: str
) -> None:
    listing = ask(make_server(default=fault).url())
    assert listing.rows == ()
    assert sentence in listing.sentence


def test_a_fault_in_the_middle_leaves_what_came_and_can_be_gone_on_from(ask: Lister, make_server: MakeServer) -> None:
    well = paged(4, 2)
    asked = count()

    def answer(link: Link) -> None:
        if next(asked) == 1:
            link.reply(b"busy", status="503 Busy")
        else:
            well(link)

    server = make_server(default=answer)
    listing = ask(server.url())
    assert ([row.id for row in listing.rows], listing.has_more) == (["c/ü &0", "c/ü &1"], True)
    assert "It said: “busy”" in listing.sentence
    assert len(ask.page(server.url(), listing, Secret(CANARY)).rows) == 4


def test_a_page_has_its_limits_in_time_and_bytes(
    ask: Lister, make_server: MakeServer, make_api: MakeApi, background: BackgroundLoop
) -> None:
    ask.deadline = 0.2
    hanging = make_server(default=Link.hang)
    assert "0.2 s" in ask(hanging.url()).sentence
    ask.deadline, ask.api = 5.0, make_api(limit_bytes=1_000)
    large = make_server(default=lambda link: link.reply(b'{"data": [' + b" " * 2_000 + b"]}"))
    assert "larger" in ask(large.url()).sentence
    assert [listed_from(Link(large, None, raw, 1))["limit"] for raw in large.requests] == ["40", "5", "1"]


def test_a_page_is_cancelled_at_once(
    background: BackgroundLoop, api: HttpCompletionsApi, make_server: MakeServer
) -> None:
    server = make_server(default=Link.hang)
    lister = Lister(background, api)
    base_url = read_base_url(server.url())
    assert isinstance(base_url, BaseUrl)
    waiting = background.submit(
        list_completions(
            Listing(ALL),
            lister.access(base_url, Secret(CANARY)),
        )
    )
    assert server.reached.wait(5)
    waiting.cancel()
    assert server.hung_up.wait(5)
