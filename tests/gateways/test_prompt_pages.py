"""The prompt over HTTP: servers that page, refuse, hang, lie and never end; and beside a completion, which it never delays."""

import asyncio
import json
from collections.abc import Callable
from threading import Event
from urllib.parse import parse_qs, urlsplit

import pytest

from inspector.core.conversation.prompt import Prompt, PromptMessages, PromptUnavailable, Waiting
from inspector.core.inspection import Inspection
from inspector.gateways.background import BackgroundLoop
from inspector.gateways.completions_api import HttpCompletionsApi
from inspector.gateways.inspecting_here import InspectorHere
from inspector.usecases.fetch_prompt import fetch_prompt
from inspector.usecases.inspect_completion import inspect_completion
from inspector.usecases.prompt_call import PromptCall
from tests.fault_server import Link
from tests.fetching import CANARY, MakeApi, MakeServer, request_for, unheard

COMPLETION = json.dumps({"id": "x", "choices": [{"message": {"role": "assistant", "content": "Hi"}}]}).encode()
Handler = Callable[[Link], None]


def is_messages(link: Link) -> bool:
    return urlsplit(link.path).path.endswith("/messages")


def beside(messages: Handler, completion: bytes = COMPLETION) -> Handler:
    """Answers the completion with these bytes, and its messages as `messages` does."""
    return lambda link: messages(link) if is_messages(link) else link.reply(completion)


def paged(count: int, size: int) -> Handler:
    """A list of so many messages in pages of this size, whatever was asked."""

    def answer(link: Link) -> None:
        after = parse_qs(urlsplit(link.path).query).get("after", ["-1"])[0]
        first = int(after.removeprefix("m/ü &")) + 1
        ids = range(first, min(count, first + size))
        data = [{"id": f"m/ü &{at}", "role": "user", "content": f"message {at}"} for at in ids]
        link.reply(json.dumps({"data": data, "has_more": first + size < count}).encode())

    return answer


@pytest.fixture
def ask(background: BackgroundLoop, api: HttpCompletionsApi) -> Callable[..., Prompt]:
    def ask(server, *, api: HttpCompletionsApi = api, deadline: float = 5) -> Prompt:  # type: ignore[no-untyped-def]
        request = request_for(server, "an/id", deadline=deadline)
        return background.submit(fetch_prompt(api, request)).result(10)

    return ask


Ask = Callable[..., Prompt]


def test_pages_are_asked_for_until_there_are_no_more(ask: Ask, make_server: MakeServer) -> None:
    server = make_server(default=paged(5, 2))
    prompt = ask(server)
    assert isinstance(prompt, PromptMessages)
    assert (prompt.notice, len(prompt.pages)) == ("", 3)
    contents = [node.get("content") for node in prompt.messages]
    assert [node.string for node in contents if node] == [f"message {at}" for at in range(5)]
    path = "/v1/chat/completions/an%2Fid/messages?order=asc&limit=100"
    assert server.targets() == [path, f"{path}&after=m%2F%C3%BC%20%261", f"{path}&after=m%2F%C3%BC%20%263"]
    assert {raw.count(f"Bearer {CANARY}".encode()) for raw in server.requests} == {1}


@pytest.mark.parametrize("status", ["404 Not Found", "405 Method Not Allowed", "403 Forbidden", "302 Found"])
def test_a_refusal_is_a_sentence(ask: Ask, make_server: MakeServer, status: str) -> None:
    server = make_server(default=lambda link: link.reply(b"no", "Location: /elsewhere", status=status))
    prompt = ask(server)
    assert isinstance(prompt, PromptUnavailable)
    assert f"status {status[:3]}" in prompt.sentence
    assert len(server.requests) == 1


@pytest.mark.parametrize("body", [b"<html>not JSON</html>", b'{"data": 7}', b"[" * 100_000, b'{"data": [NaN]}'])
def test_what_is_no_list_is_a_sentence(ask: Ask, make_server: MakeServer, body: bytes) -> None:
    assert isinstance(ask(make_server(default=lambda link: link.reply(body))), PromptUnavailable)


@pytest.mark.parametrize("last", ["m-1", None, 7, ""])
def test_a_list_that_never_ends_does(ask: Ask, make_server: MakeServer, last: object) -> None:
    body = json.dumps({"data": [{"id": last, "role": "user"}], "last_id": last, "has_more": True}).encode()
    server = make_server(default=lambda link: link.reply(body))
    prompt = ask(server)
    assert isinstance(prompt, PromptMessages)
    assert "not how to ask" in prompt.notice
    assert len(server.requests) == (2 if last == "m-1" else 1)


def test_a_list_of_ever_new_messages_ends_at_the_limit_of_pages(ask: Ask, make_server: MakeServer) -> None:
    server = make_server(default=paged(10**9, 1))
    prompt = ask(server, deadline=30)
    assert isinstance(prompt, PromptMessages)
    assert (len(server.requests), len(prompt.pages)) == (200, 200)
    assert "as many as are fetched" in prompt.notice


def test_the_limit_in_bytes_holds_for_all_pages_together(
    ask: Ask, make_server: MakeServer, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("inspector.core.conversation.paging.MOST_BYTES", 250)
    prompt = ask(make_server(default=paged(50, 2)))
    assert isinstance(prompt, PromptMessages)
    assert len(prompt.pages) == 1
    assert prompt.notice.endswith("are larger than what is taken of them.")


def test_the_limit_of_the_program_holds_too(ask: Ask, make_server: MakeServer, make_api: MakeApi) -> None:
    prompt = ask(make_server(default=paged(50, 50)), api=make_api(limit_bytes=100))
    assert prompt == PromptUnavailable("The prompt messages are larger than what is taken of them.")


def test_the_deadline_holds_for_all_pages_together(ask: Ask, make_server: MakeServer) -> None:
    server = make_server(default=lambda link: link.hang() if "after" in link.path else paged(9, 2)(link))
    prompt = ask(server, deadline=0.3)
    assert isinstance(prompt, PromptMessages)
    assert len(prompt.pages) == 1
    assert prompt.notice.endswith("did not come in time.")


def test_the_key_is_not_in_a_page_that_repeats_it(ask: Ask, make_server: MakeServer) -> None:
    def echo(link: Link) -> None:
        link.reply(json.dumps({"data": [{"role": "user", "content": link.header("Authorization")}]}).encode())

    prompt = ask(make_server(default=echo))
    assert isinstance(prompt, PromptMessages)
    assert prompt.pages[0].source == b'{"data": [{"role": "user", "content": "Bearer ***"}]}'


def test_cancelling_ends_the_transfer_at_once(
    background: BackgroundLoop, api: HttpCompletionsApi, make_server: MakeServer
) -> None:
    server = make_server(default=Link.hang)
    fetching = background.submit(fetch_prompt(api, request_for(server, "x")))
    assert server.reached.wait(5)
    fetching.cancel()
    assert server.hung_up.wait(5)


class Both:
    """A completion and its prompt, asked for at the same time on the background loop."""

    def __init__(self, background: BackgroundLoop, api: HttpCompletionsApi, server) -> None:  # type: ignore[no-untyped-def]
        self.call = PromptCall()
        request = request_for(server, "x")
        self.told = background.submit(self.call.outcome())
        self.opened = background.submit(
            inspect_completion(api, request, None, unheard, self.call, inspector=InspectorHere())
        )

    def inspection(self) -> Inspection:
        return self.opened.result(5)


def test_slow_messages_do_not_delay_the_completion(
    background: BackgroundLoop, api: HttpCompletionsApi, make_server: MakeServer
) -> None:
    asked, may_answer = Event(), Event()

    def wait(link: Link) -> None:
        asked.set()
        may_answer.wait(5)
        paged(1, 1)(link)

    both = Both(background, api, make_server(default=beside(wait)))
    inspection = both.inspection()
    assert inspection.completion is not None
    assert inspection.prompt == Waiting()
    assert asked.wait(5)
    assert not both.told.done()
    may_answer.set()
    told = both.told.result(5)
    assert told is not None
    assert told[0] is inspection
    assert isinstance(told[1].prompt, PromptMessages)
    assert told[1].completion is inspection.completion


def test_messages_that_come_first_wait_for_their_completion(
    background: BackgroundLoop, api: HttpCompletionsApi, make_server: MakeServer
) -> None:
    answered = Event()

    def answer(link: Link) -> None:
        if is_messages(link):
            paged(1, 1)(link)
            answered.set()
        else:
            answered.wait(5)
            link.reply(COMPLETION)

    both = Both(background, api, make_server(default=answer))
    told = both.told.result(5)
    assert told is not None
    assert told[0] is both.inspection()


@pytest.mark.parametrize("fault", [Link.reset, lambda link: link.reply(b"no", status="500 No"), Link.close])
def test_messages_that_fail_do_not_fail_the_completion(
    background: BackgroundLoop, api: HttpCompletionsApi, make_server: MakeServer, fault: Handler
) -> None:
    both = Both(background, api, make_server(default=beside(fault)))
    inspection = both.inspection()
    assert (inspection.problem, inspection.findings == ()) == (None, False)
    told = both.told.result(5)
    assert told is not None
    assert isinstance(told[1].prompt, PromptUnavailable)
    assert told[1].findings == inspection.findings
    assert told[1].problem is None


@pytest.mark.parametrize(
    "completion",
    [lambda link: link.reply(b"{}", status="404 Not Found"), lambda link: link.reply(b"not JSON"), Link.reset],
)
def test_without_a_completion_the_messages_are_given_up(
    background: BackgroundLoop, api: HttpCompletionsApi, make_server: MakeServer, completion: Handler
) -> None:
    asked = Event()

    def answer(link: Link) -> None:
        if is_messages(link):
            asked.set()
            link.hang()
        else:
            asked.wait(5)
            completion(link)

    server = make_server(default=answer)
    both = Both(background, api, server)
    assert both.inspection().completion is None
    assert both.told.result(5) is None
    assert server.hung_up.wait(5)


def test_whoever_waits_for_the_messages_no_more_ends_them(
    background: BackgroundLoop, api: HttpCompletionsApi, make_server: MakeServer
) -> None:
    server = make_server(default=beside(Link.hang))
    both = Both(background, api, server)
    both.inspection()
    assert server.reached.wait(5)
    both.told.cancel()
    assert server.hung_up.wait(5)


def test_cancelling_the_completion_ends_the_messages_too(
    background: BackgroundLoop, api: HttpCompletionsApi, make_server: MakeServer
) -> None:
    asked = Event()

    def hang(link: Link) -> None:
        if is_messages(link):
            asked.set()
        link.hang()

    server = make_server(default=hang)
    both = Both(background, api, server)
    assert asked.wait(5)
    both.opened.cancel()
    assert both.told.result(5) is None


def test_a_call_that_nobody_waits_for_is_never_made(
    background: BackgroundLoop, api: HttpCompletionsApi, make_server: MakeServer
) -> None:
    server = make_server(default=beside(Link.hang))
    call = PromptCall()

    async def open_after_the_end() -> Inspection:
        waiting = asyncio.create_task(call.outcome())
        await asyncio.sleep(0)
        waiting.cancel()
        await asyncio.wait([waiting])
        return await inspect_completion(api, request_for(server, "x"), None, unheard, call, inspector=InspectorHere())

    assert background.submit(open_after_the_end()).result(5).completion is not None
    assert server.targets() == ["/v1/chat/completions/x"]
