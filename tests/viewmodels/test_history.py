"""Back and forward through what was opened: kept answers, files, lines of a batch, and the wish that came last."""

from pathlib import Path

import pytest
from pytestqt.qtbot import QtBot

from inspector.viewmodels.history import History
from inspector.viewmodels.session import Session
from inspector.viewmodels.session_state import Rejected, Shown, Working
from tests.live_services import sample
from tests.sessions import Watch, entry, opened, shown

PLAIN = sample("plain-answer.json").id
CALLS = sample("two-tool-calls.json").id
LOGPROBS = sample("logprobs.json").id
DRIPPING = sample("slow-body.json").id


@pytest.fixture
def history(session: Session) -> History:
    return History(session)


def fetched(session: Session, qtbot: QtBot, *completions: str) -> None:
    for completion in completions:
        session.fetch(completion)
        wait_for(session, qtbot, completion)


def wait_for(session: Session, qtbot: QtBot, subject: str) -> None:
    qtbot.waitUntil(lambda: isinstance(session.state, Shown) and session.subject == subject)


def ways(history: History) -> tuple[bool, bool]:
    return history.can_go_back, history.can_go_forward


def test_there_is_no_way_before_anything_was_opened(history: History, session: Session) -> None:
    watch = Watch(session)
    assert ways(history) == (False, False)
    history.back()
    history.forward()
    assert watch.states == []


def test_going_back_shows_the_kept_answer_without_a_fetch(history: History, session: Session, qtbot: QtBot) -> None:
    session.fetch(PLAIN)
    first = shown(session, qtbot)
    assert ways(history) == (False, False)
    fetched(session, qtbot, CALLS)
    assert ways(history) == (True, False)
    watch = Watch(session)
    history.back()
    wait_for(session, qtbot, PLAIN)
    assert watch.kinds == [Shown]
    assert session.inspection is not None
    assert session.inspection.received == first.received
    assert ways(history) == (False, True)
    history.forward()
    wait_for(session, qtbot, CALLS)
    assert ways(history) == (True, False)


def test_two_steps_at_once_go_two_places(history: History, session: Session, qtbot: QtBot) -> None:
    fetched(session, qtbot, PLAIN, CALLS, LOGPROBS)
    watch = Watch(session)
    history.back()
    history.back()
    assert ways(history) == (False, True)
    wait_for(session, qtbot, PLAIN)
    assert len(watch.states) == 1


def test_what_is_opened_from_the_past_gives_up_what_lay_ahead(history: History, session: Session, qtbot: QtBot) -> None:
    fetched(session, qtbot, PLAIN, CALLS)
    history.back()
    wait_for(session, qtbot, PLAIN)
    fetched(session, qtbot, LOGPROBS)
    assert ways(history) == (True, False)
    history.back()
    wait_for(session, qtbot, PLAIN)


def test_the_newest_wish_wins_over_a_step_that_is_under_way(history: History, session: Session, qtbot: QtBot) -> None:
    fetched(session, qtbot, PLAIN, CALLS)
    history.back()
    fetched(session, qtbot, LOGPROBS)
    history.back()
    wait_for(session, qtbot, CALLS)
    history.back()
    session.show(entry(session, CALLS))
    qtbot.waitUntil(lambda: history.can_go_back)
    wait_for(session, qtbot, CALLS)
    assert ways(history) == (True, True)


def test_a_step_wins_over_a_fetch_that_is_under_way(history: History, session: Session, qtbot: QtBot) -> None:
    fetched(session, qtbot, PLAIN)
    session.fetch(DRIPPING)
    assert isinstance(session.state, Working)
    history.back()
    wait_for(session, qtbot, PLAIN)
    assert ways(history) == (False, False)


def test_back_from_a_sentence_leads_to_what_was_shown(history: History, session: Session, qtbot: QtBot) -> None:
    fetched(session, qtbot, PLAIN, CALLS)
    session.fetch("..")
    assert isinstance(session.state, Rejected)
    history.back()
    wait_for(session, qtbot, CALLS)
    assert ways(history) == (True, False)


def test_the_same_again_is_no_new_visit(history: History, session: Session, qtbot: QtBot) -> None:
    with qtbot.waitSignal(history.visited):
        session.fetch(PLAIN)
    with qtbot.assertNotEmitted(history.visited):
        session.retry()
        wait_for(session, qtbot, PLAIN)
    assert ways(history) == (False, False)


def test_files_and_lines_of_a_batch_are_gone_back_to(
    history: History, session: Session, qtbot: QtBot, tmp_path: Path
) -> None:
    path = tmp_path / "saved.json"
    path.write_bytes(sample("plain-answer.json").body())
    opened(session, qtbot, path)
    session.fetch_all([CALLS, LOGPROBS])
    wait_for(session, qtbot, CALLS)
    qtbot.waitUntil(lambda: not session.batch.is_open)
    session.show(entry(session, LOGPROBS))
    wait_for(session, qtbot, LOGPROBS)
    history.back()
    history.back()
    wait_for(session, qtbot, "saved.json")
    assert session.inspection is not None
    assert session.inspection.source.path == str(path)
    history.forward()
    wait_for(session, qtbot, CALLS)
