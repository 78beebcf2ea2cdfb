"""A service that is too busy is asked again when it says so, a few times, and never behind somebody's back."""

import time
from collections.abc import Callable, Iterator
from pathlib import Path
from types import SimpleNamespace

import pytest
from pytestqt.qtbot import QtBot

from inspector.core.inputs import BaseUrl
from inspector.core.profile import Profile
from inspector.core.secret import Secret
from inspector.viewmodels.second_try import MOST_TRIES, SecondTry
from inspector.viewmodels.services import Services
from inspector.viewmodels.session import Session
from inspector.viewmodels.session_state import Idle
from tests.fault_server import BODY, FaultServer, Link
from tests.live_services import demo_services
from tests.sessions import opened, shown
from tests.viewmodels.conftest import MakeRunner

NAME = "chatcmpl-busy"
Answers = list[tuple[str, tuple[str, ...]]]


class Busy:
    """A service that answers with `answers` one after the other, then with a completion."""

    def __init__(self) -> None:
        self.answers: Answers = []
        self.server = FaultServer(default=self.answer)

    def answer(self, link: Link) -> None:
        if "/messages" in link.path:
            link.reply(b"{}", status="404 Not Found")
            return
        status, headers = self.answers.pop(0) if self.answers else ("200 OK", ())
        link.reply(BODY if status == "200 OK" else b"busy", *headers, status=status)

    def times(self) -> int:
        """How often completions were asked for."""
        return sum("/messages" not in target for target in self.server.targets())

    def services(self) -> Services:
        url = BaseUrl(self.server.url(), "")
        services = demo_services(base_url=url, profile=Profile("demo", url))
        services.session_keys.hold("demo", url, Secret("sk-0123456789"))
        return services


@pytest.fixture
def busy() -> Iterator[Busy]:
    made = Busy()
    with made.server:
        yield made


@pytest.fixture
def session(busy: Busy, make_runner: MakeRunner) -> Session:
    return Session(make_runner(busy.services))


@pytest.fixture
def second_try(session: Session) -> SecondTry:
    return SecondTry(session)


@pytest.fixture
def quick(session: Session) -> SecondTry:
    """One whose seconds are milliseconds."""
    return SecondTry(session, tick_ms=1)


def later(status: str = "429 Too Many Requests", seconds: str = "2") -> tuple[str, tuple[str, ...]]:
    return status, (f"Retry-After: {seconds}",)


class Counted:
    """Every number of seconds that was told, and whether a try was to follow."""

    def __init__(self, second_try: SecondTry) -> None:
        self.told: list[tuple[int, bool]] = []
        self._second_try = second_try
        second_try.changed.connect(self.look)

    def look(self) -> None:
        self.told.append((self._second_try.seconds, self._second_try.comes_again))


def is_well(session: Session) -> Callable[[], bool]:
    return lambda: session.inspection is not None and session.inspection.problem is None


@pytest.mark.fault(row="429, 503")
@pytest.mark.parametrize("status", ["429 Too Many Requests", "503 Service Unavailable"])
def test_it_is_asked_again_when_the_service_says_so(
    session: Session, quick: SecondTry, busy: Busy, qtbot: QtBot, status: str
) -> None:
    busy.answers = [later(status, "3")]
    counted = Counted(quick)
    session.fetch(NAME)
    qtbot.waitUntil(is_well(session))
    assert [each for each in counted.told if each[0]] == [(3, True), (2, True), (1, True)]
    assert busy.times() == 2


@pytest.mark.fault(row="429, 503")
def test_waits_grow_and_tries_end(session: Session, quick: SecondTry, busy: Busy, qtbot: QtBot) -> None:
    busy.answers = [later(seconds="0")] * 10
    counted = Counted(quick)
    session.fetch(NAME)
    qtbot.waitUntil(lambda: busy.times() == 1 + MOST_TRIES)
    qtbot.waitUntil(lambda: session.inspection is not None)
    longest = [told for told, after in zip(counted.told, counted.told[1:], strict=False) if told[0] > after[0]]
    assert [seconds for seconds, _ in longest] == [1, 2, 1, 4, 3, 2, 1]
    assert not quick.comes_again


@pytest.mark.fault(row="sleep, or a clock that is set")
def test_a_wait_that_was_slept_through_is_over(session: Session, busy: Busy, qtbot: QtBot) -> None:
    moments = iter([0.0, 0.0, 1000.0])
    second_try = SecondTry(session, tick_ms=1, now=lambda: next(moments))
    busy.answers = [later(seconds="100")]
    counted = Counted(second_try)
    session.fetch(NAME)
    qtbot.waitUntil(is_well(session))
    assert [seconds for seconds, _ in counted.told if seconds] == [100, 99]


@pytest.mark.fault(row="sleep, or a clock that is set")
@pytest.mark.parametrize("hours", [-24, 24])
def test_a_clock_that_was_set_makes_no_wait_longer_and_nobody_hammers(
    session: Session, second_try: SecondTry, busy: Busy, qtbot: QtBot, monkeypatch: pytest.MonkeyPatch, hours: int
) -> None:
    set_clock = SimpleNamespace(time=lambda: time.time() + hours * 3600)
    monkeypatch.setattr("inspector.viewmodels.second_try.time", set_clock)
    busy.answers = [later(seconds="100")]
    session.fetch(NAME)
    shown(session, qtbot)
    assert 1 <= second_try.seconds <= 100


@pytest.mark.parametrize(
    "answer",
    [
        ("429 Too Many Requests", ()),
        ("500 Internal Server Error", ("Retry-After: 2",)),
        ("404 Not Found", ("Retry-After: 2",)),
        ("429 Too Many Requests", ("Retry-After: 121",)),
    ],
)
def test_what_will_not_help_is_left_to_the_person(
    session: Session, second_try: SecondTry, busy: Busy, qtbot: QtBot, answer: tuple[str, tuple[str, ...]]
) -> None:
    busy.answers = [answer]
    session.fetch(NAME)
    shown(session, qtbot)
    assert not second_try.comes_again
    assert second_try.seconds == (int(answer[1][0].split()[1]) if answer[1] else 0)


@pytest.mark.fault(row="429, 503")
def test_it_can_be_given_up(session: Session, quick: SecondTry, busy: Busy, qtbot: QtBot) -> None:
    busy.answers = [later(seconds="100")]
    quick.changed.connect(quick.give_up)
    session.fetch(NAME)
    shown(session, qtbot)
    assert quick.seconds > 0, "the service still wants to be left alone"
    qtbot.waitUntil(lambda: quick.seconds == 0)
    assert busy.times() == 1


def test_nothing_is_given_up_where_nothing_waits(second_try: SecondTry) -> None:
    counted = Counted(second_try)
    second_try.give_up()
    assert counted.told == []


def test_whatever_is_opened_next_ends_it(
    session: Session, second_try: SecondTry, busy: Busy, qtbot: QtBot, tmp_path: Path
) -> None:
    busy.answers = [later(seconds="100")]
    session.fetch(NAME)
    shown(session, qtbot)
    assert second_try.comes_again
    (tmp_path / "saved.json").write_bytes(BODY)
    opened(session, qtbot, tmp_path / "saved.json")
    assert (second_try.seconds, second_try.comes_again) == (0, False)
    session.reject("no")
    assert (second_try.seconds, second_try.comes_again) == (0, False)


def test_a_person_who_asks_at_once_has_all_tries_again(
    session: Session, quick: SecondTry, busy: Busy, qtbot: QtBot
) -> None:
    busy.answers = [later(seconds="0")] * 20
    session.fetch(NAME)
    qtbot.waitUntil(lambda: busy.times() == 1 + MOST_TRIES)
    shown(session, qtbot)
    session.retry()
    qtbot.waitUntil(lambda: busy.times() == 2 * (1 + MOST_TRIES))


def test_an_old_answer_that_is_looked_at_again_is_no_question(
    session: Session, second_try: SecondTry, busy: Busy, qtbot: QtBot
) -> None:
    busy.answers = [later(seconds="100")]
    session.fetch(NAME)
    first = shown(session, qtbot)
    session.cancel()
    session.fetch("chatcmpl-good")
    qtbot.waitUntil(is_well(session))
    (old,) = (entry for entry in session.entries if entry.subject == NAME)
    session.show(old)
    qtbot.waitUntil(lambda: session.inspection is not None and session.inspection.requested == first.requested)
    assert not second_try.comes_again
    assert second_try.seconds > 90


def test_other_tools_do_not_begin_the_wait_anew(
    session: Session, second_try: SecondTry, busy: Busy, qtbot: QtBot
) -> None:
    busy.answers = [later(seconds="100")]
    session.fetch(NAME)
    inspection = shown(session, qtbot)
    second_try.give_up()
    counted = Counted(second_try)
    session._on_judged_again(inspection, inspection)
    assert all(not comes_again for _, comes_again in counted.told)
    assert not isinstance(session.state, Idle)
    assert not second_try.comes_again


def test_a_batch_has_tries_of_its_own(session: Session, second_try: SecondTry, busy: Busy, qtbot: QtBot) -> None:
    busy.answers = [("404 Not Found", ("Retry-After: 50",))] * 2
    session.fetch_all([NAME, "chatcmpl-other"])
    shown(session, qtbot)
    assert not second_try.comes_again
