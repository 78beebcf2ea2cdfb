"""A profile while somebody writes it: texts that need not be right yet, and what is wrong with them."""

from collections.abc import Sequence
from dataclasses import dataclass

from inspector.core.id_pattern import IdPattern, read_id_pattern
from inspector.core.inputs import DEFAULT_BASE_URL, BaseUrl, Refused, read_base_url
from inspector.core.profile import Profile
from inspector.core.profiles import DEFAULT, LONGEST_NAME, LONGEST_PATTERN, MOST, read_name
from inspector.core.proxy import read_proxy


@dataclass(frozen=True, slots=True)
class ProfileForm:
    """What stands in the fields. `key_origin` is not written by people, and stays with the profile."""

    name: str = ""
    base_url: str = DEFAULT_BASE_URL
    allow_http: bool = False
    colour: str = ""
    proxy: str = ""
    id_pattern: str = ""
    key_origin: str = ""

    @property
    def needs_consent(self) -> bool:
        """Whether this address can only be used by somebody who agrees that the key can be read on the way."""
        url = self._url
        return url is not None and url.in_clear

    @property
    def leaves_key(self) -> bool:
        """Whether the kept key is for another origin than this address has."""
        url = self._url
        return bool(self.key_origin) and (url is None or url.origin != self.key_origin)

    @property
    def _url(self) -> BaseUrl | None:
        url = read_base_url(self.base_url, allow_http=True)
        return url if isinstance(url, BaseUrl) else None


def form_of(profile: Profile) -> ProfileForm:
    """The fields for a profile that is there."""
    return ProfileForm(
        profile.name,
        str(profile.base_url),
        profile.base_url.in_clear,
        profile.colour,
        profile.proxy.text,
        profile.id_pattern,
        profile.key_origin,
    )


def read_form(form: ProfileForm) -> Profile | Refused:
    """The profile, or a sentence on what is wrong first."""
    name = form.name.strip()
    if read_name(name) is None:
        return Refused(
            f"A profile needs a name of at most {LONGEST_NAME} characters that can be seen."
            if name
            else "A profile needs a name."
        )
    base_url = read_base_url(form.base_url, allow_http=form.allow_http)
    proxy = read_proxy(form.proxy)
    for each in (base_url, proxy, _pattern_of(form)):
        if isinstance(each, Refused):
            return each
    assert isinstance(base_url, BaseUrl)  # noqa: S101 - told above
    assert not isinstance(proxy, Refused)  # noqa: S101 - as above
    return Profile(name, base_url, form.colour, proxy, form.id_pattern.strip(), form.key_origin)


def _pattern_of(form: ProfileForm) -> IdPattern | Refused | None:
    if len(form.id_pattern) > LONGEST_PATTERN:
        return Refused(f"The ID pattern may have {LONGEST_PATTERN} characters.")
    return read_id_pattern(form.id_pattern)


def read_forms(forms: Sequence[ProfileForm]) -> tuple[Profile, ...] | tuple[int, str]:
    """All profiles, or the place of the first that is not right, and why."""
    read: dict[str, Profile] = {}
    for place, form in enumerate(forms):
        profile = read_form(form)
        if isinstance(profile, Refused):
            return place, profile.sentence
        if profile.name in read:
            return place, f"There are two profiles called “{profile.name}”."
        read[profile.name] = profile
    if len(read) > MOST:
        return MOST, f"There is room for {MOST} profiles."
    if DEFAULT not in read:
        return 0, f"The profile “{DEFAULT}” cannot be removed."
    return tuple(read.values())
