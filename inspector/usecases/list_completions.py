"""List stored completions, a page at a time: find the key, then ask and read. Nobody needs to know an ID for it."""

import asyncio
from dataclasses import dataclass

from inspector.core.exchange import FetchOutcome, Progress, Received, StoredRequest
from inspector.core.keys.lookup import KeyFound, KeyLookup
from inspector.core.stored.listing import MOST_BYTES, Listing
from inspector.usecases.access import Access
from inspector.usecases.echoed_key import without_key


@dataclass(frozen=True, slots=True)
class Listed:
    """The list with one more page, and the key that it was asked for with."""

    listing: Listing
    key: KeyFound


async def list_completions(listing: Listing, access: Access) -> Listed | KeyLookup:
    """Asks for the page that follows what `listing` has. No key: how the search ended."""
    found = await access.find_key()
    if not isinstance(found, KeyFound):
        return found
    request = StoredRequest(
        access.base_url, listing.query, found.key, listing.after, listing.limit, access.deadline, MOST_BYTES
    )
    outcome = await access.api.fetch(request, _nobody_listens)
    return Listed(await asyncio.to_thread(_taken, listing, outcome, request), found)


def _taken(listing: Listing, outcome: FetchOutcome, request: StoredRequest) -> Listing:
    return listing.taking(without_key(outcome, request.key) if isinstance(outcome, Received) else outcome)


def _nobody_listens(_progress: Progress) -> None:
    """A page is small; that it comes is told, not how much of it has."""
