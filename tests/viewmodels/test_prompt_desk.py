"""The prompt of what is shown: it comes by itself, later than the answer, and only for what is shown."""

import json
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import pytest
from pytestqt.qtbot import QtBot

from inspector.core.conversation.prompt import NotAsked, PromptMessages, PromptUnavailable, Waiting
from inspector.core.conversation.unavailable import GIVEN_UP
from inspector.core.inspection import inspect_again
from inspector.core.schemas.tool_schemas import ToolSchemas
from inspector.viewmodels.job_runner import JobRunner
from inspector.viewmodels.prompt_desk import MESSAGES
from inspector.viewmodels.services import Services
from inspector.viewmodels.session import Session
from inspector.viewmodels.session_state import Idle, Stage, Working
from tests.held_prompts import HeldApi
from tests.live_services import demo_services, sample
from tests.sessions import Watch, entry, opened, prompted, shown
from tests.viewmodels.conftest import MakeRunner

PLAIN = sample("plain-answer.json").id
CALLS = sample("two-tool-calls.json").id
LOGPROBS = sample("logprobs.json").id
MISSING = sample("error-404.json").id
DRIPPING = sample("slow-body.json").id


@pytest.fixture
def held() -> Iterator[list[HeldApi]]:
    """The gateway of the session, once it has been made."""
    made: list[HeldApi] = []
    yield made
    for api in made:
        api.may_answer.set()


@pytest.fixture
def slow(make_runner: MakeRunner, held: list[HeldApi]) -> Session:
    """A session whose prompts come when the test says so."""

    def make() -> Services:
        services = demo_services()
        held.append(HeldApi(services.api))
        return replace(services, api=held[0])

    return Session(make_runner(make))


def test_the_answer_is_shown_while_its_prompt_is_still_to_come(
    slow: Session, held: list[HeldApi], qtbot: QtBot
) -> None:
    watch = Watch(slow)
    slow.fetch(PLAIN)
    first = shown(slow, qtbot)
    assert first.prompt == Waiting()
    states = len(watch.states)
    with qtbot.waitSignal(slow.prompt_changed):
        held[0].may_answer.set()
    told = slow.inspection
    assert told is not None
    assert isinstance(told.prompt, PromptMessages)
    assert [json.loads(node.raw) for node in told.prompt.messages] == sample("plain-answer.json").prompt()
    assert told.document is first.document
    assert len(watch.states) == states, "what is shown is not shown anew"


def test_both_are_asked_for_at_the_same_time(slow: Session, held: list[HeldApi], qtbot: QtBot) -> None:
    slow.fetch(DRIPPING)
    qtbot.waitUntil(lambda: bool(held) and held[0].reached.is_set())
    slow.cancel()
    qtbot.waitUntil(held[0].given_up.is_set)
    assert isinstance(slow.state, Idle)


def test_escape_ends_the_wait_for_the_prompt_and_leaves_the_answer(
    slow: Session, held: list[HeldApi], qtbot: QtBot
) -> None:
    slow.fetch(PLAIN)
    first = shown(slow, qtbot)
    qtbot.waitUntil(held[0].reached.is_set)
    with qtbot.waitSignal(slow.prompt_changed), qtbot.waitSignal(slow.told) as told:
        slow.cancel()
    assert told.args == ["Cancelled. The prompt messages are not waited for."]
    assert slow.inspection == replace(first, prompt=PromptUnavailable(GIVEN_UP))
    qtbot.waitUntil(held[0].given_up.is_set)
    with qtbot.assertNotEmitted(slow.told):
        slow.cancel()


def test_escape_ends_a_batch_before_it_ends_the_wait(slow: Session, held: list[HeldApi], qtbot: QtBot) -> None:
    slow.fetch_all([PLAIN, DRIPPING])
    shown(slow, qtbot)
    assert slow.batch.is_open
    slow.cancel()
    assert not slow.batch.is_open
    assert slow.inspection is not None
    assert slow.inspection.prompt == Waiting()
    slow.cancel()
    assert slow.inspection.prompt == PromptUnavailable(GIVEN_UP)


def test_where_the_service_has_none_it_says_so(session: Session, qtbot: QtBot) -> None:
    session.fetch(LOGPROBS)
    shown(session, qtbot)
    told = prompted(session, qtbot)
    assert told == PromptUnavailable("The service has no prompt messages of this completion (status 404).")


def test_what_was_not_found_has_no_prompt(session: Session, runner: JobRunner, qtbot: QtBot) -> None:
    session.fetch(MISSING)
    assert shown(session, qtbot).prompt == NotAsked()
    qtbot.waitUntil(lambda: not runner.is_busy(MESSAGES))
    assert session.inspection is not None
    assert session.inspection.prompt == NotAsked()


def test_a_newer_wish_ends_the_call(slow: Session, held: list[HeldApi], qtbot: QtBot, tmp_path: Path) -> None:
    path = tmp_path / "saved.json"
    path.write_bytes(sample("logprobs.json").body())
    slow.fetch(PLAIN)
    shown(slow, qtbot)
    assert opened(slow, qtbot, path).prompt == NotAsked()
    qtbot.waitUntil(held[0].given_up.is_set)
    assert held[0].asked == [PLAIN]


def test_of_a_batch_only_the_prompt_of_what_is_shown_is_asked_for(
    slow: Session, held: list[HeldApi], qtbot: QtBot
) -> None:
    slow.fetch_all([CALLS, PLAIN, LOGPROBS])
    assert shown(slow, qtbot).prompt == Waiting()
    qtbot.waitUntil(lambda: entry(slow, LOGPROBS).stage is Stage.DONE and not slow.batch.is_open)
    held[0].may_answer.set()
    assert isinstance(prompted(slow, qtbot), PromptMessages)
    assert held[0].asked == [CALLS]
    slow.show(entry(slow, PLAIN))
    qtbot.waitUntil(lambda: slow.inspection is not None and slow.inspection.requested == PLAIN)
    assert isinstance(prompted(slow, qtbot), PromptMessages)
    assert held[0].asked == [CALLS, PLAIN]


def test_a_look_with_other_tools_keeps_the_prompt_that_comes_meanwhile(
    slow: Session, held: list[HeldApi], qtbot: QtBot, tmp_path: Path
) -> None:
    path = tmp_path / "tools.json"
    path.write_text('[{"name": "somebody_else", "parameters": {}}]')
    slow.fetch(CALLS)
    shown(slow, qtbot)
    with qtbot.waitSignal(slow.told):
        slow.tool_desk.load(str(path))
    assert slow.inspection is not None
    assert slow.inspection.prompt == Waiting()
    with qtbot.waitSignal(slow.prompt_changed):
        held[0].may_answer.set()
    assert isinstance(slow.inspection.prompt, PromptMessages)
    assert "function-not-offered" in {found.rule for found in slow.inspection.findings}


def test_a_prompt_that_came_before_the_other_look_is_put_to_it(
    slow: Session, held: list[HeldApi], qtbot: QtBot
) -> None:
    slow.fetch(CALLS)
    early = shown(slow, qtbot)
    held[0].may_answer.set()
    prompt = prompted(slow, qtbot)
    tools = ToolSchemas.read('[{"name": "somebody_else", "parameters": {}}]')
    assert isinstance(tools, ToolSchemas)
    with qtbot.waitSignal(slow.prompt_changed):
        slow.tool_desk.judged_again.emit(early, inspect_again(early, tools, 0.0))
    told = slow.inspection
    assert told is not None
    assert told.prompt is prompt
    assert "function-not-offered" in {found.rule for found in told.findings}


def test_a_prompt_of_another_answer_changes_nothing(session: Session, qtbot: QtBot) -> None:
    session.fetch(CALLS)
    other = shown(session, qtbot)
    session.fetch(PLAIN)
    qtbot.waitUntil(lambda: session.inspection is not None and session.inspection.requested == PLAIN)
    now = session.inspection
    session.prompts._on_told((other, other))
    assert session.inspection is not None
    assert session.inspection.requested == PLAIN
    assert now is not None
    assert session.inspection.body is now.body


def test_a_prompt_that_is_told_before_its_answer_is_kept_for_it(
    slow: Session, held: list[HeldApi], qtbot: QtBot
) -> None:
    """Two threads tell of the two, and either may be held up on its way."""
    slow.fetch(CALLS)
    waiting = shown(slow, qtbot)
    held[0].may_answer.set()
    prompted(slow, qtbot)
    told = slow.inspection
    assert told is not None
    slow.state = Working(CALLS)
    slow.prompts._on_told((waiting, told))
    assert slow.inspection is None
    slow._arrive((CALLS, waiting))
    assert slow.inspection is told
    slow._show(waiting)
    assert slow.inspection is waiting
