"""Filters that somebody gave a name, and perhaps a colour for the lines that they let through. Read before the first paint."""

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from typing import TYPE_CHECKING

from inspector.core.colours import COLOURS

if TYPE_CHECKING:
    from inspector.core.digest import Digest

MOST = 30
LONGEST_NAME = 40
LONGEST_TEXT = 200


@dataclass(frozen=True, slots=True)
class SavedFilter:
    """`colour` is one of `colours.COLOURS`, or empty. The first letter of the name stands beside the colour."""

    name: str
    text: str
    colour: str = ""


def read_saved(value: object) -> tuple[SavedFilter, ...] | None:
    """The filters in a file that may have been edited; None where they do not fit. A text that is no filter any more is kept."""
    if not isinstance(value, list) or len(value) > MOST:
        return None
    found = [_read(each) for each in value]
    kept = tuple(each for each in found if each is not None)
    return kept if len(kept) == len(found) else None


def first_fault(saved: Iterable[SavedFilter]) -> tuple[int, str] | None:
    """The place of the first that cannot be kept, and why."""
    from inspector.core.filter.parse import parse
    from inspector.core.filter.tree import FilterFault

    for place, each in enumerate(saved):
        if place >= MOST:
            return place, f"There is room for {MOST} filters."
        if not _is_name(each.name):
            return place, f"The name has no characters, more than {LONGEST_NAME}, or some that cannot be seen."
        if not _is_text(each.text):
            return place, f"The filter has no characters, more than {LONGEST_TEXT}, or some that cannot be seen."
        found = parse(each.text)
        if isinstance(found, FilterFault):
            return place, found.sentence
    return None


def marker(saved: Iterable[SavedFilter]) -> Callable[["Digest"], SavedFilter | None]:
    """Gives the first coloured filter that lets a digest through."""
    from inspector.core.filter.matching import matcher
    from inspector.core.filter.parse import parse
    from inspector.core.filter.tree import FilterFault

    read = [(each, parse(each.text)) for each in saved if each.colour]
    tests = [(each, matcher(found)) for each, found in read if not isinstance(found, FilterFault)]
    return lambda digest: next((each for each, test in tests if test(digest)), None)


def _read(value: object) -> SavedFilter | None:
    if not isinstance(value, dict):
        return None
    name, text, colour = value.get("name"), value.get("text"), value.get("colour", "")
    if not isinstance(name, str) or not isinstance(text, str) or colour not in ("", *COLOURS):
        return None
    return SavedFilter(name, text, colour) if _is_name(name) and _is_text(text) else None


def _is_name(name: str) -> bool:
    return bool(name.strip()) and len(name) <= LONGEST_NAME and name.isprintable()


def _is_text(text: str) -> bool:
    return bool(text.strip()) and len(text) <= LONGEST_TEXT and text.isprintable()
