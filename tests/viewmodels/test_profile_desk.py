"""The profiles of a window: choosing, changing, and whose key is for where."""

from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

import pytest
from pytestqt.qtbot import QtBot

from inspector.core.inputs import BaseUrl
from inspector.core.keys.faults import KeyFailure, KeyFault
from inspector.core.preferences import Preferences
from inspector.core.profile import Profile
from inspector.core.profiles import first_profiles
from inspector.core.secret import Secret
from inspector.gateways.preferences_file import load_preferences, save_preferences
from inspector.viewmodels.job_runner import JobRunner
from inspector.viewmodels.key_keeper import KeyKeeper
from inspector.viewmodels.preferences_keeper import LANE, PreferencesKeeper
from inspector.viewmodels.profile_desk import LANE as FORGETTING
from inspector.viewmodels.profile_desk import ProfileDesk
from inspector.viewmodels.services import Services
from tests.fake_key_store import FakeKeyStore
from tests.live_services import demo_services
from tests.viewmodels.conftest import MakeRunner

DEFAULT = first_profiles()["default"]
WORK = Profile("work", BaseUrl("https://work.example", ""), "red")
BOTH = {"default": DEFAULT, "work": WORK}
Desk = Callable[..., ProfileDesk]


@pytest.fixture
def store() -> FakeKeyStore:
    return FakeKeyStore({"work": "sk-work"})


@pytest.fixture
def jobs(make_runner: MakeRunner, store: FakeKeyStore, qtbot: QtBot) -> JobRunner:
    def make() -> Services:
        services = demo_services(key_store=store)
        return replace(services, profile=WORK, base_url=WORK.base_url)

    runner = make_runner(make)
    with qtbot.waitSignal(runner.ready):
        runner.warm_up()
    return runner


@pytest.fixture
def path(tmp_path: Path) -> Path:
    return tmp_path / "preferences.json"


@pytest.fixture
def keeper(jobs: JobRunner) -> KeyKeeper:
    return KeyKeeper(jobs)


@pytest.fixture
def settings(jobs: JobRunner, path: Path) -> PreferencesKeeper:
    def save(before: Preferences, after: Preferences) -> str:
        return save_preferences(path, before, after)

    return PreferencesKeeper(Preferences(profile="work", profiles=BOTH), jobs, save)


@pytest.fixture
def desk(settings: PreferencesKeeper, keeper: KeyKeeper, jobs: JobRunner) -> ProfileDesk:
    return ProfileDesk(settings, keeper, jobs, "work")


def written(jobs: JobRunner, path: Path, qtbot: QtBot) -> Preferences:
    qtbot.waitUntil(lambda: not jobs.is_busy(LANE))
    return load_preferences(path)[0]


def test_another_profile_asks_for_a_window_and_is_the_next_runs(
    desk: ProfileDesk, jobs: JobRunner, path: Path, qtbot: QtBot
) -> None:
    with qtbot.waitSignal(desk.chosen, check_params_cb=lambda name: name == "default"):
        desk.choose("default")
    assert written(jobs, path, qtbot).profile == "default"


@pytest.mark.parametrize("name", ["work", "unheard of"])
def test_its_own_and_what_is_not_there_ask_for_nothing(desk: ProfileDesk, qtbot: QtBot, name: str) -> None:
    with qtbot.assertNotEmitted(desk.chosen):
        desk.choose(name)


def test_a_change_of_another_profile_leaves_the_window(
    desk: ProfileDesk, jobs: JobRunner, path: Path, qtbot: QtBot
) -> None:
    moved = replace(DEFAULT, colour="blue")
    with qtbot.assertNotEmitted(desk.chosen), qtbot.waitSignal(desk.changed):
        desk.save([moved, WORK])
    assert desk.profiles == {"default": moved, "work": WORK}
    assert written(jobs, path, qtbot).profiles == desk.profiles


def test_a_change_of_its_own_asks_for_a_new_window(desk: ProfileDesk, qtbot: QtBot) -> None:
    with qtbot.waitSignal(desk.chosen, check_params_cb=lambda name: name == "work"):
        desk.save([DEFAULT, replace(WORK, base_url=BaseUrl("https://elsewhere.example", ""))])


def test_a_profile_that_goes_takes_its_key_along(
    desk: ProfileDesk, jobs: JobRunner, store: FakeKeyStore, path: Path, qtbot: QtBot
) -> None:
    with qtbot.waitSignal(desk.chosen, check_params_cb=lambda name: name == "default"):
        desk.save([DEFAULT])
    qtbot.waitUntil(lambda: not jobs.is_busy(FORGETTING))
    assert store.keys == {}
    kept = written(jobs, path, qtbot)
    assert (kept.profile, list(kept.profiles)) == ("default", ["default"])


def test_a_key_that_would_not_go_is_told(desk: ProfileDesk, store: FakeKeyStore, qtbot: QtBot) -> None:
    store.failure = KeyFailure(KeyFault.LOCKED, "the fake keyring")
    with qtbot.waitSignal(desk.told, check_params_cb=lambda said: "The key of “work” is still in the keyring." in said):
        desk.save([DEFAULT])


def test_a_key_in_the_keyring_is_from_then_on_for_this_origin_alone(
    desk: ProfileDesk, keeper: KeyKeeper, jobs: JobRunner, path: Path, qtbot: QtBot
) -> None:
    with qtbot.waitSignal(keeper.kept):
        keeper.look()
    assert desk.profiles["work"].key_origin == "https://work.example"
    assert written(jobs, path, qtbot).profiles["work"].key_origin == "https://work.example"
    assert jobs.services is not None
    assert jobs.services.profile == desk.profiles["work"]


def test_a_key_that_is_saved_anew_is_for_the_new_origin(
    desk: ProfileDesk,
    keeper: KeyKeeper,
    jobs: JobRunner,
    settings: PreferencesKeeper,
    store: FakeKeyStore,
    qtbot: QtBot,
) -> None:
    moved = replace(WORK, key_origin="https://old.example")
    settings.change(settings.now.with_profile(moved))
    jobs.work_under(moved)
    keeper.look()
    qtbot.waitUntil(lambda: "only for https://old.example" in keeper.state.where)
    keeper.keep("sk-new", this_run_only=False)
    qtbot.waitUntil(lambda: not keeper.state.busy)
    assert store.keys["work"] == Secret("sk-new")
    assert "comes from" in keeper.state.where
    assert desk.profiles["work"].key_origin == "https://work.example"


def test_a_file_that_cannot_be_written_is_told_and_tried_again_at_the_end(jobs: JobRunner, qtbot: QtBot) -> None:
    asked: list[tuple[int, int]] = []

    def save(before: Preferences, after: Preferences) -> str:
        asked.append((before.tab, after.tab))
        return "No room."

    keeper = PreferencesKeeper(Preferences(), jobs, save)
    keeper.change(Preferences())
    with qtbot.waitSignal(keeper.told, check_params_cb=lambda said: said == "No room."):
        keeper.change(Preferences(tab=1))
    keeper.close(Preferences(tab=2))
    assert asked == [(0, 1), (0, 2)]
