"""A profile: where to ask and by which way, under which name its key is kept, and how it is told from the others."""

from dataclasses import dataclass

from inspector.core.inputs import BaseUrl
from inspector.core.proxy import STRAIGHT, Proxy


@dataclass(frozen=True, slots=True)
class Profile:
    """`name` is the keyring account (service `sudo-inspector`). `colour` is one of `colours.COLOURS`, or empty.

    `id_pattern` is a regular expression for IDs that pasted text is searched for, or empty. `key_origin` is the origin that
    the kept key was entered for; it is empty where that is not known, as with a key that came into the keyring by other ways.
    """

    name: str
    base_url: BaseUrl
    colour: str = ""
    proxy: Proxy = STRAIGHT
    id_pattern: str = ""
    key_origin: str = ""

    @property
    def key_home(self) -> str:
        """The one origin that the kept key is sent to: a key does not follow when the base URL is changed."""
        return self.key_origin or self.base_url.origin
