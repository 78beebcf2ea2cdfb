"""Open a completion by its ID: find the key, then fetch and read. The one path of the window and the command line."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass

from inspector.core.exchange import Progress, Request
from inspector.core.inputs import BaseUrl, CompletionId
from inspector.core.inspection import Inspection
from inspector.core.keys.lookup import KeyFound, KeyLookup
from inspector.core.profile import Profile
from inspector.core.schemas.tool_schemas import ToolSchemas
from inspector.usecases.api_key import SessionKeys, find_key
from inspector.usecases.inspect_completion import inspect_completion
from inspector.usecases.ports import CompletionsApi, KeyStore


@dataclass(frozen=True, slots=True)
class Opened:
    """The inspection, and the key that it was fetched with, so that the next fetch need not ask the keyring."""

    inspection: Inspection
    key: KeyFound


async def open_completion(
    completion: CompletionId,
    *,
    profile: Profile,
    base_url: BaseUrl,
    environ: Mapping[str, str],
    session_keys: SessionKeys,
    key_store: KeyStore,
    api: CompletionsApi,
    known_key: KeyFound | None,
    tools: ToolSchemas | None,
    deadline: float,
    on_progress: Callable[[Progress], None],
) -> Opened | KeyLookup:
    """`known_key` saves the search where an earlier fetch of the same profile found one. No key: how the search ended."""
    found = known_key or await find_key(profile, base_url, environ, session_keys, key_store)
    if not isinstance(found, KeyFound):
        return found
    request = Request(base_url, completion, found.key, deadline)
    return Opened(await inspect_completion(api, request, tools, on_progress), found)
