"""The key in a real Secret Service: GNOME Keyring on a throw-away bus, and buses where something is wrong.

Each step is a process of its own, as it would be for a person: what is read was really kept outside of the program, and
a process that ends shows that no hung call holds it.
"""

import time
from contextlib import ExitStack

import pytest
import secretstorage

from tests.secret_service import PROMPTER, SECRET_SERVICE, PrivateBus, private_bus, secret_service

__all__ = ["secret_service"]

pytestmark = pytest.mark.keyring

STEPS = """
import sys
from inspector.core.inputs import BaseUrl
from inspector.core.profile import Profile
from inspector.core.secret import Secret
from inspector.gateways.background import BackgroundLoop
from inspector.gateways.keyring_store import KeyringStore
from inspector.usecases.api_key import SessionKeys, find_key, forget_key, keep_key

store, session = KeyringStore(), SessionKeys()
profile = Profile("work", BaseUrl("https://sudo.example", ""))
wait = lambda work: BackgroundLoop().submit(work).result()
for step in sys.argv[1:]:
    print(eval(step), flush=True)
"""
GET, GET_TEXT, FORGET = 'store.get("work")', 'store.get("work").reveal()', 'store.forget("work")'
SET_OLD, SET_NEW = 'store.set("work", Secret("old-key-0123456789"))', 'store.set("work", Secret("new-key-0123456789"))'
FIND = "wait(find_key(profile, profile.base_url, {}, session, store, limit=20))"
KEEP = 'wait(keep_key(profile, Secret("new-key-0123456789"), session, store, limit=20))'
FORGET_IN_TIME = "wait(forget_key(profile, session, store, limit=0.5))"
FIND_IN_TIME, KEEP_IN_TIME = FIND.replace("limit=20", "limit=0.5"), KEEP.replace("limit=20", "limit=0.5")


def answers(bus: PrivateBus, *steps: str) -> list[str]:
    """What each step gave, as printed by one process."""
    done = bus.run(STEPS, *steps)
    assert done.returncode == 0, done.stderr
    assert done.stderr == ""
    lines = done.stdout.splitlines()
    assert len(lines) == len(steps)
    return lines


def lock(bus: PrivateBus) -> None:
    with bus.connection() as connection:
        collection = secretstorage.get_default_collection(connection)
        collection.lock()
        assert collection.is_locked()


class TestUnlocked:
    @pytest.fixture(autouse=True)
    def _no_entry(self, secret_service: PrivateBus) -> None:
        assert answers(secret_service, FORGET) == ["None"]

    def test_a_key_outlives_the_process_that_saved_it(self, secret_service: PrivateBus) -> None:
        assert answers(secret_service, GET, SET_OLD) == ["None", "None"]
        assert answers(secret_service, GET, GET_TEXT) == ["Secret(***)", "old-key-0123456789"]

    def test_a_newer_key_replaces_it(self, secret_service: PrivateBus) -> None:
        assert answers(secret_service, SET_OLD, SET_NEW, GET_TEXT, FORGET, GET)[2:] == [
            "new-key-0123456789",
            "None",
            "None",
        ]

    def test_forgetting_twice_is_no_failure(self, secret_service: PrivateBus) -> None:
        assert answers(secret_service, SET_OLD, FORGET, GET, FORGET) == ["None"] * 4

    def test_forgetting_takes_the_copies_of_other_programs_along(self, secret_service: PrivateBus) -> None:
        with secret_service.connection() as connection:
            collection = secretstorage.get_default_collection(connection)
            for number in "123":
                entry = {"service": "sudo-inspector", "username": "work", "number": number}
                collection.create_item(f"copy {number}", entry, b"other-key-0123456789")
        assert answers(secret_service, GET_TEXT, FORGET, GET) == ["other-key-0123456789", "None", "None"]

    def test_it_is_found_through_the_use_case_and_named(self, secret_service: PrivateBus) -> None:
        kept, found, name = answers(secret_service, KEEP, FIND, "store.backend_name()")
        assert "Secret Service" in kept
        assert found == "KeyFound(key=Secret(***), origin=<KeyOrigin.KEYRING: 'keyring'>)"
        assert "Secret Service" in name


class TestInTheWay:
    @pytest.mark.fault(row="the keyring fails")
    def test_a_lock_that_nobody_can_be_asked_to_open(self) -> None:
        with private_bus() as bus, bus.gnome_keyring():
            answers(bus, SET_OLD)
            lock(bus)
            for answer in answers(bus, GET, SET_NEW, FORGET):
                assert "KeyFault.LOCKED" in answer

    def test_a_question_that_is_never_answered(self) -> None:
        with private_bus() as bus, bus.gnome_keyring(), bus.mute_owner(PROMPTER):
            lock(bus)
            assert_each_times_out(bus)

    def test_a_dismissed_question_for_a_new_keyring(self) -> None:
        with private_bus() as bus, bus.gnome_keyring(password=None):
            for answer in answers(bus, GET, SET_NEW, FORGET):
                assert "KeyFault.DISMISSED" in answer

    @pytest.mark.fault(row="the keyring fails")
    def test_a_keyring_that_takes_calls_and_never_answers(self) -> None:
        with private_bus() as bus, bus.mute_owner(SECRET_SERVICE):
            assert_each_times_out(bus)

    def test_a_bus_that_denies_the_keyring(self) -> None:
        with private_bus(denied=SECRET_SERVICE) as bus, bus.mute_owner(SECRET_SERVICE):
            for answer in answers(bus, GET, SET_NEW, FORGET):
                assert "KeyFault.DENIED" in answer

    def test_a_bus_without_a_keyring(self) -> None:
        with private_bus() as bus:
            for answer in answers(bus, GET, SET_NEW, FORGET):
                assert "KeyFault.NO_BACKEND" in answer

    @pytest.mark.fault(row="the keyring fails")
    def test_a_keyring_that_went_away(self) -> None:
        with private_bus() as bus, ExitStack() as stack:
            with bus.gnome_keyring():
                program = stack.enter_context(bus.start(STEPS, GET, "input()", GET, SET_NEW, FORGET))
                assert program.stdout is not None
                assert program.stdout.readline() == "None\n"
            later, _ = program.communicate("\n", timeout=20)
            answered = later.splitlines()[1:]
            assert len(answered) == 3
            assert all("KeyFault.NO_BACKEND" in answer for answer in answered)


def assert_each_times_out(bus: PrivateBus) -> None:
    started = time.monotonic()
    for answer in answers(bus, FIND_IN_TIME, KEEP_IN_TIME, FORGET_IN_TIME):
        assert "KeyFault.TIMED_OUT" in answer
    assert time.monotonic() - started < 10
