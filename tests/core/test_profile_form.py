"""A profile while it is written: what is wrong with it, in words."""

from dataclasses import replace

import pytest

from inspector.core.inputs import BaseUrl, Refused
from inspector.core.profile import Profile
from inspector.core.profile_form import ProfileForm, form_of, read_form, read_forms
from inspector.core.profiles import first_profiles
from inspector.core.proxy import Proxy

STAGING = Profile(
    "staging",
    BaseUrl("http://staging.example", "", in_clear=True),
    "amber",
    Proxy("system"),
    id_pattern="stg-[0-9]+",
    key_origin="https://staging.example",
)
DEFAULT = form_of(first_profiles()["default"])


def test_a_profile_that_is_there_reads_as_itself() -> None:
    assert read_form(form_of(STAGING)) == STAGING
    assert read_forms([DEFAULT, form_of(STAGING)]) == (*first_profiles().values(), STAGING)


def test_a_new_one_wants_only_a_name() -> None:
    assert read_form(ProfileForm()) == Refused("A profile needs a name.")
    assert read_form(ProfileForm(" mine ")) == replace(first_profiles()["default"], name="mine")


@pytest.mark.parametrize(
    ("change", "words"),
    [
        ({"name": "x" * 65}, "at most 64 characters"),
        ({"name": "a\u200bb"}, "that can be seen"),
        ({"base_url": "ftp://x"}, "must start with https://"),
        ({"allow_http": False}, "in the clear"),
        ({"proxy": "socks5://x:1"}, "SOCKS"),
        ({"id_pattern": "run-[0-9"}, "expression"),
        ({"id_pattern": "x" * 501}, "may have 500 characters"),
    ],
)
def test_what_is_wrong(change: dict[str, object], words: str) -> None:
    refused = read_form(replace(form_of(STAGING), **change))  # type: ignore[arg-type]
    assert isinstance(refused, Refused)
    assert words in refused.sentence
    assert read_forms([DEFAULT, replace(form_of(STAGING), **change)]) == (1, refused.sentence)  # type: ignore[arg-type]


@pytest.mark.parametrize(
    ("url", "needed"),
    [("http://box.example", True), ("https://box.example", False), ("http://127.0.0.1:80", False), ("http://", False)],
)
def test_consent_is_asked_for_plain_http_to_another_machine(url: str, needed: bool) -> None:
    assert ProfileForm("x", url).needs_consent is needed


def test_names_are_there_once_and_the_first_stays() -> None:
    twice = [DEFAULT, form_of(STAGING), form_of(STAGING)]
    assert read_forms(twice) == (2, "There are two profiles called “staging”.")
    assert read_forms([form_of(STAGING)]) == (0, "The profile “default” cannot be removed.")
    many = [DEFAULT, *(replace(DEFAULT, name=str(number)) for number in range(200))]
    assert read_forms(many) == (200, "There is room for 200 profiles.")


@pytest.mark.parametrize(
    ("url", "key_origin", "leaves"),
    [
        ("https://staging.example/api", "https://staging.example", False),
        ("https://other.example", "https://staging.example", True),
        ("ftp://x", "https://staging.example", True),
        ("https://other.example", "", False),
    ],
)
def test_a_key_is_left_behind_at_another_origin(url: str, key_origin: str, leaves: bool) -> None:
    assert ProfileForm("x", url, key_origin=key_origin).leaves_key is leaves
