"""However wishes cross each other, what was asked for last is what is shown, and nothing is left hanging."""

import json
from collections.abc import Callable
from pathlib import Path

import pytest
from pytestqt.qtbot import QtBot

from inspector.core.digest import digest_of
from inspector.viewmodels.job_runner import JobRunner
from inspector.viewmodels.services import Services
from inspector.viewmodels.session import Session
from inspector.viewmodels.session_state import Idle, Rejected, Shown, Stage, Working
from tests.live_services import sample
from tests.sessions import Watch, busy, entry, opened, prompted, shown, under_way

PLAIN = sample("plain-answer.json").id
CALLS = sample("two-tool-calls.json").id
LOGPROBS = sample("logprobs.json").id
THINKING = sample("slow-start.json").id
DRIPPING = sample("slow-body.json").id


@pytest.fixture
def saved(tmp_path: Path) -> Path:
    path = tmp_path / "saved.json"
    path.write_bytes(sample("logprobs.json").body())
    return path


def test_a_newer_fetch_takes_the_place_of_a_slow_one(session: Session, qtbot: QtBot) -> None:
    under_way(session, qtbot, DRIPPING)
    session.fetch(PLAIN)
    assert busy(session) == [PLAIN]
    assert shown(session, qtbot).requested == PLAIN
    assert busy(session) == []
    assert entry(session, DRIPPING).digest is None


def test_a_file_takes_the_place_of_a_fetch(session: Session, runner: JobRunner, qtbot: QtBot, saved: Path) -> None:
    under_way(session, qtbot, DRIPPING)
    assert opened(session, qtbot, saved).source.path == str(saved)
    assert busy(session) == []
    assert not runner.is_busy("fetch")


def test_a_fetch_takes_the_place_of_a_file(session: Session, runner: JobRunner, qtbot: QtBot, saved: Path) -> None:
    session.open_file(str(saved))
    session.fetch(PLAIN)
    assert shown(session, qtbot).requested == PLAIN
    assert not runner.is_busy("fetch")
    assert "saved.json" not in [each.subject for each in session.entries]


def test_a_file_that_was_cancelled_leaves_no_line_that_could_be_fetched_as_an_id(
    session: Session, saved: Path, qtbot: QtBot
) -> None:
    session.open_file(str(saved))
    session.cancel()
    assert "saved.json" not in [each.subject for each in session.entries]


@pytest.mark.parametrize("stop", [Session.cancel, lambda session: session.fetch("..")], ids=["cancel", "reject"])
def test_what_was_stopped_is_not_said_to_be_on_its_way(
    session: Session, runner: JobRunner, qtbot: QtBot, stop: Callable[[Session], None]
) -> None:
    under_way(session, qtbot, DRIPPING)
    stop(session)
    assert busy(session) == []
    assert not runner.is_busy("fetch")


def test_of_several_the_first_is_shown_as_soon_as_it_has_come(session: Session, qtbot: QtBot) -> None:
    watch = Watch(session)
    session.fetch_all([CALLS, PLAIN, DRIPPING])
    assert shown(session, qtbot).requested == CALLS
    assert watch.states[:-1] == [Working(CALLS)]
    assert session.batch.awaits(DRIPPING), "the last of them drips on"


def test_those_that_wait_have_their_lines_from_the_start_in_order(session: Session) -> None:
    session.fetch_all([CALLS, PLAIN, LOGPROBS])
    assert [(each.subject, each.stage) for each in session.entries] == [
        (CALLS, Stage.WAITING),
        (PLAIN, Stage.WAITING),
        (LOGPROBS, Stage.WAITING),
    ]


def newer_fetch(session: Session) -> None:
    session.fetch(LOGPROBS)


def rejected_text(session: Session) -> None:
    session.reject("No.")


def another_line(session: Session) -> None:
    session.show(entry(session, LOGPROBS))


@pytest.mark.parametrize("interrupt", [newer_fetch, rejected_text, another_line])
def test_a_new_wish_lets_the_list_fill_and_is_what_is_shown(
    session: Session, qtbot: QtBot, interrupt: Callable[[Session], None]
) -> None:
    session.fetch(LOGPROBS)
    shown(session, qtbot)
    session.fetch_all([CALLS, PLAIN])
    interrupt(session)
    qtbot.waitUntil(lambda: not session.batch.is_open and not isinstance(session.state, Working))
    qtbot.waitUntil(lambda: isinstance(session.state, Rejected | Shown))
    assert {entry(session, subject).stage for subject in (CALLS, PLAIN)} == {Stage.DONE}
    assert session.inspection is None or session.inspection.requested == LOGPROBS


def test_cancelling_what_was_to_be_shown_ends_the_list_too(session: Session, runner: JobRunner) -> None:
    session.fetch_all([THINKING, CALLS, PLAIN])
    session.cancel()
    assert session.state == Idle(f"Cancelled. {THINKING} was not fetched.")
    assert not runner.is_busy("batch")
    assert {each.stage for each in session.entries} == {Stage.CANCELLED}


def test_a_line_that_was_fetched_is_shown_without_asking_again(session: Session, qtbot: QtBot) -> None:
    session.fetch(PLAIN)
    before = shown(session, qtbot)
    under_way(session, qtbot, DRIPPING)
    session.show(entry(session, PLAIN))
    assert shown(session, qtbot).received == before.received
    assert busy(session) == []


def test_a_line_that_was_not_fetched_yet_is_fetched(session: Session, runner: JobRunner, qtbot: QtBot) -> None:
    with qtbot.waitSignal(session.entries_changed):
        runner.warm_up()
    session.show(entry(session, PLAIN))
    assert shown(session, qtbot).requested == PLAIN


def test_a_second_click_on_a_line_does_not_start_over(session: Session, qtbot: QtBot) -> None:
    under_way(session, qtbot, DRIPPING)
    watch = Watch(session)
    session.show(entry(session, DRIPPING))
    assert watch.states == []
    assert busy(session) == [DRIPPING]


def test_a_fault_elsewhere_does_not_end_a_fetch(session: Session, runner: JobRunner, qtbot: QtBot) -> None:
    async def faulty(_services: Services) -> object:
        raise RuntimeError("a bug")

    under_way(session, qtbot, DRIPPING)
    with qtbot.waitSignal(runner.failed):
        runner.start("key", faulty, [].append)  # type: ignore[arg-type]
    assert session.state == Working(DRIPPING)
    assert busy(session) == [DRIPPING]


@pytest.fixture
def tools(tmp_path: Path) -> Path:
    """Tools whose schemas no call of the sample passes."""
    body = json.loads(sample("two-tool-calls.json").body())
    names = [call["function"]["name"] for call in body["choices"][0]["message"]["tool_calls"]]
    parameters = {"type": "object", "required": ["a field that no call has"]}
    path = tmp_path / "tools.json"
    described = [{"type": "function", "function": {"name": name, "parameters": parameters}} for name in names]
    path.write_text(json.dumps(described))
    return path


def test_tools_loaded_later_judge_what_is_shown_and_what_comes(session: Session, qtbot: QtBot, tools: Path) -> None:
    session.fetch(CALLS)
    before = shown(session, qtbot)
    assert verdicts(session) != {"fails"}
    with qtbot.waitSignal(session.told):
        session.tool_desk.load(str(tools))
    after = session.inspection
    assert after is not None
    assert after is not before
    assert "fails" in verdicts(session)
    qtbot.waitUntil(lambda: entry(session, CALLS).digest == digest_of(after))
    saved_answer = tools.with_name("calls.json")
    saved_answer.write_bytes(sample("two-tool-calls.json").body())
    opened(session, qtbot, saved_answer)
    assert "fails" in verdicts(session), "files are judged by the same tools"
    with qtbot.waitSignal(session.told):
        session.tool_desk.forget()
    assert "fails" not in verdicts(session)
    assert [each.subject for each in session.entries if not each.subject] == []


def verdicts(session: Session) -> set[str]:
    assert session.inspection is not None
    return {check.verdict for check in session.inspection.schemas.values()}


def test_tools_that_were_read_late_do_not_bring_back_an_older_answer(
    session: Session, qtbot: QtBot, tools: Path
) -> None:
    session.fetch(CALLS)
    shown(session, qtbot)
    with qtbot.waitSignal(session.told):
        session.tool_desk.load(str(tools))
        session.fetch(THINKING)
    assert session.state == Working(THINKING)


def test_a_file_of_no_tools_is_told_and_changes_nothing(session: Session, qtbot: QtBot, tmp_path: Path) -> None:
    session.fetch(CALLS)
    prompted(session, qtbot)
    before = session.inspection
    path = tmp_path / "tools.json"
    path.write_text("no tools")
    with qtbot.waitSignal(session.told):
        session.tool_desk.load(str(path))
    assert session.inspection is before


def test_what_is_rejected_can_be_followed_by_anything(session: Session, qtbot: QtBot) -> None:
    session.fetch("..")
    assert isinstance(session.state, Rejected)
    session.fetch(PLAIN)
    assert shown(session, qtbot).requested == PLAIN
