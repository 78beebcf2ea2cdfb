"""A batch against a service that goes wrong in every way: every ID is accounted for, and nothing is asked for twice in vain."""

import sys
from collections import Counter
from collections.abc import Iterator
from dataclasses import replace

import pytest
from pytestqt.qtbot import QtBot

from inspector.core.batch_course import Phase
from inspector.core.inputs import BaseUrl
from inspector.core.keys.lookup import KeyWithheld
from inspector.core.secret import Secret
from inspector.usecases.api_key import SessionKeys
from inspector.viewmodels.services import Services
from inspector.viewmodels.session import Session
from inspector.viewmodels.session_state import Idle, KeyMissing, Rejected, Shown, Stage, Working
from tests.fake_key_store import FakeKeyStore
from tests.live_services import demo_services
from tests.many_server import Manner, ManyServer, fault_of, many_server, names
from tests.sessions import Watch, entry, shown
from tests.viewmodels.conftest import MakeRunner


@pytest.fixture
def manner() -> Manner:
    return Manner()


@pytest.fixture
def service(manner: Manner) -> Iterator[ManyServer]:
    with many_server(manner) as running:
        yield running


def services_at(url: str, **changes: object) -> Services:
    base_url, keys = BaseUrl(url, ""), SessionKeys()
    services = demo_services(shelf=(), base_url=base_url, session_keys=keys, **changes)
    keys.hold(services.profile.name, base_url, Secret("sk-many"))
    return services


@pytest.fixture
def session(make_runner: MakeRunner, service: ManyServer) -> Session:
    return Session(make_runner(lambda: services_at(service.url)))


def finished(session: Session, qtbot: QtBot) -> None:
    qtbot.waitUntil(lambda: not session.batch.is_open, timeout=30_000)


def stages(session: Session) -> Counter[Stage]:
    return Counter(each.stage for each in session.entries)


def test_while_it_runs_threads_take_short_turns(session: Session, qtbot: QtBot) -> None:
    before = sys.getswitchinterval()
    session.fetch_all(names(20))
    assert sys.getswitchinterval() < before
    finished(session, qtbot)
    assert sys.getswitchinterval() == pytest.approx(before)


@pytest.mark.parametrize("manner", [Manner(faults=True)])
def test_every_id_is_accounted_for_whatever_the_service_does(
    session: Session, service: ManyServer, qtbot: QtBot
) -> None:
    wanted = names(200)
    session.fetch_all(wanted)
    finished(session, qtbot)
    assert [each.subject for each in session.entries] == wanted
    failed = {each.subject for each in session.entries if each.stage is Stage.FAILED}
    assert failed == {name for name in wanted if fault_of(name) == "invalid"}
    assert stages(session)[Stage.DONE] == 200 - len(failed)
    assert session.batch.course.sentence == f"All 200 are done · {len(failed)} failed"
    service.count()
    assert all(count == 1 for name, count in service.asked.items() if not fault_of(name))


def test_the_first_is_shown_while_the_rest_comes(session: Session, qtbot: QtBot) -> None:
    watch = Watch(session)
    session.fetch_all(names(50))
    assert shown(session, qtbot).requested == names(1)[0]
    finished(session, qtbot)
    assert watch.kinds == [Working, Shown]


def test_an_id_that_is_none_becomes_a_line_with_its_reason(session: Session, qtbot: QtBot) -> None:
    first, second = names(2)
    session.fetch_all([first, "..", second])
    finished(session, qtbot)
    assert [each.subject for each in session.entries] == [first, "..", second]
    assert entry(session, "..").stage is Stage.FAILED
    assert session.batch.course.failed == 1
    session.show(entry(session, ".."))
    assert isinstance(session.state, Rejected)
    assert session.state.sentence == entry(session, "..").sentence


def test_where_none_is_an_id_the_reason_is_shown(session: Session) -> None:
    session.fetch_all(["..", "a\u202eb"])
    assert isinstance(session.state, Rejected)
    assert session.batch.course.phase is Phase.DONE


def test_lines_are_shown_again_without_asking_again(session: Session, service: ManyServer, qtbot: QtBot) -> None:
    session.fetch_all(names(20))
    finished(session, qtbot)
    session.show(entry(session, names(20)[13]))
    qtbot.waitUntil(lambda: session.inspection is not None and session.inspection.requested == names(20)[13])
    assert session.inspection is not None
    assert session.inspection.completion is not None
    service.count()
    assert service.asked[names(20)[13]] == 1


def test_what_was_not_kept_is_fetched_again(make_runner: MakeRunner, service: ManyServer, qtbot: QtBot) -> None:
    class Forgetful:
        def keep(self, name: str, data: bytes) -> None:
            """There is no room."""

        def get(self, name: str) -> bytes | None:
            return None

        def close(self) -> None:
            """Nothing to close."""

    session = Session(make_runner(lambda: services_at(service.url, answers=Forgetful())))
    session.fetch_all(names(2))
    with qtbot.waitSignal(session.told) as told:
        finished(session, qtbot)
    assert told.args is not None
    assert "fetched again" in told.args[0]
    assert shown(session, qtbot).requested == names(1)[0]


@pytest.mark.parametrize("manner", [Manner(latency=0.05)])
def test_a_pause_stops_and_going_on_brings_the_rest(session: Session, qtbot: QtBot) -> None:
    session.fetch_all(names(40))
    qtbot.waitUntil(lambda: session.batch.course.settled >= 8)
    session.batch.pause()
    course = session.batch.course
    assert course.phase is Phase.PAUSED
    assert course.sentence.startswith("Paused at ")
    assert stages(session)[Stage.FETCHING] == 0
    assert stages(session)[Stage.WAITING] == 40 - course.settled
    session.batch.resume()
    finished(session, qtbot)
    assert stages(session) == {Stage.DONE: 40}
    assert session.batch.course.settled == 40


@pytest.mark.parametrize("manner", [Manner(latency=0.05)])
def test_what_was_cancelled_can_be_fetched_after_all(session: Session, qtbot: QtBot) -> None:
    session.fetch_all(names(40))
    qtbot.waitUntil(lambda: session.batch.course.settled >= 8 and isinstance(session.state, Shown))
    with qtbot.waitSignal(session.told) as told:
        session.cancel()
    assert told.args is not None
    assert told.args[0].startswith("Cancelled at ")
    assert stages(session)[Stage.CANCELLED] == 40 - session.batch.course.settled
    assert session.batch.can_retry
    session.batch.retry_failed()
    finished(session, qtbot)
    assert stages(session) == {Stage.DONE: 40}
    assert not session.batch.can_retry


@pytest.mark.parametrize("manner", [Manner(faults=True)])
def test_only_what_failed_is_asked_for_again(session: Session, service: ManyServer, qtbot: QtBot) -> None:
    session.fetch_all(names(100))
    finished(session, qtbot)
    assert session.batch.course.failed == 1
    session.batch.retry_failed()
    finished(session, qtbot)
    assert session.batch.course.total == 1
    service.count()
    assert [name for name, count in service.asked.items() if count > 1 and not fault_of(name)] == []


@pytest.mark.parametrize("manner", [Manner(latency=0.05)])
def test_more_ids_join_what_is_under_way(session: Session, qtbot: QtBot) -> None:
    session.fetch_all(names(20))
    qtbot.waitUntil(lambda: session.batch.course.settled > 0)
    session.fetch_all(names(30)[10:])
    finished(session, qtbot)
    assert [each.subject for each in session.entries] == names(30)
    assert stages(session) == {Stage.DONE: 30}


@pytest.mark.parametrize("manner", [Manner(latency=0.05)])
def test_a_line_that_waits_can_be_had_at_once(session: Session, service: ManyServer, qtbot: QtBot) -> None:
    session.fetch_all(names(60))
    shown(session, qtbot)
    last = names(60)[-1]
    session.show(entry(session, last))
    qtbot.waitUntil(lambda: session.inspection is not None and session.inspection.requested == last)
    assert session.batch.is_running
    finished(session, qtbot)
    assert session.batch.course.settled == 60
    service.count()
    assert service.asked[last] == 1


@pytest.mark.parametrize("manner", [Manner(latency=0.2)])
def test_a_line_on_its_way_is_shown_when_it_comes(session: Session, qtbot: QtBot) -> None:
    session.fetch_all(names(8))
    fourth = names(8)[3]
    qtbot.waitUntil(lambda: entry(session, fourth).busy)
    session.show(entry(session, fourth))
    assert session.state == Working(fourth)
    assert shown(session, qtbot).requested == fourth


def test_without_a_key_all_wait_until_there_is_one(make_runner: MakeRunner, service: ManyServer, qtbot: QtBot) -> None:
    keys = SessionKeys()

    def make() -> Services:
        return replace(services_at(service.url, key_store=FakeKeyStore()), session_keys=keys)

    session = Session(make_runner(make))
    session.fetch_all(names(5))
    qtbot.waitUntil(lambda: isinstance(session.state, KeyMissing))
    assert isinstance(session.state, KeyMissing)
    assert isinstance(session.state.lookup, KeyWithheld)
    assert session.state.subject == names(1)[0]
    assert stages(session) == {Stage.WAITING: 5}
    keys.hold("demo", BaseUrl(service.url, ""), Secret("sk-late"))
    session.retry()
    assert shown(session, qtbot).requested == names(1)[0]
    finished(session, qtbot)
    assert stages(session) == {Stage.DONE: 5}


def test_a_fault_of_the_program_halts_the_batch_and_nothing_is_lost(
    make_runner: MakeRunner, service: ManyServer, qtbot: QtBot
) -> None:
    class Faulty:
        async def fetch(self, *_: object) -> object:
            raise RuntimeError("a bug")

    runner = make_runner(lambda: replace(services_at(service.url), api=Faulty()))  # type: ignore[arg-type]
    session = Session(runner)
    with qtbot.waitSignal(runner.failed):
        session.fetch_all(names(5))
    qtbot.waitUntil(lambda: session.batch.course.phase is Phase.HALTED)
    assert stages(session) == {Stage.WAITING: 5}
    assert session.state == Idle()


def test_pressing_what_makes_no_sense_does_nothing(session: Session, qtbot: QtBot) -> None:
    session.batch.pause()
    session.batch.resume()
    session.batch.retry_failed()
    assert not session.batch.cancel()
    session.cancel()
    assert session.batch.course.phase is Phase.NONE


@pytest.mark.parametrize("manner", [Manner(latency=0.2)])
def test_a_very_long_list_is_taken_over_part_by_part(session: Session, qtbot: QtBot) -> None:
    wanted = names(3_500)
    session.fetch_all(wanted)
    assert 0 < len(session.entries) < 3_500
    qtbot.waitUntil(lambda: len(session.entries) == 3_500)
    assert [each.subject for each in session.entries] == wanted
    assert session.batch.subjects_left[-1] == wanted[-1]


@pytest.mark.parametrize("manner", [Manner(latency=0.2)])
def test_cancelled_early_a_long_list_has_all_its_lines(session: Session) -> None:
    session.fetch_all(names(3_500))
    session.cancel()
    assert stages(session) == {Stage.CANCELLED: 3_500}
