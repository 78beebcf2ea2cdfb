"""From an ID to an inspection: the key is found or known, and without one nothing is fetched."""

import asyncio
from collections.abc import Callable
from dataclasses import replace

import pytest

from inspector.core.conversation.prompt import PromptUnavailable, Waiting
from inspector.core.exchange import FetchOutcome, MessagesPage, Progress, Received, Request, Timings
from inspector.core.inputs import BaseUrl, CompletionId, Refused
from inspector.core.inspection import Inspection, inspect_file
from inspector.core.keys.faults import KeyFailure, KeyFault
from inspector.core.keys.lookup import KeyFound, KeyLookup, KeyOrigin, KeyWithheld, NoKey
from inspector.core.profile import Profile
from inspector.core.schemas.tool_schemas import ToolSchemas
from inspector.core.schemas.verdict import SchemaVerdict
from inspector.core.secret import Secret
from inspector.gateways.inspecting_here import InspectorHere
from inspector.usecases.access import Access
from inspector.usecases.api_key import SessionKeys
from inspector.usecases.open_completion import Opened, open_completion, open_prompt
from inspector.usecases.prompt_call import PromptCall
from tests.fake_key_store import FakeKeyStore

HOME = BaseUrl("https://sudo.example", "/api")
ELSEWHERE = BaseUrl("https://other.example", "/api")
WORK = Profile("work", HOME)
ID = CompletionId("chatcmpl-1")
KNOWN = KeyFound(Secret("known-already"), KeyOrigin.KEYRING)
BODY = (
    b'{"id":"chatcmpl-1","choices":[{"message":{"tool_calls":'
    b'[{"id":"a","type":"function","function":{"name":"f","arguments":"{}"}}]}}]}'
)


class FakeApi:
    """Answers every request with the same body and remembers what was asked."""

    def __init__(self) -> None:
        self.requests: list[Request] = []

    async def fetch(self, request: Request, on_progress: Callable[[Progress], None]) -> FetchOutcome:
        self.requests.append(request)
        on_progress(Progress(len(BODY), len(BODY)))
        url = request.base_url.completion_url(request.completion)
        return Received(url, 200, "OK", "HTTP/1.1", (), BODY, len(BODY), Timings(1, 2, 1_795_000_000.0))


@pytest.fixture
def api() -> FakeApi:
    return FakeApi()


def opened(
    api: FakeApi,
    store: FakeKeyStore,
    *,
    base_url: BaseUrl = HOME,
    environ: dict[str, str] | None = None,
    known_key: KeyFound | None = None,
    tools: ToolSchemas | None = None,
    progress: list[Progress] | None = None,
) -> Opened | KeyLookup:
    return asyncio.run(
        open_completion(
            ID,
            Access(api, WORK, base_url, environ or {}, SessionKeys(), store, known_key, 7.0),
            inspector=InspectorHere(),
            tools=tools,
            on_progress=(progress if progress is not None else []).append,
        )
    )


def test_a_key_in_the_keyring_opens_the_completion(api: FakeApi) -> None:
    progress: list[Progress] = []
    found = opened(api, FakeKeyStore({"work": "from-the-keyring"}), progress=progress)
    assert isinstance(found, Opened)
    assert found.key == KeyFound(Secret("from-the-keyring"), KeyOrigin.KEYRING)
    assert found.inspection.requested == "chatcmpl-1"
    assert found.inspection.completion is not None
    assert api.requests == [Request(HOME, ID, Secret("from-the-keyring"), 7.0)]
    assert progress == [Progress(len(BODY), len(BODY))]


def test_a_known_key_saves_the_search(api: FakeApi) -> None:
    store = FakeKeyStore({"work": "from-the-keyring"})
    found = opened(api, store, known_key=KNOWN, environ={"SUDO_API_KEY": "from-the-environment"})
    assert isinstance(found, Opened)
    assert found.key is KNOWN
    assert [request.key for request in api.requests] == [KNOWN.key]
    assert store.visits == []


def test_the_search_begins_in_the_environment(api: FakeApi) -> None:
    found = opened(api, FakeKeyStore(), environ={"SUDO_API_KEY": "from-the-environment"}, base_url=ELSEWHERE)
    assert isinstance(found, Opened)
    assert found.key.origin is KeyOrigin.ENVIRONMENT
    assert api.requests[0].base_url == ELSEWHERE


@pytest.mark.parametrize(
    ("store", "environ", "base_url", "kind"),
    [
        (FakeKeyStore(), {}, HOME, NoKey),
        (FakeKeyStore({"work": "from-the-keyring"}), {}, ELSEWHERE, KeyWithheld),
        (FakeKeyStore(failure=KeyFailure(KeyFault.LOCKED)), {}, HOME, KeyFailure),
        (FakeKeyStore(), {"SUDO_API_KEY": "two words"}, HOME, Refused),
    ],
)
def test_without_a_key_nothing_is_fetched(
    api: FakeApi, store: FakeKeyStore, environ: dict[str, str], base_url: BaseUrl, kind: type
) -> None:
    assert isinstance(opened(api, store, environ=environ, base_url=base_url), kind)
    assert api.requests == []


def test_the_users_own_tools_are_held_against_the_calls(api: FakeApi) -> None:
    tools = ToolSchemas.read('[{"type":"function","function":{"name":"f","parameters":{"required":["city"]}}}]')
    assert isinstance(tools, ToolSchemas)
    found = opened(api, FakeKeyStore(), known_key=KNOWN, tools=tools)
    assert isinstance(found, Opened)
    assert [check.verdict for check in found.inspection.schemas.values()] == [SchemaVerdict.FAILS]


def test_what_was_opened_does_not_show_the_key(api: FakeApi) -> None:
    assert "known-already" not in repr(opened(api, FakeKeyStore(), known_key=KNOWN))


def test_what_is_asked_with_does_not_show_the_key(api: FakeApi) -> None:
    environ = {"SUDO_API_KEY": "from-the-environment"}
    shown = repr(Access(api, WORK, HOME, environ, SessionKeys(), FakeKeyStore(), KNOWN, 7.0))
    assert "https://sudo.example" in shown
    assert "known-already" not in shown
    assert "from-the-environment" not in shown


def opening(api: FakeApi, store: FakeKeyStore, call: PromptCall, known_key: KeyFound | None):  # type: ignore[no-untyped-def]
    """Opens with a call for the prompt; what both bring."""

    async def both():  # type: ignore[no-untyped-def]
        told = asyncio.create_task(call.outcome())
        opened = await open_completion(
            ID,
            Access(api, WORK, HOME, {}, SessionKeys(), store, known_key, 7.0),
            inspector=InspectorHere(),
            tools=None,
            on_progress=[].append,
            prompt_call=call,
        )
        return opened, await told

    return asyncio.run(both())


def test_the_prompt_is_asked_for_beside_the_completion_and_told_by_itself(api: FakeApi) -> None:
    found, told = opening(api, FakeKeyStore(), PromptCall(), KNOWN)
    assert found.inspection.prompt == Waiting()
    assert {request.page for request in api.requests} == {None, MessagesPage()}
    assert told[0] is found.inspection
    assert told[1].prompt == PromptUnavailable("What came as the prompt messages is no list of messages.")


def test_without_a_key_nobody_waits_for_a_prompt(api: FakeApi) -> None:
    found, told = opening(api, FakeKeyStore(), PromptCall(), None)
    assert (type(found), told, api.requests) == (NoKey, None, [])


def test_a_call_that_ended_before_it_began_brings_nothing(api: FakeApi) -> None:
    call = PromptCall()
    call.end()
    found, told = opening(api, FakeKeyStore(), call, KNOWN)
    assert (found.inspection.completion is not None, told) == (True, None)
    assert [request.page for request in api.requests] == [None]


def prompted(api: FakeApi, inspection: Inspection, known_key: KeyFound | None = KNOWN) -> Inspection:
    return asyncio.run(
        open_prompt(inspection, Access(api, WORK, HOME, {}, SessionKeys(), FakeKeyStore(), known_key, 7.0))
    )


def test_the_prompt_of_an_answer_that_is_there_already_is_asked_for_alone(api: FakeApi) -> None:
    answer = inspect_file(BODY, "", 0.0)
    told = prompted(api, replace(answer, requested="chatcmpl-1"))
    assert [(request.completion, request.page) for request in api.requests] == [(ID, MessagesPage())]
    assert told.prompt == PromptUnavailable("What came as the prompt messages is no list of messages.")
    assert told.findings == answer.findings


@pytest.mark.parametrize(("requested", "key"), [(None, KNOWN), ("chatcmpl-1", None)])
def test_without_an_id_or_a_key_no_prompt_is_asked_for(
    api: FakeApi, requested: str | None, key: KeyFound | None
) -> None:
    told = prompted(api, replace(inspect_file(BODY, "", 0.0), requested=requested), key)
    assert isinstance(told.prompt, PromptUnavailable)
    assert api.requests == []
