"""Where to ask: the profile of the user's settings, and the base URL."""

from inspector.core.inputs import BaseUrl, Refused, read_base_url
from inspector.core.preferences import Preferences
from inspector.core.profile import Profile


def chosen_place(
    preferences: Preferences, profile: str | None, base_url: str | None
) -> tuple[Profile, BaseUrl] | Refused:
    """The profile of that name, or the one in use; its own address, unless another is given."""
    name = profile if profile is not None else preferences.profile
    own = preferences.profiles.get(name)
    if own is None:
        known = ", ".join(preferences.profiles)
        return Refused(f"There is no profile called “{name}”. The profiles are: {known}.")
    wanted = own.base_url if base_url is None else read_base_url(base_url)
    return wanted if isinstance(wanted, Refused) else (own, wanted)
