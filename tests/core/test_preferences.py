"""The preferences as text: what was written comes back, and no damage is more than a default."""

import json
from dataclasses import replace
from typing import Any

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from inspector.core.filter.saved import SavedFilter
from inspector.core.inputs import BaseUrl
from inspector.core.preferences import (
    MAX_BYTES,
    THEMES,
    Preferences,
    read_preferences,
    write_changes,
    write_preferences,
)
from inspector.core.profile import Profile
from inspector.core.profiles import first_profiles
from inspector.core.proxy import Proxy

WORK = "https://work.example/api"
AT_WORK = Profile("work", BaseUrl("https://work.example", "/api"))
AT_HOME = Profile("zu Hause", BaseUrl("http://127.0.0.1:4010", ""), "red", Proxy("system"), id_pattern="x-[0-9]+")
ALL_SET = Preferences(
    profile="work",
    profiles=first_profiles() | {"work": AT_WORK, "zu Hause": AT_HOME},
    theme="dark",
    reveal_invisible=False,
    wrap_lines=False,
    geometry=(-8, 0, 1280, 800),
    maximised=True,
    columns=(290, 990, 540, 450),
    rows=(540, 170),
    tab=2,
    filters=(SavedFilter("Broken", "invalid", "red"), SavedFilter("Long", "tokens > 1000")),
    remember_ids=True,
    most_megabytes=1000,
)
BY_NAME: dict[str, Any] = {
    "profile": "work",
    "profiles": {"work": WORK},
    "theme": "dark",
    "reveal_invisible": False,
    "wrap_lines": False,
    "geometry": [1, 2, 3, 4],
    "maximised": True,
    "columns": [1],
    "rows": [],
    "tab": 8,
    "filters": [{"name": "Broken", "text": "invalid", "colour": "red"}],
    "remember_ids": True,
    "most_megabytes": 4096,
}
JSON_VALUES = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats() | st.text(),
    lambda kept: st.lists(kept, max_size=9) | st.dictionaries(st.text(), kept, max_size=4),
    max_leaves=8,
)


def read(value: object) -> tuple[Preferences, bool]:
    return read_preferences(json.dumps(value).encode())


def test_what_was_written_comes_back() -> None:
    assert read_preferences(write_preferences(ALL_SET)) == (ALL_SET, True)
    assert read_preferences(write_preferences(Preferences())) == (Preferences(), True)


def test_the_text_can_be_read_and_edited_by_a_person() -> None:
    written = write_preferences(Preferences(profile="ü", profiles={"ü": replace(AT_WORK, name="ü")})).decode("ascii")
    assert written.startswith('{\n  "profile": "\\u00fc",\n')
    assert written.endswith("}\n")
    with_mark = b"\xef\xbb\xbf" + written.encode()
    assert read_preferences(with_mark)[0].profile == "ü"


def test_no_text_at_all_is_defaults() -> None:
    assert read_preferences(b"{}") == (Preferences(), True)
    assert read_preferences(b"") == (Preferences(), False)


@pytest.mark.parametrize("name", BY_NAME)
def test_each_preference_is_read_alone(name: str) -> None:
    given_alone = {name: BY_NAME[name]} if name != "profile" else {"profile": "work", "profiles": {"work": WORK}}
    found, whole = read(given_alone)
    expected = BY_NAME[name]
    if name == "profiles":
        expected = first_profiles() | {"work": AT_WORK}
    assert whole
    if name == "filters":
        expected = [SavedFilter(**each) for each in expected]
    assert getattr(found, name) == (tuple(expected) if isinstance(expected, list) else expected)
    assert {each for each in BY_NAME if getattr(found, each) != getattr(Preferences(), each)} <= {name, "profiles"}


@pytest.mark.parametrize(
    ("name", "value"),
    [
        ("profile", ""),
        ("profile", "x" * 65),
        ("profile", "a\nb"),
        ("profile", "\ud800"),
        ("profile", 1),
        ("profile", "unheard of"),
        ("profiles", []),
        ("profiles", {"": WORK}),
        ("profiles", {"work": 1}),
        ("profiles", {"work": "http://work.example"}),
        ("profiles", {"work": "https://user:pw@work.example"}),
        ("profiles", {str(number): WORK for number in range(201)}),
        ("theme", "pink"),
        ("theme", None),
        ("theme", ["dark"]),
        ("reveal_invisible", "maybe"),
        ("reveal_invisible", 0),
        ("wrap_lines", None),
        ("maximised", 1),
        ("geometry", "1,2,3,4"),
        ("geometry", [1, 2, 3, "4"]),
        ("geometry", [True, 2, 3, 4]),
        ("geometry", [1.5]),
        ("geometry", [2**31]),
        ("geometry", [-100_001]),
        ("columns", [0] * 9),
        ("columns", {"0": 1}),
        ("rows", [None]),
        ("rows", 7),
        ("filters", [{"name": "a"}]),
        ("most_megabytes", 0),
        ("most_megabytes", 4097),
        ("most_megabytes", 1.5),
        ("most_megabytes", True),
        ("tab", -1),
        ("tab", 9),
        ("tab", True),
        ("tab", "2"),
        ("tab", 2.0),
    ],
)
def test_what_does_not_fit_is_left_at_its_default(name: str, value: object) -> None:
    found, whole = read({name: value, "unheard_of": value})
    assert (found, whole) == (Preferences(), False)
    others = {each: fits for each, fits in BY_NAME.items() if each not in (name, "profile")}
    found, whole = read({name: value, **others})
    assert not whole
    assert getattr(found, name) == getattr(Preferences(), name)
    assert all(getattr(found, each) != getattr(Preferences(), each) for each in others if each != "rows")


@pytest.mark.parametrize("theme", ["system", "light", "dark"])
def test_every_theme_is_known(theme: str) -> None:
    assert read({"theme": theme}) == (Preferences(theme=theme), True)


def test_an_unknown_name_is_passed_over_and_no_damage() -> None:
    assert read({"theme": "dark", "window_of_next_year": {"a": 1}}) == (Preferences(theme="dark"), True)


def changes(now: object, before: Preferences, after: Preferences) -> Any:
    written = write_changes(json.dumps(now).encode(), before, after)
    assert written is not None
    return json.loads(written)


def test_what_is_not_known_stays_in_the_file() -> None:
    now = {"window_of_next_year": {"a": 1}, "theme": "dark", "tab": 1}
    dark = Preferences(theme="dark", tab=1)
    assert changes(now, dark, dark) == now
    assert changes(now, dark, replace(dark, tab=2)) == now | {"tab": 2}


def test_edits_of_others_stay_but_for_what_this_run_changed_too() -> None:
    before, after = Preferences(tab=1, theme="light"), Preferences(tab=2, theme="light")
    assert changes({"tab": 1, "theme": "dark"}, before, after) == {"tab": 2, "theme": "dark"}
    assert changes({"tab": 7, "theme": "dark"}, before, after) == {"tab": 2, "theme": "dark"}


def test_profiles_of_others_stay_beside_those_that_came_changed_and_went() -> None:
    before = ALL_SET
    moved = replace(AT_HOME, base_url=BaseUrl("https://home.example", ""), colour="")
    after = replace(before, profiles=first_profiles() | {"zu Hause": moved})
    now = {
        "profiles": {
            "work": WORK,
            "zu Hause": {"base_url": "http://127.0.0.1:4010", "colour": "red", "note": "mine"},
            "theirs": {"base_url": "https://theirs.example", "font": 9},
        }
    }
    assert changes(now, before, after) == {
        "profiles": {
            "zu Hause": {
                "base_url": "https://home.example",
                "proxy": "system",
                "id_pattern": "x-[0-9]+",
                "note": "mine",
            },
            "theirs": {"base_url": "https://theirs.example", "font": 9},
        }
    }
    assert changes({}, before, after)["profiles"].keys() == {"zu Hause"}
    assert changes({"profiles": 7}, before, after)["profiles"].keys() == {"zu Hause"}


@pytest.mark.parametrize("data", [b"", b"[]", b"{", b"{}".ljust(MAX_BYTES + 1)])
def test_over_a_damaged_file_no_changes_are_written(data: bytes) -> None:
    assert write_changes(data, Preferences(), Preferences(tab=2)) is None


def test_limits_are_the_last_that_fit() -> None:
    found, whole = read({"profile": "x" * 64, "profiles": {"x" * 64: WORK}, "geometry": [100_000, -100_000] * 4})
    assert whole
    assert (found.profile, found.geometry) == ("x" * 64, (100_000, -100_000) * 4)
    assert len(read({"profiles": {str(number): WORK for number in range(200)}})[0].profiles) == 201


def test_a_huge_file_is_not_whole() -> None:
    text = json.dumps({"theme": "dark"}).encode()
    assert read_preferences(text.ljust(MAX_BYTES)) == (Preferences(theme="dark"), True)
    assert read_preferences(text.ljust(MAX_BYTES + 1)) == (Preferences(theme="dark"), False)
    assert read_preferences(text.rjust(MAX_BYTES + 1)) == (Preferences(), False)


@pytest.mark.parametrize(
    "data",
    [
        b"\x00",
        b"\xff\xfe\x00",
        b"null",
        b"[]",
        b'"theme"',
        b"[" * 60_000,
        b'{"tab":' * 8_000,
        b'{"tab": ' + b"9" * 5_000 + b"}",
        b"{'theme': 'dark'}",
        b'{"theme": "dark"',
        b"[General]\ngeometry=@Variant(\\0\\0\\0\\x7f\\0\\0\\0\\x16PySide::PyObjectWrapper\\0)\n",
    ],
)
def test_damage_is_told_and_gives_defaults(data: bytes) -> None:
    assert read_preferences(data) == (Preferences(), False)


@given(
    st.binary()
    | st.dictionaries(st.sampled_from(sorted(BY_NAME)), JSON_VALUES).map(lambda each: json.dumps(each).encode())
)
@example(b'{"profile": "default", "profiles": {"default": "https://other.example"}}')
def test_any_bytes_give_preferences_that_can_be_used_and_written(data: bytes) -> None:
    found, _ = read_preferences(data)
    assert found.theme in THEMES
    assert found.profile in found.profiles
    assert "default" in found.profiles
    assert read_preferences(write_preferences(found)) == (found, True)


def test_a_profile_takes_the_place_of_the_one_of_its_name() -> None:
    moved = replace(AT_WORK, colour="red")
    assert ALL_SET.with_profile(moved).profiles == ALL_SET.profiles | {"work": moved}
    assert ALL_SET.profiles["work"] == AT_WORK


def test_the_largest_answer_is_told_in_bytes() -> None:
    assert Preferences(most_megabytes=3).most_bytes == 3 * 1024 * 1024
