"""The profiles in the settings file: an object for each, or its base URL alone. What a profile does not set is left out."""

from collections.abc import Mapping
from typing import Any

from inspector.core.colours import COLOURS
from inspector.core.inputs import DEFAULT_BASE_URL, BaseUrl, Refused, read_base_url
from inspector.core.profile import Profile
from inspector.core.proxy import read_proxy

DEFAULT = "default"
MOST = 200
LONGEST_NAME = 64
LONGEST_PATTERN = 500
KEYS = ("base_url", "allow_http", "colour", "proxy", "id_pattern", "key_origin")
"""What is known of a profile; other keys in the file are somebody else's, and are kept."""


def first_profiles() -> dict[str, Profile]:
    """Those of somebody who has made none."""
    return {DEFAULT: Profile(DEFAULT, BaseUrl("https://sudoapp.dev", "/api"))}


def read_name(value: object) -> str | None:
    return value if isinstance(value, str) and 0 < len(value) <= LONGEST_NAME and value.isprintable() else None


def read_profiles(value: object) -> dict[str, Profile] | None:
    """The profiles in a file that may have been edited, the first ones among them; None where one of them does not fit."""
    if not isinstance(value, dict) or len(value) > MOST:
        return None
    found = first_profiles()
    for name, given in value.items():
        profile = read_profile(name, given)
        if profile is None:
            return None
        found[name] = profile
    return found


def read_profile(name: object, value: object) -> Profile | None:
    """One profile; None where something of it does not fit."""
    given = {"base_url": value} if isinstance(value, str) else value
    if read_name(name) is None or not isinstance(given, dict):
        return None
    texts = [given.get(key, "") for key in ("base_url", "colour", "proxy", "id_pattern", "key_origin")]
    if not all(isinstance(text, str) for text in texts) or not isinstance(given.get("allow_http", False), bool):
        return None
    address, colour, proxy, pattern, origin = texts
    base_url = read_base_url(address or DEFAULT_BASE_URL, allow_http=given.get("allow_http", False))
    way = read_proxy(proxy)
    if isinstance(base_url, Refused) or isinstance(way, Refused) or colour not in ("", *COLOURS):
        return None
    if len(pattern) > LONGEST_PATTERN or len(origin) > LONGEST_PATTERN:
        return None
    return Profile(str(name), base_url, colour, way, id_pattern=pattern, key_origin=origin)


def written_profile(profile: Profile) -> dict[str, Any]:
    """What the file says of a profile."""
    values = (
        str(profile.base_url),
        profile.base_url.in_clear,
        profile.colour,
        profile.proxy.text,
        profile.id_pattern,
        profile.key_origin,
    )
    return {key: value for key, value in zip(KEYS, values, strict=True) if value}


def written_profiles(profiles: Mapping[str, Profile], beside: object = None) -> dict[str, Any]:
    """What the file says of all of them. Of `beside`, what it says now, whatever is not known here is kept."""
    now = beside if isinstance(beside, dict) else {}
    return {name: _others(now.get(name)) | written_profile(profile) for name, profile in profiles.items()}


def _others(given: object) -> dict[str, Any]:
    return {key: value for key, value in given.items() if key not in KEYS} if isinstance(given, dict) else {}
