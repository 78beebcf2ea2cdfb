"""A large answer is shown before its checks are done, and whatever comes between, none is ever taken for checked."""

from collections.abc import Callable, Iterator
from dataclasses import replace
from functools import partial
from pathlib import Path

import pytest
from pytestqt.qtbot import QtBot

from inspector.core.conversation.prompt import PromptMessages, Waiting
from inspector.core.digest import digest_of
from inspector.core.inspection import Checks, Inspection
from inspector.core.keys.lookup import NoKey
from inspector.gateways.files import LIMIT_BYTES
from inspector.viewmodels.completion_columns import worst_words
from inspector.viewmodels.job_runner import JobRunner
from inspector.viewmodels.session import Session
from inspector.viewmodels.session_state import Entry, Idle, KeyMissing, Shown, Stage, Working
from inspector.wiring import _read_file
from tests.held_prompts import HeldApi
from tests.live_services import demo_services, sample
from tests.sessions import Watch, busy, entry, opened, prompted, shown
from tests.slow_inspector import SlowInspector
from tests.viewmodels.conftest import MakeRunner

CALLS = sample("two-tool-calls.json").id
PLAIN = sample("plain-answer.json").id
CUT_OFF = sample("cut-off-by-length.json").id
THINKING = sample("slow-start.json").id
TOOLS = '[{"type": "function", "function": {"name": "of_another_kind"}}]'


@pytest.fixture
def inspector() -> Iterator[SlowInspector]:
    made = SlowInspector()
    yield made
    made.may_judge.set()


@pytest.fixture
def runner(make_runner: MakeRunner, inspector: SlowInspector) -> JobRunner:
    read_file = partial(_read_file, inspector, LIMIT_BYTES)
    return make_runner(partial(demo_services, inspector=inspector, read_file=read_file))


@pytest.fixture
def prompting(make_runner: MakeRunner, inspector: SlowInspector) -> Iterator[tuple[Session, HeldApi]]:
    """A session whose prompts come when the test says so, and its gateway."""
    services = demo_services(inspector=inspector)
    held = HeldApi(services.api)
    yield Session(make_runner(partial(replace, services, api=held))), held
    held.may_answer.set()


def stopped(session: Session, qtbot: QtBot, completion: str = CUT_OFF) -> Inspection:
    """What was shown when its checks were stopped."""
    session.fetch(completion)
    reading = shown(session, qtbot)
    session.cancel()
    return reading


def checked(session: Session, qtbot: QtBot) -> None:
    qtbot.waitUntil(lambda: session.inspection is not None and session.inspection.checks is Checks.DONE)


def test_it_is_shown_while_it_is_being_checked(session: Session, inspector: SlowInspector, qtbot: QtBot) -> None:
    watch = Watch(session)
    session.fetch(CUT_OFF)
    reading = shown(session, qtbot)
    assert (reading.checks, reading.findings, reading.tally) == (Checks.RUNNING, (), None)
    assert reading.completion is not None
    assert isinstance(reading.prompt, Waiting)
    assert session.subject == CUT_OFF
    assert (session.is_checking, busy(session)) == (True, [CUT_OFF])
    assert entry(session, CUT_OFF).stage is Stage.CHECKING
    with qtbot.waitSignal(session.checks_ended):
        inspector.may_judge.set()
    assert watch.kinds == [Working, Shown]
    assert session.inspection is not None
    assert session.inspection.findings
    assert session.inspection.document is reading.document
    assert (session.is_checking, entry(session, CUT_OFF).stage) == (False, Stage.DONE)
    prompted(session, qtbot)


def test_a_file_and_what_was_kept_are_too(
    session: Session, inspector: SlowInspector, qtbot: QtBot, tmp_path: Path
) -> None:
    path = tmp_path / "saved.json"
    path.write_bytes(sample("cut-off-by-length.json").body())
    assert opened(session, qtbot, path).checks is Checks.RUNNING
    assert session.subject == "saved.json"
    inspector.may_judge.set()
    checked(session, qtbot)
    kept = entry(session, "saved.json")
    session.fetch(PLAIN)
    qtbot.waitUntil(lambda: session.subject == PLAIN)
    checked(session, qtbot)
    inspector.may_judge.clear()
    session.show(kept)
    qtbot.waitUntil(lambda: session.subject == "saved.json")
    assert session.is_checking
    inspector.may_judge.set()
    checked(session, qtbot)
    assert session.inspection is not None
    assert session.inspection.findings


def test_the_checks_can_be_stopped_and_that_is_told(session: Session, qtbot: QtBot) -> None:
    session.fetch(CUT_OFF)
    reading = shown(session, qtbot)
    with qtbot.waitSignal(session.checks_ended):
        session.cancel()
    assert session.inspection is not None
    assert session.inspection.checks is Checks.STOPPED
    assert session.inspection.document is reading.document
    assert (session.is_checking, busy(session)) == (False, [])
    assert worst_words(entry(session, CUT_OFF)) == "not checked"
    prompted(session, qtbot)


def test_what_was_stopped_is_looked_through_when_it_is_shown_again_without_a_fetch(
    session: Session, inspector: SlowInspector, qtbot: QtBot
) -> None:
    body = stopped(session, qtbot).body
    session.reject("something else")
    watch = Watch(session)
    inspector.may_judge.set()
    session.show(entry(session, CUT_OFF))
    checked(session, qtbot)
    assert watch.kinds == [Shown]
    assert session.inspection is not None
    assert session.inspection.body == body
    assert session.inspection.findings


def stop(session: Session, _inspector: SlowInspector) -> None:
    session.cancel()


def load_tools(session: Session, _inspector: SlowInspector) -> None:
    session.tool_desk.paste(TOOLS)


def fail(_session: Session, inspector: SlowInspector) -> None:
    inspector.fails = True
    inspector.may_judge.set()


@pytest.mark.parametrize("end", [stop, load_tools, fail])
def test_a_prompt_that_is_on_its_way_is_not_asked_for_again_when_the_checks_end_early(
    prompting: tuple[Session, HeldApi],
    inspector: SlowInspector,
    qtbot: QtBot,
    end: Callable[[Session, SlowInspector], None],
) -> None:
    session, held = prompting
    session.fetch(CALLS)
    shown(session, qtbot)
    qtbot.waitUntil(held.reached.is_set)
    with qtbot.waitSignal(session.checks_ended):
        end(session, inspector)
    assert session.inspection is not None
    assert session.inspection.prompt == Waiting()
    held.may_answer.set()
    assert isinstance(prompted(session, qtbot), PromptMessages)
    assert held.asked == [CALLS]


def test_a_prompt_that_came_after_the_checks_were_stopped_stays_when_tools_are_loaded(
    prompting: tuple[Session, HeldApi], qtbot: QtBot
) -> None:
    session, held = prompting
    held.may_answer.set()
    stopped(session, qtbot, CALLS)
    prompt = prompted(session, qtbot)
    assert isinstance(prompt, PromptMessages)
    with qtbot.waitSignal(session.checks_ended):
        session.tool_desk.paste(TOOLS)
    assert prompted(session, qtbot) is prompt
    assert held.asked == [CALLS]


def test_the_prompt_of_what_is_not_shown_any_more_is_not_waited_for(
    prompting: tuple[Session, HeldApi], qtbot: QtBot
) -> None:
    session, held = prompting
    session.fetch(CALLS)
    shown(session, qtbot)
    qtbot.waitUntil(held.reached.is_set)
    session.reject("something else")
    qtbot.waitUntil(held.given_up.is_set)


def test_the_line_of_what_was_stopped_tells_what_is_found_when_it_is_shown_again(
    session: Session, inspector: SlowInspector, qtbot: QtBot
) -> None:
    stopped(session, qtbot)
    inspector.may_judge.set()
    session.reject("something else")
    session.show(entry(session, CUT_OFF))
    checked(session, qtbot)
    assert session.inspection is not None
    assert entry(session, CUT_OFF).digest == digest_of(session.inspection)


def kept(session: Session, inspector: SlowInspector, runner: JobRunner, qtbot: QtBot, subject: str) -> Entry:
    """Fetches a completion whose checks are done, and waits until it is kept; later ones take their time again."""
    inspector.may_judge.set()
    session.fetch(subject)
    qtbot.waitUntil(lambda: entry(session, subject).stage is Stage.DONE and not runner.is_busy(f"keep {subject}"))
    inspector.may_judge.clear()
    return entry(session, subject)


def test_what_was_found_before_stays_in_the_line_when_another_look_is_stopped(
    session: Session, inspector: SlowInspector, runner: JobRunner, qtbot: QtBot
) -> None:
    line = kept(session, inspector, runner, qtbot, CUT_OFF)
    session.reject("something else")
    session.show(line)
    qtbot.waitUntil(lambda: session.is_checking)
    session.cancel()
    assert session.inspection is not None
    assert session.inspection.checks is Checks.STOPPED
    assert entry(session, CUT_OFF) == line


def test_a_file_that_is_read_anew_and_not_checked_says_so(
    session: Session, inspector: SlowInspector, runner: JobRunner, qtbot: QtBot, tmp_path: Path
) -> None:
    path = tmp_path / "saved.json"
    path.write_bytes(sample("plain-answer.json").body())
    inspector.may_judge.set()
    opened(session, qtbot, path)
    checked(session, qtbot)
    qtbot.waitUntil(lambda: not runner.is_busy("keep saved.json"))
    inspector.may_judge.clear()
    path.write_bytes(sample("cut-off-by-length.json").body())
    session.open_file(str(path))
    qtbot.waitUntil(lambda: session.is_checking)
    assert entry(session, "saved.json").stage is Stage.CHECKING
    session.cancel()
    line = entry(session, "saved.json")
    assert (worst_words(line), line.busy) == ("not checked", False)


def test_escape_means_what_was_chosen_while_another_was_being_checked(
    session: Session, inspector: SlowInspector, runner: JobRunner, qtbot: QtBot
) -> None:
    line = kept(session, inspector, runner, qtbot, PLAIN)
    session.fetch(CALLS)
    qtbot.waitUntil(lambda: session.subject == CALLS)
    with qtbot.assertNotEmitted(session.checks_ended):
        session.show(line)
    assert session.state == Working(PLAIN)
    assert worst_words(entry(session, CALLS)) == "not checked"
    session.cancel()
    assert session.state == Idle(f"Cancelled. {PLAIN} was not fetched.")
    assert entry(session, PLAIN) == line


def test_escape_means_what_was_chosen_while_another_was_being_fetched(
    session: Session, inspector: SlowInspector, runner: JobRunner, qtbot: QtBot
) -> None:
    line = kept(session, inspector, runner, qtbot, PLAIN)
    session.fetch(THINKING)
    session.show(line)
    assert session.state == Working(PLAIN)
    assert busy(session) == []
    session.cancel()
    assert session.state == Idle(f"Cancelled. {PLAIN} was not fetched.")


def no_key_for_the_batch(session: Session) -> None:
    session.batch.key_missing.emit(NoKey("demo"))


def test_a_batch_without_a_key_leaves_what_is_opened_beside_it(
    session: Session, inspector: SlowInspector, qtbot: QtBot, tmp_path: Path
) -> None:
    path = tmp_path / "saved.json"
    path.write_bytes(sample("plain-answer.json").body())
    session.fetch_all([THINKING, CALLS])
    session.open_file(str(path))
    no_key_for_the_batch(session)
    assert session.state == Working("saved.json")
    qtbot.waitUntil(lambda: session.is_checking)
    inspector.may_judge.set()
    checked(session, qtbot)


def test_a_batch_without_a_key_ends_the_checks_of_what_was_shown(session: Session, qtbot: QtBot) -> None:
    session.fetch(CUT_OFF)
    shown(session, qtbot)
    session.batch.start([THINKING, PLAIN])
    no_key_for_the_batch(session)
    assert session.state == KeyMissing(NoKey("demo"), THINKING)
    line = entry(session, CUT_OFF)
    assert (worst_words(line), line.busy) == ("not checked", False)


def test_a_batch_without_a_key_that_has_nothing_left_changes_nothing(session: Session, qtbot: QtBot) -> None:
    session.fetch(CUT_OFF)
    reading = shown(session, qtbot)
    no_key_for_the_batch(session)
    assert session.inspection is reading


def test_tools_check_what_was_stopped_and_its_line_with_it(session: Session, qtbot: QtBot) -> None:
    stopped(session, qtbot, CALLS)
    with qtbot.waitSignal(session.checks_ended):
        session.tool_desk.paste(TOOLS)
    assert session.inspection is not None
    assert session.inspection.checks is Checks.DONE
    line = entry(session, CALLS)
    assert line.digest is not None
    assert (line.stage, line.digest.is_checked) == (Stage.DONE, True)
    assert "function-not-offered" in line.digest.rules


def test_tools_leave_alone_what_was_chosen_meanwhile(
    session: Session, inspector: SlowInspector, runner: JobRunner, qtbot: QtBot
) -> None:
    inspector.may_judge.set()
    session.fetch(PLAIN)
    checked(session, qtbot)
    qtbot.waitUntil(lambda: not runner.is_busy(f"keep {PLAIN}"))
    inspector.may_judge.clear()
    session.fetch(CALLS)
    qtbot.waitUntil(lambda: session.subject == CALLS)
    assert session.is_checking
    with qtbot.waitSignal(session.tool_desk.changed):
        session.tool_desk.paste(TOOLS)
        session.show(entry(session, PLAIN))
        assert not session.is_checking
    assert runner.is_busy("fetch") or session.subject == PLAIN
    inspector.may_judge.set()
    qtbot.waitUntil(lambda: session.subject == PLAIN and session.inspection is not None)
    checked(session, qtbot)


def test_a_file_of_the_name_of_another_one_has_a_line_of_its_own(
    session: Session, inspector: SlowInspector, qtbot: QtBot, tmp_path: Path
) -> None:
    (tmp_path / "other").mkdir()
    first, second = tmp_path / "saved.json", tmp_path / "other" / "saved.json"
    first.write_bytes(sample("plain-answer.json").body())
    second.write_bytes(sample("cut-off-by-length.json").body())
    inspector.may_judge.set()
    opened(session, qtbot, first)
    checked(session, qtbot)
    inspector.may_judge.clear()
    session.open_file(str(second))
    qtbot.waitUntil(lambda: session.subject == str(second))
    assert session.is_checking
    inspector.may_judge.set()
    checked(session, qtbot)
    assert [each.path for each in session.entries if each.path] == [str(first), str(second)]
    session.open_file(str(first))
    qtbot.waitUntil(lambda: session.subject == "saved.json")


def test_stopped_ones_are_done_when_it_is_fetched_again(
    session: Session, inspector: SlowInspector, qtbot: QtBot
) -> None:
    stopped(session, qtbot)
    inspector.may_judge.set()
    session.retry()
    checked(session, qtbot)
    assert entry(session, CUT_OFF).stage is Stage.DONE


def test_what_is_asked_for_meanwhile_is_shown_instead(session: Session, inspector: SlowInspector, qtbot: QtBot) -> None:
    session.fetch(CUT_OFF)
    shown(session, qtbot)
    session.fetch(PLAIN)
    qtbot.waitUntil(lambda: session.inspection is not None and session.inspection.requested == PLAIN)
    assert busy(session) == [PLAIN]
    inspector.may_judge.set()
    checked(session, qtbot)
    assert session.inspection is not None
    assert session.inspection.requested == PLAIN
    assert worst_words(entry(session, CUT_OFF)) == "not checked"


def test_tools_that_are_loaded_meanwhile_are_held_against_it(
    session: Session, inspector: SlowInspector, runner: JobRunner, qtbot: QtBot
) -> None:
    session.fetch(CALLS)
    shown(session, qtbot)
    with qtbot.waitSignal(session.checks_ended):
        session.tool_desk.paste(TOOLS)
    assert session.inspection is not None
    assert session.inspection.checks is Checks.DONE
    assert "function-not-offered" in {finding.rule for finding in session.inspection.findings}
    assert (entry(session, CALLS).stage, runner.is_busy("fetch")) == (Stage.DONE, False)
    prompted(session, qtbot)
    assert not inspector.may_judge.is_set()


def test_a_fault_of_the_checks_leaves_the_answer_unchecked(
    session: Session, inspector: SlowInspector, qtbot: QtBot
) -> None:
    session.fetch(CUT_OFF)
    shown(session, qtbot)
    inspector.fails = True
    with qtbot.waitSignal(session.checks_ended):
        inspector.may_judge.set()
    assert session.inspection is not None
    assert session.inspection.checks is Checks.STOPPED
