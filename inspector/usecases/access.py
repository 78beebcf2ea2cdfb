"""What the service is asked with: where it is, the way to it, and whose key."""

from collections.abc import Mapping
from dataclasses import dataclass, field

from inspector.core.exchange import Request
from inspector.core.inputs import BaseUrl, CompletionId
from inspector.core.keys.lookup import KeyFound, KeyLookup
from inspector.core.profile import Profile
from inspector.usecases.api_key import SessionKeys, find_key
from inspector.usecases.ports import CompletionsApi, KeyStore


@dataclass(frozen=True, slots=True)
class Access:
    """`known_key` saves the search where an earlier call of the same profile found one. `deadline` is in seconds."""

    api: CompletionsApi
    profile: Profile
    base_url: BaseUrl
    environ: Mapping[str, str] = field(repr=False)
    session_keys: SessionKeys
    key_store: KeyStore
    known_key: KeyFound | None
    deadline: float

    async def find_key(self) -> KeyLookup:
        """The key, or how the search for one ended."""
        return self.known_key or await find_key(
            self.profile, self.base_url, self.environ, self.session_keys, self.key_store
        )

    def request(self, completion: CompletionId, found: KeyFound) -> Request:
        return Request(self.base_url, completion, found.key, self.deadline)
