"""From a key and an ID to an inspection: every end of a fetch is read, and the key is in none of it."""

import asyncio
import json
from collections.abc import Callable
from dataclasses import replace
from urllib.parse import quote

import pytest

from inspector.core.conversation.prompt import PromptMessages, Waiting
from inspector.core.exchange import Failed, FailureKind, FetchOutcome, Progress, Request
from inspector.core.inputs import BaseUrl, CompletionId
from inspector.core.inspection import Checks, Inspection
from inspector.core.report.json import json_report
from inspector.core.schemas.tool_schemas import ToolSchemas
from inspector.core.secret import Secret
from inspector.gateways.inspecting_here import InspectorHere
from inspector.usecases.echoed_key import KEY_WITHHELD
from inspector.usecases.inspect_completion import inspect_completion
from inspector.usecases.prompt_call import PromptCall
from tests.report_bodies import NOW, URL, calling, completion, received
from tests.slow_inspector import SlowInspector

KEY = 'sk-canary/0123"<456>'
REQUEST = Request(BaseUrl("https://sudo.example", "/api"), CompletionId("chatcmpl-asked"), Secret(KEY), 5)


class FakeApi:
    """Ends every fetch in the same way, after telling some progress."""

    def __init__(self, outcome: FetchOutcome) -> None:
        self.outcome = outcome
        self.asked: list[Request] = []

    async def fetch(self, request: Request, on_progress: Callable[[Progress], None]) -> FetchOutcome:
        self.asked.append(request)
        on_progress(Progress(1, 2))
        return self.outcome


def inspected(outcome: FetchOutcome, tools: ToolSchemas | None = None):  # type: ignore[no-untyped-def]
    progress: list[Progress] = []
    api = FakeApi(outcome)
    with asyncio.Runner() as runner:
        inspection = runner.run(inspect_completion(api, REQUEST, tools, progress.append, inspector=InspectorHere()))
    assert api.asked == [REQUEST]
    assert progress == [Progress(1, 2)]
    return inspection


def test_an_answer_is_read_as_a_completion() -> None:
    outcome = received(json.dumps(completion({"content": "hi"})).encode())
    inspection = inspected(outcome)
    assert inspection.received is outcome
    assert inspection.completion is not None
    assert inspection.problem is None
    assert (inspection.requested, inspection.source.fetched_at) == ("chatcmpl-asked", NOW)


@pytest.mark.parametrize("with_prompt", [False, True])
def test_what_can_be_shown_already_is_told(with_prompt: bool) -> None:
    told: list[Inspection] = []
    outcome = received(json.dumps(completion({"content": "hi"})).encode())
    inspector, call = SlowInspector(), PromptCall() if with_prompt else None
    inspector.may_judge.set()
    work = inspect_completion(FakeApi(outcome), REQUEST, None, print, call, inspector=inspector, on_read=told.append)
    with asyncio.Runner() as runner:
        inspection = runner.run(work)
    assert [reading.checks for reading in told] == [Checks.RUNNING]
    assert told[0].document is inspection.document
    assert isinstance(told[0].prompt, Waiting) is with_prompt
    assert isinstance(inspection.prompt, Waiting) is with_prompt


class AnswerAndPrompt:
    """Answers at once, and tells a prompt to whoever asks for a page."""

    async def fetch(self, request: Request, _on_progress: Callable[[Progress], None]) -> FetchOutcome:
        if request.page is not None:
            return received(b'{"object": "list", "data": [{"role": "user", "content": "hi"}], "has_more": false}')
        return received(json.dumps(completion({"content": "hello"})).encode())


@pytest.mark.parametrize("is_told", [False, True])
def test_where_the_checks_are_given_up_the_prompt_belongs_to_what_was_told_of(is_told: bool) -> None:
    inspector, call = SlowInspector(), PromptCall()

    async def work() -> tuple[Inspection | None, tuple[Inspection, Inspection] | None]:
        told = asyncio.get_running_loop().create_future()
        asked = asyncio.create_task(
            inspect_completion(
                AnswerAndPrompt(),
                REQUEST,
                None,
                print,
                call,
                inspector=inspector,
                on_read=told.set_result if is_told else None,
            )
        )
        outcome = asyncio.create_task(call.outcome())
        reading = await told if is_told else await asyncio.sleep(0)
        asked.cancel()
        with pytest.raises(asyncio.CancelledError):
            await asked
        inspector.may_judge.set()
        return reading, await outcome

    with asyncio.Runner() as runner:
        reading, outcome = runner.run(work())
    assert (outcome is not None) is is_told
    if outcome is not None:
        assert outcome[0] is reading
        assert isinstance(outcome[1].prompt, PromptMessages)


def test_a_refusal_is_read_as_a_problem() -> None:
    inspection = inspected(received(b"{}", status=401))
    assert inspection.problem.kind == "unauthorized"


def test_a_failure_is_read_as_a_problem() -> None:
    inspection = inspected(Failed(FailureKind.DNS, f"{URL}x"))
    assert (inspection.problem.kind, inspection.received, inspection.body) == ("dns", None, b"")


def test_tools_are_held_against_the_calls() -> None:
    tools = ToolSchemas.read('[{"name": "get_weather", "parameters": {"required": ["place"]}}]')
    assert isinstance(tools, ToolSchemas)
    inspection = inspected(received(json.dumps(calling("{}")).encode()), tools)
    assert [check.verdict for check in inspection.schemas.values()] == ["fails"]


@pytest.mark.parametrize(
    "echoed",
    [
        KEY,
        json.dumps(KEY)[1:-1],
        json.dumps(KEY)[1:-1].replace("/", "\\/"),
        quote(KEY, safe=""),
        "sk-canary/0123&quot;&lt;456&gt;",
    ],
)
def test_a_key_that_the_server_echoes_is_withheld(echoed: str) -> None:
    body = b"<p>" + echoed.encode() + b"</p>\xff"
    inspection = inspected(received(body, status=500, x_echo=KEY))
    assert inspection.body == b"<p>***</p>\xff"
    assert inspection.received.header("x-echo") == "***"
    assert inspection.received.notes == (KEY_WITHHELD,)
    assert "canary" not in json_report(inspection)


def test_a_key_in_what_had_come_before_a_failure_is_withheld_too() -> None:
    inspection = inspected(Failed(FailureKind.DISCONNECTED, f"{URL}x", partial=received(KEY.encode())))
    assert inspection.body == b"***"


def test_a_key_in_a_header_alone_is_withheld() -> None:
    outcome = replace(received(b"{}"), headers=(("x", f"a {KEY}"),))
    inspection = inspected(outcome)
    assert (inspection.body, inspection.received.headers) == (b"{}", (("x", "a ***"),))
