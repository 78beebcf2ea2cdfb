"""A profile: where to ask, under which name its key is kept."""

from dataclasses import dataclass

from inspector.core.inputs import BaseUrl


@dataclass(frozen=True, slots=True)
class Profile:
    """`name` is the keyring account (service `sudo-inspector`); the key goes to `base_url`'s origin and nowhere else."""

    name: str
    base_url: BaseUrl
