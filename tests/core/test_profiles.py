"""Profiles in the settings file: what may be there, and what a profile does not set."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from inspector.core.inputs import BaseUrl
from inspector.core.profile import Profile
from inspector.core.profiles import (
    LONGEST_PATTERN,
    first_profiles,
    read_profile,
    read_profiles,
    written_profile,
    written_profiles,
)
from inspector.core.proxy import Proxy

STAGING = Profile(
    "staging",
    BaseUrl("http://staging.example", "/api", in_clear=True),
    "amber",
    Proxy("http://proxy.example:3128"),
    id_pattern="stg-[0-9a-f]+",
    key_origin="https://staging.example",
)
WRITTEN = {
    "base_url": "http://staging.example/api",
    "allow_http": True,
    "colour": "amber",
    "proxy": "http://proxy.example:3128",
    "id_pattern": "stg-[0-9a-f]+",
    "key_origin": "https://staging.example",
}


def test_every_setting_comes_back() -> None:
    assert written_profile(STAGING) == WRITTEN
    assert read_profile("staging", WRITTEN) == STAGING


def test_what_is_not_set_is_left_out() -> None:
    plain = Profile("plain", BaseUrl("https://plain.example", ""))
    assert written_profile(plain) == {"base_url": "https://plain.example"}
    assert read_profile("plain", {"base_url": "https://plain.example"}) == plain
    assert read_profile("plain", "https://plain.example") == plain
    assert read_profile("like the first", {"colour": "red"}) == Profile(
        "like the first", BaseUrl("https://sudoapp.dev", "/api"), "red"
    )


@pytest.mark.parametrize(
    "change",
    [
        {"base_url": 1},
        {"base_url": "ftp://x"},
        {"allow_http": False},
        {"allow_http": 1},
        {"colour": "pink"},
        {"colour": None},
        {"proxy": "socks5://127.0.0.1:9"},
        {"proxy": {}},
        {"id_pattern": "x" * (LONGEST_PATTERN + 1)},
        {"id_pattern": ["x"]},
        {"key_origin": "x" * (LONGEST_PATTERN + 1)},
        {"key_origin": 7},
    ],
)
def test_what_does_not_fit_is_no_profile(change: dict[str, object]) -> None:
    assert read_profile("staging", WRITTEN | change) is None
    assert read_profiles({"staging": WRITTEN | change}) is None


@pytest.mark.parametrize("name", ["", "x" * 65, "a\nb", 7])
def test_a_name_can_be_read_and_is_short(name: object) -> None:
    assert read_profile(name, WRITTEN) is None


def test_the_first_is_always_there_and_may_be_changed() -> None:
    assert read_profiles({}) == first_profiles()
    assert read_profiles({"staging": WRITTEN}) == first_profiles() | {"staging": STAGING}
    changed = read_profiles({"default": "https://other.example"})
    assert changed == {"default": Profile("default", BaseUrl("https://other.example", ""))}


def test_what_others_wrote_beside_a_profile_is_kept() -> None:
    beside = {"staging": {"colour": "red", "font": 9}, "gone": {"font": 9}}
    assert written_profiles({"staging": STAGING}, beside) == {"staging": {"font": 9} | WRITTEN}
    assert written_profiles({"staging": STAGING}, {"staging": "https://x.example"}) == {"staging": WRITTEN}


def test_a_key_stays_with_the_origin_that_it_was_entered_for() -> None:
    assert STAGING.key_home == "https://staging.example"
    assert first_profiles()["default"].key_home == "https://sudoapp.dev"


@given(st.recursive(st.none() | st.booleans() | st.text(), lambda each: st.dictionaries(st.text(), each)))
def test_anything_is_profiles_that_can_be_written_or_nothing(value: object) -> None:
    found = read_profiles(value)
    assert found is None or read_profiles(written_profiles(found)) == found
