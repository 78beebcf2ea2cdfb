"""Lists in pages, as the service gives them: `?after=ID&limit=N&order=asc|desc` over items that are oldest first."""

import json
import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any, Literal

Order = Literal["asc", "desc"]
_MOST = 100
_WHOLE = re.compile(r"[1-9][0-9]{0,2}")


@dataclass(frozen=True, slots=True)
class PageQuery:
    """Which page is wanted: the `limit` items that follow `after`, or the first ones."""

    after: str | None = None
    limit: int = 20
    order: Order = "asc"


@dataclass(frozen=True, slots=True)
class BadQuery:
    """A query that the service refuses; `sentence` says why."""

    sentence: str


@dataclass(frozen=True, slots=True)
class Item:
    """One entry of a list: its ID and its JSON as it is sent."""

    id: str
    json: bytes = field(repr=False)


def read_page_query(query: Mapping[str, str]) -> PageQuery | BadQuery:
    """The page that the query's `after`, `limit` and `order` ask for; other parameters are left to the caller."""
    limit = query.get("limit", "20")
    if not _WHOLE.fullmatch(limit) or int(limit) > _MOST:
        return BadQuery(f"'limit' must be a whole number from 1 to {_MOST}.")
    order = query.get("order", "asc")
    if order not in ("asc", "desc"):
        return BadQuery("'order' must be 'asc' or 'desc'.")
    return PageQuery(query.get("after"), int(limit), "asc" if order == "asc" else "desc")


def page(items: Sequence[Item], wanted: PageQuery) -> bytes | BadQuery:
    """The list envelope holding the wanted items, each in its own bytes."""
    ordered = list(items) if wanted.order == "asc" else list(reversed(items))
    start = 0
    if wanted.after is not None:
        ids = [item.id for item in ordered]
        if wanted.after not in ids:
            return BadQuery(f"'after' names {wanted.after!r}, which is not in this list.")
        start = ids.index(wanted.after) + 1
    shown = ordered[start : start + wanted.limit]
    tail: dict[str, Any] = {
        "first_id": shown[0].id if shown else None,
        "last_id": shown[-1].id if shown else None,
        "has_more": start + wanted.limit < len(ordered),
    }
    entries = b",".join(item.json for item in shown)
    return b'{"object":"list","data":[' + entries + b"]," + json.dumps(tail).encode()[1:]
