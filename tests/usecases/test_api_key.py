"""The search for a key, over a fake keyring: who is asked, in which order, and for which origin."""

import asyncio
from collections.abc import Coroutine
from dataclasses import replace
from typing import Any, TypeVar

import pytest

from inspector.core.inputs import BaseUrl, Refused
from inspector.core.keys.faults import KeyFailure, KeyFault
from inspector.core.keys.lookup import KeyFound, KeyLookup, KeyOrigin, KeyWithheld, NoKey
from inspector.core.profile import Profile
from inspector.core.secret import Secret
from inspector.usecases.api_key import (
    KeyForgotten,
    KeyKept,
    KeyStatus,
    SessionKeys,
    find_key,
    forget_key,
    keep_key,
    key_status,
)
from tests.fake_key_store import FakeKeyStore, HungKeyStore

HOME = BaseUrl("https://sudo.example", "/api")
ELSEWHERE = BaseUrl("https://other.example", "/api")
WORK = Profile("work", HOME)
IN_VARIABLE, IN_MEMORY, IN_KEYRING = "key-in-variable", "key-in-memory", "key-in-keyring"
LOCKED = KeyFailure(KeyFault.LOCKED, "the fake keyring")
SOON = 0.05

T = TypeVar("T")


@pytest.fixture
def session() -> SessionKeys:
    return SessionKeys()


def find(
    session: SessionKeys,
    store: FakeKeyStore,
    *,
    profile: Profile = WORK,
    base_url: BaseUrl = HOME,
    environ: dict[str, str] | None = None,
) -> KeyLookup:
    return asyncio.run(find_key(profile, base_url, environ or {}, session, store))


def run_while_hung(store: HungKeyStore, work: Coroutine[Any, Any, T]) -> T:
    """The outcome of `work` while the keyring hangs; then lets its thread go, which the end of the loop waits for."""

    async def watched() -> T:
        try:
            return await work
        finally:
            store.released.set()

    return asyncio.run(watched())


class TestOrder:
    def test_the_environment_wins_and_nobody_else_is_asked(self, session: SessionKeys) -> None:
        session.hold("work", HOME, Secret(IN_MEMORY))
        store = FakeKeyStore({"work": IN_KEYRING})
        found = find(session, store, environ={"SUDO_API_KEY": IN_VARIABLE})
        assert found == KeyFound(Secret(IN_VARIABLE), KeyOrigin.ENVIRONMENT)
        assert store.visits == []

    def test_memory_comes_before_the_keyring(self, session: SessionKeys) -> None:
        session.hold("work", HOME, Secret(IN_MEMORY))
        store = FakeKeyStore({"work": IN_KEYRING})
        assert find(session, store) == KeyFound(Secret(IN_MEMORY), KeyOrigin.MEMORY)
        assert store.visits == []

    def test_the_keyring_comes_last(self, session: SessionKeys) -> None:
        found = find(session, FakeKeyStore({"work": IN_KEYRING, "play": "another-key"}))
        assert found == KeyFound(Secret(IN_KEYRING), KeyOrigin.KEYRING)

    def test_nobody_has_one(self, session: SessionKeys) -> None:
        session.hold("play", HOME, Secret(IN_MEMORY))
        assert find(session, FakeKeyStore({"play": IN_KEYRING})) == NoKey("work")

    def test_a_keyring_that_fails_is_told(self, session: SessionKeys) -> None:
        assert find(session, FakeKeyStore(failure=LOCKED)) == LOCKED


class TestVariable:
    @pytest.mark.parametrize("text", ["", " ", "\t\r\n"])
    def test_blank_is_unset(self, session: SessionKeys, text: str) -> None:
        found = find(session, FakeKeyStore({"work": IN_KEYRING}), environ={"SUDO_API_KEY": text})
        assert found == KeyFound(Secret(IN_KEYRING), KeyOrigin.KEYRING)

    def test_white_space_around_it_is_dropped(self, session: SessionKeys) -> None:
        found = find(session, FakeKeyStore(), environ={"SUDO_API_KEY": f" {IN_VARIABLE}\n"})
        assert found == KeyFound(Secret(IN_VARIABLE), KeyOrigin.ENVIRONMENT)

    @pytest.mark.parametrize("text", ["two words", "line\nbreak", "nul\x00byte", "schlüssel", "k" * 1025, "\udc80key"])
    def test_what_no_header_can_carry_is_refused_by_name_and_unrepeated(self, session: SessionKeys, text: str) -> None:
        store = FakeKeyStore({"work": IN_KEYRING})
        refused = find(session, store, environ={"SUDO_API_KEY": text})
        assert isinstance(refused, Refused)
        assert "SUDO_API_KEY" in refused.sentence
        assert text not in refused.sentence
        assert store.visits == []


class TestOrigin:
    def test_the_keyring_is_not_asked_for_another_origin(self, session: SessionKeys) -> None:
        store = FakeKeyStore({"work": IN_KEYRING})
        assert find(session, store, base_url=ELSEWHERE) == KeyWithheld(WORK, "https://other.example")
        assert store.visits == []

    def test_a_key_does_not_follow_when_the_base_url_is_changed(self, session: SessionKeys) -> None:
        store = FakeKeyStore({"work": IN_KEYRING})
        moved = replace(WORK, base_url=ELSEWHERE, key_origin=HOME.origin)
        assert find(session, store, profile=moved, base_url=ELSEWHERE) == KeyWithheld(moved, ELSEWHERE.origin)
        assert store.visits == []
        back = find(session, store, profile=moved, base_url=HOME)
        assert back == KeyFound(Secret(IN_KEYRING), KeyOrigin.KEYRING)

    def test_another_path_of_the_same_origin_is_asked(self, session: SessionKeys) -> None:
        found = find(session, FakeKeyStore({"work": IN_KEYRING}), base_url=BaseUrl(HOME.origin, "/other"))
        assert found == KeyFound(Secret(IN_KEYRING), KeyOrigin.KEYRING)

    @pytest.mark.parametrize(
        "origin", ["http://sudo.example", "https://sudo.example:8443", "https://sudo.example.evil"]
    )
    def test_scheme_and_port_and_every_letter_of_the_host_count(self, session: SessionKeys, origin: str) -> None:
        assert isinstance(find(session, FakeKeyStore({"work": IN_KEYRING}), base_url=BaseUrl(origin, "")), KeyWithheld)

    def test_memory_keeps_to_the_origin_that_the_key_was_entered_for(self, session: SessionKeys) -> None:
        session.hold("work", ELSEWHERE, Secret(IN_MEMORY))
        assert find(session, FakeKeyStore()) == NoKey("work")
        assert find(session, FakeKeyStore(), base_url=ELSEWHERE) == KeyFound(Secret(IN_MEMORY), KeyOrigin.MEMORY)

    def test_the_variable_goes_where_the_person_asks(self, session: SessionKeys) -> None:
        found = find(session, FakeKeyStore(), base_url=ELSEWHERE, environ={"SUDO_API_KEY": IN_VARIABLE})
        assert found == KeyFound(Secret(IN_VARIABLE), KeyOrigin.ENVIRONMENT)


class TestSessionKeys:
    def test_a_newer_key_replaces_only_that_of_its_origin(self, session: SessionKeys) -> None:
        for base_url, key in [(HOME, "old"), (ELSEWHERE, "else"), (HOME, "new")]:
            session.hold("work", base_url, Secret(key))
        assert session.get("work", HOME) == Secret("new")
        assert session.get("work", ELSEWHERE) == Secret("else")

    def test_drop_forgets_every_origin_of_that_profile_alone(self, session: SessionKeys) -> None:
        for name, base_url in [("work", HOME), ("work", ELSEWHERE), ("play", HOME)]:
            session.hold(name, base_url, Secret(IN_MEMORY))
        session.drop("work")
        session.drop("work")
        assert session.get("work", HOME) is None
        assert session.get("work", ELSEWHERE) is None
        assert session.get("play", HOME) == Secret(IN_MEMORY)

    def test_it_never_shows_a_key(self, session: SessionKeys) -> None:
        session.hold("work", HOME, Secret(IN_MEMORY))
        assert IN_MEMORY not in repr(session) + repr(vars(session))


class TestKeep:
    def test_saved_in_the_keyring_it_replaces_the_one_in_memory(self, session: SessionKeys) -> None:
        session.hold("work", HOME, Secret(IN_MEMORY))
        store = FakeKeyStore()
        assert asyncio.run(keep_key(WORK, Secret(IN_KEYRING), session, store)) == KeyKept("the fake keyring")
        assert find(session, store) == KeyFound(Secret(IN_KEYRING), KeyOrigin.KEYRING)

    def test_not_saved_it_leaves_the_one_in_memory(self, session: SessionKeys) -> None:
        session.hold("work", HOME, Secret(IN_MEMORY))
        store = FakeKeyStore(failure=LOCKED)
        assert asyncio.run(keep_key(WORK, Secret(IN_KEYRING), session, store)) == LOCKED
        assert session.get("work", HOME) == Secret(IN_MEMORY)


class TestForget:
    def test_memory_and_keyring_are_both_emptied(self, session: SessionKeys) -> None:
        session.hold("work", HOME, Secret(IN_MEMORY))
        store = FakeKeyStore({"work": IN_KEYRING, "play": IN_KEYRING})
        assert asyncio.run(forget_key(WORK, session, store)) == KeyForgotten()
        assert find(session, store) == NoKey("work")
        assert "play" in store.keys

    def test_memory_is_emptied_even_where_the_keyring_fails(self, session: SessionKeys) -> None:
        session.hold("work", HOME, Secret(IN_MEMORY))
        assert asyncio.run(forget_key(WORK, session, FakeKeyStore(failure=LOCKED))) == LOCKED
        assert session.get("work", HOME) is None


class TestStatus:
    def test_a_key_at_hand_leaves_the_one_in_the_keyring_alone(self, session: SessionKeys) -> None:
        store = FakeKeyStore({"work": IN_KEYRING})
        status = asyncio.run(key_status(WORK, {"SUDO_API_KEY": IN_VARIABLE}, session, store))
        assert status == KeyStatus(KeyFound(Secret(IN_VARIABLE), KeyOrigin.ENVIRONMENT), "the fake keyring")
        assert store.visits == []

    def test_the_keyring_is_named_with_its_key(self, session: SessionKeys) -> None:
        status = asyncio.run(key_status(WORK, {}, session, FakeKeyStore({"work": IN_KEYRING})))
        assert status == KeyStatus(KeyFound(Secret(IN_KEYRING), KeyOrigin.KEYRING), "the fake keyring")

    def test_without_a_key_it_is_named_too(self, session: SessionKeys) -> None:
        assert asyncio.run(key_status(WORK, {}, session, FakeKeyStore())) == KeyStatus(
            NoKey("work"), "the fake keyring"
        )

    def test_a_failure_names_none(self, session: SessionKeys) -> None:
        assert asyncio.run(key_status(WORK, {}, session, FakeKeyStore(failure=LOCKED))) == KeyStatus(LOCKED, "")


class TestTimeLimit:
    def test_a_hung_keyring_is_left_behind_by_every_visit(self, session: SessionKeys) -> None:
        for visit in (
            lambda store: find_key(WORK, HOME, {}, session, store, limit=SOON),
            lambda store: keep_key(WORK, Secret(IN_KEYRING), session, store, limit=SOON),
            lambda store: forget_key(WORK, session, store, limit=SOON),
        ):
            store = HungKeyStore()
            outcome = run_while_hung(store, visit(store))
            assert isinstance(outcome, KeyFailure)
            assert outcome.fault is KeyFault.TIMED_OUT

    def test_status_still_tells_what_is_at_hand(self, session: SessionKeys) -> None:
        store = HungKeyStore()
        status = run_while_hung(store, key_status(WORK, {"SUDO_API_KEY": IN_VARIABLE}, session, store, limit=SOON))
        assert status == KeyStatus(KeyFound(Secret(IN_VARIABLE), KeyOrigin.ENVIRONMENT), "")

    def test_status_without_anything_at_hand_tells_the_failure(self, session: SessionKeys) -> None:
        store = HungKeyStore()
        status = run_while_hung(store, key_status(WORK, {}, session, store, limit=SOON))
        assert isinstance(status.lookup, KeyFailure)
        assert status.lookup.fault is KeyFault.TIMED_OUT

    def test_the_loop_turns_while_the_keyring_is_waited_for(self, session: SessionKeys) -> None:
        store = HungKeyStore()

        async def both() -> KeyLookup:
            search = asyncio.create_task(find_key(WORK, HOME, {}, session, store))
            await asyncio.sleep(0)
            store.released.set()
            return await search

        assert asyncio.run(both()) == NoKey("work")

    def test_a_cancelled_search_ends_at_once(self, session: SessionKeys) -> None:
        store = HungKeyStore()

        async def cancelled() -> None:
            search = asyncio.create_task(find_key(WORK, HOME, {}, session, store))
            await asyncio.sleep(0)
            search.cancel()
            try:
                await search
            finally:
                store.released.set()

        with pytest.raises(asyncio.CancelledError):
            asyncio.run(cancelled())
