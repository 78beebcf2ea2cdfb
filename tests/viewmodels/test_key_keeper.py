"""The key of a profile, as the dialog works with it: real service, fake keyring."""

from collections.abc import Callable
from dataclasses import replace
from functools import partial

import pytest
from pytestqt.qtbot import QtBot

from inspector.core.keys.faults import KeyFailure, KeyFault
from inspector.core.keys.words import key_failure_sentence
from inspector.core.profile import Profile
from inspector.core.secret import Secret
from inspector.viewmodels.job_runner import JobRunner
from inspector.viewmodels.key_keeper import KeyKeeper, KeyState
from inspector.viewmodels.services import Services
from tests.fake_key_store import FakeKeyStore, HungKeyStore
from tests.live_services import NOWHERE, demo_key, demo_services
from tests.viewmodels.conftest import MakeRunner

CANARY = "sk-canary-0123456789"
LOCKED = KeyFailure(KeyFault.LOCKED, "the fake keyring")


class Keeping:
    """A keeper over the demo service, whose own key is taken out of the memory first, and over a fake keyring."""

    def __init__(self, make_runner: MakeRunner, store: FakeKeyStore) -> None:
        self.store = store
        self.right_key = ""
        self.jobs: JobRunner = make_runner(self.make)
        self.keeper = KeyKeeper(self.jobs)
        self.states: list[KeyState] = []
        self.keeper.changed.connect(self.note)

    def make(self) -> Services:
        services = demo_services(key_store=self.store)
        self.right_key = demo_key(services)
        services.session_keys.drop("demo")
        return services

    def note(self) -> None:
        self.states.append(self.keeper.state)

    def end(self, qtbot: QtBot, action: Callable[[], object]) -> KeyState:
        """Does something, and waits for how it ended."""
        action()
        qtbot.waitUntil(lambda: not self.keeper.state.busy)
        return self.keeper.state

    @property
    def held(self) -> Secret | None:
        services = self.jobs.services
        assert services is not None
        return services.session_keys.get("demo", services.base_url)


@pytest.fixture
def keeping(make_runner: MakeRunner, qtbot: QtBot) -> Keeping:
    made = Keeping(make_runner, FakeKeyStore())
    with qtbot.waitSignal(made.jobs.ready):
        made.jobs.warm_up()
    return made


@pytest.fixture
def failing(keeping: Keeping) -> Keeping:
    keeping.store.failure = LOCKED
    return keeping


def test_it_says_that_there_is_no_key(keeping: Keeping, qtbot: QtBot) -> None:
    state = keeping.end(qtbot, keeping.keeper.look)
    assert state.missing
    assert "no API key" in state.where
    assert "the fake keyring" in state.kept_by


def test_it_says_where_the_key_comes_from(keeping: Keeping, qtbot: QtBot) -> None:
    keeping.store.keys["demo"] = Secret(CANARY)
    state = keeping.end(qtbot, keeping.keeper.look)
    assert not state.missing
    assert state.where == "The API key …6789 comes from the fake keyring."


def test_a_keyring_that_cannot_be_asked_counts_as_no_key(failing: Keeping, qtbot: QtBot) -> None:
    state = failing.end(qtbot, failing.keeper.look)
    assert state.missing
    assert state.where == key_failure_sentence(LOCKED)


def test_a_key_is_saved_in_the_keyring(keeping: Keeping, qtbot: QtBot) -> None:
    with qtbot.waitSignal(keeping.keeper.replaced):
        state = keeping.end(qtbot, lambda: keeping.keeper.keep(f" {CANARY}\n", this_run_only=False))
    assert keeping.store.keys == {"demo": Secret(CANARY)}
    assert (state.news, state.failed) == ("The key is saved in the fake keyring.", False)
    assert state.where == "The API key …6789 comes from the fake keyring."


def test_a_key_is_held_for_this_run_only(keeping: Keeping, qtbot: QtBot) -> None:
    with qtbot.waitSignal(keeping.keeper.replaced):
        state = keeping.end(qtbot, lambda: keeping.keeper.keep(CANARY, this_run_only=True))
    assert keeping.store.keys == {}
    assert keeping.held == Secret(CANARY)
    assert (state.news, state.failed) == ("The key is held for this run only.", False)


@pytest.mark.parametrize("typed", ["", "   ", "two words", "sk-\x7f-b", "sk-é", "sk-a\nsk-b", "x" * 1025])
def test_what_can_be_no_key_is_refused_without_repeating_it(keeping: Keeping, qtbot: QtBot, typed: str) -> None:
    with qtbot.assertNotEmitted(keeping.keeper.replaced):
        keeping.keeper.keep(typed, this_run_only=False)
    state = keeping.keeper.state
    assert state.failed
    assert not state.busy
    assert state.news.endswith(".")
    assert not typed.strip() or typed not in state.news
    assert keeping.store.visits == []


def test_a_key_is_forgotten_everywhere(keeping: Keeping, qtbot: QtBot) -> None:
    keeping.store.keys["demo"] = Secret(CANARY)
    keeping.end(qtbot, lambda: keeping.keeper.keep("sk-for-this-run-only", this_run_only=True))
    with qtbot.waitSignal(keeping.keeper.replaced):
        state = keeping.end(qtbot, keeping.keeper.forget)
    assert keeping.store.keys == {}
    assert keeping.held is None
    assert (state.news, state.failed, state.missing) == ("The key is forgotten.", False, True)


def test_the_right_key_is_told_from_a_wrong_one(keeping: Keeping, qtbot: QtBot) -> None:
    keeping.store.keys["demo"] = Secret(keeping.right_key)
    right = keeping.end(qtbot, keeping.keeper.test)
    keeping.store.keys["demo"] = Secret(CANARY)
    wrong = keeping.end(qtbot, keeping.keeper.test)
    assert not right.failed
    assert "accepted the key" in right.news
    assert wrong.failed
    assert "did not accept the key" in wrong.news
    assert "401" in wrong.news


def test_a_key_cannot_be_tried_where_there_is_none(keeping: Keeping, qtbot: QtBot) -> None:
    state = keeping.end(qtbot, keeping.keeper.test)
    assert state.failed
    assert "no API key" in state.news


def test_a_service_that_does_not_answer_says_nothing_about_the_key(keeping: Keeping, qtbot: QtBot) -> None:
    services = keeping.jobs.services
    assert services is not None
    keeping.jobs._services = replace(services, base_url=NOWHERE, profile=Profile("demo", NOWHERE))
    keeping.store.keys["demo"] = Secret(CANARY)
    state = keeping.end(qtbot, keeping.keeper.test)
    assert state.failed
    assert state.news.startswith("The key could not be tried:")


@pytest.mark.parametrize("act", ["keep", "forget", "test"])
def test_a_failing_keyring_ends_in_its_sentence(failing: Keeping, qtbot: QtBot, act: str) -> None:
    keeper = failing.keeper
    actions: dict[str, Callable[[], object]] = {
        "keep": lambda: keeper.keep(CANARY, this_run_only=False),
        "forget": keeper.forget,
        "test": keeper.test,
    }
    told: list[str] = []
    keeper.replaced.connect(partial(told.append, act))
    state = failing.end(qtbot, actions[act])
    assert (state.news, state.failed) == (key_failure_sentence(LOCKED), True)
    assert told == (["forget"] if act == "forget" else []), "a key that should go is not used again; no other is lost"


def test_it_is_busy_until_the_keyring_answers(make_runner: MakeRunner, qtbot: QtBot) -> None:
    store = HungKeyStore()
    keeping = Keeping(make_runner, store)
    keeping.keeper.keep(CANARY, this_run_only=False)
    assert keeping.keeper.state.busy
    keeping.keeper.look()  # as when the dialog is closed and opened again
    store.released.set()
    qtbot.waitUntil(lambda: not keeping.keeper.state.busy)
    assert keeping.keeper.state.news == "The key is saved in the fake keyring."


def test_a_fault_of_this_program_ends_the_waiting(keeping: Keeping, qtbot: QtBot) -> None:
    class Faulty(FakeKeyStore):
        def set(self, profile: str, key: Secret) -> KeyFailure | None:
            raise RuntimeError("a bug")

    services = keeping.jobs.services
    assert services is not None
    keeping.jobs._services = replace(services, key_store=Faulty())
    with qtbot.waitSignal(keeping.jobs.failed):
        keeping.keeper.keep(CANARY, this_run_only=False)
    assert not keeping.keeper.state.busy
    assert keeping.keeper.state.failed


def test_no_state_ever_holds_the_key(keeping: Keeping, qtbot: QtBot) -> None:
    keeper = keeping.keeper
    for action in (lambda: keeper.keep(CANARY, this_run_only=False), keeper.test, keeper.forget):
        keeping.end(qtbot, action)
    assert len(keeping.states) > 5
    assert CANARY not in repr(keeping.states)
