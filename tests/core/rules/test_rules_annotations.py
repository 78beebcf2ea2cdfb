"""Citations and audio."""

from collections.abc import Callable
from typing import Any

MESSAGE = "/choices/0/message"
CITED = f"{MESSAGE}/annotations/0"


def citing(**citation: Any) -> dict[str, Any]:
    """The content has 35 characters, one of them of two UTF-16 units."""
    return {f"{MESSAGE}/annotations": [{"type": "url_citation", **citation}]}


FIRES = [
    (
        "citation-range",
        citing(start_index=4, end_index=37),
        f"{CITED}/end_index",
        "ends at 37, but the text has 36 characters",
    ),
    ("citation-range", citing(start_index=-1, end_index=3), f"{CITED}/start_index", "starts at -1"),
    (
        "citation-range",
        citing(start_index=9, end_index=3),
        f"{CITED}/start_index",
        "starts at 9 and ends before that, at 3",
    ),
    (
        "citation-range",
        citing(url_citation={"start_index": 4, "end_index": 99}),
        f"{CITED}/url_citation/end_index",
        "ends at 99",
    ),
    (
        "citation-range",
        {**citing(end_index=1), f"{MESSAGE}/content": None},
        f"{CITED}/end_index",
        "the text has 0 characters",
    ),
    ("citation-link", citing(url="javascript:alert(1)"), f"{CITED}/url", "“javascript:alert(1)”"),
    ("citation-link", citing(url="file:///etc/passwd"), f"{CITED}/url", "file:"),
    ("citation-link", citing(url="http://[::1"), f"{CITED}/url", "“http://[::1”"),
    (
        "audio-expired",
        {f"{MESSAGE}/audio": {"expires_at": 1_763_799_999}},
        f"{MESSAGE}/audio/expires_at",
        "1 second before",
    ),
]
QUIET = [
    ("citation-range", citing(start_index=0, end_index=36)),
    ("citation-range", citing(start_index=None, end_index="9")),
    ("citation-range", {f"{MESSAGE}/annotations": [None, 7]}),
    ("citation-range", {f"{MESSAGE}/annotations": {}}),
    ("citation-link", citing(url="https://example.com/a")),
    ("citation-link", citing(url=None)),
    ("audio-expired", {f"{MESSAGE}/audio": {"expires_at": 1_763_800_001}}),
    ("audio-expired", {f"{MESSAGE}/audio": None}),
]


def test_fires(fires: Callable[[], None]) -> None:
    fires()


def test_stays_quiet(quiet: Callable[[], None]) -> None:
    quiet()
