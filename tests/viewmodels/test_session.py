"""The session against the real demo service: every state, one after the other."""

import errno
import os
import stat
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

import pytest
from pytestqt.qtbot import QtBot

from inspector.core.digest import digest_of
from inspector.core.exchange import Progress
from inspector.core.keys.faults import KeyFailure, KeyFault
from inspector.core.keys.lookup import NoKey
from inspector.core.secret import Secret
from inspector.viewmodels.job_runner import JobRunner
from inspector.viewmodels.services import Services
from inspector.viewmodels.session import Session
from inspector.viewmodels.session_state import Idle, KeyMissing, Rejected, Shown, Stage, Working
from tests.fake_key_store import FakeKeyStore
from tests.live_services import demo_key, demo_services, sample
from tests.sessions import Watch, busy, entry, opened, prompted, shown, under_way
from tests.viewmodels.conftest import MakeRunner

PLAIN = sample("plain-answer.json").id
LOGPROBS = sample("logprobs.json").id
DRIPPING = sample("slow-body.json").id


def test_it_begins_with_nothing_and_offers_what_the_service_has(
    session: Session, runner: JobRunner, qtbot: QtBot
) -> None:
    assert session.state == Idle()
    assert session.entries == []
    assert session.inspection is None
    with qtbot.waitSignal(session.entries_changed):
        runner.warm_up()
    assert entry(session, PLAIN).shows == sample("plain-answer.json").shows
    assert busy(session) == []


def test_a_completion_is_fetched_and_shown(session: Session, qtbot: QtBot) -> None:
    watch, heard = Watch(session), list[Progress]()
    session.progressed.connect(heard.append)
    session.fetch(f"  {PLAIN}\n")
    inspection = shown(session, qtbot)
    assert watch.states[0] == Working(PLAIN)
    assert watch.kinds == [Working, Shown]
    assert inspection.requested == PLAIN
    assert inspection.body == sample("plain-answer.json").body()
    assert inspection.problem is None
    assert heard[-1].received == len(inspection.body)
    assert entry(session, PLAIN).digest == digest_of(inspection)
    assert entry(session, PLAIN).stage is Stage.DONE
    assert busy(session) == []


def test_what_was_asked_for_early_takes_its_place_on_the_shelf(session: Session, qtbot: QtBot) -> None:
    session.fetch(LOGPROBS)
    shown(session, qtbot)
    subjects = [each.subject for each in session.entries]
    assert subjects.count(LOGPROBS) == 1
    assert subjects.index(LOGPROBS) > subjects.index(PLAIN)
    assert entry(session, LOGPROBS).shows == sample("logprobs.json").shows


@pytest.mark.parametrize(("file", "status"), [("error-404.json", 404), ("error-429.txt", 429), ("error-502.html", 502)])
def test_an_error_of_the_service_is_shown_as_a_problem(session: Session, qtbot: QtBot, file: str, status: int) -> None:
    session.fetch(sample(file).id)
    inspection = shown(session, qtbot)
    assert inspection.problem is not None
    assert inspection.problem.status == status
    assert inspection.body == sample(file).body()


def test_an_id_that_nobody_knows_gets_a_line_of_its_own(session: Session, qtbot: QtBot) -> None:
    session.fetch("chatcmpl-nobody")
    inspection = shown(session, qtbot)
    assert inspection.problem is not None
    assert inspection.problem.status == 404
    assert entry(session, "chatcmpl-nobody").stage is Stage.FAILED


def test_a_slow_body_can_be_cancelled(session: Session, runner: JobRunner, qtbot: QtBot) -> None:
    under_way(session, qtbot, DRIPPING)
    assert busy(session) == [DRIPPING]
    session.cancel()
    assert session.state == Idle(f"Cancelled. {DRIPPING} was not fetched.")
    assert busy(session) == []
    assert not runner.is_busy("fetch")


def test_cancelling_a_second_fetch_leaves_the_first_answer_in_the_list(session: Session, qtbot: QtBot) -> None:
    session.fetch(PLAIN)
    before = shown(session, qtbot)
    session.retry()
    assert busy(session) == [PLAIN]
    session.cancel()
    assert entry(session, PLAIN).digest == digest_of(before)
    assert entry(session, PLAIN).stage is Stage.DONE


def test_nothing_changes_when_there_is_nothing_to_cancel(session: Session, qtbot: QtBot) -> None:
    session.fetch(PLAIN)
    shown(session, qtbot)
    prompted(session, qtbot)
    before = session.inspection
    session.cancel()
    assert session.inspection is before


@pytest.mark.parametrize("text", ["", "  \n", "..", "a\u202eb", "x" * 513])
def test_what_is_no_id_is_rejected_with_a_sentence(session: Session, text: str) -> None:
    session.fetch(text)
    assert isinstance(session.state, Rejected)
    assert session.state.sentence.endswith(".")
    assert session.entries == []


def test_without_a_key_nothing_is_sent_until_there_is_one(make_runner: MakeRunner, qtbot: QtBot) -> None:
    store, right = FakeKeyStore(), list[str]()

    def make() -> Services:
        services = demo_services(key_store=store)
        right.append(demo_key(services))
        services.session_keys.drop("demo")
        return services

    session = Session(make_runner(make))
    session.fetch(PLAIN)
    qtbot.waitUntil(lambda: isinstance(session.state, KeyMissing))
    assert session.state == KeyMissing(NoKey("demo"), PLAIN)
    assert busy(session) == []
    store.keys["demo"] = Secret(right[0])
    session.retry()
    assert shown(session, qtbot).body == sample("plain-answer.json").body()


def test_a_keyring_that_fails_is_told_as_such(make_runner: MakeRunner, qtbot: QtBot) -> None:
    failure = KeyFailure(KeyFault.LOCKED, "the fake keyring")

    def make() -> Services:
        services = demo_services(key_store=FakeKeyStore(failure=failure))
        services.session_keys.drop("demo")
        return services

    session = Session(make_runner(make))
    session.fetch(PLAIN)
    qtbot.waitUntil(lambda: isinstance(session.state, KeyMissing))
    assert session.state == KeyMissing(failure, PLAIN)


def test_the_keyring_is_asked_once_and_again_after_the_key_has_changed(make_runner: MakeRunner, qtbot: QtBot) -> None:
    store = FakeKeyStore()

    def make() -> Services:
        services = demo_services(key_store=store)
        store.keys["demo"] = Secret(demo_key(services))
        services.session_keys.drop("demo")
        return services

    session = Session(make_runner(make))
    for completion in (PLAIN, LOGPROBS):
        session.fetch(completion)
        assert shown(session, qtbot).problem is None
    assert store.visits == ["get"]
    store.keys["demo"] = Secret("sk-another-one")
    session.forget_key()
    session.fetch(PLAIN)
    problem = shown(session, qtbot).problem
    assert store.visits == ["get", "get"]
    assert problem is not None
    assert problem.status == 401


def test_a_key_that_changes_during_a_fetch_does_not_come_back_with_the_answer(
    make_runner: MakeRunner, qtbot: QtBot
) -> None:
    store = FakeKeyStore()

    def make() -> Services:
        services = demo_services(key_store=store)
        store.keys["demo"] = Secret(demo_key(services))
        services.session_keys.drop("demo")
        return services

    session = Session(make_runner(make))
    session.fetch(PLAIN)
    session.forget_key()
    assert shown(session, qtbot).problem is None
    session.fetch(LOGPROBS)
    assert shown(session, qtbot).problem is None
    assert store.visits == ["get", "get"]


def test_fetching_again_asks_the_service_again(session: Session, qtbot: QtBot) -> None:
    session.fetch(PLAIN)
    before = shown(session, qtbot)
    session.retry()
    assert session.state == Working(PLAIN)
    after = shown(session, qtbot)
    assert after is not before
    assert after.body == before.body
    assert entry(session, PLAIN).digest == digest_of(after)


def test_before_anything_was_asked_there_is_nothing_to_do_again(session: Session) -> None:
    session.retry()
    assert session.state == Idle()


def test_a_file_is_opened_and_opened_again(session: Session, qtbot: QtBot, tmp_path: Path) -> None:
    path = tmp_path / "saved.json"
    path.write_bytes(sample("plain-answer.json").body())
    inspection = opened(session, qtbot, path)
    assert inspection.source.path == str(path)
    assert inspection.body == path.read_bytes()
    assert entry(session, "saved.json").digest == digest_of(inspection)
    path.write_bytes(sample("logprobs.json").body())
    session.retry()
    assert shown(session, qtbot).body == sample("logprobs.json").body()


def missing(folder: Path) -> Path:
    return folder / "missing.json"


def folder_itself(folder: Path) -> Path:
    return folder


def fifo(folder: Path) -> Path:
    os.mkfifo(folder / "fifo")
    return folder / "fifo"


@pytest.mark.parametrize("make_path", [missing, folder_itself, fifo])
def test_a_file_that_cannot_be_read_is_rejected_by_name(
    session: Session, qtbot: QtBot, tmp_path: Path, make_path: Callable[[Path], Path]
) -> None:
    path = make_path(tmp_path)
    session.open_file(str(path))
    qtbot.waitUntil(lambda: isinstance(session.state, Rejected))
    assert isinstance(session.state, Rejected)
    assert str(path) in session.state.sentence
    assert path.name not in [each.subject for each in session.entries]


@pytest.mark.parametrize("file", ["plain-answer.json", "error-502.html", "half-emoji.json", "empty-body.json"])
def test_the_body_is_saved_byte_for_byte_for_the_user_alone(
    session: Session, qtbot: QtBot, tmp_path: Path, file: str
) -> None:
    session.fetch(sample(file).id)
    shown(session, qtbot)
    path = tmp_path / "body"
    path.write_text("what was there before")
    path.chmod(0o644)
    with qtbot.waitSignal(session.told) as told:
        session.save_body(str(path))
    assert path.read_bytes() == sample(file).body()
    assert stat.S_IMODE(path.stat().st_mode) == 0o600
    assert told.args == [f"Saved {len(sample(file).body()):,} bytes to {path}."]
    assert list(tmp_path.iterdir()) == [path]


def test_a_body_that_cannot_be_saved_is_told_with_the_reason(session: Session, qtbot: QtBot, tmp_path: Path) -> None:
    session.fetch(PLAIN)
    shown(session, qtbot)
    path = tmp_path / "no such folder" / "body"
    with qtbot.waitSignal(session.told) as told:
        session.save_body(str(path))
    assert told.args is not None
    assert "No such file or directory" in told.args[0]
    assert str(path) in told.args[0]


@pytest.mark.fault(row="a full disk")
def test_on_a_full_disk_the_file_that_was_there_stays_whole(
    session: Session, qtbot: QtBot, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    session.fetch(PLAIN)
    shown(session, qtbot)
    path = tmp_path / "body"
    path.write_text("what was there before")

    def no_room(_descriptor: int, _data: bytes) -> int:
        raise OSError(errno.ENOSPC, "No space left on device")

    with monkeypatch.context() as full, qtbot.waitSignal(session.told) as told:
        full.setattr(os, "write", no_room)
        session.save_body(str(path))
        qtbot.waitUntil(lambda: told.signal_triggered)
    assert told.args is not None
    assert "No space left on device" in told.args[0]
    assert path.read_text() == "what was there before"
    assert list(tmp_path.iterdir()) == [path]


def test_nothing_is_saved_while_nothing_is_shown(session: Session, runner: JobRunner, tmp_path: Path) -> None:
    session.save_body(str(tmp_path / "body"))
    assert not runner.is_busy("save")


def test_a_fault_while_fetching_ends_the_fetch(make_runner: MakeRunner, qtbot: QtBot) -> None:
    class Faulty:
        async def fetch(self, *_: object) -> object:
            raise RuntimeError("a bug")

    runner = make_runner(lambda: replace(demo_services(), api=Faulty()))  # type: ignore[arg-type]
    session = Session(runner)
    with qtbot.waitSignal(runner.failed):
        session.fetch(PLAIN)
    assert session.state == Idle(f"{PLAIN} could not be shown because of a fault in this program.")
    assert busy(session) == []


def test_services_that_cannot_be_made_end_the_fetch(make_runner: MakeRunner, qtbot: QtBot) -> None:
    def make() -> Services:
        raise OSError("no port left")

    runner = make_runner(make)
    session = Session(runner)
    with qtbot.waitSignal(runner.failed):
        session.fetch(PLAIN)
    assert isinstance(session.state, Idle)
    assert busy(session) == []
