"""The stored completions as a table: page after page, what is said of it, and the wish that came last."""

import json
from collections.abc import Callable, Iterator
from dataclasses import replace
from threading import Event

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QAbstractItemModelTester
from pytestqt.qtbot import QtBot

from inspector.core.exchange import StoredQuery
from inspector.core.inputs import BaseUrl
from inspector.core.profile import Profile
from inspector.core.secret import Secret
from inspector.viewmodels.job_runner import JobRunner
from inspector.viewmodels.services import Services
from inspector.viewmodels.stored_list import LANE, StoredList
from tests.fault_server import FaultServer, Link
from tests.live_services import demo_key, demo_services
from tests.viewmodels.conftest import MakeRunner
from tests.viewmodels.model_checks import heads, rows, watched

ALL = StoredQuery()
Answer = Callable[[Link], None]


@pytest.fixture
def listed(runner: JobRunner) -> Iterator[StoredList]:
    """The list of the demo service."""
    made = StoredList(runner)
    tester: QAbstractItemModelTester = watched(made)
    yield made
    tester.deleteLater()


@pytest.fixture
def serve(make_runner: MakeRunner) -> Iterator[Callable[[Answer], StoredList]]:
    """Makes the list of a server that answers as it likes."""
    servers: list[FaultServer] = []

    def make(answer: Answer) -> StoredList:
        server = FaultServer(default=answer)
        servers.append(server)
        server.__enter__()

        def services() -> Services:
            base_url = BaseUrl(server.url(), "")
            return demo_services(
                base_url=base_url, profile=Profile("work", base_url), environ={"SUDO_API_KEY": "some-key"}
            )

        return StoredList(make_runner(services))

    yield make
    for server in servers:
        server.__exit__(None, None, None)


def idle(listed: StoredList, qtbot: QtBot) -> None:
    qtbot.waitUntil(lambda: not listed.is_busy)


def page(*names: str, more: bool) -> bytes:
    return json.dumps({"data": [{"id": name} for name in names], "has_more": more}).encode()


def in_turn(*answers: Answer) -> Answer:
    """Each request gets the next of these answers."""
    left = list(answers)

    def answer(link: Link) -> None:
        left.pop(0)(link)

    return answer


def test_it_is_empty_and_says_nothing_before_anybody_asks(listed: StoredList) -> None:
    assert (listed.rowCount(), listed.status, listed.sentence) == (0, "", "")
    assert (listed.goes_on, listed.has_more, listed.is_empty, listed.is_narrowed) == (False,) * 4
    listed.more()
    listed.stop()
    assert not listed.is_busy


def test_the_newest_of_the_demo_service_are_listed(listed: StoredList, qtbot: QtBot) -> None:
    listed.ask(ALL)
    assert (listed.is_busy, listed.status) == (True, "Loading …")
    idle(listed, qtbot)
    assert heads(listed) == ["Completion", "When", "Model", "Finish reason", "Answer", "Metadata"]
    assert listed.status == f"{listed.rowCount()} listed, that is all"
    table = rows(listed)
    made = [row[1] for row in table]
    assert made == sorted(made, reverse=True)
    broken = next(row for row in table if row[0].startswith("chatcmpl-") and "SUP-20421" in row[5])
    assert broken[2:4] == ("gpt-4.1-mini-2025-04-14", "tool_calls")
    assert "calls " in broken[4]
    first = listed.index(0, 2)
    assert listed.data(first, Qt.ItemDataRole.AccessibleTextRole) == f"Model: {table[0][2]}"


def test_the_next_page_is_asked_for_at_the_end_and_only_there(
    serve: Callable[[Answer], StoredList], qtbot: QtBot
) -> None:
    listed = serve(
        in_turn(
            lambda link: link.reply(page("a", "b", more=True)),
            lambda link: link.reply(page("c", more=False)),
        )
    )
    listed.ask(ALL)
    assert not listed.goes_on
    idle(listed, qtbot)
    assert (listed.status, listed.goes_on) == ("2 loaded, more below", True)
    with qtbot.waitSignal(listed.rowsInserted) as inserted:
        listed.more()
        assert listed.status == "Loading … 2 so far"
        listed.more()
    assert inserted.args is not None
    assert inserted.args[1:] == [2, 2]
    assert (listed.status, listed.goes_on) == ("3 listed, that is all", False)


def test_a_fault_leaves_the_lines_and_is_tried_again_only_on_demand(
    serve: Callable[[Answer], StoredList], qtbot: QtBot
) -> None:
    listed = serve(
        in_turn(
            lambda link: link.reply(page("a", more=True)),
            lambda link: link.reply(b"", status="502 Bad Gateway"),
            lambda link: link.reply(page("b", more=False)),
        )
    )
    listed.ask(ALL)
    idle(listed, qtbot)
    listed.more()
    idle(listed, qtbot)
    assert "HTTP 502" in listed.sentence
    assert (listed.rowCount(), listed.status, listed.has_more) == (1, "1 loaded", True)
    assert not listed.goes_on
    listed.more()
    assert listed.sentence == ""
    idle(listed, qtbot)
    assert [listed.row_at(row).id for row in range(2)] == ["a", "b"]  # type: ignore[union-attr]
    assert (listed.row_at(2), listed.row_at(-1), listed.sentence) == (None, None, "")


def test_a_newer_wish_takes_the_place_of_one_under_way(serve: Callable[[Answer], StoredList], qtbot: QtBot) -> None:
    asked = Event()

    def answer(link: Link) -> None:
        if "model=slow" in link.path:
            asked.set()
            link.hang()
        else:
            link.reply(page("quick", more=False))

    listed = serve(answer)
    listed.ask(StoredQuery("slow"))
    qtbot.waitUntil(asked.is_set)
    listed.ask(StoredQuery("quick"))
    idle(listed, qtbot)
    assert [row[0] for row in rows(listed)] == ["quick"]


def test_it_can_be_stopped_and_gone_on_with(serve: Callable[[Answer], StoredList], qtbot: QtBot) -> None:
    asked = Event()

    def hang(link: Link) -> None:
        asked.set()
        link.hang()

    listed = serve(in_turn(hang, lambda link: link.reply(page("a", more=False))))
    listed.ask(ALL)
    qtbot.waitUntil(asked.is_set)
    listed.stop()
    assert (listed.is_busy, listed.sentence, listed.goes_on) == (False, "Stopped.", False)
    listed.more()
    idle(listed, qtbot)
    assert listed.rowCount() == 1


def test_nothing_stored_is_told_apart_from_nothing_that_fits(
    serve: Callable[[Answer], StoredList], qtbot: QtBot
) -> None:
    listed = serve(lambda link: link.reply(page(more=False)))
    listed.ask(ALL)
    idle(listed, qtbot)
    assert (listed.is_empty, listed.is_narrowed) == (True, False)
    listed.ask(StoredQuery(metadata=(("a", "b"),)))
    assert not listed.is_empty
    idle(listed, qtbot)
    assert (listed.is_empty, listed.is_narrowed) == (True, True)


def test_without_a_key_nothing_is_asked_until_there_is_one(make_runner: MakeRunner, qtbot: QtBot) -> None:
    made: list[tuple[Services, str]] = []

    def make() -> Services:
        services = demo_services()
        made.append((services, demo_key(services)))
        services.session_keys.drop("demo")
        return services

    listed = StoredList(make_runner(make))
    listed.ask(ALL)
    idle(listed, qtbot)
    assert listed.needs_key
    assert "key" in listed.sentence
    services, key = made[0]
    services.session_keys.hold("demo", services.base_url, Secret(key))
    listed.forget_key()
    assert not listed.needs_key
    idle(listed, qtbot)
    assert listed.rowCount() > 20


def test_the_key_is_looked_for_once_until_it_is_replaced(make_runner: MakeRunner, qtbot: QtBot) -> None:
    made: list[Services] = []

    def make() -> Services:
        made.append(demo_services())
        return made[-1]

    listed = StoredList(make_runner(make))
    listed.ask(ALL)
    idle(listed, qtbot)
    made[0].session_keys.drop("demo")
    listed.ask(ALL)
    idle(listed, qtbot)
    assert listed.rowCount() > 20
    listed.forget_key()
    assert not listed.is_busy
    listed.ask(ALL)
    idle(listed, qtbot)
    assert listed.needs_key


def test_a_fault_of_this_program_is_no_endless_wait(make_runner: MakeRunner, qtbot: QtBot) -> None:
    class BrokenApi:
        async def fetch(self, request: object, on_progress: object) -> object:
            raise RuntimeError("a bug")

    runner = make_runner(lambda: replace(demo_services(), api=BrokenApi()))  # type: ignore[arg-type]
    listed = StoredList(runner)
    with qtbot.waitSignal(runner.failed):
        listed.ask(ALL)
    assert not runner.is_busy(LANE)
    assert listed.sentence == "The list could not be read because of a fault in this program."
