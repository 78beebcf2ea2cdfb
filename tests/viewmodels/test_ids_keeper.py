"""IDs that are remembered from run to run: only where somebody wants that, and only those of the window's own profile."""

from pathlib import Path

import pytest
from pytestqt.qtbot import QtBot

from inspector.core.inputs import BaseUrl
from inspector.core.preferences import Preferences
from inspector.core.remembered_ids import RememberedId
from inspector.gateways.remembered_file import NAME, RememberedFile
from inspector.viewmodels.ids_keeper import LANE, IdsKeeper
from inspector.viewmodels.job_runner import JobRunner
from inspector.viewmodels.preferences_keeper import PreferencesKeeper
from inspector.viewmodels.session import Session
from tests.live_services import sample
from tests.sessions import opened, shown
from tests.viewmodels.test_history import fetched

PLAIN = sample("plain-answer.json").id
CALLS = sample("two-tool-calls.json").id
HOME = BaseUrl("https://sudo.example", "/api")


@pytest.fixture
def path(tmp_path: Path) -> Path:
    return tmp_path / "settings" / NAME


def kept(session: Session, runner: JobRunner, path: Path, *, on: bool, profile: str = "work") -> IdsKeeper:
    settings = PreferencesKeeper(Preferences(remember_ids=on), runner, lambda before, after: "", session)
    return IdsKeeper(session, runner, RememberedFile(path), settings, (profile, HOME))


def settled(runner: JobRunner, qtbot: QtBot) -> None:
    qtbot.waitUntil(lambda: not runner.is_busy(LANE))


def test_nothing_is_written_unasked(session: Session, runner: JobRunner, path: Path, qtbot: QtBot) -> None:
    keeper = kept(session, runner, path, on=False)
    keeper.look()
    fetched(session, qtbot, PLAIN)
    settled(runner, qtbot)
    keeper.close()
    assert not path.parent.exists()
    assert (keeper.ids, keeper.others) == ((), 0)


def test_a_later_run_has_them_again_newest_first(session: Session, runner: JobRunner, path: Path, qtbot: QtBot) -> None:
    kept(session, runner, path, on=True)
    fetched(session, qtbot, PLAIN, CALLS, PLAIN)
    settled(runner, qtbot)
    assert RememberedFile(path).load() == tuple(RememberedId("work", str(HOME), each) for each in (PLAIN, CALLS))
    assert b"choices" not in path.read_bytes()
    later = kept(Session(runner), runner, path, on=True)
    with qtbot.waitSignal(later.changed):
        later.look()
    assert later.ids == (PLAIN, CALLS)


def test_what_is_no_id_of_a_completion_is_not_remembered(
    session: Session, runner: JobRunner, path: Path, qtbot: QtBot, tmp_path: Path
) -> None:
    kept(session, runner, path, on=True)
    session.fetch("chatcmpl-mistyped")
    shown(session, qtbot)
    saved = tmp_path / "saved.json"
    saved.write_bytes(sample("plain-answer.json").body())
    opened(session, qtbot, saved)
    assert not runner.is_busy(LANE)
    assert not path.exists()


def test_put_on_it_begins_with_what_was_opened_in_this_run(
    session: Session, runner: JobRunner, path: Path, qtbot: QtBot
) -> None:
    keeper = kept(session, runner, path, on=False)
    fetched(session, qtbot, PLAIN, CALLS)
    keeper.switch(on=True)
    settled(runner, qtbot)
    assert keeper.is_on
    assert keeper.ids == (CALLS, PLAIN)
    assert path.exists()


def test_put_off_nothing_is_left(session: Session, runner: JobRunner, path: Path, qtbot: QtBot) -> None:
    keeper = kept(session, runner, path, on=True)
    fetched(session, qtbot, PLAIN)
    settled(runner, qtbot)
    keeper.switch(on=False)
    settled(runner, qtbot)
    assert (keeper.is_on, keeper.ids, path.exists()) == (False, (), False)
    with qtbot.assertNotEmitted(keeper.changed):
        keeper.switch(on=False)


def test_put_off_at_the_last_moment_nothing_is_left_either(
    session: Session, runner: JobRunner, path: Path, qtbot: QtBot
) -> None:
    keeper = kept(session, runner, path, on=True)
    fetched(session, qtbot, PLAIN)
    settled(runner, qtbot)
    keeper.switch(on=False)
    runner.close()
    keeper.close()
    assert not path.exists()


def test_cleared_they_are_gone_and_what_is_opened_next_is_remembered(
    session: Session, runner: JobRunner, path: Path, qtbot: QtBot
) -> None:
    keeper = kept(session, runner, path, on=True)
    fetched(session, qtbot, PLAIN)
    settled(runner, qtbot)
    with qtbot.waitSignal(keeper.told) as told:
        keeper.clear()
    assert told.args == ["The remembered IDs are cleared."]
    settled(runner, qtbot)
    assert not path.exists()
    fetched(session, qtbot, CALLS)
    settled(runner, qtbot)
    assert keeper.ids == (CALLS,)


def test_ids_of_another_profile_or_address_are_counted_and_not_offered(
    session: Session, runner: JobRunner, path: Path, qtbot: QtBot
) -> None:
    file = RememberedFile(path)
    for profile, address in (("work", str(HOME)), ("home", str(HOME)), ("work", "https://elsewhere.example")):
        file.note(RememberedId(profile, address, f"chatcmpl-{profile}-{len(address)}"))
    file.settle()
    keeper = kept(session, runner, path, on=True)
    keeper.look()
    settled(runner, qtbot)
    assert (keeper.ids, keeper.others) == ((f"chatcmpl-work-{len(str(HOME))}",), 2)


def test_a_file_that_cannot_be_written_is_told(
    session: Session, runner: JobRunner, tmp_path: Path, qtbot: QtBot
) -> None:
    (tmp_path / "file").write_text("in the way")
    keeper = kept(session, runner, tmp_path / "file" / NAME, on=True)
    with qtbot.waitSignal(keeper.told) as told:
        fetched(session, qtbot, PLAIN)
    assert told.args is not None
    assert "could not be written" in told.args[0]
