"""The sentences about the key: one for every case, each complete, none with the key in it."""

from dataclasses import replace

import pytest

from inspector.core.inputs import BaseUrl, Refused
from inspector.core.keys.faults import KeyFailure, KeyFault
from inspector.core.keys.lookup import KeyFound, KeyLookup, KeyOrigin, KeyWithheld, NoKey
from inspector.core.keys.words import key_failure_sentence, key_lookup_sentence, where_kept
from inspector.core.profile import Profile
from inspector.core.secret import Secret

CANARY = "sk-canary-0123456789-wxyz"
WORK = Profile("work", BaseUrl("https://sudo.example", "/api"))


@pytest.mark.parametrize("fault", KeyFault)
def test_every_fault_says_what_to_do_without_the_keyring(fault: KeyFault) -> None:
    sentence = key_failure_sentence(KeyFailure(fault))
    assert "this run only" in sentence
    assert "SUDO_API_KEY" in sentence
    assert sentence[0].isupper()
    assert sentence.endswith(".")
    assert "  " not in sentence


def test_every_fault_reads_differently() -> None:
    assert len({key_failure_sentence(KeyFailure(fault)) for fault in KeyFault}) == len(KeyFault)


@pytest.mark.parametrize("fault", sorted(set(KeyFault) - {KeyFault.NO_BACKEND, KeyFault.PLAINTEXT}))
def test_the_keyring_is_named_where_it_is_known(fault: KeyFault) -> None:
    assert "KDE Wallet" in key_failure_sentence(KeyFailure(fault, "KDE Wallet"))
    assert "the keyring" in key_failure_sentence(KeyFailure(fault))


def test_the_detail_comes_last() -> None:
    assert key_failure_sentence(KeyFailure(KeyFault.BROKEN, detail="OSError 5")).endswith(" (OSError 5)")


@pytest.mark.parametrize(
    ("origin", "words"),
    [
        (KeyOrigin.ENVIRONMENT, "environment variable SUDO_API_KEY"),
        (KeyOrigin.MEMORY, "for this run only"),
        (KeyOrigin.KEYRING, "comes from KDE Wallet"),
    ],
)
def test_a_found_key_is_told_by_its_end_and_its_origin(origin: KeyOrigin, words: str) -> None:
    sentence = key_lookup_sentence(KeyFound(Secret(CANARY), origin), "KDE Wallet")
    assert words in sentence
    assert "…wxyz" in sentence
    assert CANARY not in sentence


def test_a_short_key_gives_no_part_of_itself_away() -> None:
    assert "abcd" not in key_lookup_sentence(KeyFound(Secret("xyzabcd"), KeyOrigin.KEYRING))


def test_a_keyring_without_a_name_is_still_called_one() -> None:
    assert "comes from the keyring." in key_lookup_sentence(KeyFound(Secret(CANARY), KeyOrigin.KEYRING))


@pytest.mark.parametrize(
    ("lookup", "words"),
    [
        (NoKey("work"), ["“work”", "sudo-inspector key set", "SUDO_API_KEY"]),
        (
            KeyWithheld(replace(WORK, key_origin="https://old.example"), "https://sudo.example"),
            ["“work”", "only for https://old.example", "was changed since", "enter the key for https://sudo.example"],
        ),
        (KeyWithheld(WORK, "https://other.example"), ["“work”", "https://sudo.example", "https://other.example"]),
        (KeyFailure(KeyFault.LOCKED), ["locked"]),
        (Refused("Just this."), ["Just this."]),
    ],
)
def test_a_search_without_a_key_says_why_and_what_to_do(lookup: KeyLookup, words: list[str]) -> None:
    sentence = key_lookup_sentence(lookup)
    assert [word for word in words if word not in sentence] == []


def test_where_a_key_is_kept_names_the_keyring_or_says_that_there_is_none() -> None:
    assert "KDE Wallet" in where_kept("KDE Wallet")
    assert "in memory" in where_kept("")
    assert "in memory" not in where_kept("KDE Wallet")
